"""Reading one table of a plan word by word; what is wrong goes to the findings and a neutral value comes back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from core.kernel.errors import Fact
from core.plan.language.findings import Findings, nearest
from core.plan.language.source import Node, Place
from i18n.translator import mark

Choice = TypeVar("Choice", bound=StrEnum)
NUMBER_MAX = Decimal(10) ** 12
"""No plan asks for more; volumes at any scale then fit 64 bits with room for a million people's sum."""
COUNT_MAX = 10**9
TEXT = mark("a text in quotes")
TEXTS = mark("a list of texts in quotes")
LIST = mark("a list in square brackets")
LIST_LIKE = mark("a list in square brackets such as {example}")
CONDITIONS, RATES = '[{ kpi = "pv", minimum = 100 }]', '["5 %", "3 %"]'
LIKE = {
    **dict.fromkeys(("needs", "earner", "place", "any", "all"), CONDITIONS),
    **dict.fromkeys(("levels", "generations", "positions", "groups"), RATES),
    "schedule": '[{ from = 100, rate = "3 %" }]',
    "levels_steps": '[{ from = 3, levels = ["5 %", "3 %"] }]',
    "rate_steps": '[{ from = 100, rate = "3 %" }]',
    "tiers": "[{ from = 250, pay = 40 }]",
}
"""What such a list looks like."""
SECTIONS = mark("a section in double brackets, [[{word}]], for each of them")
LISTED = ("ranks", "packages", "bonuses", "caps")
"""Words of a plan whose parts are sections of their own."""
NUMBER = mark("a number of 0 or more")
AT_LEAST = mark("a whole number of {least} or more")
BETWEEN = mark("a whole number from {least} to {most}")


@dataclass(frozen=True, slots=True)
class Shape:
    """Which words a table may and must have. `name` is how sentences speak of it."""

    name: str
    words: tuple[str, ...]
    required: tuple[str, ...] = ()


