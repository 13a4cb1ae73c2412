"""María's company for tests of the bot: seed 000 in numbers, with an order book and a team of many scripts."""

from datetime import UTC, date, datetime
from decimal import Decimal

from core.calendar.model import CycleCard
from core.kernel.volume import to_volume
from core.kernel.words import CompanyText
from core.orders.model import Order, OrderKind, OrderLine, OrderState
from core.people.model import Kind, LinePerson, Me, Status, Team, TeamLevel
from core.plan.model import Unit
from core.progress.model import Gauge, Mark, Progress, Step, StepKind, WayThere
from core.ranks.model import RankName
from tests.support.core_stand_in import Person, card_of, refused
from tests.support.points_story import STARS, PointsRoom

SCALE = 4
NAMES: dict[str, CompanyText] = {
    "gold": {"en": "Gold", "es": "Oro", "de": "Gold", "pt-BR": "Ouro", "fr": "Or"},
    "platinum": {"en": "Platinum", "es": "Platino", "de": "Platin", "pt-BR": "Platina", "fr": "Platine"},
    "diamond": {"en": "Diamond", "es": "Diamante", "de": "Diamant", "pt-BR": "Diamante", "fr": "Diamant"},
}
LABELS: dict[str, CompanyText] = {
    "pv": {
        "en": "Personal volume",
        "es": "Volumen personal",
        "de": "Eigenes Volumen",
        "pt-BR": "Volume pessoal",
        "fr": "Volume personnel",
    },
    "gv": {
        "en": "Group volume",
        "es": "Volumen de grupo",
        "de": "Gruppenvolumen",
        "pt-BR": "Volume de grupo",
        "fr": "Volume de groupe",
    },
    "customers": {
        "en": "Active customers",
        "es": "Clientes activos",
        "de": "Aktive Kunden",
        "pt-BR": "Clientes ativos",
        "fr": "Clients actifs",
    },
    "distributors": {
        "en": "Active distributors",
        "es": "Distribuidores activos",
        "de": "Aktive Partner",
        "pt-BR": "Distribuidores ativos",
        "fr": "Distributeurs actifs",
    },
}
NEEDS = {
    "gold": {"pv": 100, "gv": 1000, "customers": 1, "distributors": 2},
    "platinum": {"pv": 100, "gv": 3000, "customers": 3, "distributors": 3},
    "diamond": {"pv": 150, "gv": 5000, "customers": 5, "distributors": 4},
}
VALUES = {"pv": 180, "gv": 5200, "customers": 1, "distributors": 2}
UNITS = {"pv": Unit.VOLUME, "gv": Unit.VOLUME, "customers": Unit.PEOPLE, "distributors": Unit.PEOPLE}
DRILL = {"pv": "orders", "gv": "team", "customers": "customers", "distributors": "distributors"}
CYCLE = CycleCard(
    code="2026-11",
    starts_at=datetime(2026, 10, 31, 23, tzinfo=UTC),
    ends_at=datetime(2026, 11, 30, 23, tzinfo=UTC),
    days_left=9,
    closed=False,
    time_zone="Europe/Madrid",
)


def volume(whole: int) -> int:
    return to_volume(whole, SCALE)


def at_scale(kpi: str, amount: int) -> int:
    return volume(amount) if UNITS[kpi] is Unit.VOLUME else amount


def customer(number: int, name: str, *, usual: int, active: bool = False) -> LinePerson:
    return LinePerson(
        code=f"C{number:05}",
        name=name,
        kind=Kind.CUSTOMER,
        level=1,
        active=active,
        own_volume=volume(usual if active else 0),
        usual_order=volume(usual),
        last_order_on=date(2026, 11, 9) if active else date(2026, 9, number % 27 + 1),
        orders_shown=True,
        email=f"c{number}@example.org",
        phone=f"+3460000{number:04}",
        joined_on=date(2024, 3, 1),
        country="ES",
    )


def distributor(number: int, name: str, *, level: int = 1, active: bool = False) -> LinePerson:
    return LinePerson(
        code=f"D{number:05}",
        name=name,
        kind=Kind.DISTRIBUTOR,
        level=level,
        active=active,
        paid_rank="gold" if active else None,
        own_volume=volume(120 if active else 0),
        group_volume=volume(900),
        usual_order=volume(90),
        last_order_on=date(2026, 11, 2) if active else date(2026, 8, 20),
        orders_shown=level == 1,
        joined_on=date(2023, 6, 15),
        country="ES",
        frontline_count=3,
    )


