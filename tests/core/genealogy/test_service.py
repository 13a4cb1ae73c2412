from datetime import date, timedelta
from inspect import cleandoc

import pytest
from sqlalchemy import text

from core.db.unit_of_work import UnitOfWork
from core.genealogy import service
from core.genealogy.model import (
    CircleRefused,
    GenealogyChanged,
    NotInTree,
    Reinstatement,
    SponsorChange,
    SponsorUnfit,
    SponsorUnknown,
    StillInTree,
    Termination,
)
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from core.people import service as people
from core.people.model import Kind, NewPerson, PersonEnrolled, Status
from tests.support.planting import drawn, plant

FAMILY = """
    Lucia
      Maria
        Juan
          Carlos
            Diego
          Yenny
      Pablo
"""


@pytest.fixture
async def family(uow: UnitOfWork) -> dict[str, PersonId]:
    numbers = await plant(uow, FAMILY)
    uow.emitted.clear()
    return numbers


async def tree(uow: UnitOfWork, family: dict[str, PersonId]) -> str:
    return await drawn(uow, family)


async def test_who_enrols_stands_under_her_sponsor_and_is_announced(uow: UnitOfWork) -> None:
    numbers = await plant(uow, FAMILY)
    assert await tree(uow, numbers) == cleandoc(FAMILY)
    assert uow.emitted[1] == PersonEnrolled(
        person=numbers["Maria"],
        person_id=numbers["Maria"],
        sponsor_id=numbers["Lucia"],
        person_kind=Kind.DISTRIBUTOR,
        status=Status.ACTIVE,
    )


async def test_upline_is_nearest_first_and_downline_level_by_level(
    uow: UnitOfWork, family: dict[str, PersonId]
) -> None:
    upline = await service.upline(uow, family["Diego"])
    assert upline == [family[code] for code in ("Carlos", "Juan", "Maria", "Lucia")]
    downline = await service.downline_ids(uow, family["Maria"])
    assert downline == [family[code] for code in ("Juan", "Carlos", "Yenny", "Diego")]


async def test_carlos_and_yenny_go_to_maria_when_juan_leaves(uow: UnitOfWork, family: dict[str, PersonId]) -> None:
    surgery = await service.terminate(uow, "Juan", Termination(reason="asked to leave"))
    assert await tree(uow, family) == cleandoc("""
        Lucia
          Maria
            Carlos
              Diego
            Yenny
          Pablo
    """)
    assert [(move.person, move.sponsor_before, move.sponsor_after) for move in surgery.moves] == [
        ("Carlos", "Juan", "Maria"),
        ("Yenny", "Juan", "Maria"),
        ("Juan", "Maria", None),
    ]
    assert set(surgery.figures_change) == {"Juan", "Maria", "Lucia"}
    assert (await people.by_code(uow, "Juan")).status is Status.TERMINATED
    assert [event.kind for event in uow.emitted] == ["genealogy.changed", "people.changed"]


async def test_the_tree_of_a_past_time_stays_as_it_was(uow: UnitOfWork, family: dict[str, PersonId]) -> None:
    before = uow.now - timedelta(hours=1)
    uow.now += timedelta(days=1)
    await service.terminate(uow, "Juan", Termination(reason="left"))
    assert await service.sponsor_of(uow, family["Carlos"]) == family["Maria"]
    assert await service.sponsor_of(uow, family["Carlos"], before) == family["Juan"]
    assert await service.sponsor_of(uow, family["Juan"]) is None
    assert await service.downline_ids(uow, family["Juan"], before) == [
        family[code] for code in ("Carlos", "Yenny", "Diego")
    ]
    assert await service.upline(uow, family["Carlos"], uow.now) == [family["Maria"], family["Lucia"]]
    long_ago = uow.now - timedelta(days=10_000)
    assert await service.downline_ids(uow, family["Lucia"], long_ago) == []


async def test_a_line_moves_with_its_head(uow: UnitOfWork, family: dict[str, PersonId]) -> None:
    surgery = await service.change_sponsor(uow, "Juan", SponsorChange(sponsor="Pablo", reason="moved town"))
    assert await tree(uow, family) == cleandoc("""
        Lucia
          Maria
          Pablo
            Juan
              Carlos
                Diego
              Yenny
    """)
    assert set(surgery.figures_change) == {"Maria", "Pablo"}
    assert uow.emitted == [GenealogyChanged(person=family["Juan"], person_id=family["Juan"])]


