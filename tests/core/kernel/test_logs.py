import json
import subprocess
import sys

from core.kernel.logs import trace_of

SCRIPT = """
import asyncio
import logging
from core.kernel.logs import REQUEST_ID, configure, logger

configure("web")
REQUEST_ID.set("tg42")
logger().info("order_recorded", lines=3)
try:
    try:
        int("Maria's secret")
    except ValueError as error:
        raise RuntimeError("Maria's other secret") from error
except RuntimeError:
    logger().exception("internal_error")
logging.getLogger("a.library").warning("it %s", "warns")

async def fail():
    raise ValueError("Maria's lost secret")

async def lose():
    asyncio.create_task(fail())
    await asyncio.sleep(0)

asyncio.run(lose())
"""


REQUESTS = """
import asyncio
from core.kernel.logs import REQUEST_ID, configure, logger, requests

async def answer(request_id):
    REQUEST_ID.set(request_id)
    requests.note({"path": "/v1/me", "status": 200})
    logger().warning("meanwhile")

async def serve():
    await asyncio.gather(answer("tg1"), answer("tg2"))

configure("web")
asyncio.run(serve())
"""


def lines(script: str = SCRIPT) -> list[dict[str, object]]:
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    assert done.stdout == b""
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_a_log_is_one_object_a_line_with_the_request_id() -> None:
    order, error, library, _lost = lines()
    assert (order["event"], order["lines"], order["request_id"], order["process"]) == (
        "order_recorded",
        3,
        "tg42",
        "web",
    )
    assert (error["level"], library["level"], library["source"]) == ("error", "warning", "a.library")
    assert library["message"] == "it warns"


def test_an_error_is_logged_without_its_words() -> None:
    _order, error, _library, _lost = lines()
    assert "secret" not in json.dumps(error)
    assert [line for line in error["error"] if not str(line).startswith(" ")] == [  # type: ignore[attr-defined]  # JSON
        "builtins.RuntimeError",
        "builtins.ValueError",
    ]


def test_a_lost_task_is_logged_without_its_errors_words() -> None:
    lost = lines()[-1]
    assert (lost["source"], lost["message"]) == ("asyncio", "Task exception was never retrieved")
    assert "secret" not in json.dumps(lost)


def test_the_reason_of_an_assert_is_ours_and_stays() -> None:
    assert trace_of(AssertionError("a plan without ranks")) == ["builtins.AssertionError: a plan without ranks"]


def test_every_request_has_its_line_with_its_own_id() -> None:
    told = [line for line in lines(REQUESTS) if line["event"] == "request"]
    assert [(line["request_id"], line["path"], line["status"]) for line in told] == [
        ("tg1", "/v1/me", 200),
        ("tg2", "/v1/me", 200),
    ]
    assert {(line["level"], line["process"]) for line in told} == {("info", "web")}
    assert all(str(line["timestamp"]).endswith("+00:00") for line in told)