class Table:
    """One table being read. Made, it has told of unknown and missing words; each method reads one word."""

    def __init__(self, node: Node, shape: Shape, findings: Findings) -> None:
        self.node = node
        self.shape = shape
        self.findings = findings
        self.words: dict[str, Node] = node.table or {}
        self._said: dict[str, str] = {}
        if node.table is None:
            findings.fault("plan_table_wanted", node.place, table=shape.name, found=spell(node))
        else:
            self._tell_unknown_and_missing()

    def _tell_unknown_and_missing(self) -> None:
        """A required word that is only misspelt is told of once, as misspelt."""
        unknown = [word for word in self.words if word not in self.shape.words]
        meant = {nearest(word, self.shape.words) for word in unknown}
        for word in unknown:
            place = self.words[word].key
            self.findings.unknown("plan_word_unknown", place, word, self.shape.words, table=self.shape.name)
        for word in self.shape.required:
            if word not in self.words and word not in meant:
                self.findings.fault("plan_word_missing", self.node.key, table=self.shape.name, word=word)

    def has(self, word: str) -> bool:
        """Whether the file says it."""
        return word in self.words

    def stand_for(self, word: str, said: str) -> None:
        """From here on `word` is there, with the value of `said`, which is what the file calls it."""
        self.words = {**self.words, word: self.words[said]}
        self._said[word] = said

    def place(self, word: str) -> Place:
        """Where its value stands; the table's place when it is absent."""
        return self.words[word].place if word in self.words else self.node.key

    def wrong(self, word: str, node: Node, expected: str, **facts: Fact) -> None:
        """`word` has a value of another kind or range than `expected`, a marked phrase with places, says."""
        said = self._said.get(word, word)
        self.findings.fault("plan_value_wrong", node.place, word=said, expected=expected, found=spell(node), **facts)

    def text(self, word: str, default: str = "") -> str:
        """A text that is not empty."""
        node = self.words.get(word)
        if node is None:
            return default
        if isinstance(node.value, str) and node.value.strip():
            return node.value
        self.wrong(word, node, TEXT)
        return default

    def texts(self, word: str) -> tuple[str, ...]:
        """A list of texts; absent is empty."""
        return texts_in(self, word, self.items(word))

    def items(self, word: str) -> list[Node]:
        """The parts of a list; absent is empty."""
        node = self.words.get(word)
        if node is None:
            return []
        if node.items is None:
            if word in LISTED and node.table is not None:
                self.wrong(word, node, SECTIONS)
            elif word in LIKE:
                self.wrong(word, node, LIST_LIKE, example=LIKE[word])
            else:
                self.wrong(word, node, LIST)
            return []
        return node.items

    def flag(self, word: str, *, default: bool) -> bool:
        """Yes or no, written as true or false."""
        node = self.words.get(word)
        if node is None:
            return default
        if not isinstance(node.value, bool):
            self.wrong(word, node, mark("true or false"))
            return default
        return node.value

    def choice(self, word: str, kind: type[Choice], default: Choice) -> Choice:
        """One of the values of `kind`."""
        found = self.one_of(word, [str(value) for value in kind], str(default))
        return kind(found)

    def one_of(self, word: str, known: Sequence[str], default: str) -> str:
        """One of `known`."""
        node = self.words.get(word)
        if node is None:
            return default
        if not isinstance(node.value, str):
            self.findings.unknown("plan_choice_unknown", node.place, spell(node), known, word=word)
            return default
        if node.value not in known:
            self.findings.unknown("plan_choice_unknown", node.place, node.value, known, word=word)
            return default
        return node.value

    def whole(self, word: str, *, least: int, default: int, most: int = COUNT_MAX) -> int:
        """A whole number from `least` to `most`."""
        node = self.words.get(word)
        if node is None:
            return default
        if isinstance(node.value, bool) or not isinstance(node.value, int) or not least <= node.value <= most:
            expected = BETWEEN if most < COUNT_MAX else AT_LEAST
            self.wrong(word, node, expected, least=least, most=most)
            return default
        return node.value

    def number(self, word: str, *, decimals: int) -> Decimal | None:
        """A number that is not negative, with at most so many decimals; None when absent or wrong."""
        node = self.words.get(word)
        value = None if node is None else exact(node)
        if node is None:
            return None
        if value is None or not 0 <= value <= NUMBER_MAX:
            self.wrong(word, node, AT_LEAST if decimals == 0 else NUMBER, least=0)
            return None
        if _decimals(value) > decimals:
            self._too_fine(word, node, decimals)
            return None
        return value

    def _too_fine(self, word: str, node: Node, decimals: int) -> None:
        if decimals == 0:
            self.wrong(word, node, mark("a whole number, because it counts"))
        else:
            self.findings.fault("plan_too_fine", node.place, word=word, found=spell(node), decimals=decimals)

    def day(self, word: str) -> date | None:
        """A date such as 2026-01-31, without quotes."""
        node = self.words.get(word)
        if node is None:
            return None
        if not isinstance(node.value, date) or isinstance(node.value, datetime):
            self.wrong(word, node, mark("a date such as 2026-01-31, without quotes"))
            return None
        return node.value

    def each(self, word: str) -> Iterator[tuple[str, Node]]:
        """The entries of a table of tables such as `[kpis]`; absent is empty."""
        node = self.words.get(word)
        if node is None:
            return
        if node.table is None:
            self.wrong(word, node, mark("a section of its own"))
            return
        yield from node.table.items()

    def need(self, *words: str, when: str) -> None:
        """Faults for words that must stand beside `when`."""
        for word in words:
            if word not in self.words:
                self.findings.fault("plan_word_beside", self.node.key, word=word, when=when)

    def useless(self, word: str, because: str, **facts: Fact) -> None:
        """Tells that `word` stands where it can have no effect; `because` is a marked phrase with places."""
        if word in self.words:
            said = self._said.get(word, word)
            self.findings.fault("plan_word_useless", self.words[word].key, word=said, because=because, **facts)


def texts_in(table: Table, word: str, items: Sequence[Node]) -> tuple[str, ...]:
    """The texts of a list; a part that is none is a fault."""
    texts = []
    for item in items:
        if isinstance(item.value, str) and item.value.strip():
            texts.append(item.value)
        else:
            table.wrong(word, item, TEXTS)
    return tuple(texts)


def exact(node: Node) -> Decimal | None:
    """The number that stands there, exactly; None when it is none."""
    if isinstance(node.value, bool) or not isinstance(node.value, int | Decimal):
        return None
    value = Decimal(node.value)
    return value if value.is_finite() else None


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "only finite numbers are asked for their decimals"
    return max(0, -exponent)


def spell(node: Node) -> str:
    """The value as a sentence shows it: short, and as the file writes it."""
    value = node.value
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