LINE = [
    customer(1, "Ana Ruiz", usual=120, active=True),
    customer(2, "<b>Bobby & Söhne</b>", usual=80),
    customer(3, "محمد الأحمد", usual=75),
    customer(4, "王小明", usual=60),
    customer(5, "Jürgen Groß", usual=55),
    customer(6, "अनीता शर्मा", usual=50),
    customer(7, "Olga Иванова", usual=45),
    customer(8, "Lucía Fernández de la Vega y Montemayor-Santisteban", usual=40),
    customer(9, "Zoë O'Brien 🌻", usual=35),
    distributor(20, "Pedro Gómez", active=True),
    distributor(21, "Ana Torres", active=True),
    distributor(22, "Karl Weiß"),
    distributor(23, "Priya Nair", level=2),
]
STEPS = tuple(
    Step(person=LINE[index], kind=StepKind.ACTIVATE_CUSTOMER, volume=volume(50), usual=volume(usual))
    for index, usual in ((1, 80), (2, 75))
)
TEAM = Team(
    people=13,
    distributors=4,
    customers=9,
    active=3,
    deepest_level=2,
    levels=(
        TeamLevel(level=1, people=12, distributors=3, customers=9, active=3),
        TeamLevel(level=2, people=1, distributors=1, customers=0, active=0),
    ),
    as_of=datetime(2026, 11, 22, 9, tzinfo=UTC),
)


def order(number: int, state: OrderState = OrderState.DELIVERED, *, kind: OrderKind = OrderKind.SALE) -> Order:
    sign = 1 if kind is OrderKind.SALE else -1
    line = OrderLine(
        sku="A1",
        product={"en": "Aloe gel", "es": "Gel de aloe", "de": "Aloe-Gel", "pt-BR": "Gel de aloe", "fr": "Gel d'aloès"},
        quantity=sign * 2,
        unit_price=Decimal("24.00"),
        amount_minor=sign * 4800,
        cv=sign * volume(48),
        qv=sign * volume(48),
    )
    return Order(
        order_id=f"70{number:03}",
        kind=kind,
        state=state,
        ordered_at=datetime(2026, 11, 20 - number, 10, tzinfo=UTC),
        paid_at=datetime(2026, 11, 20 - number, 11, tzinfo=UTC),
        amount_minor=line.amount_minor,
        currency="EUR",
        cv=line.cv,
        qv=line.qv,
        line_count=1,
        tracking="ES123456789" if state is OrderState.SHIPPED else None,
        lines=(line,),
    )


ORDERS = [order(1, OrderState.SHIPPED), *[order(number) for number in range(2, 8)], order(8, kind=OrderKind.RETURN)]
ME = Me(
    code="D00001",
    name="María López",
    kind=Kind.DISTRIBUTOR,
    status=Status.ACTIVE,
    country="ES",
    language="es",
    language_chosen=False,
    time_zone="Europe/Madrid",
    currency="EUR",
    paid_rank="gold",
    career_rank="platinum",
    rank_names=NAMES,
    sponsor_name="Carlos Pérez",
    notifications=True,
    company={"en": "Solvena"},
    volume_scale=SCALE,
    points_name=STARS,
)


def progress(rank: str | None = None) -> Progress:
    """María's progress towards a rank, by default the next one."""
    target = rank or "platinum"
    if target not in NAMES:
        raise refused("rank_unknown", status=404, rank=target, known=list(NAMES))
    gauges = tuple(_gauge(kpi, target) for kpi in VALUES)
    short = any(gauge.missing for gauge in gauges)
    way = WayThere(reaches=target != "diamond", steps=STEPS if target != "diamond" else (), volume=volume(100))
    return Progress(
        person_code=ME.code,
        name=ME.name,
        cycle=CYCLE,
        estimate=True,
        scale=SCALE,
        volume_currency="EUR",
        ladder=tuple(RankName(code=code, name=name) for code, name in NAMES.items()),
        paid_rank="gold",
        career_rank="platinum",
        target=target,
        gauges=gauges,
        needs=(),
        way_there=way if short else None,
        fingerprint=f"story-{target}",
    )


def _gauge(kpi: str, target: str) -> Gauge:
    value, needed = at_scale(kpi, VALUES[kpi]), at_scale(kpi, NEEDS[target][kpi])
    reached = [rank for rank in NAMES if at_scale(kpi, NEEDS[rank][kpi]) <= value]
    return Gauge(
        kpi=kpi,
        label=LABELS[kpi],
        unit=UNITS[kpi],
        value=value,
        rank=reached[-1] if reached else None,
        marks=tuple(Mark(rank=rank, minimum=at_scale(kpi, NEEDS[rank][kpi])) for rank in NAMES),
        needed=needed,
        missing=max(0, needed - value),
        decides=reached[-1:] == ["gold"],
        drill_down=DRILL[kpi],
    )


def maria() -> Person:
    """A fresh María, whose settings a test may change."""
    cards = [card_of(one) for one in ORDERS[:3]]
    return Person(ME, progress, list(LINE), TEAM, list(ORDERS), CYCLE, {"C00002": cards}, [PointsRoom()])
