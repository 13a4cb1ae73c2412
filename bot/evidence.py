"""What a complaint names: an order, a closed month, a person. Core keeps only what is exactly one thing of hers."""

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
STATEMENTS_MAX = 24


async def wanted(context: Context, text: str, language: str) -> Wanted | None:
    """What her words name; None where it is nothing."""
    said = clean(text)
    number = order(said)
    name = person(said, language, lexicon(context.flow.me).people, is_certain=False)
    found = Wanted(
        order=None if number is None else str(number)[:NAME_MAX],
        person=name[:NAME_MAX] if name else None,
        cycle=await _cycle(context, period(said, language)),
    )
    return None if found == Wanted() else found


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
