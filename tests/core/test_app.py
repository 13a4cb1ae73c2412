"""The whole service: every operation of every room."""

import re

import pytest

from core.access.model import PERSON, SERVICE, STRANGER, Permission
from core.app import build_app
from core.db.database import Database
from core.http.endpoint import Operation
from core.http.routes import PUBLIC
from core.kernel.clock import Clock
from tests.support.api import SERVICE_KEY, Api

OPEN_TO_ALL = {"/health", "/ready", "/metrics", "/v1/unsubscribe/{token}"}
"""What machines ask, and the link that ends e-mails, which is its own proof."""


def operations() -> list[Operation]:
    """All operations; the database is never opened."""
    return build_app(Database("sqlite+aiosqlite:///unused.db", Clock()), SERVICE_KEY).operations()


def filled(operation: Operation) -> str:
    """The path with something in each place."""
    return re.sub(r"{\w+}", "1", operation.route.path)


def test_only_what_needs_no_login_is_open_to_all() -> None:
    assert {one.route.path for one in operations() if one.route.needs is PUBLIC} == OPEN_TO_ALL


def test_no_operation_about_oneself_takes_a_persons_number() -> None:
    for one in operations():
        if one.route.needs is Permission.SEE_OWN_FIGURES:
            names = {parameter.name for parameter in (*one.arguments.path, *one.arguments.query)}
            assert not names & {"person_id", "chat", "chat_id"}, one.route.path


def test_every_operation_has_words() -> None:
    for one in operations():
        assert one.route.handler.__doc__, one.route.path


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_who_proves_nothing_is_refused_everywhere(api: Api) -> None:
    answers = {
        (one.route.method, one.route.path): (await api.stranger().call(one.route.method, filled(one))).status
        for one in operations()
        if one.route.needs is not PUBLIC
    }
    assert answers
    assert set(answers.values()) == {401}, answers


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_who_lacks_the_permission_is_refused_everywhere(api: Api) -> None:
    answers = {}
    for one in operations():
        if one.route.needs is not PUBLIC:
            asker = api.chat(9) if one.route.needs not in STRANGER else api.service()
            reply = await asker.call(one.route.method, filled(one))
            answers[one.route.method, one.route.path] = (
                reply.status,
                reply.code in ("chat_not_linked", "permission_missing"),
            )
    assert set(answers.values()) == {(403, True)}, answers


def test_bot_and_worker_see_nobodys_figures_by_themselves() -> None:
    assert not SERVICE & PERSON
