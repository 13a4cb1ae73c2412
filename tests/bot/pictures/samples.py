"""Progress of people of all scripts, for the picture tests."""

from datetime import UTC, datetime

from core.calendar.model import CycleCard
from core.kernel.words import CompanyText
from core.plan.model import Unit
from core.progress.model import Gauge, Mark, Progress
from core.ranks.model import RankName

LADDER = ("bronze", "silver", "gold", "platinum", "diamond", "executive")
THRESHOLDS = (
    (100, 100, 200, 200, 300, 500),
    (500, 1000, 2500, 4000, 5000, 9000),
    (1, 1, 2, 3, 5, 9),
    (1, 2, 2, 3, 4, 7),
)
LABELS: tuple[CompanyText, ...] = (
    {"en": "Personal volume", "de": "Eigenumsatz", "ar": "الحجم الشخصي"},
    {"en": "Group volume", "de": "Gruppenumsatz", "ar": "حجم المجموعة"},
    {"en": "Active personal customers", "de": "Aktive persönliche Kunden", "ar": "العملاء النشطون"},
    {"en": "Active personal distributors", "de": "Aktive persönliche Vertriebspartner", "ar": "الموزعون النشطون"},
)
NAMES = (
    "María Fernanda Ortiz",
    "محمد بن عبد الرحمن (Ana) 12",
    "अनुष्का क्षत्रिय श्रीवास्तव",
    "李小龍 王伟",
    "さくら 김철수",
    "יוסף בן־גוריון",
    "ลำไย กุ้งทองคำ ที่นี่",
    "Мария Ёлкина",
    "👩‍👩‍👧 Zoë ❤️ 🇪🇸 ★",
    "Nguyễn Thị Ánh",
    "𝔊𝔬𝔱𝔥 ＡＢＣ \ue000",
    "Anna-Katharina von Hohenstein-Wiesenthal zu Oberammergau-Unterfelden am Wald",
    "",
)


def progress(
    name: str = NAMES[0],
    *,
    values: tuple[int, ...] = (180, 5200, 1, 2),
    target: str | None = "diamond",
    paid: str | None = "gold",
    closed: bool = False,
    what_if: bool = False,
    fingerprint: str = "f1",
) -> Progress:
    """Somebody's progress; one gauge for each value, volumes in whole units."""
    return Progress(
        person_code="D1",
        name=name,
        cycle=CycleCard(
            code="2026-11",
            starts_at=datetime(2026, 11, 1, tzinfo=UTC),
            ends_at=datetime(2026, 12, 1, tzinfo=UTC),
            days_left=0 if closed else 9,
            closed=closed,
            time_zone="UTC",
        ),
        estimate=not closed,
        what_if=what_if,
        scale=4,
        volume_currency="EUR",
        ladder=tuple(RankName(code=code, name={"en": code.title()}) for code in LADDER),
        paid_rank=paid,
        career_rank=paid,
        target=target,
        gauges=tuple(_gauge(place, value, target) for place, value in enumerate(values)),
        needs=(),
        way_there=None,
        fingerprint=fingerprint,
    )


def _gauge(place: int, value: int, target: str | None) -> Gauge:
    kind = place % 4
    scale = 10_000 if kind < 2 else 1
    marks = tuple(Mark(rank=rank, minimum=least * scale) for rank, least in zip(LADDER, THRESHOLDS[kind], strict=True))
    reached = [mark.rank for mark in marks if value * scale >= mark.minimum]
    needed = next((mark.minimum for mark in marks if mark.rank == target), None)
    missing = max(0, (needed or 0) - value * scale)
    return Gauge(
        kpi=f"kpi_{place}",
        label=LABELS[kind],
        unit=Unit.VOLUME if kind < 2 else Unit.PEOPLE,
        value=value * scale,
        rank=reached[-1] if reached else None,
        marks=marks,
        needed=needed,
        missing=missing,
        decides=kind >= 2 and missing > 0,
    )
