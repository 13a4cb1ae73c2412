"""María's earnings: what core would say about them, so far as the chat asks; core's own teller tells the reasons."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote

from aiohttp import web
from pydantic import BaseModel, RootModel

from core.earnings.model import (
    AwardCard,
    BonusSum,
    Estimate,
    Money,
    OpenCycle,
    PaymentState,
    PayoutCard,
    Payouts,
    Raise,
    Statement,
    StatementCard,
    Why,
    WhyNot,
)
from core.kernel.words import CompanyText
from core.plan.reading import check
from core.ranks.model import RankPeriod
from core.settlement.telling.teller import Award, Teller
from i18n.translator import translator
from tests.support.core_stand_in import page, refused

LABELS: dict[str, CompanyText] = {
    "levels": {
        "en": "Level bonus",
        "es": "Bono por niveles",
        "de": "Ebenenbonus",
        "pt-BR": "Bônus por níveis",
        "fr": "Bonus par niveaux",
    },
    "match": {
        "en": "Matching bonus",
        "es": "Bono de liderazgo",
        "de": "Matching-Bonus",
        "pt-BR": "Bônus de liderança",
        "fr": "Bonus de matching",
    },
}
PLAN = """
[plan]
code = "aurora"
version = "2026-1"
name = "Aurora"
company = "Aurora"
currency = "EUR"
time_zone = "Europe/Madrid"

[activity]
measure = "qv"
minimum = 50

[kpis.pv]
label = "PV"
measure = "qv"

[ladder]
gauges = ["pv"]

[[ranks]]
code = "gold"
name = { en = "Gold", es = "Oro", de = "Gold", pt-BR = "Ouro", fr = "Or" }
needs = [{ kpi = "pv", minimum = 100 }]

