from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from core.db.database import Database
from core.db.events import Mark
from core.exchange.model import FileKind, Outcome, Published
from core.genealogy import service as genealogy
from core.genealogy.model import SponsorChange
from core.kernel.errors import Severity
from core.people import service as people
from core.people.model import Kind, OwnSettings, Status
from core.plan import service as plans
from core.plan.reading import example
from tests.core.exchange.conftest import Importing

FAMILY = """
    id,sponsor_id,joined_on,country,language,name,kind,email,phone
    D2,D1,2026-02-01,ES,es,Ben Soler,,ben@example.com,612 34 56 78
    D1,,2026-01-05,GB,en,Ana Doe,distributor,,
    C3,D2,2026-03-01,PT,pt_BR,Cleo Lima,customer,,
"""


def faults(outcome: Outcome) -> list[tuple[str, int | None, str | int | None]]:
    return [(one.code, one.line, one.column) for one in outcome.problems if one.severity is Severity.FAULT]


def notices(outcome: Outcome) -> list[tuple[str, object]]:
    return [(one.code, one.facts["lines"]) for one in outcome.problems if one.severity is Severity.NOTICE]


async def test_people_come_in_under_their_sponsors(database: Database, importing: Importing) -> None:
    outcome = await importing("people", FAMILY)
    assert (outcome.lines, outcome.added, outcome.changed, outcome.problems) == (3, 3, 0, ())
    async with database.read() as uow:
        ben, cleo = await people.by_code(uow, "D2"), await people.by_code(uow, "C3")
        assert (ben.name, ben.kind, ben.status, ben.phone) == (
            "Ben Soler",
            Kind.DISTRIBUTOR,
            Status.ACTIVE,
            "+34612345678",
        )
        assert (cleo.kind, cleo.language) == (Kind.CUSTOMER, "pt-BR")
        [link] = await genealogy.links_of(uow, "C3")
        assert (link.sponsor, link.valid_from, link.reason, link.recorded_by) == (
            "D2",
            datetime(2026, 3, 1, tzinfo=UTC),
            "imported",
            "test",
        )
        assert (await genealogy.verify(uow)).findings == ()


async def test_the_same_file_twice_changes_nothing(database: Database, importing: Importing) -> None:
    await importing("people", FAMILY)
    again = await importing("people", FAMILY)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert await announced(database) == [("exchange.published", 3)]


async def announced(database: Database) -> list[tuple[str, object]]:
    """Kind and number of added ones of every event."""
    events, _mark = await database.events.read_after(Mark())
    return [(event.kind, event.facts["added"]) for event in events]


async def test_a_dry_run_tells_and_changes_nothing(database: Database, importing: Importing) -> None:
    outcome = await importing("people", FAMILY, dry_run=True)
    assert (outcome.added, outcome.dry_run) == (3, True)
    async with database.read() as uow:
        assert await people.ids_of(uow, ["D1", "D2", "C3"]) == {}


async def test_all_faults_are_told_at_once_and_block_the_whole_file(database: Database, importing: Importing) -> None:
    outcome = await importing(
        "people",
        """
        id,sponsor_id,joined_on,country,language,name,kind,status,email,phone,time_zone
        D1,,2026-01-05,GB,en,Ana,,,,,
        D2,D9,2026-02-30,Spain,?,Ben,boss,gone,ben@,12,Mars/Base
        D3,D1,,GB,en,,,,,,
        D1,,2026-01-05,GB,en,Ana,,,,,
        D4,D5,2026-01-05,GB,en,Dan,,,,,
        D5,D4,2026-01-05,GB,en,Eva,,,,,
        D6,D77,2026-01-05,GB,en,Fay,,,,,
        *company*,D1,2026-01-05,GB,en,Co,,,,,
        D3,D1,2026-01-05,GB,en,Gil,,,,,
        """,
    )
    assert faults(outcome) == [
        ("import_day_wrong", 3, "joined_on"),
        ("import_country_wrong", 3, "country"),
        ("import_language_wrong", 3, "language"),
        ("import_word_wrong", 3, "kind"),
        ("import_word_wrong", 3, "status"),
        ("import_email_wrong", 3, "email"),
        ("import_phone_wrong", 3, "phone"),
        ("import_time_zone_wrong", 3, "time_zone"),
        ("import_sponsor_unknown", 3, "sponsor_id"),
        ("import_value_missing", 4, "name"),
        ("import_value_missing", 4, "joined_on"),
        ("import_person_twice", 5, "id"),
        ("import_circle", 6, "sponsor_id"),
        ("import_sponsor_unknown", 8, "sponsor_id"),
        ("import_code_unfit", 9, "id"),
        ("import_person_twice", 10, "id"),
    ]
    async with database.read() as uow:
        assert await people.ids_of(uow, ["D1"]) == {}


