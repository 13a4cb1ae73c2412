"""Why an amount, and why not another."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from core.db.unit_of_work import UnitOfWork
from core.earnings import showing
from core.earnings.estimating import Estimated
from core.earnings.model import AwardUnknown, Why, WhyNot
from core.earnings.service.estimate import lacking
from core.earnings.service.released import named, runs_of
from core.kernel.ids import PersonId
from core.people import service as people
from core.people.model import Kind, Person, Status
from core.plan.model import Bonus, Condition, Plan, Unit
from core.runs import service as runs
from core.runs.asked import BEFORE, PACKAGE, SUSPENDED, capped, holding, member, placed_in, siding
from core.runs.model import ReleasedRun
from core.settlement.cycle.ruling import unmet
from core.settlement.cycle.standing_of import members_of
from core.settlement.rules.lack import Standing
from core.settlement.rules.missing import missing
from core.settlement.telling.lacks import lack_sentences
from i18n.translator import Translator


async def why(uow: UnitOfWork, me: PersonId, award: str, found: Estimated | None, tr: Translator) -> Why:
    """The chain of one line of a statement, or of the latest estimate.

    Raises:
        AwardUnknown: she has no such line, or the estimate that it was in is over.
    """
    source, _, number = award.rpartition(".")
    if not number.isdecimal() or len(number) > showing.DIGITS_MAX:
        raise AwardUnknown(award=award)
    person = await people.profile(uow, me)
    if found is not None and source == found.source_name:
        plan, cycle, lines = found.outcome.plan, found.outcome.standings.cycle.code, found.lines_of(person.code)
    else:
        run = next((one for one in await runs_of(uow, me) if str(one.number) == source), None)
        if run is None:
            raise AwardUnknown(award=award)
        plan, cycle = await runs.plan_of(uow, run.number), run.cycle
        lines = await runs.lines_of(uow, run.number, person.code)
    card, told = await showing.why(uow, lines, plan, tr, source=source, number=int(number))
    return Why(line=card, cycle=cycle, sentences=told)


async def why_not(
    uow: UnitOfWork, me: PersonId, cycle: str | None, found: Estimated | None, tr: Translator
) -> list[WhyNot]:
    """What keeps each bonus from her that pays her nothing.

    Args:
        cycle: of a released run; None is the open one.

    Raises:
        StatementUnknown: no run of that cycle was released to her.
    """
    person = await people.profile(uow, me)
    if cycle is None:
        return [] if found is None else [told for one in found.all for told in _open(one, person, tr)]
    run = named(await runs_of(uow, me), cycle)
    plan = await runs.plan_of(uow, run.number)
    lines = await runs.lines_of(uow, run.number, person.code)
    earned = set(lines["bonus"].to_list()) if lines.height else set()
    standing = await _standing(uow, run, person, plan)
    calculated = [one for one in plan.bonuses if one.on and (one.calendar or plan.calendar.code) == run.calendar]
    return [
        WhyNot(
            bonus=bonus.code,
            label=bonus.label,
            cycle=run.cycle,
            earned=bonus.code in earned,
            sentences=()
            if bonus.code in earned
            else lack_sentences(missing(plan, bonus, standing), plan, tr, cycle=run.cycle),
        )
        for bonus in calculated
    ]


def _open(found: Estimated, person: Person, tr: Translator) -> list[WhyNot]:
    plan, cycle = found.outcome.plan, found.outcome.standings.cycle.code
    lacks = {bonus.code: lack for bonus, lack in lacking(found, person)}
    return [
        WhyNot(
            bonus=bonus.code,
            label=bonus.label,
            cycle=cycle,
            earned=bonus.code not in lacks,
            sentences=lack_sentences(lacks[bonus.code], plan, tr) if bonus.code in lacks else (),
        )
        for bonus in found.bonuses
    ]


async def _standing(uow: UnitOfWork, run: ReleasedRun, person: Person, plan: Plan) -> Standing:
    """Where she stood in a released cycle, from what the run kept: ranks, KPIs, and what else its bonuses asked.

    Runs that were released before these were kept have no such rows: there a KPI counts whole, a rule that paid her
    nothing did not hold, and she has her places and her people on both sides.
    """
    figures = await runs.figures_of(uow, run.number, person.code)
    asked = await runs.asked_of(uow, run.number, person.code)
    paid, career, _ = await runs.rank_of(uow, run.number, person.code)
    known = {rank.code for rank in plan.ranks}

    def place(code: str | None) -> int:
        return plan.rank_index(code if code in known else None)

    def kpi(code: str) -> Fraction:
        return Fraction(figures.get(code, "0"))

    highest = max(place(paid), place(career))
    return Standing(
        in_tree=bool(figures),
        customer=person.kind is Kind.CUSTOMER,
        suspended=bool(asked.get(SUSPENDED, person.status is Status.SUSPENDED)),
        ranks={"paid": place(paid), "career": highest, "ever": highest, "before": place(asked.get(BEFORE))},
        kpi=kpi,
        counted=_counted(plan, figures, asked),
        holds=lambda bonus: bool(asked.get(holding(bonus))),
        unmet=lambda bonus: unmet(plan, bonus, _failing(bonus, asked), kpi=kpi, customer=person.kind is Kind.CUSTOMER),
        package=plan.package_index(asked.get(PACKAGE)),
        stands=lambda bonus: bool(asked.get(placed_in(bonus), 1)),
        sided=lambda bonus: bool(asked.get(siding(bonus) or "", 1)),
    )


def _failing(bonus: Bonus, asked: Mapping[str, Any]) -> list[int]:
    """The members of a rule's condition that are known not to have held."""
    return [number for number, _ in enumerate(members_of(bonus)) if asked.get(member(bonus, number)) == 0]


def _counted(plan: Plan, figures: Mapping[str, str], asked: Mapping[str, Any]) -> Callable[[Condition], Fraction]:
    """What she had towards a condition, in whole units."""
    columns = {one: name for bonus in plan.bonuses for name, one in capped(bonus).items() if name in asked}

    def counted(condition: Condition) -> Fraction:
        found = asked.get(columns.get(condition, ""))
        if found is None:
            return Fraction(figures.get(condition.kpi, "0"))
        decimals = plan.volume.scale if plan.kpi(condition.kpi).unit is Unit.VOLUME else 0
        return Fraction(int(found), 10**decimals)

    return counted
