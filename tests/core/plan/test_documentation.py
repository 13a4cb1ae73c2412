import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.kernel.errors import Severity
from core.plan.expressions.asking import FUNCTIONS
from core.plan.expressions.reading import parse
from core.plan.expressions.vocabulary import cycle_words, order_words
from core.plan.language import (
    bonuses,
    caps,
    identity,
    kpis,
    notifications,
    points,
    ranks,
    runs,
    settlement,
    ticket_lists,
    ticket_states,
    tickets,
)
from core.plan.language.table import Shape
from core.plan.model import Step
from core.plan.reading import check
from core.plan.telling import located
from i18n.translator import translator

PAGE = Path("docs/plan-language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
WHOLE = BLOCKS[0]
SECTIONS = re.split(r"^(?=\[(?!\[?ranks\.))", WHOLE, flags=re.MULTILINE)[1:]


def completed(block: str) -> str:
    """The block with those sections of the first one that it does not have itself."""
    said = tomllib.loads(block)
    return "\n".join([*(section for section in SECTIONS if not _said(section, said)), block])


def _said(section: str, said: dict[str, object]) -> bool:
    name = section.split("]", maxsplit=1)[0].strip("[")
    top, _, code = name.partition(".")
    inner = said.get(top)
    return code in inner if code and isinstance(inner, dict) else inner is not None


@pytest.mark.parametrize("block", BLOCKS, ids=[block.split("\n")[0] for block in BLOCKS])
def test_every_example_of_the_page_is_right(block: str) -> None:
    _, problems = check(completed(block))
    faults = [problem for problem in problems if problem.severity is Severity.FAULT]
    assert not faults, [located(fault, "example", translator("en")) for fault in faults]


@pytest.mark.parametrize("rule", "".join(re.findall(r"```rules\n(.*?)```", PAGE, re.DOTALL)).splitlines())
def test_every_rule_of_the_page_is_right(rule: str) -> None:
    plan, _ = check(WHOLE)
    assert plan is not None
    ranks_, scale = [rank.code for rank in plan.ranks], plan.volume.scale
    words_ = cycle_words(plan.kpis, scale) if "cycles" in rule else order_words(plan.kpis, scale)
    assert parse(rule, words_, ranks=ranks_)[1] == []


def words() -> Iterator[str]:
    for shape in (*_shapes(identity), *_shapes(kpis), *_shapes(ranks), *_shapes(points)):
        yield from shape
    for shape in (*_shapes(tickets), *_shapes(ticket_lists), *_shapes(ticket_states)):
        yield from shape
    yield from (*order_words((), 0), *cycle_words((), 0), *FUNCTIONS)
    yield from ("notifications", *notifications.NOTIFICATIONS.words)
    yield from ("runs", *runs.WORDS, *(step.value for step in Step))
    yield from (*bonuses.COMMON, *bonuses.ORDERS, *bonuses.STEP, *bonuses.TIER, *caps.CAP)
    for kind, of_kind in bonuses.KINDS.items():
        yield from (kind, *of_kind)
    for section, of_section in settlement.SECTIONS.items():
        yield from (section, *of_section)


def _shapes(module: object) -> Iterator[tuple[str, ...]]:
    for value in vars(module).values():
        if isinstance(value, Shape):
            yield value.words


@pytest.mark.parametrize("word", sorted(set(words())))
def test_the_page_explains_every_word_of_the_language(word: str) -> None:
    assert re.search(rf"(?<![a-z_]){word}(?![a-z_])", PAGE)


def test_every_link_within_the_page_leads_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL), re.MULTILINE)
    assert len(set(headings)) == len(headings)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= anchors