async def test_several_roots_hang_under_the_company_node_and_are_told(database: Database, importing: Importing) -> None:
    head = "id,sponsor_id,joined_on,country,language,name\n"
    outcome = await importing(
        "people", head + "D1,,2026-01-05,GB,en,Ana\nD2,,2026-01-01,GB,en,Ben\nD3,,2026-01-09,GB,en,Cy\n"
    )
    assert notices(outcome) == [("import_second_root", ["3", "4"])]
    async with database.read() as uow:
        [node] = await genealogy.roots(uow)
        numbers = await people.ids_of(uow, ["D1", "D2", "D3"])
        assert await genealogy.frontline(uow, node) == list(numbers.values())
        early = datetime(2026, 1, 6, tzinfo=UTC)
        assert await genealogy.downline_ids(uow, node, early) == [numbers["D1"], numbers["D2"]]
        assert (await genealogy.verify(uow)).findings == ()


async def test_a_later_root_takes_the_first_one_under_the_node(database: Database, importing: Importing) -> None:
    head = "id,sponsor_id,joined_on,country,language,name\n"
    await importing("people", head + "D1,,2026-01-05,GB,en,Ana\n")
    await importing("people", head + "D2,,2026-01-06,GB,en,Ben\n")
    async with database.read() as uow:
        [node] = await genealogy.roots(uow)
        assert len(await genealogy.frontline(uow, node)) == 2
        assert (await genealogy.verify(uow)).findings == ()


async def test_a_language_that_we_do_not_speak_is_kept_and_told(database: Database, importing: Importing) -> None:
    head = "id,sponsor_id,joined_on,country,language,name\n"
    outcome = await importing(
        "people", head + "D1,,2026-01-05,NO,nb,Ana\nD2,D1,2026-01-05,PT,pt,Ben\nD3,D1,2026-01-05,NO,nb,Cy\n"
    )
    assert notices(outcome) == [("import_language_not_spoken", ["2", "4"])]
    async with database.read() as uow:
        assert (await people.by_code(uow, "D1")).language == "nb"


async def test_who_left_is_in_no_tree_and_her_line_goes_up(database: Database, importing: Importing) -> None:
    outcome = await importing(
        "people",
        """
        id,sponsor_id,joined_on,country,language,name,status
        D1,,2026-01-05,GB,en,Ana,active
        D2,D1,2026-01-06,GB,en,Ben,terminated
        D3,D2,2026-01-07,GB,en,Cy,TERMINATED
        D4,D3,2026-01-08,GB,en,Dan,suspended
        """,
    )
    assert notices(outcome) == [("import_sponsor_left", ["5"])]
    async with database.read() as uow:
        [link] = await genealogy.links_of(uow, "D4")
        assert (link.sponsor, (await people.by_code(uow, "D4")).status) == ("D1", Status.SUSPENDED)
        assert (await genealogy.verify(uow)).findings == ()


async def test_contacts_of_known_people_change_and_their_place_does_not(
    database: Database, importing: Importing
) -> None:
    await importing("people", FAMILY)
    async with database.begin() as uow:
        await genealogy.change_sponsor(uow, "C3", SponsorChange(sponsor="D1", reason="asked"))
        numbers = await people.ids_of(uow, ["C3"])
        await people.change_settings(uow, numbers["C3"], OwnSettings(language="de"))
        await uow.commit()
    outcome = await importing("people", FAMILY.replace("ben@example.com", "ben@example.org").replace("Cleo", "Clea"))
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 2, 1)
    assert notices(outcome) == [("import_kept", ["4"])]
    async with database.read() as uow:
        cleo = await people.by_code(uow, "C3")
        assert (cleo.name, cleo.language) == ("Clea Lima", "de")
        assert (await people.by_code(uow, "D2")).email == "ben@example.org"
        assert await genealogy.sponsor_of(uow, numbers["C3"]) == (await people.ids_of(uow, ["D1"]))["D1"]


async def test_new_people_can_stand_under_known_ones(database: Database, importing: Importing) -> None:
    await importing("people", FAMILY)
    outcome = await importing("people", "id,sponsor_id,joined_on,country,language,name\nD9,C3,2026-04-01,GB,en,Zoe\n")
    assert (outcome.added, notices(outcome)) == (1, [("import_customer_sponsors", ["2"])])


async def test_ranks_are_those_of_the_plan(database: Database, importing: Importing) -> None:
    async with database.begin() as uow:
        await plans.activate(uow, example("demo"))
        await uow.commit()
    head = "id,sponsor_id,joined_on,country,language,name,rank\n"
    assert faults(await importing("people", head + "D1,,2026-01-05,GB,en,Ana,emperor\n")) == [
        ("import_word_wrong", 2, "rank")
    ]
    await importing("people", head + "D1,,2026-01-05,GB,en,Ana,gold\n")
    async with database.read() as uow:
        assert (await people.by_code(uow, "D1")).career_rank == "gold"


async def test_nothing_staged_is_left_behind(database: Database, importing: Importing) -> None:
    await importing("people", FAMILY)
    async with database.read() as uow:
        left = await uow.connection.execute(text("SELECT count(*) FROM staged_person"))
        assert left.scalar_one() == 0


def test_the_announcement_says_what_and_how_many() -> None:
    facts = Published(what=FileKind.PEOPLE, added=3, changed=1).model_dump(mode="json", exclude={"person"})
    assert facts == {"what": "people", "added": 3, "changed": 1}


@pytest.mark.parametrize("kind", list(FileKind))
async def test_an_empty_file_says_which_columns_it_lacks(importing: Importing, kind: FileKind) -> None:
    assert faults(await importing(kind.value, "")) == [("import_header_missing", 1, None)]
