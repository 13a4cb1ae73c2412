"""Asked in words: "why did I get 12 euros?", "why didn't I get the leadership bonus?".

What she asks is answered from her statements and her estimate before it becomes a ticket; from there the company is one
tap away.
"""

from collections.abc import Sequence
from typing import NamedTuple

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.company_words import lexicon
from bot.context import App, Context
from bot.earnings import show_estimate
from bot.evidence import statements_of
from bot.periods import is_open, today
from bot.render import statement as render_statement
from bot.render import why as render_why
from bot.render import why_by_words as render
from bot.render.earnings import OPEN, open_of
from bot.render.why import PAGE
from bot.understanding.model import Intent, Understood
from bot.understanding.slots import why as asked
from bot.understanding.slots.bonus import bonuses_meant, bonuses_whole
from bot.understanding.slots.money import money_amount
from bot.understanding.slots.order import order
from bot.understanding.slots.periods import period
from bot.understanding.text import clean
from bot.why import lines_of, show_lines, show_why
from core.earnings.model import AwardCard, BonusSum, OpenCycle, Statement, StatementCard, WhyNot
from core.kernel.errors import Refused
from core.kernel.money import minor_digits
from i18n.translator import mark

MONEY = frozenset({Intent.STATEMENT, Intent.PAYOUT, Intent.EARNINGS_ESTIMATE})
ABOUT_MONEY = MONEY | {Intent.OPEN_TICKET}
MAYBE_MONEY = ABOUT_MONEY | {Intent.OUT_OF_SCOPE}
QUESTION_WORDS_MAX = 12
LIMIT, PAGES_MAX = 100, 5
"""Of her lines, the largest first, these are looked through for an amount."""
NOWHERE = mark("I find no such amount in what you earned. This is the statement to look into:")
WHICH = mark("To see where an amount comes from, tap its bonus. For a closed cycle, look at your statement.")
STATEMENTS_MAX = 3
"""Whoever asks after an amount without a month means one of the latest."""


class Wanted(NamedTuple):
    """The amount that she named, in minor units: one, or every amount of so many whole units."""

    exact: int
    below: int

    def near(self, amount: int) -> bool:
        """Whether an amount may be meant."""
        return self.exact <= abs(amount) < self.below


async def answered(context: Context, text: str, read: Understood) -> bool:
    """Answer a message that asks why an amount, or why not a bonus; False where it is neither."""
    if asked.asks_why_not_more(text):
        found = await context.core.why_not(cycle=None)
        await context.show(render_why.why_not(found, context.tr, cycle=OPEN))
        return True
    if asked.asks_nothing_but_why(text):
        await show_estimate(context, notice=f"{context.tr(WHICH)}\n")
        return True
    if not asked.asks_why(text):
        return False
    if not asked.asks_why_not(text):
        return await _amount(context, text, read) or await _bonus(context, text, read)
    return await _missing(context, text, read)


async def _missing(context: Context, text: str, read: Understood) -> bool:
    """Why a bonus that she names did not come; where it is none of the plan's, what keeps each from her."""
    cycle = await _cycle(context, text, read)
    found = await _why_not(context, cycle)
    named = _named(context, found, text, read)
    if not named:
        if not asked.speaks_of_bonuses(text) or read.intent not in ABOUT_MONEY or order(clean(text)) is not None:
            return False
        await context.show(render_why.why_not(found, context.tr, cycle=cycle))
    elif len(named) > 1:
        await context.show(render.which_bonus(named, context.tr, cycle=cycle))
    elif named[0].earned and read.intent in (Intent.PAYOUT, Intent.OPEN_TICKET):
        return False  # she has it, and misses the money or doubts the amount
    else:
        await _show(context, cycle, named[0])
    return True


async def _bonus(context: Context, text: str, read: Understood) -> bool:
    """Why a bonus came to what it did: its lines."""
    if read.intent not in MONEY and not _asks_of_bonus(text, read):
        return False
    cycle = await _cycle(context, text, read)
    named = _named(context, await _why_not(context, cycle), text, read)
    if len(named) > 1:
        await context.show(render.which_bonus(named, context.tr, cycle=cycle))
    elif named:
        await _show(context, cycle, named[0])
    return bool(named)


def _asks_of_bonus(text: str, read: Understood) -> bool:
    """Whether what sounds like a complaint may be no more than the question why a bonus came."""
    is_short = len(text.split()) <= QUESTION_WORDS_MAX
    return (
        read.intent is Intent.OPEN_TICKET
        and is_short
        and asked.speaks_of_getting(text)
        and asked.speaks_of_bonuses(text)
    )


async def chosen(update: Update, context: Context) -> None:
    """The button of one of several bonuses that she may have meant."""
    cycle, bonus = context.tapped(2)
    found = await _why_not(context, cycle)
    named = next((one for one in found if one.bonus == bonus), None)
    if named is None:
        await context.show(render_why.why_not(found, context.tr, cycle=cycle))
    else:
        await _show(context, cycle, named)


async def _show(context: Context, cycle: str, one: WhyNot) -> None:
    if one.earned:
        await show_lines(context, cycle, 0, one.bonus)
    else:
        await context.show(render.bonus_missing(one, context.tr, cycle=cycle))


