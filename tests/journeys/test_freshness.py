"""Two web processes on one PostgreSQL: what one was told shows in the other's next answer, and is exactly right."""

import asyncio
import random
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import asyncpg
import pytest

from core.plan.model import Plan
from core.plan.reading import check, example
from tests.support.database import PostgresServer, plain
from tests.support.plain import Human, Order, Plain
from tests.support.processes import Program, command, free_port

ORDERS = 200
PEOPLE = 60
PAUSE_BEFORE_COMMIT = """
    CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(random() * 0.03); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER pause AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION pause();
"""
"""A slow transaction takes its number early and commits late: the order in which readers go wrong."""


@dataclass
class Company:
    """What the test knows of the company, from the files it was made from."""

    plan: Plan
    people: dict[int, Human]

    def expected(self, person: int) -> tuple[dict[str, int], str | None]:
        """Gauges and rank worked out the slow way."""
        found = Plain(self.plan, self.people)
        place = found.rank(person)
        return {code: found.kpi(person, code) for code in self.plan.gauges}, (
            self.plan.ranks[place - 1].code if place else None
        )


def made_up(seed: int) -> dict[int, Human]:
    rng = random.Random(seed)
    people = {1: Human(None)}
    for number in range(2, PEOPLE + 1):
        sponsors = [one for one, human in people.items() if human.kind == "distributor"]
        people[number] = Human(rng.choice(sponsors[-12:]), rng.choice(["distributor", "customer"]))
    return people


def people_file(people: dict[int, Human]) -> str:
    rows = ["id,sponsor_id,joined_on,country,language,name,kind"]
    for number, human in people.items():
        sponsor = f"P{human.sponsor}" if human.sponsor else ""
        rows.append(f"P{number},{sponsor},2026-01-05,DE,de,Name {number},{human.kind}")
    return "\n".join(rows) + "\n"


class Web:
    """One web process, asked by staff."""

    def __init__(self, session: aiohttp.ClientSession, port: int, token: str) -> None:
        self.session, self.base = session, f"http://127.0.0.1:{port}"
        self.headers = {"Authorization": f"Bearer {token}"}

    async def order(self, number: str, person: int, qv: int) -> None:
        line = {"sku": "A", "quantity": 1, "unit_price": "1", "cv": "0", "qv": str(qv)}
        moment = datetime.now(UTC).isoformat()
        order = {"order_id": number, "person": f"P{person}", "date": moment, "paid_on": moment, "lines": [line]}
        async with self.session.post(f"{self.base}/v1/orders", json=order, headers=self.headers) as answer:
            assert answer.status == 201, await answer.text()

    async def standing(self, person: int) -> tuple[dict[str, int], str | None]:
        async with self.session.get(f"{self.base}/v1/people/P{person}/progress", headers=self.headers) as answer:
            body = await answer.json()
            assert answer.status == 200, body
        return {gauge["kpi"]: gauge["value"] for gauge in body["gauges"]}, body["paid_rank"]


@pytest.fixture
async def address(postgres_server: PostgresServer) -> AsyncIterator[str]:
    """A database of this test's own, migrated, in which commits take their time."""
    name = f"fresh_{uuid.uuid4().hex[:8]}"
    await postgres_server.execute(f"CREATE DATABASE {name}")
    url = postgres_server.database(name)
    await command(["migrate"], {"DATABASE_URL": url})
    connection = await asyncpg.connect(plain(url))
    await connection.execute(PAUSE_BEFORE_COMMIT)
    await connection.close()
    yield url
    await postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def test_an_order_posted_to_one_process_shows_in_the_other(address: str, tmp_path: Path) -> None:
    people = made_up(seed=5)
    environ = {"DATABASE_URL": address, "SERVICE_KEY": "a-key-that-is-long-enough"}
    plan_file, people_csv, products = tmp_path / "plan.toml", tmp_path / "people.csv", tmp_path / "products.csv"
    plan_file.write_text(example("demo"), encoding="utf-8")
    people_csv.write_text(people_file(people), encoding="utf-8")
    products.write_text("sku,name,price,currency\nA,Apple,1,EUR\n", encoding="utf-8")
    plan, _ = check(example("demo"))
    assert plan is not None
    await command(["plan", "activate", str(plan_file), "--from", "2025-01-01"], environ)
    await command(["import", "products", str(products)], environ)
    await command(["import", "people", str(people_csv)], environ)
    said = await command(["staff", "add", "tester", "--role", "administrator"], environ)
    token = max(said.split(), key=len)
    company, ports = Company(plan, people), (free_port(), free_port())
    programs = [
        Program(
            ["core", "serve"],
            {**environ, "PORT": str(port)},
            tmp_path / f"{port}.log",
            f"http://127.0.0.1:{port}/ready",
            loaded=True,
        )
        for port in ports
    ]
    try:
        await asyncio.gather(*(program.start() for program in programs))
        async with aiohttp.ClientSession() as session:
            await post_and_compare([Web(session, port, token) for port in ports], company)
    finally:
        for program in programs:
            await program.stop()


async def post_and_compare(webs: list[Web], company: Company) -> None:
    """Orders go to both processes at once, so that their commits overtake each other; then both are asked."""
    rng, posted = random.Random(11), 0
    while posted < ORDERS:
        drawn = [(web, rng.randrange(1, PEOPLE + 1), rng.randrange(1, 120)) for web in webs for _ in range(2)]
        await asyncio.gather(*(web.order(f"O{posted + i}", person, qv) for i, (web, person, qv) in enumerate(drawn)))
        for _, person, qv in drawn:
            company.people[person].orders.append(Order(age=0, qv=qv * 10**company.plan.volume.scale))
        posted += len(drawn)
        asked = {1, *(person for _, person, _ in drawn), *above(company, drawn[0][1])}
        for person in asked:
            expected = company.expected(person)
            assert [await web.standing(person) for web in webs] == [expected, expected], f"after {posted} orders"


def above(company: Company, person: int) -> list[int]:
    """Everybody over a person."""
    found = []
    while (sponsor := company.people[person].sponsor) is not None:
        found.append(sponsor)
        person = sponsor
    return found
