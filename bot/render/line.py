"""Lists of people of her line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.render.common import gauges_button, menu_button, paging, rows
from bot.screen import Button, Screen, bold, button, cut, grid, lines
from core.line.model import Sort
from core.people.model import Kind, LinePerson
from i18n.translator import Translator

NAME_MAX = 40
PAGE = 6


@dataclass(frozen=True, slots=True)
class Which:
    """Which list: four letters and digits in a button's data, such as "gci1".

    Attributes:
        origin: where back leads: g the gauges, t the team.
        kind: c customers, d distributors, a all.
        active: i those who are not, k those who are, a all.
        level: 1 the frontline; 0 any level.
    """

    origin: str = "t"
    kind: str = "a"
    active: str = "a"
    level: int = 0

    @classmethod
    def read(cls, text: str) -> "Which":
        """The list that a button names; the whole team where the text makes no sense."""
        if (
            len(text) < 4
            or text[0] not in "gt"
            or text[1] not in "cda"
            or text[2] not in "ika"
            or not text[3:].isdigit()
        ):
            return cls()
        return cls(text[0], text[1], text[2], int(text[3:]))

    def __str__(self) -> str:
        return f"{self.origin}{self.kind}{self.active}{self.level}"

    @property
    def person_kind(self) -> Kind | None:
        """The kind to ask core for."""
        return {"c": Kind.CUSTOMER, "d": Kind.DISTRIBUTOR}.get(self.kind)

    @property
    def is_active(self) -> bool | None:
        """The activity to ask core for."""
        return {"i": False, "k": True}.get(self.active)

    def but(self, active: str) -> "Which":
        """The same people by another activity."""
        return Which(self.origin, self.kind, active, self.level)


def people(
    which: Which,
    found: Sequence[LinePerson],
    tr: Translator,
    *,
    page: int,
    more: bool,
    scale: int,
    sort: Sort = Sort.NAME,
) -> Screen:
    """One page of a list; how it is sorted is said unless one sees it, as one does by name."""
    if not found and not page:
        return _nobody(which, tr)
    return Screen(
        lines(bold(_title(which, tr)), _order(which, found, sort, tr), "", *_told(found, tr, scale)),
        rows(
            grid([button(name, "w", str(which), page, person.code) for name, person in _named(found)]),
            paging(tr, "l", str(which), page=page, more=more),
            _filters(which, tr),
            (_back(which, tr), menu_button(tr)),
        ),
        on_photo=True,
    )


def several(
    name: str,
    found: Sequence[LinePerson],
    tr: Translator,
    *,
    more: bool,
    scale: int,
    screen: tuple[str | int, ...] = ("w",),
) -> Screen:
    """People whom a typed name may mean; the buttons lead to `screen`, which is her card or a supposition about her."""
    return Screen(
        lines(
            tr("There are several people named {name}. Which one do you mean?", name=bold(name)),
            "",
            *_told(found, tr, scale),
            *(["", tr("There are more. Please type the full name.")] if more else []),
        ),
        rows(grid([button(name, *screen, "x", 0, person.code) for name, person in _named(found)]), (menu_button(tr),)),
    )


def nobody_called(name: str, tr: Translator) -> Screen:
    """No match in her line."""
    return Screen(
        lines(
            tr("I can't find anyone named {name} on your team.", name=bold(cut(name, NAME_MAX))),
            tr("Please check the spelling, or look through your team."),
        ),
        rows((button(tr("👥 My team"), "t"), menu_button(tr))),
    )


def line(person: LinePerson, tr: Translator, scale: int) -> str:
    """One person in one line: active or not as far as that is shown, and why one would call her."""
    mark = {True: "✅", False: "▫️", None: "•"}[person.active]
    name = cut(person.name, NAME_MAX)
    if person.active is not None and person.own_volume is not None and (person.active or person.own_volume > 0):
        return f"{mark} {_this_cycle(person, person.own_volume, name, tr, scale)}"
    if person.last_order_on is None:
        if person.orders_shown:
            return f"{mark} " + tr("{name}: no order yet", name=name)
        return f"{mark} " + (tr("{name}: not active this cycle", name=name) if person.active is False else name)
    date = tr.date(person.last_order_on)
    if person.usual_order is None:
        return f"{mark} " + tr("{name}: last order {date}", name=name, date=date)
    usual = tr.volume(person.usual_order, scale)
    return f"{mark} " + tr("{name}: last order {date}, usually {usual} in volume", name=name, date=date, usual=usual)


def _this_cycle(person: LinePerson, own: int, name: str, tr: Translator, scale: int) -> str:
    """What she ordered in this cycle, and that it is too little to be active where it is."""
    volume = tr.volume(own, scale)
    if person.active:
        return tr("{name}: {volume} in volume this cycle", name=name, volume=volume)
    if person.usual_order is None:
        return tr("{name}: {volume} in volume this cycle, not active yet", name=name, volume=volume)
    usual = tr.volume(person.usual_order, scale)
    return tr(
        "{name}: {volume} in volume this cycle, not active yet (usually {usual})",
        name=name,
        volume=volume,
        usual=usual,
    )


def _order(which: Which, found: Sequence[LinePerson], sort: Sort, tr: Translator) -> str | None:
    """How a list is sorted that is not by name; whoever's usual order is not shown comes by name."""
    if sort is Sort.LEVEL:
        return tr("In the order they joined") if which.level else tr("Level by level, in the order they joined")
    if sort is Sort.USUAL_ORDER and any(person.usual_order is not None for person in found):
        return tr("Largest usual orders first")
    return None


