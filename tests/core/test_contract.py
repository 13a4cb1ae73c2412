"""The running service keeps what /openapi.json promises, whatever is sent to it."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from aiohttp import web
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test

from core.access import service as access
from core.access.model import PERSON, SERVICE, Link, Permission, Role
from core.access.store import add_link
from core.app import build_app
from core.db.database import Database
from core.db.migrate import migrate
from core.genealogy.service.enrolment import enrol
from core.http import openapi
from core.http.parameters import NO_NUL
from core.kernel.clock import Clock
from core.people.model import NewPerson
from core.plan import service as plans
from core.plan.reading import example
from tests.support.api import SERVICE_KEY
from tests.support.serving import Close, served

CHAT = 77
ANA = NewPerson(code="ana", sponsor=None, name="Ana", joined_on=date(2026, 1, 1), country="ES", language="es")
EXAMPLES = settings().max_examples // 20
"""A few for every operation, and fifty times as many in `make fuzz`; forms and bounds are tried besides."""
LONG_TEXT = 10_000
load_all_checks()
SKIPPED = {
    "positive_data_acceptance",  # what has the right form may still be refused: nobody has this code
    "ignored_auth",  # every operation is tried without proof in test_app.py
    "missing_required_header",  # no header is required
    "unsupported_method",  # tried by the last test
}
PROMISES: list[Any] = [check for check in CHECKS.get_all() if check.__name__ not in SKIPPED]


def description() -> dict[str, Any]:
    """Of all rooms, without the header that proves the caller, which is not to be varied; opens no database."""
    app = build_app(Database("sqlite+aiosqlite:///unused.db", Clock()), SERVICE_KEY)
    described = openapi.describe(app.operations())
    for methods in described["paths"].values():
        for one in methods.values():
            one["parameters"] = [given for given in one["parameters"] if given["name"] != "X-Chat"]
    _leave_out_patterns_of_long_texts(described)
    return described


def _leave_out_patterns_of_long_texts(part: Any) -> None:
    """They forbid NUL, which the HTTP layer refuses in any body, and take the generator seconds at such a length."""
    if isinstance(part, dict) and part.get("maxLength", 0) > LONG_TEXT:
        assert part.pop("pattern", NO_NUL) == NO_NUL, "another pattern would have to be tried"
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for one in inner:
        _leave_out_patterns_of_long_texts(one)


DESCRIBED = description()
OPERATIONS = [(method.upper(), path) for path, methods in DESCRIBED["paths"].items() for method in methods]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
schema = schemathesis.openapi.from_dict(DESCRIBED)
schema.config.phases.coverage.unexpected_methods = set()  # a fifth of the cases; the last test tries them by path


@dataclass(frozen=True, slots=True)
class Service:
    """Where it runs, and the proof of an administrator."""

    url: str
    staff: str
    session: requests.Session
    """One connection for thousands of calls, and no look for a proxy before each."""

    def proof(self, permission: str | None) -> dict[str, str]:
        """The headers of a caller who may use an operation."""
        if permission is None:
            return {}
        key = {"Authorization": f"Bearer {SERVICE_KEY}"}
        if Permission(permission) in SERVICE:
            return key
        return (
            key | {"X-Chat": str(CHAT)}
            if Permission(permission) in PERSON
            else {"Authorization": f"Bearer {self.staff}"}
        )


def wait_until_ready(url: str) -> None:
    """Live figures are loaded beside the start."""
    for _ in range(600):
        if httpx.get(f"{url}/ready").status_code == 200:
            return
        time.sleep(0.1)
    pytest.fail("the service is not ready after a minute")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    path = tmp_path_factory.mktemp("contract") / "test.db"
    found: dict[str, str] = {}

    async def build() -> tuple[web.Application, Close]:
        database = Database(f"sqlite+aiosqlite:///{path}", Clock())
        await migrate(database)
        async with database.begin() as uow:
            found["token"] = await access.add_staff(uow, "admin", Role.ADMINISTRATOR)
            await plans.activate(uow, example("demo"))
            ana = await enrol(uow, ANA)
            await add_link(uow, Link(person=ana, chat=CHAT, linked_at=uow.now))
            await uow.commit()
        return build_app(database, SERVICE_KEY).build(), database.close

    with served(build) as url:
        wait_until_ready(url)
        with requests.Session() as session:
            session.trust_env = False
            yield Service(url, found["token"], session)


@pytest.mark.hypothesis
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_answers_keep_their_promise(method: str, path: str, service: Service) -> None:
    """What is sent is thought out here: at collection, each worker would think it out for all operations."""
    operation = schema[path][method]
    headers = service.proof(operation.definition.raw.get("x-permission"))

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    def keeps_its_promise(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(base_url=service.url, session=service.session, headers=headers, checks=PROMISES)

    whole = HypothesisTestConfig(project=schema.config, modes=list(HypothesisTestMode))
    create_test(operation=operation, test_func=keeps_its_promise, config=whole)()


def test_a_method_that_is_not_promised_is_refused(service: Service) -> None:
    for path, methods in DESCRIBED["paths"].items():
        for method in METHODS:
            if method.lower() not in methods:
                reply = service.session.request(method, service.url + re.sub(r"{\w+}", "1", path))
                assert (reply.status_code, reply.json()["code"]) == (405, "method_not_allowed"), (method, path)