async def test_a_head_can_move_and_leave_her_line(uow: UnitOfWork, family: dict[str, PersonId]) -> None:
    change = SponsorChange(sponsor="Diego", with_line=False, reason="asked")
    surgery = await service.change_sponsor(uow, "Juan", change)
    assert await tree(uow, family) == cleandoc("""
        Lucia
          Maria
            Carlos
              Diego
                Juan
            Yenny
          Pablo
    """)
    assert set(surgery.figures_change) == {"Juan", "Carlos", "Diego"}


async def test_a_preview_tells_the_same_and_changes_nothing(uow: UnitOfWork, family: dict[str, PersonId]) -> None:
    change = SponsorChange(sponsor="Pablo", with_line=False, reason="asked", preview=True)
    preview = await service.change_sponsor(uow, "Juan", change)
    gone = await service.terminate(uow, "Maria", Termination(reason="asked", preview=True))
    assert await tree(uow, family) == cleandoc(FAMILY)
    assert uow.emitted == [] and preview.previewed and gone.previewed
    done = await service.change_sponsor(uow, "Juan", change.model_copy(update={"preview": False}))
    assert (done.moves, done.figures_change) == (preview.moves, preview.figures_change)


@pytest.mark.parametrize(
    ("person", "sponsor", "refusal"),
    [
        ("Juan", "Diego", CircleRefused),
        ("Juan", "Juan", CircleRefused),
        ("Juan", "Nobody", SponsorUnknown),
        ("Juan", "Buyer", SponsorUnfit),
        ("Juan", "Gone", SponsorUnfit),
        ("Gone", "Juan", NotInTree),
    ],
)
async def test_a_change_that_would_break_the_tree_is_refused(
    uow: UnitOfWork, family: dict[str, PersonId], person: str, sponsor: str, refusal: type[DomainError]
) -> None:
    more = await plant(uow, "Top\n  (Buyer)\n  Gone")
    await service.terminate(uow, "Gone", Termination(reason="left"))
    with pytest.raises(refusal):
        await service.change_sponsor(uow, person, SponsorChange(sponsor=sponsor, reason="test"))
    assert "Juan\n      Carlos" in await tree(uow, family | more)


async def test_a_customer_sponsors_customers_and_nobody_else(uow: UnitOfWork) -> None:
    drawing = "Top\n  (Buyer)\n    (Friend)\n  (Other)\n  Juan"
    numbers = await plant(uow, drawing)
    await service.change_sponsor(uow, "Other", SponsorChange(sponsor="Friend", reason="test"))
    assert await service.upline(uow, numbers["Other"]) == [numbers[code] for code in ("Friend", "Buyer", "Top")]
    with pytest.raises(SponsorUnfit):
        await plant(uow, "Buyer2\n  (Mine)\n    Newcomer")
    await service.terminate(uow, "Friend", Termination(reason="left"))
    with pytest.raises(SponsorUnfit):
        await service.change_sponsor(uow, "Other", SponsorChange(sponsor="Friend", reason="test"))


async def test_the_same_sponsor_again_changes_nothing(uow: UnitOfWork, family: dict[str, PersonId]) -> None:
    surgery = await service.change_sponsor(uow, "Juan", SponsorChange(sponsor="Maria", reason="again"))
    assert (surgery.moves, surgery.figures_change, uow.emitted) == ((), (), [])
    assert len(await service.links_of(uow, "Juan")) == 1


async def test_who_comes_back_finds_her_place_and_her_line(uow: UnitOfWork, family: dict[str, PersonId]) -> None:
    await service.terminate(uow, "Juan", Termination(reason="left"))
    uow.now += timedelta(days=30)
    await service.change_sponsor(uow, "Yenny", SponsorChange(sponsor="Pablo", reason="moved meanwhile"))
    await service.reinstate(uow, "Juan", Reinstatement(with_line=True, reason="came back"))
    assert await tree(uow, family) == cleandoc("""
        Lucia
          Maria
            Juan
              Carlos
                Diego
          Pablo
            Yenny
    """)
    assert (await people.by_code(uow, "Juan")).status is Status.ACTIVE


