"""The sections that settlement calculates by, and those that are only understood and checked, for whole plans."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.plan.language import kinds as k
from core.plan.language.bonuses import read_bonuses
from core.plan.language.findings import Findings
from core.plan.language.kpis import Names
from core.plan.language.table import Table
from core.plan.model import Bonus, CalendarSpec, KpiSpec, PayoutSpec

SECTIONS: dict[str, k.Words] = {
    "trees": {
        "binary": k.table_of(
            "[trees.binary]",
            {"spill": k.one_of("outer_left", "outer_right", "balanced", "weak", "manual")},
            dict,
        ),
        "matrix": k.table_of(
            "[trees.matrix]",
            {
                "width": k.whole(1, 100),
                "depth": k.whole(1, 1000),
                "spill": k.one_of("bfs", "balanced", "manual"),
                "on_leave": k.one_of("hole", "promote"),
            },
            dict,
            ("width",),
        ),
    },
    "payout": {
        "minimum": k.amount,
        "currency": k.money,
        "per": k.one_of("total", "schedule"),
        "expires_after": k.whole(1, 120),
        "fee": k.amount,
        "fee_from": k.amount,
    },
    "returns": {
        "within_days": k.whole(0, 3660),
        "volume_in": k.one_of("refund_period", "original_period"),
        "rank_again": k.flag,
        "amount": k.one_of("original_lines", "average_percent", "recompute"),
        "recovery_max": k.share,
    },
    "advances": {
        "calendar": k.calendar,
        "share": k.share,
        "bonuses": k.bonuses,
        "instalments": k.rates,
        "instalment_cycles": k.whole(1, 120),
    },
    "late_orders": {
        "settled_in": k.one_of("own_period", "payment_period", "nowhere"),
        "cut_off_days": k.whole(0, 366),
        "change_rank": k.flag,
        "change_others": k.flag,
        "rebuild_carry": k.flag,
    },
    "placement": {
        "days_to_place": k.whole(0, 3660),
        "levels_down_max": k.whole(0, 1000),
        "moves_max": k.whole(0, 1000),
        "flush_at": k.one_of("cycle_end", "week_end", "day_end"),
        "flush_order": k.one_of("joined", "volume"),
        "default_side": k.one_of("left", "right", "weak", "sponsor_choice"),
        "volume_while_waiting": k.one_of("enroller", "nobody"),
    },
    "termination": {
        "line_goes_to": k.one_of("sponsor", "company"),
        "after_inactive_cycles": k.whole(1, 120),
        "line_returns": k.flag,
        "rank_returns": k.flag,
    },
}
CAP: k.Words = {
    "code": k.code,
    "bonuses": k.bonuses,
    "per": k.one_of("person", "company"),
    "calendar": k.calendar,
    "amount": k.amount,
    "amount_by_rank": k.by_rank(k.amount),
    "share": k.share,
    "share_of": k.figure,
    "uses_volume": k.flag,
}
RESERVED = (*SECTIONS, "bonuses", "caps")
PAID = ("minimum", "currency", "per")
"""The words of `[payout]` that are calculated."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a plan says about settling."""

    bonuses: tuple[Bonus, ...]
    payout: PayoutSpec
    reserved: tuple[str, ...]
    """Sections that the file has and by which nothing is calculated yet."""


def read_settlement(
    root: Table,
    names: Names,
    kpis: Sequence[KpiSpec],
    calendars: Sequence[CalendarSpec],
    findings: Findings,
) -> Settlement:
    """Reads bonuses and payout, and checks the words of the other sections; tells what is not calculated yet."""
    bonuses = root.items("bonuses")
    context = k.Context(
        names=names,
        kpis={kpi.code: kpi for kpi in kpis},
        bonuses=[str(code.value) for bonus in bonuses if (code := (bonus.table or {}).get("code"))],
        calendars=[calendar.code for calendar in calendars],
        findings=findings,
    )
    read = read_bonuses(bonuses, context)
    for cap in root.items("caps"):
        k.read_table(cap, "[[caps]]", CAP, context, ("code", "per"))
        findings.notice("plan_not_calculated", cap.place, word="[[caps]]")
    payout = PayoutSpec()
    for section, words in SECTIONS.items():
        if not root.has(section):
            continue
        node = root.words[section]
        table, found = k.read_table(node, f"[{section}]", words, context)
        if section == "payout":
            payout = k.made(PayoutSpec, {word: value for word, value in found.items() if word in PAID})
            for word in found.keys() - set(PAID):
                findings.notice("plan_not_calculated", table.words[word].key, word=word)
        else:
            findings.notice("plan_not_calculated", node.key, word=f"[{section}]")
    reserved = tuple(section for section in RESERVED if root.has(section) and section not in ("bonuses", "payout"))
    return Settlement(read, payout, reserved)
