"""What the staff's group sees from the bot: buttons of a card, previews of answers, and how the group is set up."""

from collections.abc import Sequence

from bot.render.common import rows
from bot.screen import Button, Rows, Screen, bold, button, cut, grid, lines
from bot.staff import about
from core.access.model import Member
from core.plan.model import Phase, Priority
from core.support.model import DeskTerms, StaffGroup
from core.tickets.model import Answer
from i18n.languages import LANGUAGES, own_name
from i18n.places import isolated
from i18n.translator import Translator, mark

SHOWN_MAX = 600
"""Characters of an answer in its preview; it goes out whole."""
CHOICES_MAX = 24
PHASES = {
    Phase.NEW: mark("new"),
    Phase.OPEN: mark("in progress"),
    Phase.WAITING_PERSON: mark("waiting for the person"),
    Phase.WAITING_US: mark("waiting for us"),
    Phase.SOLVED: mark("solved"),
    Phase.CLOSED: mark("closed"),
    Phase.REOPENED: mark("open again"),
}
PRIORITIES = {
    Priority.LOW: mark("low"),
    Priority.NORMAL: mark("normal"),
    Priority.HIGH: mark("🔶 high"),
    Priority.URGENT: mark("🔴 urgent"),
}


def card_rows(ticket: int, tr: Translator) -> Rows:
    """The buttons of a card, as the worker puts them."""
    return rows(
        (button(tr("👁 Open"), "sd", "o", ticket), button(tr("✋ Take"), "sd", "t", ticket)),
        (button(tr("⚡ Priority"), "sd", "p", ticket), button(tr("📍 State"), "sd", "s", ticket)),
        (button(tr("⋯ More"), "sd", "m", ticket),),
    )


def more_rows(ticket: int, tr: Translator) -> Rows:
    """What is done less often."""
    return rows(
        (button(tr("📝 Note"), "sd", "n", ticket), button(tr("👤 Give to…"), "sd", "a", ticket)),
        (button(tr("🏷 Type"), "sd", "y", ticket), button(tr("🔀 Merge"), "sd", "j", ticket)),
        (back_button(ticket, tr),),
    )


def priority_rows(ticket: int, tr: Translator) -> Rows:
    """Four of them, the least first."""
    choices = [button(tr(name), "sd", "p", ticket, code.value) for code, name in PRIORITIES.items()]
    return rows(grid(choices), (back_button(ticket, tr),))


def state_rows(ticket: int, moves: Sequence[str], terms: DeskTerms, tr: Translator) -> Rows:
    """Where the ticket can go now."""
    choices = [button(state_name(code, terms, tr), "sd", "s", ticket, code) for code in moves[:CHOICES_MAX]]
    return rows(grid(choices), (back_button(ticket, tr),))


def type_rows(ticket: int, terms: DeskTerms, tr: Translator) -> Rows:
    """The company's types."""
    choices = [button(tr.company(one.name), "sd", "y", ticket, one.code) for one in terms.types[:CHOICES_MAX]]
    return rows(grid(choices), (back_button(ticket, tr),))


def member_rows(ticket: int, members: Sequence[Member], tr: Translator) -> Rows:
    """To whom it can be given, and to nobody."""
    choices = [button(one.name, "sd", "a", ticket, one.number) for one in members[:CHOICES_MAX]]
    nobody = button(tr("Nobody"), "sd", "a", ticket, 0)
    return rows(grid([*choices, nobody]), (back_button(ticket, tr),))


def back_button(ticket: int, tr: Translator) -> Button | None:
    """To the buttons that a card or a ticket has as a rule."""
    return button(tr("‹ Back"), "sd", "b", ticket)


def state_name(code: str, terms: DeskTerms, tr: Translator) -> str:
    """The company's name of a state, or ours."""
    named = next((one.name for one in terms.states if one.code == code), None)
    if named is not None:
        return tr.company(named)
    return tr(PHASES[Phase(code)]) if code in list(Phase) else code


