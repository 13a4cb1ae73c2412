import asyncio
import io
from typing import Any

import pytest

from core.http.model import CursorInvalid, read_cursor, write_cursor
from core.http.problems import language_of
from tests.support.api import Api, Reply

ONE = {"lines": [{"quantity": 1}]}

on_sqlite = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
"""What the database has no part in runs on one kind."""


def places(reply: Reply) -> list[str]:
    return [fault["place"] for fault in reply.body["errors"]]


@on_sqlite
async def test_arguments_are_filled_by_annotation(api: Api) -> None:
    query = "flag=true&on=2026-11-22&colour=blue&words=a&words=b&text=%C3%A9"
    reply = await api.stranger().get(f"/t/echo/-7?{query}")
    given = {"number": -7, "flag": True, "on": "2026-11-22", "colour": "blue", "words": ["a", "b"], "text": "é"}
    assert reply.body == {"part": "part", **given}


@on_sqlite
@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/t/echo/x", ["path.number"]),
        ("/t/echo/1.0", ["path.number"]),
        ("/t/echo/9%0D", ["path.number"]),
        ("/t/echo/1_000", ["path.number"]),
        ("/t/echo/99999999999", ["path.number"]),
        ("/t/echo/1?flag=yes", ["query.flag"]),
        ("/t/echo/1?on=2026-13-01", ["query.on"]),
        ("/t/echo/1?on=1600000000", ["query.on"]),
        ("/t/echo/1?colour=green&flag=1", ["query.flag", "query.colour"]),
        ("/t/echo/1?stranger=1", ["query.stranger"]),
        ("/t/echo/1?flag=true&flag=true", ["query.flag"]),
        ("/t/echo/1?text=%00", ["query.text"]),
    ],
)
async def test_every_fault_is_told_with_its_place(api: Api, path: str, wrong: list[str]) -> None:
    reply = await api.stranger().get(path)
    assert (reply.status, reply.code, places(reply)) == (422, "request_invalid", wrong)


@on_sqlite
@pytest.mark.parametrize(
    ("body", "media_type", "status", "code"),
    [
        (b'{"lines": [{"quantity": 0}, {"quantity": "1"}], "x": 1}', "application/json", 422, "request_invalid"),
        (b'{"lines": [], "on": "never"}', "application/json", 422, "request_invalid"),
        (b'{"lines": [], "on": "\\u0000"}', "application/json", 422, "request_invalid"),
        (b'{"lines": [], "on": "\\\\\\u0000"}', "application/json", 422, "request_invalid"),
        (b'{"lines": [', "application/json", 400, "body_malformed"),
        (b"", "application/json", 400, "body_malformed"),
        (b'{"lines": "\xff"}', "application/json", 400, "body_malformed"),
        (b'{"lines": []}', "text/plain", 415, "media_type_wrong"),
        (b'{"lines": []}', "application/json; charset=latin-1", 415, "media_type_wrong"),
        (b" " * 2**20 + b"{}", "application/json", 413, "body_too_large"),
    ],
)
async def test_a_wrong_body_is_refused(api: Api, body: bytes, media_type: str, status: int, code: str) -> None:
    reply = await api.stranger().post("/t/counter", data=io.BytesIO(body), headers={"Content-Type": media_type})
    assert (reply.status, reply.code) == (status, code)
    assert reply.headers["Content-Type"] == "application/problem+json"


@on_sqlite
async def test_all_faults_of_a_body_are_told_at_once(api: Api) -> None:
    reply = await api.stranger().post("/t/counter", {"lines": [{"quantity": 0}, {}], "x": 1})
    assert places(reply) == ["body.lines.0.quantity", "body.lines.1.quantity", "body.x"]


@on_sqlite
@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "path_unknown"),
        ("PUT", "/t/counter", 405, "method_not_allowed"),
        ("GET", "/t/counter", 404, "counter_missing"),
        ("POST", "/t/fail", 500, "internal_error"),
    ],
)
async def test_refusals_are_problems_with_a_stable_code(
    api: Api, method: str, path: str, status: int, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    reply = await api.stranger().call(method, path)
    assert (reply.status, reply.code, reply.body["status"]) == (status, code, status)
    assert "secret" not in str(reply.body)
    assert reply.body["request_id"] == reply.headers["X-Request-Id"]


@on_sqlite
async def test_a_refusal_speaks_the_readers_language(api: Api) -> None:
    english = await api.stranger().get("/nowhere")
    spanish = await api.stranger().get("/nowhere", headers={"Accept-Language": "xx, es-MX;q=0.8, en;q=0.5"})
    assert (english.headers["Content-Language"], spanish.headers["Content-Language"]) == ("en", "es")
    assert english.body["detail"] != spanish.body["detail"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("tlh, de;q=0.5", "de"),
        ("", "en"),
        ("en;q=0, pt", "pt-BR"),
        ("*;q=x,,;q=", "en"),
    ],
)
def test_the_best_language_is_chosen(header: str, language: str) -> None:
    assert language_of(header) == language


