import pytest

from core.http.app import App
from tests.support.api import Api


async def test_a_process_that_runs_is_healthy(api: Api) -> None:
    assert (await api.stranger().get("/health")).body == {"status": "ok"}


async def test_not_ready_names_what_is_missing(api: Api, app: App) -> None:
    async def never() -> bool:
        return False

    app.readiness.add("live", never)
    reply = await api.stranger().get("/ready")
    assert (reply.status, reply.code, reply.headers["Retry-After"]) == (503, "not_ready", "1")
    assert reply.body["facts"]["waiting_for"] == ["database", "live"]  # tables made without a migration are not enough


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_metrics_count_answers_by_path(api: Api) -> None:
    await api.stranger().get("/t/echo/5")
    body = (await api.stranger().get("/metrics")).body.decode()
    assert 'upline_request_seconds_count{method="GET",path="/t/echo/{number}",status="200"}' in body
    assert "/t/echo/5" not in body