async def _amount(context: Context, text: str, read: Understood) -> bool:
    """Why an amount that she names came: the statement, the bonus or the lines that it is."""
    if read.intent not in ABOUT_MONEY or not (asked.speaks_of_money(text) or read.intent is Intent.STATEMENT):
        return False
    said = period(clean(text), read.language)
    months = await statements_of(context, said) if said else []
    for one in months or (await context.core.my_statements(limit=STATEMENTS_MAX)).items:
        statement = await context.core.my_statement(one.cycle)
        wanted = _wanted(text, statement)
        if wanted is None:
            return False
        if any(wanted.near(amount) for amount in _sums(statement)):
            await _show_statement(context, statement)
            return True
        if await _within(context, one.cycle, one.cycle, statement, wanted):
            return True
    return await _estimated(context, text) or (read.intent in MONEY and await _nowhere(context, text, months))


async def _estimated(context: Context, text: str) -> bool:
    """The amount in an open cycle, of whatever calendar."""
    estimate = await context.core.my_estimate()
    if not estimate.ready:
        return False
    for cycle, one in ((OPEN, estimate), *((open_of(one.calendar), one) for one in estimate.beside)):
        wanted = _wanted(text, one)
        if wanted is None:
            return False
        if any(wanted.near(total.amount) for total in one.totals):
            await show_estimate(context)
            return True
        if await _within(context, cycle, one.cycle, one, wanted):
            return True
    return False


async def _nowhere(context: Context, text: str, months: Sequence[StatementCard]) -> bool:
    """The statement that she most likely means, where none has the amount; False where she named no amount."""
    latest = months or (await context.core.my_statements(limit=1)).items
    if not latest:
        return False
    statement = await context.core.my_statement(latest[0].cycle)
    if _wanted(text, statement) is None:
        return False
    await _show_statement(context, statement, notice=context.tr(NOWHERE))
    return True


async def _show_statement(context: Context, found: Statement, notice: str | None = None) -> None:
    screen = render_statement.statement(found, context.tr, points=context.me.points_name, notice=notice)
    await context.show(screen)


def _sums(found: Statement) -> list[int]:
    """What she may have seen on her account or at the head of a statement."""
    paid = [one.paid for one in found.payouts if one.paid]
    return [*paid, *[one.amount for one in found.totals]]


def _wanted(text: str, found: Statement | OpenCycle) -> Wanted | None:
    currency = next((one.currency for one in found.totals), None)
    digits = 2 if currency is None else minor_digits(currency)
    exact = money_amount(text, digits)
    if not exact:
        return None
    whole = 10**digits
    return Wanted(exact, exact + (whole if exact % whole == 0 else 1))


async def _within(context: Context, cycle: str, code: str, found: Statement | OpenCycle, wanted: Wanted) -> bool:
    """Show the bonus or the lines of a cycle that are of this amount, if any are."""
    named = [one for one in found.bonuses if _is_money(one) and wanted.near(one.amount)]
    if len(named) == 1 and named[0].lines > 1:
        await show_lines(context, cycle, 0, named[0].bonus)
        return True
    near = [one for one in await _lines(context, cycle, least=wanted.exact) if wanted.near(one.amount)]
    just = [one for one in near if abs(one.amount) == wanted.exact]
    cards = just or near
    if len(cards) == 1:
        await show_why(context, cycle, 0, cards[0].award, alone=True)
    elif cards:
        screen = render.of_amount(
            cards[:PAGE],
            max(len(cards) - PAGE, 0),
            context.tr,
            cycle=cycle,
            code=code,
            points=context.me.points_name,
            exact=bool(just),
        )
        await context.show(screen)
    return bool(cards)


def _is_money(one: BonusSum | AwardCard) -> bool:
    return len(one.unit) == 3 and one.unit.isupper()


async def _cycle(context: Context, text: str, read: Understood) -> str:
    """The cycle that she asks about, as buttons name it: of the month that she names, else of her latest statement."""
    said = period(clean(text), read.language)
    try:
        if said is not None and is_open(said, today(await context.core.my_cycle())):
            return OPEN
        named = await statements_of(context, said) if said else []
        latest = named or (await context.core.my_statements(limit=1)).items
    except Refused:
        latest = []
    return latest[0].cycle if latest else OPEN


async def _why_not(context: Context, cycle: str) -> list[WhyNot]:
    """None where core has nothing to say of it, such as before there is a plan."""
    try:
        return await context.core.why_not(cycle=None if cycle == OPEN else cycle)
    except Refused:
        return []


def _named(context: Context, found: list[WhyNot], text: str, read: Understood) -> list[WhyNot]:
    """The bonuses that she may mean: by the whole name always, by a part of it where she speaks of what she got."""
    labels = {one.bonus: one.label for one in found}
    codes = bonuses_whole(text, labels)
    of_bonuses = asked.speaks_of_bonuses(text)
    if not codes and (of_bonuses or read.intent in MAYBE_MONEY or asked.speaks_of_getting(text)):
        ranks = [
            name for names in lexicon(context.flow.me).ranks.values() for forms in names.values() for name in forms
        ]
        codes = bonuses_meant(text, labels, of_bonuses=of_bonuses, others=ranks)
    return [one for one in found if one.bonus in codes]


async def _lines(context: Context, cycle: str, *, least: int) -> list[AwardCard]:
    """Her lines of money that are not smaller than `least`, as far as they are looked through."""
    found: list[AwardCard] = []
    cursor: str | None = None
    for _ in range(PAGES_MAX):
        page = await lines_of(context, cycle, None, cursor, LIMIT)
        found += [one for one in page.items if _is_money(one)]
        cursor = page.next
        if cursor is None or abs(page.items[-1].amount) < least:
            break
    return found


def register(app: App) -> None:
    """Add this capability's handlers to the bot."""
    app.add_handler(CallbackQueryHandler(chosen, r"^ew:"))
