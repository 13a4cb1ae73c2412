"""What a complaint names: an order, a closed month, a person. Core keeps only what is exactly one thing of hers."""

import re

from bot.company_words import lexicon
from bot.context import Context
from bot.periods import span, today
from bot.understanding.slots.order import order
from bot.understanding.slots.periods import period
from bot.understanding.slots.person import person
from bot.understanding.text import clean
from core.earnings.model import StatementCard
from core.kernel.errors import Refused
from core.tickets.model import Wanted

NAME_MAX = 60
CAPITALISED = r"[A-ZÀ-ÖØ-Þ][^\W\d_]+"
STATEMENTS_MAX = 24


async def wanted(context: Context, text: str, language: str) -> Wanted | None:
    """What her words name; None where it is nothing."""
    said = clean(text)
    number = order(said)
    named = person(said, language, lexicon(context.flow.me).people, is_certain=False)
    name = whole_name(named, said) if named else None
    found = Wanted(
        order=None if number is None else str(number)[:NAME_MAX],
        person=name[:NAME_MAX] if name else None,
        cycle=await _cycle(context, period(said, language)),
    )
    return None if found == Wanted() else found


def whole_name(named: str, text: str) -> str:
    """The name with the capitalised words that stand beside it, of which only a part may have been known.

    | named       | text                               | whole        |
    | ----------- | ---------------------------------- | ------------ |
    | Sullivan    | the order of Ava Sullivan is lost  | Ava Sullivan |
    | Kevin ficou | o Kevin ficou sem patrocinador     | Kevin        |
    | ana         | you forgot ana's order             | ana          |
    """
    proper = [word for word in named.split() if word[:1].isupper()]
    if not proper:
        return named
    beside = re.compile(rf"(?:(?<=[\w,] ){CAPITALISED} )?{re.escape(' '.join(proper))}(?: {CAPITALISED})?(?!\w)")
    found = beside.search(text)
    return found[0] if found else " ".join(proper)


async def _cycle(context: Context, named: str | None) -> str | None:
    """The code of the one statement of hers that a period means."""
    if named is None:
        return None
    found = await statements_of(context, named)
    return found[0].cycle if len(found) == 1 else None


async def statements_of(context: Context, named: str) -> list[StatementCard]:
    """Her statements of a period; none where she may have none."""
    try:
        within = span(named, today(await context.core.my_cycle()))
        listed = (await context.core.my_statements(limit=STATEMENTS_MAX)).items if within else []
    except Refused:  # a customer has no statements, and a company may be without a cycle: then nothing is named
        return []
    return [one for one in listed if within and (within(one.starts_on) or within(one.ends_on))]
