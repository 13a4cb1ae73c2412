"""The book: what is posted, what is refused, and what stands in it."""

from datetime import timedelta
from functools import partial

import pytest

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.ledger import service
from core.ledger.model import (
    POINTS,
    AlreadyReversed,
    Balance,
    Document,
    EntryId,
    EntryUnknown,
    Move,
    NotReversible,
    Overdrawn,
    PostingDiffers,
    Purpose,
    TrialBalance,
)
from tests.support.bookkeeping import account, posting
from tests.support.clock import StillClock
from tests.support.planting import plant

GIVEN = ("- opening EUR -500", "Ana credit EUR +500")


async def test_a_posting_changes_both_sides(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana")
    posted = await service.post(uow, posting("k1", *GIVEN, people=people))
    assert posted.is_new
    assert await service.balance(uow, account("Ana credit EUR", people)) == 500
    assert await service.balance(uow, account("- opening EUR")) == -500
    entry = await service.entry_of(uow, posted.entry)
    assert [line.amount for line in entry.lines] == [-500, 500]
    assert (entry.at, entry.caused_by, entry.reason) == (uow.now, "test", "a test")


async def test_the_same_key_posts_once(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana")
    first = await service.post(uow, posting("k1", *GIVEN, people=people))
    again = await service.post(uow, posting("k1", *GIVEN, people=people))
    assert (again.entry, again.is_new) == (first.entry, False)
    assert await service.balances(uow, people["Ana"]) == [Balance(purpose=Purpose.CREDIT, unit="EUR", amount=500)]


async def test_what_was_posted_is_the_same_even_when_it_could_not_be_posted_again(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana")
    await service.post(uow, posting("k1", *GIVEN, people=people))
    spent = posting("k2", "Ana credit EUR -400", "- sales EUR +400", people=people)
    assert (await service.post(uow, spent)).is_new
    assert not (await service.post(uow, spent)).is_new


async def test_other_content_under_a_known_key_is_refused(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana")
    await service.post(uow, posting("k1", *GIVEN, people=people))
    with pytest.raises(PostingDiffers):
        await service.post(uow, posting("k1", "- opening EUR -1", "Ana credit EUR +1", people=people))
    assert await service.balance(uow, account("Ana credit EUR", people)) == 500


async def test_no_account_is_overdrawn(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana")
    await service.post(uow, posting("k1", *GIVEN, people=people))
    with pytest.raises(Overdrawn) as refused:
        await service.post(uow, posting("k2", "Ana credit EUR -501", "- sales EUR +501", people=people))
    assert refused.value.facts == {"purpose": "credit", "unit": "EUR", "balance": 500, "needed": 501}
    assert await service.entry_under(uow, "k2") is None
    assert await service.balance(uow, account("- sales EUR")) == 0


async def test_a_posting_may_allow_a_debt(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana")
    taken = posting("k1", "Ana available -30", "- points_issued +30", people=people, least=None)
    await service.post(uow, taken)
    assert await service.lock(uow, [account("Ana available", people)]) == {account("Ana available", people): -30}


async def test_an_entry_that_does_not_balance_is_our_mistake(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana")
    with pytest.raises(AssertionError, match="does not balance"):
        await service.post(uow, posting("k1", "- opening EUR -500", "Ana credit USD +500", people=people))
    with pytest.raises(AssertionError, match="nobody can hold"):
        await service.post(uow, posting("k1", "- opening EUR -500", "- credit EUR +500"))


async def test_many_are_posted_as_one_by_one(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana\nBo")
    await service.post(uow, posting("k1", *GIVEN, people=people))
    batch = [
        posting("k1", *GIVEN, people=people),
        posting("k2", "Ana credit EUR -500", "Bo credit EUR +500", people=people),
        posting("k3", "Bo credit EUR -200", "Ana credit EUR +200", people=people),
    ]
    assert [posted.is_new for posted in await service.post_all(uow, batch)] == [False, True, True]
    assert [posted.is_new for posted in await service.post_all(uow, batch)] == [False, False, False]
    assert await service.balance(uow, account("Ana credit EUR", people)) == 200
    assert await service.balance(uow, account("Bo credit EUR", people)) == 300


async def test_many_are_posted_whole_or_not_at_all(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana")
    batch = [
        posting("k1", *GIVEN, people=people),
        posting("k2", "Ana credit EUR -501", "- sales EUR +501", people=people),
    ]
    with pytest.raises(Overdrawn):
        await service.post_all(uow, batch)
    assert await service.entry_under(uow, "k1") is None
    assert await service.post_all(uow, []) == []


async def test_a_reversal_undoes_an_entry_once(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana")
    given = await service.post(uow, posting("k1", *GIVEN, people=people))
    undone = await service.reverse(uow, given.entry, key="k2", reason="a mistake")
    again = await service.reverse(uow, given.entry, key="k2", reason="a mistake")
    assert (undone.is_new, again.is_new) == (True, False)
    with pytest.raises(AlreadyReversed) as refused:
        await service.reverse(uow, given.entry, key="k3", reason="a mistake", least=None)
    assert refused.value.facts == {"entry": str(given.entry), "by": str(undone.entry)}
    with pytest.raises(NotReversible):
        await service.reverse(uow, undone.entry, key="k4", reason="a mistake")
    assert (await service.entry_of(uow, given.entry)).reversed_by == undone.entry
    assert await service.balance(uow, account("Ana credit EUR", people)) == 0


async def test_what_is_spent_cannot_be_reversed(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana")
    given = await service.post(uow, posting("k1", *GIVEN, people=people))
    await service.post(uow, posting("k2", "Ana credit EUR -1", "- sales EUR +1", people=people))
    with pytest.raises(Overdrawn):
        await service.reverse(uow, given.entry, key="k3", reason="a mistake")
    with pytest.raises(EntryUnknown):
        await service.reverse(uow, EntryId(10**9), key="k3", reason="a mistake")


async def test_entries_are_found_by_account_and_by_document(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana\nBo")
    for number in range(1, 6):
        lines = ("- opening EUR -1", f"{'Ana' if number % 2 else 'Bo'} credit EUR +1")
        await service.post(uow, posting(f"k{number}", *lines, people=people, document="D"))
    ana = account("Ana credit EUR", people)
    first = await service.entries_of(uow, ana, before=None, limit=2)
    rest = await service.entries_of(uow, ana, before=first[-1].entry, limit=2)
    assert [entry.key for entry in [*first, *rest]] == ["k5", "k3", "k1"]
    assert len(await service.entries_for(uow, Document(kind="test", id="D"))) == 5
    assert await service.entries_of(uow, account("Bo available", people), before=None, limit=2) == []


async def test_balances_as_of_a_time_leave_out_what_came_later(database: Database, clock: StillClock) -> None:
    async with database.begin() as uow:
        people = await plant(uow, "Ana")
        await service.post(uow, posting("k1", *GIVEN, people=people))
        await uow.commit()
    before = clock.now()
    clock.advance(timedelta(days=1))
    async with database.begin() as uow:
        await service.post(uow, posting("k2", "Ana credit EUR -200", "- sales EUR +200", people=people))
        await uow.commit()
    ana = account("Ana credit EUR", people)
    async with database.read() as uow:
        assert await service.balance(uow, ana) == 300
        assert await service.balance(uow, ana, at=before) == 500
        assert await service.balance(uow, ana, at=before - timedelta(days=1)) == 0
        assert [one.amount for one in await service.balances(uow, people["Ana"], at=before)] == [500]
        opened = TrialBalance(unit="EUR", purposes={Purpose.CREDIT: 500, Purpose.OPENING: -500}, total=0)
        assert await service.trial_balance(uow, at=before) == [opened]
        [now] = await service.trial_balance(uow)
        assert (now.purposes[Purpose.SALES], now.total) == (200, 0)


async def test_moves_are_posted_by_bulk(uow: UnitOfWork) -> None:
    people = await plant(uow, "Ana\nBo")
    given = [Move(f"m{n}", f"D{n}", people[who], 10 * n) for n, who in enumerate(("Ana", "Bo", "Ana"), 1)]
    move = partial(service.move_all, uow, kind="test.moved", reason="a test", document_kind="lot", unit=POINTS)
    give = partial(move, source=Purpose.OPENING, target=Purpose.POINTS_AVAILABLE)
    take = partial(move, source=Purpose.POINTS_AVAILABLE, target=Purpose.POINTS_EXPIRED)
    entries = await give(given)
    first = await service.entry_of(uow, entries[0])
    assert (first.key, first.document.id, [line.amount for line in first.lines]) == ("m1", "D1", [-10, 10])
    assert await service.balance(uow, account("Ana available", people)) == 40
    assert await service.balance(uow, account("- opening")) == -60

    ended = [Move("e1", "D1", people["Ana"], 25), Move("e2", "D3", people["Ana"], 16)]
    with pytest.raises(Overdrawn) as refused:
        await take(ended)
    assert refused.value.facts["needed"] == 41
    await take(ended[:1])
    assert await service.balance(uow, account("Ana available", people)) == 15
    assert await take([]) == []
    assert await service.post_all(uow, []) == []
    assert (await service.post(uow, posting("k9", "- opening -1", "Ana available +1", people=people))).is_new