async def test_who_comes_back_to_nobody_goes_to_the_nearest_still_there(
    uow: UnitOfWork, family: dict[str, PersonId]
) -> None:
    await service.terminate(uow, "Juan", Termination(reason="left"))
    uow.now += timedelta(days=1)
    await service.terminate(uow, "Maria", Termination(reason="left too"))
    await service.reinstate(uow, "Juan", Reinstatement(reason="came back", keep_rank=False))
    assert await service.sponsor_of(uow, family["Juan"]) == family["Lucia"]
    assert await service.frontline(uow, family["Juan"]) == []


async def test_she_cannot_come_back_under_her_own_returning_line(uow: UnitOfWork, family: dict[str, PersonId]) -> None:
    await service.terminate(uow, "Juan", Termination(reason="left"))
    with pytest.raises(CircleRefused):
        await service.reinstate(uow, "Juan", Reinstatement(sponsor="Diego", with_line=True, reason="back"))
    await service.reinstate(uow, "Juan", Reinstatement(sponsor="Diego", reason="back"))
    assert await service.sponsor_of(uow, family["Juan"]) == family["Diego"]
    with pytest.raises(StillInTree):
        await service.reinstate(uow, "Juan", Reinstatement(reason="again"))


async def test_several_roots_hang_under_a_company_node_that_nobody_sees(uow: UnitOfWork) -> None:
    numbers = await plant(uow, "A\n  B\nC")
    node = await service.hang_roots(uow, reason="several roots")
    assert node is not None and await service.roots(uow) == [node]
    assert await service.frontline(uow, node) == [numbers["A"], numbers["C"]]
    assert await people.cards(uow, [node]) == {}
    assert await service.hang_roots(uow, reason="again") == node
    assert [link.sponsor for link in await service.links_of(uow, "C")] == [None, None]


async def test_when_the_root_leaves_her_line_stays_one_tree(uow: UnitOfWork, family: dict[str, PersonId]) -> None:
    await service.terminate(uow, "Lucia", Termination(reason="sold the company"))
    [node] = await service.roots(uow)
    assert await service.frontline(uow, node) == [family["Maria"], family["Pablo"]]


async def test_the_history_of_a_person_tells_who_moved_her_and_why(
    uow: UnitOfWork, family: dict[str, PersonId]
) -> None:
    uow.now += timedelta(days=1)
    uow.actor = "staff:7"
    await service.change_sponsor(uow, "Juan", SponsorChange(sponsor="Pablo", reason="moved town"))
    first, second = await service.links_of(uow, "Juan")
    assert (first.sponsor, first.reason, first.valid_to) == ("Maria", "joined", uow.now)
    assert (second.sponsor, second.reason, second.recorded_by, second.valid_to) == (
        "Pablo",
        "moved town",
        "staff:7",
        None,
    )


async def test_a_day_to_come_does_not_make_a_link_to_come(uow: UnitOfWork) -> None:
    tomorrow = date(2030, 1, 1)
    new = NewPerson(code="D1", sponsor=None, name="Eva", joined_on=tomorrow, country="GB", language="en")
    await service.enrol(uow, new)
    [link] = await service.links_of(uow, "D1")
    assert link.valid_from == uow.now


async def test_a_network_that_was_operated_on_is_still_sound(uow: UnitOfWork, family: dict[str, PersonId]) -> None:
    await service.change_sponsor(uow, "Juan", SponsorChange(sponsor="Pablo", reason="moved"))
    await service.terminate(uow, "Maria", Termination(reason="left"))
    await service.reinstate(uow, "Maria", Reinstatement(reason="back"))
    await service.terminate(uow, "Lucia", Termination(reason="left"))
    found = await service.verify(uow)
    assert (found.people, found.findings) == (7, ())


async def test_what_was_broken_by_hand_is_told_with_the_person(uow: UnitOfWork, family: dict[str, PersonId]) -> None:
    await uow.connection.execute(
        text("UPDATE sponsor_link SET sponsor_id = :diego WHERE person_id = :juan"),
        {"diego": family["Diego"], "juan": family["Juan"]},
    )
    await people.record_status(uow, family["Pablo"], Status.TERMINATED)
    found = await service.verify(uow)
    assert [(finding.code, finding.person, finding.facts["others"]) for finding in found.findings] == [
        ("network_terminated_in_tree", "Pablo", []),
        ("network_circle", "Juan", ["Diego", "Carlos"]),
    ]
