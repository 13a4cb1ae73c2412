"""One company three ways: settled from files, as the open cycle's estimate, and by a run in the service."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from core.calendar.rules import cycle_named
from core.db.database import Database
from core.earnings.estimating import Estimates
from core.exchange.importing import import_file
from core.exchange.model import FileKind
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Account, Purpose
from core.live.computing import compute_open
from core.payments import service as payments
from core.payments import taking
from core.people import service as people
from core.plan import service as plans
from core.plan.model import CalendarSpec, Plan
from core.runs import service as runs
from core.runs.model import NoteWish, RunOutdated, RunState, VolumeWish, Work
from core.runs.results import calculated
from core.runs.service import by_hand, states
from core.runs.validating import inputs_of
from core.settlement.files.reading import Files, Read, read
from core.settlement.files.timing import silent
from core.settlement.model import Carried, Company
from core.settlement.past.handing_on import carried_out
from core.settlement.running import Outcome, run
from tests.core.runs.company import actor, approved, done, started
from tests.core.runs.company_files import PRODUCTS, RATES, orders_file, people_file
from tests.core.runs.outcomes import by_lines, earned, figures, told, unlike
from tests.support.clock import StillClock

STAFF_GRACE = timedelta(days=4)
"""So long after a cycle's end it is settled."""
MOMENT = timedelta(seconds=1)


def by_hand_alone(text: str) -> str:
    """The plan with trees in which nobody is placed but by files, as nobody is in the service before the flush."""
    return re.sub(r"passed_up.*\n", "", re.sub(r"spill = '\w+'", "spill = 'manual'", text))


@dataclass
class Both:
    """One company in files and in a database."""

    folder: Path
    database: Database
    clock: StillClock
    text: str
    plan: Plan
    company: Company
    there: datetime = datetime(2020, 1, 1, tzinfo=UTC)
    """Whoever joined before then is known."""
    hesitates: bool = False
    """Whether staff begin each run twice."""
    titles: dict[str, str | None] = field(default_factory=dict)
    """Of the main calendar's last run, as an export of people would name them."""

    async def found(self, at: datetime) -> None:
        """Everybody, before anything is settled."""
        self.clock.moment = at
        async with self.database.begin() as uow:
            await plans.activate(uow, self.text, date(2020, 1, 1))
            await uow.commit()
        await self._import(FileKind.PRODUCTS, PRODUCTS)
        await self._import(FileKind.RATES, RATES)

    async def joined(self, at: datetime) -> None:
        """Who joined before then is there."""
        self.clock.moment = self.there = at
        await self._import(FileKind.PEOPLE, people_file(self.company, at, self.titles))

    async def until(self, at: datetime) -> None:
        """What was ordered and paid by then is known."""
        self.clock.moment = at
        await self._import(FileKind.ORDERS, orders_file(self.company, at, self.there))

    async def _import(self, kind: FileKind, text: str) -> None:
        (self.folder / f"{kind.value}.csv").write_text(text, encoding="utf-8")
        outcome = await import_file(self.database, kind, text.encode().splitlines(keepends=True), actor="test")
        assert not outcome.blocked, outcome.problems

    def read(self) -> Read:
        """The files as they are now."""
        paths = {name: self.folder / f"{name}.csv" for name in ("people", "products", "orders", "rates")}
        found = read(Files(**paths), self.plan)
        assert found.company is not None, found.told
        return found

    def by_files(self, calendar: CalendarSpec, code: str, carried: Carried, *, noted: bool = False) -> Outcome:
        """As `settle` does."""
        found = self.read()
        assert found.company is not None
        company = replace(found.company, adjustments=self.notes(found)) if noted else found.company
        return run(company, self.plan, found.rates, code, calendar=calendar.code, carried=carried,
                   timings=silent(), text=self.text)  # fmt: skip

    async def estimated(self, calendar: CalendarSpec | None = None) -> Outcome:
        """The open cycle of a calendar, the main one unless said, settled as if it closed now."""
        estimates, found = Estimates(self.database), None
        while found is None:  # on a machine that is busy with other things
            found = await estimates.latest()
        code = (calendar or self.plan.calendar).code
        return next(one.outcome for one in found.all if one.outcome.standings.cycle.calendar == code)

    async def live(self) -> dict[str, list[tuple[str, int]]]:
        """KPIs and ranks as people are shown them now, by code."""
        async with self.database.read() as uow:
            state = (await compute_open(uow, self.database.events)).state
            cards = await people.cards(uow, [PersonId(int(one)) for one in state.persons[: state.count]])
        return {
            cards[state.person_of(index)].code: [
                ("rank", state.rank(index)),
                *((kpi.code, state.kpi(index, kpi.code)) for kpi in self.plan.kpis if kpi.on),
            ]
            for index in range(state.count)
            if state.person_of(index) in cards
        }

    async def noted(self, calendar: str, code: str) -> None:
        """Debit and credit notes for a cycle; the files have them every time."""
        for row in self.notes(self.read()).iter_rows(named=True):
            async with self.database.begin(actor=await actor(self.database, "fay")) as uow:
                words = {"person": row.pop("person_id"), "cycle": code, "calendar": calendar}
                await by_hand.note(uow, NoteWish.model_validate({**row, **words}))
                await uow.commit()

    def notes(self, known: Read) -> pl.DataFrame:
        """Those of people who are there."""
        assert known.company is not None
        there = pl.col("person_id").is_in(known.company.people["code"].to_list())
        return self.company.adjustments.filter(there & (pl.col("amount_minor") != 0))

    async def unsound(self) -> list[str]:
        """What is wrong with runs, book and payments once all that was paid waits for a list, balance by balance."""
        await taking.take_over(self.database, actor="staff:1")
        found: list[str] = []
        async with self.database.read() as uow:
            problems = [*await runs.verify(uow), *await ledger.verify(uow), *await payments.verify(uow)]
            last = max(one.number for one in await runs.released(uow))
            for code, person in (await people.ids_of(uow, self.company.people["code"].to_list())).items():
                hers = await runs.payouts_of(uow, person)
                for unit in {one.currency for one in hers}:
                    account = Account(person=person, purpose=Purpose.COMMISSIONS_EARNED, unit=unit)
                    waits = sum(one.carried_out for one in hers if (one.run, one.currency) == (last, unit))
                    if await ledger.balance(uow, account) != waits:
                        found.append(f"{code} has not {waits} {unit} in the book")
                    given = sum(one.to_credit for one in hers if one.currency == unit)
                    credit = Account(person=person, purpose=Purpose.CREDIT, unit=unit)
                    if await ledger.balance(uow, credit) != given:
                        found.append(f"{code} has not {given} {unit} of credit in the book")
        return [*found, *(f"{one.code}: {one.facts}" for one in problems)]

    async def _hesitated(self, kind: str, code: str) -> None:
        """What staff do before they settle and take back again: a run, a note, volume, a hold."""
        person = self.company.people["code"][0]
        words = {"cycle": code, "calendar": kind, "person": person, "reason": "a mistake"}
        async with self.database.begin(actor=await actor(self.database, "fay")) as uow:
            wish = NoteWish.model_validate({**words, "currency": "USD", "amount_minor": 12345})
            notes = [await by_hand.note(uow, wish)]
            notes.append(await by_hand.correct_volume(uow, VolumeWish.model_validate({**words, "cv": 777, "qv": 9})))
            await by_hand.hold(uow, person, "a mistake")
            await uow.commit()
        number = await started(self.database, code, kind=kind)
        for what in (Work.PREVIEW, Work.VALIDATE):
            await done(self.database, number, what)
        await approved(self.database, number, "dora")
        async with self.database.begin(actor=await actor(self.database, "fay")) as uow:
            for kind_of_note, one in zip(("note", "volume"), notes, strict=True):
                await by_hand.withdraw(uow, kind_of_note, one.note)
            await by_hand.lift(uow, person)
            await uow.commit()
        with pytest.raises(RunOutdated):
            await approved(self.database, number, "edith")
        async with self.database.begin(actor=await actor(self.database, "dora")) as uow:
            await states.cancel(uow, number)
            await uow.commit()

    async def by_run(self, kind: str, code: str) -> Outcome:
        """Released, by a run of the service."""
        if self.hesitates:
            await self._hesitated(kind, code)
        await self.noted(kind, code)
        number = await started(self.database, code, kind=kind)
        for what in (Work.PREVIEW, Work.VALIDATE):
            state = await done(self.database, number, what)
        assert state is RunState.VALIDATED
        assert await approved(self.database, number) is RunState.APPROVED
        assert await done(self.database, number, Work.RELEASE) is RunState.RELEASED
        async with self.database.read() as questions:
            return calculated(await inputs_of(questions, number, 1))