async def test_what_a_failing_handler_changed_is_undone(api: Api) -> None:
    await api.stranger().post("/t/fail")
    assert (await api.stranger().get("/t/counter")).status == 404


async def test_returning_commits(api: Api) -> None:
    made = await api.stranger().post("/t/counter", ONE)
    assert (made.status, made.body, made.headers["Location"]) == (201, {"n": 1}, "/t/counter")
    assert (await api.stranger().get("/t/counter")).body == {"n": 1}
    gone = await api.stranger().delete("/t/counter")
    assert (gone.status, gone.body) == (204, b"")


async def test_an_unchanged_answer_is_not_sent_again(api: Api) -> None:
    await api.stranger().post("/t/counter", ONE)
    first = await api.stranger().get("/t/counter")
    again = await api.stranger().get("/t/counter", headers={"If-None-Match": first.headers["ETag"]})
    await api.stranger().post("/t/counter", ONE)
    changed = await api.stranger().get("/t/counter", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body, changed.status, changed.body) == (304, b"", 200, {"n": 2})


@on_sqlite
async def test_a_request_keeps_its_id_or_gets_one(api: Api) -> None:
    given = await api.stranger().get("/health", headers={"X-Request-Id": "tg42.1"})
    odd = await api.stranger().get("/health", headers={"X-Request-Id": "not an id"})
    assert given.headers["X-Request-Id"] == "tg42.1"
    assert len(odd.headers["X-Request-Id"]) == 32


@on_sqlite
async def test_pages_follow_their_cursors_to_the_end(api: Api) -> None:
    numbers: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        reply = await api.stranger().get("/t/pages" + (f"?cursor={cursor}" if cursor else ""))
        numbers += [item["n"] for item in reply.body["items"]]
        cursor = reply.body["next"]
    assert numbers == list(range(10))
    assert (await api.stranger().get("/t/pages?cursor=abc")).code == "cursor_invalid"


@pytest.mark.parametrize("after", [("a", 1), (None, 2), ("é~/", -5)])
def test_a_cursor_reads_as_it_was_written(after: tuple[Any, ...]) -> None:
    assert read_cursor(write_cursor(*after), *map(type, after)) == list(after)


@pytest.mark.parametrize(
    "cursor", ["", "!", "é", "e30", write_cursor("a"), write_cursor(True), write_cursor(2**63), "A" * 1000]
)
def test_a_cursor_of_anybody_else_is_refused(cursor: str) -> None:
    with pytest.raises(CursorInvalid):
        read_cursor(cursor, int)


async def test_the_same_key_changes_nothing_twice(api: Api) -> None:
    replies = [await api.stranger().post("/t/counter", ONE, headers={"Idempotency-Key": "k"}) for _ in range(3)]
    assert [(reply.status, reply.body, reply.headers["Location"]) for reply in replies] == [
        (201, {"n": 1}, "/t/counter")
    ] * 3
    assert (await api.stranger().get("/t/counter")).body == {"n": 1}


async def test_a_key_with_another_request_is_refused(api: Api) -> None:
    await api.stranger().post("/t/counter", ONE, headers={"Idempotency-Key": "k"})
    other = await api.stranger().post("/t/counter", {"lines": []}, headers={"Idempotency-Key": "k"})
    assert (other.status, other.code) == (422, "idempotency_key_reused")


async def test_twins_at_once_change_the_world_once(api: Api) -> None:
    replies = await asyncio.gather(
        *(api.stranger().post("/t/counter", ONE, headers={"Idempotency-Key": "k"}) for _ in range(8))
    )
    assert {(reply.status, reply.body["n"]) for reply in replies} == {(201, 1)}
    assert (await api.stranger().get("/t/counter")).body == {"n": 1}


async def test_a_failure_does_not_use_up_its_key(api: Api) -> None:
    failed = await api.stranger().post("/t/fail", headers={"Idempotency-Key": "k"})
    again = await api.stranger().post("/t/counter", ONE, headers={"Idempotency-Key": "k"})
    assert (failed.status, again.status) == (500, 201)


@on_sqlite
@pytest.mark.parametrize("key", ["", "x" * 201, "a b", "é"])
async def test_a_key_is_a_short_word(api: Api, key: str) -> None:
    assert (
        await api.stranger().post("/t/counter", ONE, headers={"Idempotency-Key": key})
    ).code == "idempotency_key_invalid"


@on_sqlite
async def test_a_file_goes_out_as_it_is(api: Api) -> None:
    reply = await api.stranger().get("/t/file")
    assert (reply.body, reply.headers["Content-Type"]) == (b"a,b\n", "text/csv")
