"""Lists of people of her line."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.render.common import gauges_button, menu_button, paging, rows
from bot.screen import Button, Screen, bold, button, cut, grid, lines
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


def people(which: Which, found: Sequence[LinePerson], tr: Translator, *, page: int, more: bool, scale: int) -> Screen:
    """One page of a list."""
    if not found and not page:
        return _nobody(which, tr)
    return Screen(
        lines(bold(_title(which, tr)), "", *[line(person, tr, scale) for person in found]),
        rows(
            grid([button(person.name, "w", str(which), page, person.code) for person in found]),
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
            tr("Who do you mean by {name}?", name=bold(name)),
            "",
            *[line(person, tr, scale) for person in found],
            *(["", tr("There are more. Please type the full name.")] if more else []),
        ),
        rows(grid([button(person.name, *screen, "x", 0, person.code) for person in found]), (menu_button(tr),)),
    )


def nobody_called(name: str, tr: Translator) -> Screen:
    """No match in her line."""
    return Screen(
        lines(
            tr("I can't find anybody called {name} in your team.", name=bold(cut(name, NAME_MAX))),
            tr("Please check the spelling, or look through the list."),
        ),
        rows((button(tr("👥 My team"), "t"), menu_button(tr))),
    )


def line(person: LinePerson, tr: Translator, scale: int) -> str:
    """One person in one line: active or not as far as that is shown, and why one would call her."""
    mark = {True: "✅", False: "▫️", None: "•"}[person.active]
    name = cut(person.name, NAME_MAX)
    if person.active and person.own_volume is not None:
        return f"{mark} " + tr("{name}: {volume} this cycle", name=name, volume=tr.volume(person.own_volume, scale))
    if person.last_order_on is None:
        known = person.usual_order is not None or person.own_volume is not None
        return f"{mark} " + (tr("{name}: no order yet", name=name) if known or person.active is False else name)
    date = tr.date(person.last_order_on)
    if person.usual_order is None:
        return f"{mark} " + tr("{name}: last order {date}", name=name, date=date)
    usual = tr.volume(person.usual_order, scale)
    return f"{mark} " + tr("{name}: last order {date}, usually {usual}", name=name, date=date, usual=usual)


def _title(which: Which, tr: Translator) -> str:
    titles = {
        "ca": tr("Your customers"),
        "ci": tr("Customers who are not active"),
        "ck": tr("Customers who are active"),
        "da": tr("Your distributors"),
        "di": tr("Distributors who are not active"),
        "dk": tr("Distributors who are active"),
        "aa": tr("Your team"),
        "ai": tr("Who is not active in your team"),
        "ak": tr("Who is active in your team"),
    }
    title = titles[which.kind + which.active]
    return title if which.level in (0, 1) and which.kind != "a" else _with_level(title, which, tr)


def _with_level(title: str, which: Which, tr: Translator) -> str:
    return tr("{title}, level {level}", title=title, level=which.level) if which.level else title


def _filters(which: Which, tr: Translator) -> tuple[Button | None, ...]:
    labels = {"a": tr("All"), "i": tr("Not active"), "k": tr("Active")}
    return tuple(
        button(f"• {label}" if key == which.active else label, "l", str(which.but(key)), 0)
        for key, label in labels.items()
    )


def _back(which: Which, tr: Translator) -> Button | None:
    return gauges_button(tr) if which.origin == "g" else button(tr("👥 My team"), "t")


def _nobody(which: Which, tr: Translator) -> Screen:
    """An empty list says what will stand there, or that there is nothing to worry about."""
    texts = {
        "ca": tr("You have no customers yet. Once somebody buys through you, you'll see here who is due for a call."),
        "ci": tr("Nobody to worry about: all your customers are active."),
        "ck": tr("None of your customers is active in this cycle yet. A call might change that."),
        "da": tr("You have no distributors yet. Once somebody joins through you, you'll see them here."),
        "di": tr("Nobody to worry about: all your distributors are active."),
        "dk": tr("None of your distributors is active in this cycle yet. A call might change that."),
    }
    text = texts.get(which.kind + which.active, tr("There is nobody on this list."))
    filters = _filters(which, tr) if which.active != "a" else ()
    return Screen(text, rows(filters, (_back(which, tr), menu_button(tr))), on_photo=True)
