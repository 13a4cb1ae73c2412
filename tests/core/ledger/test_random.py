"""Whatever is posted, reversed and refused, in any order: the book agrees with a dictionary, now and as of then."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service
from core.ledger.model import Account, AlreadyReversed, EntryId, NotReversible, Overdrawn, Posting
from tests.support.bookkeeping import account, posting
from tests.support.planting import plant

ACCOUNTS = ("Ana credit EUR", "Bo credit EUR", "Bo available", "- opening EUR", "- points_issued", "- exchange EUR")
PEOPLE = ("Ana", "Bo")
People = dict[str, PersonId]
Gift = tuple[str, str, int]
Deed = tuple[str, object, bool | None]

GIFTS = st.tuples(st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS), st.integers(0, 40))
DEEDS = st.one_of(
    st.tuples(st.just("post"), st.lists(GIFTS, min_size=1, max_size=3), st.booleans()),
    st.tuples(st.just("post_all"), st.lists(GIFTS, min_size=1, max_size=4), st.booleans()),
    st.tuples(st.just("again"), st.integers(0, 20), st.none()),
    st.tuples(st.just("reverse"), st.integers(0, 20), st.booleans()),
)


@dataclass
class Plain:
    """The book as a dictionary, and what it was."""

    balances: Counter[Account] = field(default_factory=Counter)
    posted: list[tuple[Posting, EntryId]] = field(default_factory=list)
    reversed: set[EntryId] = field(default_factory=set)
    past: list[tuple[datetime, Counter[Account]]] = field(default_factory=list)

    def takes(self, one: Posting) -> bool:
        """Whether the posting leaves every account of a person what its lines ask for."""
        after = self.balances.copy()
        for line in one.lines:
            after[line.account] += line.amount
        return all(
            after[line.account] >= (line.least if line.least is not None else after[line.account])
            for line in one.lines
            if line.amount < 0 and line.account.person is not None and after[line.account] < self.balances[line.account]
        )

    def take(self, one: Posting, entry: EntryId) -> None:
        for line in one.lines:
            self.balances[line.account] += line.amount
        self.posted.append((one, entry))


def drawn(plain: Plain, step: str, gifts: list[Gift], in_debt: bool, people: People) -> Posting:
    """A posting of gifts, each within one unit."""
    units = [(taken, given, amount) for taken, given, amount in gifts if ("EUR" in taken) == ("EUR" in given)]
    lines = [
        f"{where} {sign}{amount}" for taken, given, amount in units for where, sign in ((taken, "-"), (given, "+"))
    ]
    safe = lines or ["- exchange EUR -1", "- opening EUR +1"]
    return posting(f"{step}:{len(plain.posted)}", *safe, people=people, least=None if in_debt else 0)


async def tried(uow: UnitOfWork, plain: Plain, batch: list[Posting]) -> None:
    """Post them, one by one where it is one; the dictionary decides beforehand what has to come of it."""
    trial = Plain(plain.balances.copy())
    fits = True
    for number, one in enumerate(batch):
        fits = fits and trial.takes(one)
        trial.take(one, EntryId(-number))
    try:
        posted = [await service.post(uow, batch[0])] if len(batch) == 1 else await service.post_all(uow, batch)
    except Overdrawn:
        assert not fits
        return
    assert fits
    for one, entry in zip(batch, posted, strict=True):
        assert entry.is_new
        plain.take(one, entry.entry)


async def undone(uow: UnitOfWork, plain: Plain, which: int, in_debt: bool) -> None:
    if not plain.posted:
        return
    one, entry = plain.posted[which % len(plain.posted)]
    least = None if in_debt else 0
    opposite = tuple(line.model_copy(update={"amount": -line.amount, "least": least}) for line in one.lines)
    undoing = one.model_copy(update={"lines": opposite, "key": f"undo:{len(plain.posted)}", "reverses": entry})
    try:
        posted = await service.reverse(uow, entry, key=undoing.key, reason="a test", least=least)
    except NotReversible:
        assert one.reverses is not None
    except AlreadyReversed:
        assert entry in plain.reversed
    except Overdrawn:
        assert not plain.takes(undoing)
    else:
        assert posted.is_new
        assert plain.takes(undoing)
        plain.take(undoing, posted.entry)
        plain.reversed.add(entry)


async def done(uow: UnitOfWork, plain: Plain, deed: Deed, people: People) -> None:
    match deed:
        case ("post", list(gifts), bool(in_debt)):
            await tried(uow, plain, [drawn(plain, "post", gifts, in_debt, people)])
        case ("post_all", list(gifts), bool(in_debt)):
            await tried(uow, plain, [drawn(plain, f"all{n}", [gift], in_debt, people) for n, gift in enumerate(gifts)])
        case ("reverse", int(which), bool(in_debt)):
            await undone(uow, plain, which, in_debt)
        case ("again", int(which), _) if plain.posted:
            one, entry = plain.posted[which % len(plain.posted)]
            if one.reverses is None:
                again = await service.post(uow, one)
                assert (again.entry, again.is_new) == (entry, False)


async def require_same(uow: UnitOfWork, balances: Counter[Account], people: People, at: datetime | None) -> None:
    for text in ACCOUNTS:
        one = account(text, people)
        assert await service.balance(uow, one, at=at) == balances[one]
    for unit in await service.trial_balance(uow, at=at):
        assert unit.total == 0
    for name in PEOPLE:
        told = {(one.purpose, one.unit): one.amount for one in await service.balances(uow, people[name], at=at)}
        hers = {(one.purpose, one.unit): amount for one, amount in balances.items() if one.person == people[name]}
        assert {name: amount for name, amount in told.items() if amount} == {
            name: amount for name, amount in hers.items() if amount
        }


@given(deeds=st.lists(DEEDS, max_size=10))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_book_agrees_with_a_dictionary(database: Database, deeds: list[Deed]) -> None:
    async with database.begin() as uow:  # each example is rolled back
        people = await plant(uow, "\n".join(PEOPLE))
        plain = Plain()
        for deed in deeds:
            uow.now += timedelta(seconds=1)
            await done(uow, plain, deed, people)
            plain.past.append((uow.now, plain.balances.copy()))
        assert await service.verify(uow) == []
        await require_same(uow, plain.balances, people, None)
        for moment, balances in plain.past[:: max(1, len(plain.past) // 3)]:
            await require_same(uow, balances, people, moment)