def _told(found: Sequence[LinePerson], tr: Translator, scale: int) -> list[str]:
    """The people line by line; numbered as their buttons are, and told apart, where two have one name."""
    told = [line(person, tr, scale) for person in found]
    if not _twins(found):
        return told
    alike = Counter((person.name, person.kind, person.level) for person in found)
    return [
        f"{number}. {text} · {_place(person, tr)}"
        + (f" · {person.code}" if alike[person.name, person.kind, person.level] > 1 else "")
        for number, (text, person) in enumerate(zip(told, found, strict=True), 1)
    ]


def _named(found: Sequence[LinePerson]) -> list[tuple[str, LinePerson]]:
    """The people with the labels of their buttons."""
    twins = _twins(found)
    return [(f"{number}. {person.name}" if twins else person.name, person) for number, person in enumerate(found, 1)]


def _twins(found: Sequence[LinePerson]) -> bool:
    return len({person.name for person in found}) < len(found)


def _place(person: LinePerson, tr: Translator) -> str:
    if person.kind is Kind.CUSTOMER:
        return tr("Customer on level {level}", level=person.level)
    return tr("Distributor on level {level}", level=person.level)


def _title(which: Which, tr: Translator) -> str:
    titles = {
        "ca": tr("Your customers"),
        "ci": tr("Inactive customers"),
        "ck": tr("Active customers"),
        "da": tr("Your distributors"),
        "di": tr("Inactive distributors"),
        "dk": tr("Active distributors"),
        "aa": tr("Your team"),
        "ai": tr("Inactive people on your team"),
        "ak": tr("Active people on your team"),
    }
    title = titles[which.kind + which.active]
    return title if which.level in (0, 1) and which.kind != "a" else _with_level(title, which, tr)


def _with_level(title: str, which: Which, tr: Translator) -> str:
    return tr("{title}, level {level}", title=title, level=which.level) if which.level else title


def _filters(which: Which, tr: Translator) -> tuple[Button | None, ...]:
    labels = {"a": tr("All"), "i": tr("Inactive"), "k": tr("Active")}
    return tuple(
        button(f"• {label}" if key == which.active else label, "l", str(which.but(key)), 0)
        for key, label in labels.items()
    )


def _back(which: Which, tr: Translator) -> Button | None:
    return gauges_button(tr) if which.origin == "g" else button(tr("👥 My team"), "t")


def _nobody(which: Which, tr: Translator) -> Screen:
    """An empty list says what will stand there, or that there is nothing to worry about."""
    texts = {
        "ca": tr("You don't have any customers yet. Once someone buys through you, I'll show you here who to call."),
        "ci": tr("Nobody to worry about: all your customers are active."),
        "ck": tr("None of your customers is active this cycle yet. A call might change that."),
        "da": tr("You don't have any distributors yet. Once someone joins through you, you'll see them here."),
        "di": tr("Nobody to worry about: all your distributors are active."),
        "dk": tr("None of your distributors is active this cycle yet. A call might change that."),
    }
    text = texts.get(which.kind + which.active, tr("There is nobody on this list."))
    filters = _filters(which, tr) if which.active != "a" else ()
    return Screen(text, rows(filters, (_back(which, tr), menu_button(tr))), on_photo=True)