[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Level bonus"
levels = ["5 %", "5 %"]
compression = "dynamic"

[[bonuses]]
code = "match"
kind = "matching"
label = "Matching bonus"
matches = ["levels"]
levels = ["10 %"]
"""
NAMES = {"D00020": "Pedro Gómez", "D00021": "Ana Torres", "C00002": "<b>Bobby & Söhne</b>", "D00022": "Luis Vega"}
TOLD: dict[str, Any] = {"plan": "aurora 2026-1", "rank": "gold", "rounding": "half_up by line"}
BECAUSE: dict[str, dict[str, Any]] = {
    "7.1": TOLD
    | {"kind": "unilevel", "order": "70010", "level": 2, "base": "148.5", "rate": "5", "exact": "7.425"}
    | {"skipped": {"D00022": "rank"}, "skipped_count": 1},
    "7.2": TOLD | {"kind": "unilevel", "order": "70011", "level": 1, "base": "80", "rate": "5", "exact": "4"},
    "7.3": TOLD | {"kind": "matching", "of": "D00020", "level": 1, "base": "52.3", "rate": "10", "exact": "5.23"},
}
LINES = {
    "7.1": AwardCard(
        award="7.1", bonus="levels", label=LABELS["levels"], unit="EUR", amount=743, order="70010",
        person="Pedro Gómez", level=2,
    ),
    "7.2": AwardCard(
        award="7.2", bonus="levels", label=LABELS["levels"], unit="EUR", amount=400, order="70011",
        person="<b>Bobby & Söhne</b>", level=1,
    ),
    "7.3": AwardCard(
        award="7.3", bonus="match", label=LABELS["match"], unit="EUR", amount=523, person="Pedro Gómez", level=1
    ),
}  # fmt: skip
SOURCES = {"7.1": "D00020", "7.2": "C00002", "7.3": "D00020"}
CYCLES = {"2026-10": (date(2026, 10, 1), date(2026, 10, 31)), "2026-09": (date(2026, 9, 1), date(2026, 9, 30))}
MISSING: dict[str, str] = {
    "en": "You need the rank Platinum; you are paid as Gold.",
    "es": "Necesitas el rango Platino; cobras como Oro.",
    "de": "Du brauchst den Rang Platin; bezahlt wirst du als Gold.",
    "pt-BR": "Você precisa da graduação Platina; recebe como Ouro.",
    "fr": "Il te faut le rang Platine ; ton rang de paie est Or.",
}


POOL: CompanyText = {
    "en": "Leaders’ pool",
    "es": "Fondo de líderes",
    "de": "Leader-Pool",
    "pt-BR": "Fundo de líderes",
    "fr": "Pool des leaders",
}


class Periods(RootModel[list[RankPeriod]]):
    """As the API answers it."""


class Missed(RootModel[list[WhyNot]]):
    """Likewise."""


class EarningsRoom:
    """Answers for core about earnings; a test sets the fields to what it needs."""

    def __init__(self) -> None:
        self.cycles = dict(CYCLES)
        self.ready = True
        self.state = PaymentState.PAID
        self.empty = False
        self.pays = True
        self.beside: tuple[OpenCycle, ...] = ()
        self.asked_lines: list[dict[str, str]] = []
        self.ranks = [
            RankPeriod(cycle="2026-10", paid_rank="gold", career_rank="platinum"),
            RankPeriod(cycle="2026-09", paid_rank="platinum", career_rank="platinum"),
            RankPeriod(cycle="2026-08", paid_rank=None, career_rank="gold"),
        ]

    def __call__(self, request: web.Request, body: bytes) -> BaseModel | bytes | None:
        path, query = unquote(request.path), request.query
        language = request.headers.get("Accept-Language", "en")
        lines = [one for one in LINES.values() if query.get("bonus") in (None, one.bonus)]
        known: dict[str, Callable[[], BaseModel]] = {
            "/v1/me/estimate": lambda: self.estimate(language),
            "/v1/me/estimate/lines": lambda: self.estimate_lines(lines, query),
            "/v1/me/statements": lambda: page(self.cards(), query),
            "/v1/me/payouts": self.payouts,
            "/v1/me/why-not": lambda: Missed([*self.got(), self.missed(language)]),
            "/v1/me/ranks": lambda: Periods(self.ranks),
        }
        if path in known:
            return known[path]()
        if path.startswith("/v1/me/statements/"):
            cycle, _, rest = path.removeprefix("/v1/me/statements/").partition("/")
            return page(lines, query) if rest else self.statement(cycle)
        if path.startswith("/v1/me/awards/"):
            return self.why(path.removeprefix("/v1/me/awards/").removesuffix("/why"), language)
        return None

    def estimate(self, language: str) -> Estimate:
        """The open cycle."""
        return Estimate(
            cycle="2026-11",
            calendar="month",
            ends_on=date(2026, 11, 30),
            days_left=9,
            as_of=datetime(2026, 11, 22, 9, 41, tzinfo=UTC),
            ready=self.ready,
            pays=self.pays,
            beside=self.beside,
            totals=() if self.empty else (Money(currency="EUR", amount=1666),),
            bonuses=() if self.empty else self.sums(),
            raises=() if self.empty else (Raise(bonus="pool", label=POOL, sentence=MISSING[language]),),
        )

    def estimate_lines(self, lines: list[AwardCard], query: Mapping[str, str]) -> BaseModel:
        """The open cycle's, whatever calendar is asked for."""
        self.asked_lines.append(dict(query))
        return page(lines, query)

    def sums(self) -> tuple[BonusSum, ...]:
        """Both bonuses."""
        return (
            BonusSum(bonus="levels", label=LABELS["levels"], unit="EUR", amount=1143, lines=2),
            BonusSum(bonus="match", label=LABELS["match"], unit="EUR", amount=523, lines=1),
        )

    def cards(self) -> list[StatementCard]:
        """All statements, the latest first."""
        totals = (Money(currency="EUR", amount=1666),)
        return [
            StatementCard(cycle=cycle, calendar="month", starts_on=start, ends_on=end, totals=totals)
            for cycle, (start, end) in self.cycles.items()
        ]

    def statement(self, cycle: str) -> Statement:
        """One of them."""
        known = list(self.cycles)
        cycle = known[0] if cycle == "latest" and known else cycle
        if cycle not in self.cycles:
            raise refused("statement_unknown", status=404, cycle=cycle, known=", ".join(known))
        at = known.index(cycle)
        return Statement(
            cycle=cycle,
            calendar="month",
            starts_on=self.cycles[cycle][0],
            ends_on=self.cycles[cycle][1],
            paid_rank={"en": "Gold", "es": "Oro", "de": "Gold", "pt-BR": "Ouro", "fr": "Or"},
            totals=(Money(currency="EUR", amount=1666),),
            bonuses=self.sums(),
            payouts=(self.payout(cycle),),
            seal="9f86d081884c7d659a2feaa0c55ad015",
            before=known[at + 1] if at + 1 < len(known) else None,
            after=known[at - 1] if at else None,
        )

    def payout(self, cycle: str) -> PayoutCard:
        """What became of a statement's money."""
        waits = self.state in (PaymentState.WAITING, PaymentState.NOTHING)
        return PayoutCard(
            cycle=cycle,
            calendar="month",
            currency="EUR",
            earned=1666,
            carried_in=0,
            adjustments=0,
            paid=0 if waits else 1666,
            carried_out=1666 if waits else 0,
            state=self.state,
            on=date(2026, 11, 10) if self.state in (PaymentState.PAID, PaymentState.ON_ITS_WAY) else None,
            account="ES91 •••• 1332" if self.state in (PaymentState.PAID, PaymentState.ON_ITS_WAY) else None,
        )

    def payouts(self) -> Payouts:
        """When and where the money comes."""
        has = self.state is not PaymentState.NO_ACCOUNT
        return Payouts(
            minimum=Money(currency="EUR", amount=2500),
            balances=(Money(currency="EUR", amount=1666),) if self.state is PaymentState.WAITING else (),
            account="ES91 •••• 1332" if has else None,
            has_account=has,
            latest=() if self.empty else tuple(self.payout(cycle) for cycle in self.cycles),
        )

    def why(self, award: str, language: str) -> Why:
        """The chain of a line."""
        if award not in LINES:
            raise refused("award_unknown", status=404, award=award)
        plan, problems = check(PLAN)
        assert plan is not None, problems
        teller = Teller(plan, translator(language), name=NAMES.__getitem__, ordered_on={"70010": date(2026, 10, 5)}.get)
        line = LINES[award]
        told = teller.told(Award("D00001", line.bonus, line.unit, line.amount, BECAUSE[award], SOURCES[award]))
        return Why(line=line, cycle="2026-10", sentences=told)

    def got(self) -> list[WhyNot]:
        """The bonuses that she has."""
        return [
            WhyNot(bonus=code, label=label, cycle="2026-10", earned=True, sentences=())
            for code, label in LABELS.items()
        ]

    def missed(self, language: str) -> WhyNot:
        """What keeps her from a bonus."""
        return WhyNot(bonus="pool", label=POOL, cycle="2026-10", earned=False, sentences=(MISSING[language],))
