"""What several screens share: amounts, ranks, and the buttons home."""

from bot.screen import Button, Rows, button, grid
from core.kernel.words import CompanyText
from core.people.model import Kind, Me, Status
from core.plan.model import Unit
from core.plan.model.points import DEFAULT_NAME
from core.progress.model import Progress
from i18n.translator import Translator


def rank_name(progress: Progress, code: str | None, tr: Translator) -> str:
    """A rank of the ladder as the company calls it; empty for none."""
    return next((tr.company(rank.name) for rank in progress.ladder if rank.code == code), "")


def days_left(n: int, tr: Translator) -> str:
    """How long the cycle is open, counted as people count: today is one of the days."""
    if n <= 1:
        return tr("Today is the last day.")
    return tr.plural("{n} day left, including today.", "{n} days left, including today.", n)


def rank_of(names: dict[str, CompanyText], code: str | None, tr: Translator) -> str:
    """Likewise, from the names that a person's own card brings."""
    return tr.company(names[code]) if code in names else ""


def honoured(rank: str, tr: Translator) -> str:
    """The honorary rank that she holds."""
    return tr("Honorary rank: {rank}.", rank=rank)


def amount(value: int, unit: Unit, scale: int, tr: Translator) -> str:
    """A KPI's value in its own unit."""
    return tr.volume(value, scale) if unit is Unit.VOLUME else tr.number(value)


def count(value: int, unit: Unit, scale: int) -> int:
    """The number by which the words about a KPI's value bend; a broken volume bends them as several do."""
    if unit is not Unit.VOLUME:
        return value
    whole, broken = divmod(value, 10**scale)
    return 2 if broken else whole


def lowered(label: str, tr: Translator) -> str:
    """A label in the middle of a sentence: it loses its capital, but for German nouns and for abbreviations."""
    keeps = tr.language == "de" or label[1:2].isupper()
    return label if keeps else label[:1].lower() + label[1:]


def points_of(n: int, name: CompanyText, tr: Translator) -> str:
    """So many points in the company's own word: "1,500 stars"."""
    return tr.filled("{n} {points}", {"n": n, "points": tr.company(name, n)})


def menu_button(tr: Translator) -> Button | None:
    """The way home."""
    return button(tr("🏠 Menu"), "home")


def orders_button(tr: Translator) -> Button | None:
    """To her own orders."""
    return button(tr("📦 My orders"), "o", 0)


def gauges_button(tr: Translator) -> Button | None:
    """To the gauges."""
    return button(tr("📊 My gauges"), "g")


def way_button(tr: Translator) -> Button | None:
    """To what the next rank still asks."""
    return button(tr("🎯 My next rank"), "p", "")


def points_button(tr: Translator) -> Button | None:
    """To the points at a glance, by the company's word for them."""
    return button(tr("⭐ My {points}", points=tr.company(tr.points or DEFAULT_NAME, 2)), "pt")


def earnings_button(tr: Translator) -> Button | None:
    """To what the open cycle would pay."""
    return button(tr("💰 My earnings"), "ee")


def coupons_button(tr: Translator) -> Button | None:
    """To coupons and credit notes."""
    return button(tr("🎟️ Coupons"), "cp")


def tickets_button(tr: Translator) -> Button | None:
    """To all that she asked of the company."""
    return button(tr("🎫 My tickets"), "tk", 0)


def human_button(tr: Translator) -> Button | None:
    """The way to people, from everywhere."""
    return button(tr("🙋 Talk to a person"), "tdn")


def menu_rows(tr: Translator, *, points: bool = True) -> Rows:
    """The buttons of the starting page; `points` where the company has a programme."""
    return grid(
        [
            gauges_button(tr),
            way_button(tr),
            button(tr("👥 My team"), "t"),
            button(tr("🛒 My customers"), "l", "tca1", 0),
            orders_button(tr),
            points_button(tr) if points else None,
            earnings_button(tr),
            button(tr("🔗 Invite"), "iv"),
            tickets_button(tr),
            button(tr("⚙️ Settings"), "s"),
        ]
    )


def own_rows(tr: Translator, *, points: bool = True, earns: bool = False) -> Rows:
    """The buttons of somebody who has no line: what is her own; likewise, and her earnings where she can have any."""
    stars, coupons = (points_button(tr), coupons_button(tr)) if points else (None, None)
    money = earnings_button(tr) if earns else None
    return grid([stars, orders_button(tr), coupons, money, tickets_button(tr), button(tr("⚙️ Settings"), "s")])


def is_paid_customer(me: Me) -> bool:
    """Whether she is a customer where customers earn too."""
    return me.kind is Kind.CUSTOMER and me.pays_customers


def has_no_line(me: Me) -> bool:
    """Whether there are no ranks and no team for her: a customer, or somebody who has left."""
    return me.kind is Kind.CUSTOMER or me.status is Status.TERMINATED


def home_rows(me: Me | None, tr: Translator) -> Rows:
    """The buttons of her own starting page; the way there as long as we do not know whose it is."""
    if me is None:
        return rows((menu_button(tr),))
    points = me.points_name is not None
    if has_no_line(me):
        return own_rows(tr, points=points, earns=is_paid_customer(me))
    return menu_rows(tr, points=points)


def paging(
    tr: Translator, *parts: str | int, page: int, more: bool, tail: tuple[str | int, ...] = ()
) -> tuple[Button, ...]:
    """The buttons to the pages before and after; `parts` lead to the list, `tail` follows the page's number."""
    before = button(tr("◀ Previous"), *parts, page - 1, *tail) if page else None
    after = button(tr("Next ▶"), *parts, page + 1, *tail) if more else None
    return tuple(one for one in (before, after) if one is not None)


def rows(*given: Rows | tuple[Button | None, ...]) -> Rows:
    """Blocks and single rows of buttons, one below the other; empty ones vanish."""
    flat: list[tuple[Button, ...]] = []
    for block in given:
        single = tuple(one for one in block if isinstance(one, Button))
        flat.extend([single] if single else [row for row in block if isinstance(row, tuple) and row])
    return tuple(flat)
