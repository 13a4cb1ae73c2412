import pytest

from tests.support.api import Api

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


async def test_every_operation_is_described_with_words(api: Api) -> None:
    described = (await api.stranger().get("/openapi.json")).body
    assert described["openapi"] == "3.1.0"
    ids = [one["operationId"] for methods in described["paths"].values() for one in methods.values()]
    assert len(ids) == len(set(ids))
    for path, methods in described["paths"].items():
        for one in methods.values():
            assert one["summary"], path
            assert set(one["responses"]) >= {"default"}, path


async def test_parameters_bodies_and_answers_come_from_annotations(api: Api) -> None:
    paths = (await api.stranger().get("/openapi.json")).body["paths"]
    echo = paths["/t/echo/{number}"]["get"]
    assert (echo["summary"], echo["description"]) == ("Everything that was given", "And more about it.")
    assert [(one["name"], one["in"], one["required"]) for one in echo["parameters"]][:2] == [
        ("number", "path", True),
        ("flag", "query", False),
    ]
    counter = paths["/t/counter"]
    assert counter["post"]["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Order"
    }
    assert set(counter["post"]["responses"]) == {"201", "default"}
    assert set(counter["get"]["responses"]) == {"200", "304", "default"}
    assert set(counter["delete"]["responses"]) == {"204", "default"}
    assert [one["name"] for one in counter["post"]["parameters"]] == ["Idempotency-Key"]


async def test_every_reference_is_defined(api: Api) -> None:
    described = (await api.stranger().get("/openapi.json")).body
    schemas = described["components"]["schemas"]
    pending = [described]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            if isinstance(item.get("$ref"), str):
                assert item["$ref"].removeprefix("#/components/schemas/") in schemas
            pending += item.values()
        elif isinstance(item, list):
            pending += item


async def test_the_page_needs_nothing_from_elsewhere(api: Api) -> None:
    page = await api.stranger().get("/docs")
    assert page.headers["Content-Type"].startswith("text/html")
    assert b"http://" not in page.body
    assert b"https://" not in page.body
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