def preview(answer: Answer, text: str, files: int, seconds: int, tr: Translator) -> Screen:
    """To whom an answer goes, in which language she reads, what it says, and for how long it can be taken back."""
    return Screen(
        lines(
            _to(answer, tr),
            f"«{cut(text, SHOWN_MAX)}»" if text else None,
            tr.plural("📎 {n} file", "📎 {n} files", files) if files else None,
            tr.plural("You can take it back for {n} second.", "You can take it back for {n} seconds.", seconds),
        ),
        rows((button(tr("↩ Undo"), "sd", "u", answer.ticket, answer.id),)),
        about=about(answer.ticket),
    )


def taken_back(ticket: int, tr: Translator) -> Screen:
    """In place of a preview: she never hears of it."""
    return Screen(tr("↩ Taken back. Nothing was sent for ticket {number}.", number=str(ticket)), about=about(ticket))


def noted(ticket: int, tr: Translator) -> Screen:
    """A note stands in the ticket."""
    return Screen(
        tr("📝 Noted in ticket {number}. The person doesn't see it.", number=str(ticket)), about=about(ticket)
    )


def merged(ticket: int, into: int, tr: Translator) -> Screen:
    """Two tickets are one."""
    return Screen(
        tr("🔀 Ticket {number} is now part of ticket {into}.", number=str(ticket), into=str(into)), about=about(into)
    )


def not_sent(why: str, tr: Translator, ticket: int | None = None) -> Screen:
    """Nothing went out, and why."""
    return Screen(lines(why, tr("Nothing was sent.")), about=about(ticket) if ticket else "")


def no_answer(ticket: int, tr: Translator, *, merging: bool) -> Screen:
    """A reply that is written like a command, and that the person is not to get."""
    if merging:
        return not_sent(tr("Reply to this message with /merge and the other ticket's number."), tr, ticket)
    why = tr("I don't know that command. An answer can't begin with a slash.")
    return not_sent(why, tr, ticket)


def anonymous(tr: Translator) -> Screen:
    """She writes as the group, as Telegram lets administrators."""
    why = tr("You write as the group, so I can't see who you are.")
    how = tr("Turn off “Remain anonymous” in your admin rights and try again.")
    return not_sent(f"{why} {how}", tr)


def set_up(group: StaffGroup, tr: Translator, *, topics_refused: bool) -> Screen:
    """What this group is from now on, and how one works in it."""
    known = {topic.queue for topic in group.topics if topic.thread is not None}
    return Screen(
        lines(
            bold(tr("Tickets arrive in this group.")),
            tr("A card shows who waits and how long. What people wrote, you only see in private: tap “Open”."),
            "",
            tr("• Reply to a card to answer. You have ten seconds to take it back."),
            tr("• Begin your reply with # for a note that only staff see."),
            tr("• /canned CODE as a reply sends a text you keep for that."),
            tr("• /ticket CODE your words opens a ticket with a person."),
            "",
            tr.plural("{n} queue has its own topic.", "{n} queues have their own topics.", len(known))
            if group.forum and known
            else None,
            tr("I couldn't open topics: let me manage topics here, then send /desk again.") if topics_refused else None,
        )
    )


def not_set_up(tr: Translator) -> Screen:
    """Who asked may not do that."""
    return Screen(
        tr("Only a member of staff who may do so can set this group up, from a Telegram account that is linked to her.")
    )


def how_to_open(tr: Translator) -> Screen:
    """/ticket without all it needs."""
    return Screen(tr("Write it like this: /ticket CODE your words. CODE is the person's, such as P0123."))


def how_to_can(codes: Sequence[str], tr: Translator) -> Screen:
    """/canned without a code, or outside a ticket."""
    return Screen(
        lines(
            tr("Reply to a card with /canned CODE."),
            tr("There are: {codes}", codes=tr.list(list(codes))) if codes else tr("No texts are kept yet."),
        )
    )


def lost_thread(tr: Translator) -> Screen:
    """A reply to a message of ours that is about no ticket that we know of."""
    return Screen(tr("I can't tell which ticket this belongs to. Please reply to its latest card."))


def language_name(tag: str) -> str:
    """A language by its own name."""
    return own_name(tag) if tag in LANGUAGES else tag


def _to(answer: Answer, tr: Translator) -> str:
    number = tr("ticket {number}", number=str(answer.ticket))
    name = bold(isolated(answer.person_name, rtl=tr.rtl))
    return f"→ {name} · {number} · {language_name(answer.language)}"