async def differences(both: Both, codes: Sequence[str]) -> list[str]:
    """What the ways tell otherwise over these cycles of the main calendar, each with the parts that are paid ahead."""
    last: dict[str, Carried] = {}
    found: list[str] = []
    advances = both.plan.advances
    for number, code in enumerate(codes):
        month = cycle_named(both.plan.calendar, code)
        if not number:
            await both.found(month.period.start)
        for part in "AB" if advances is not None else ():
            half = both.plan.calendars[1]
            ends = cycle_named(half, f"{code}-{part}").period.end
            await both.joined(ends - MOMENT)
            main = last.get(both.plan.calendar.code, Carried())
            given = replace(last.get(half.code, Carried()), main=main, ranks=main.ranks)
            await _settled(both, half, f"{code}-{part}", ends, given, last, found)
        given = last.get(both.plan.calendar.code, Carried())
        if advances is not None:
            given = replace(given, advanced=pl.concat([given.advanced, last[advances.calendar].advanced]))
        else:
            await both.joined(month.period.end - MOMENT)
            await both.until(month.period.end - MOMENT)
            then, open_ = both.by_files(both.plan.calendar, code, given), await both.estimated()
            found += [f"{code} estimate: {one}" for one in unlike(told(then), told(open_))]
            if both.plan.returns is None and both.plan.late_orders is None:  # which figures of the day know nothing of
                found += [f"{code} live: {one}" for one in unlike(figures(open_), await both.live())]
        await _settled(both, both.plan.calendar, code, month.period.end, given, last, found)
    return found + await both.unsound()


async def _settled(
    both: Both,
    calendar: CalendarSpec,
    code: str,
    ends: datetime,
    given: Carried,
    last: dict[str, Carried],
    found: list[str],
) -> None:
    """One run both ways; what all calendars have waiting is common."""
    await both.until(ends + STAFF_GRACE)
    if last:
        given = replace(given, balances=next(reversed(last.values())).balances)
    ours, theirs = both.by_files(calendar, code, given, noted=True), await both.by_run(calendar.code, code)
    found += [f"{code} run: {one}" for one in unlike(told(ours), told(theirs))]
    found += [f"{code} sum: {one}" for one in unlike(earned(ours), by_lines(ours))]
    last.pop(calendar.code, None)
    last[calendar.code] = carried_out(ours)
    if calendar == both.plan.calendar:
        both.titles |= dict(last[calendar.code].ranks.select("person_id", "career_rank").iter_rows())
