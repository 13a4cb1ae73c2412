"""What she wants to hear, and when: topics, quiet hours, clock, and how often the summary of her gauges."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.render.common import has_no_line, is_paid_customer, menu_button, paging, rows
from bot.screen import Button, Screen, bold, button, grid, lines
from core.messaging.kinds import Topic
from core.people.model import Me
from core.plan.model.points import DEFAULT_NAME
from core.preferences.model import Level, Preferences, PreferenceWish, QuietHours, Summary
from i18n.translator import Translator, mark

TOPICS = {
    Topic.MONTH_END: mark("End of the cycle"),
    Topic.INACTIVE_CUSTOMERS: mark("Quiet customers"),
    Topic.INACTIVE_TEAM: mark("Inactive team"),
    Topic.RANK_PROGRESS: mark("Rank progress"),
    Topic.COUPONS: mark("Coupons"),
    Topic.ORDERS: mark("My orders"),
    Topic.TICKETS: mark("Tickets"),
    Topic.PAYOUT: mark("Payouts"),
    Topic.ANNOUNCEMENTS: mark("Company news"),
    Topic.GAUGES: mark("Summary of my gauges"),
}
"""Points are called as the company calls them."""
OF_A_LINE = frozenset(
    {Topic.MONTH_END, Topic.INACTIVE_CUSTOMERS, Topic.INACTIVE_TEAM, Topic.RANK_PROGRESS, Topic.PAYOUT, Topic.GAUGES}
)
OF_POINTS = frozenset({Topic.POINTS, Topic.COUPONS})
ON_A_PAGE = 6
MARKS = {Level.ALL: "✅", Level.LESS: "🔉", Level.OFF: "⬜"}
NEXT = {Level.ALL: Level.LESS, Level.LESS: Level.OFF, Level.OFF: Level.ALL}
OFTEN = {
    Summary.WEEKLY: mark("Every week"),
    Summary.MONTHLY: mark("Every month"),
    Summary.OFF: mark("Never"),
}
HOURS = (
    QuietHours(begins=22 * 60, ends=7 * 60),
    QuietHours(begins=20 * 60, ends=9 * 60),
    QuietHours(begins=23 * 60, ends=6 * 60),
)
"""Offered besides the company's."""
AT_ANY_HOUR = QuietHours(begins=0, ends=0)


def topics_of(me: Me) -> list[Topic]:
    """What she may hear about; the summary of her gauges has a choice of its own."""
    missing = (OF_A_LINE if has_no_line(me) else frozenset()) | (frozenset() if me.points_name else OF_POINTS)
    missing -= {Topic.PAYOUT} if is_paid_customer(me) else frozenset()
    return [topic for topic in Topic if topic is not Topic.GAUGES and topic not in missing]


def topic_name(topic: Topic, tr: Translator) -> str:
    """A topic, as a button or a list says it."""
    if topic is Topic.POINTS:
        word = tr.company(tr.points or DEFAULT_NAME, 2)
        return word[:1].upper() + word[1:]
    return tr(TOPICS[topic])


def messages(hers: Preferences, me: Me, tr: Translator, page: int = 0) -> Screen:
    """The topics, each with how much she takes of it; a tap gives the next level."""
    listed = topics_of(me)
    page = min(page, (len(listed) - 1) // ON_A_PAGE)
    shown = listed[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    return Screen(
        lines(
            bold(tr("What would you like to hear about?")),
            "",
            tr("✅ everything, 🔉 at most one message a week, ⬜ nothing. Tap a topic to change it."),
            None if hers.on else tr("All messages are turned off, so none of this reaches you at the moment."),
        ),
        rows(
            grid([_topic(topic, hers.levels[topic], page, tr) for topic in shown]),
            paging(tr, "nm", page=page, more=len(listed) > (page + 1) * ON_A_PAGE),
            (toggle(tr, on=hers.on),),
            _way_back(tr),
        ),
    )


def toggle(tr: Translator, *, on: bool) -> Button | None:
    """All messages off, or on again; the button says what is to become of them: a second tap changes nothing."""
    return button(tr("🔕 Turn messages off"), "s", "off") if on else button(tr("🔔 Turn messages on"), "s", "on")


def quiet(hers: Preferences, tr: Translator, *, misread: bool = False) -> Screen:
    """Her quiet hours and others to choose from; she may type some, too."""
    offered = list(dict.fromkeys((hers.quiet, hers.usual_quiet, *HOURS)))
    choices = [_hours(hours, hers, tr) for hours in offered if not hours.never]
    never = button(_marked(tr("At any hour"), chosen=hers.quiet.never), "nq", _code(AT_ANY_HOUR))
    return Screen(
        lines(
            tr("I couldn't read these hours.") if misread else None,
            bold(tr("Quiet hours")),
            quiet_told(hers, tr),
            "",
            tr("Choose other hours below, or type them, such as {example}.", example="21:30-7"),
        ),
        rows(grid([*choices, never]), _way_back(tr)),
    )


def quiet_told(hers: Preferences, tr: Translator) -> str:
    """When nothing reaches her, on whose clock."""
    if hers.quiet.never:
        return tr("Messages reach you at any hour.")
    return tr(
        "From {begin} to {end} ({zone} time) nothing reaches you but a word for your account's safety.",
        begin=clock(hers.quiet.begins, tr),
        end=clock(hers.quiet.ends, tr),
        zone=tr.zone(hers.time_zone),
    )


def zone(hers: Preferences, tr: Translator, *, unknown: str | None = None) -> Screen:
    """Her clock and those of her country; she may type a place, too. `unknown`: what she typed and nobody knows."""
    choices = [
        button(_marked(tr.zone(one), chosen=one == hers.time_zone), "nz", one)
        for one in dict.fromkeys((hers.time_zone, *hers.zones))
    ]
    missed = unknown and tr("I don't know “{place}”. Try a larger city nearby, or your country.", place=unknown)
    return Screen(
        lines(
            missed,
            bold(tr("Time zone")),
            tr("Your clock is that of {zone}.", zone=tr.zone(hers.time_zone)),
            "",
            tr("To change it, type a city or a country.")
            if len(choices) == 1
            else tr("Choose another one below, or type a city or a country."),
        ),
        rows(grid(choices), _way_back(tr)),
    )


def summary(hers: Preferences, tr: Translator) -> Screen:
    """How often she gets her gauges unasked."""
    now = summary_of(hers)
    return Screen(
        lines(bold(tr("Summary of my gauges")), tr("How often shall I send you how your gauges stand?")),
        rows(
            grid([button(_marked(tr(OFTEN[one]), chosen=one is now), "ns", one.value) for one in OFTEN]),
            _way_back(tr),
        ),
    )


def summary_of(hers: Preferences) -> Summary:
    """How often it really comes: never, where she turned its topic off under one of them."""
    return Summary.OFF if hers.levels[Topic.GAUGES] is Level.OFF else hers.summary


def summary_told(hers: Preferences, tr: Translator) -> str:
    """The same, as a line."""
    return tr("{label}: {value}", label=tr("Summary of my gauges"), value=tr(OFTEN[summary_of(hers)]))


def done(wish: PreferenceWish, hers: Preferences, undo: str, tr: Translator) -> Screen:
    """What holds from now on, and the way back."""
    return Screen(
        lines(tr("✅ All right."), *_told(wish, hers, tr)),
        rows((button(tr("↩️ Undo"), "nu", undo), button(tr("⚙️ Choose what I get"), "nm", 0)), (menu_button(tr),)),
    )


def undone(tr: Translator) -> Screen:
    """As it was."""
    return Screen(tr("It's as it was before."), rows((button(tr("⚙️ Choose what I get"), "nm", 0), menu_button(tr))))


def no_days(tr: Translator) -> Screen:
    """Whole days cannot be kept free; what can."""
    return Screen(
        tr("I can't keep whole days free yet. You can choose quiet hours and topics, or turn all messages off."),
        rows(
            (button(tr("🌙 Quiet hours"), "nq", ""), button(tr("⚙️ Choose what I get"), "nm", 0)),
            (toggle(tr, on=True), menu_button(tr)),
        ),
    )


def clock(minutes: int, tr: Translator) -> str:
    """Minutes of the day as a clock on the wall shows them."""
    return tr.time(datetime(2026, 1, 1, minutes // 60, minutes % 60, tzinfo=UTC), "UTC")


def _told(wish: PreferenceWish, hers: Preferences, tr: Translator) -> list[str]:
    """What a wish changed, in sentences."""
    if wish.quiet is not None:
        return [quiet_told(hers, tr)]
    if wish.summary is not None:
        return [summary_told(hers, tr)]
    if wish.levels:
        return [_levels_told(wish, tr)]
    if wish.on:
        return [tr("I'll write to you again.")]
    return [tr("No more messages from me, but for a word for your account's safety.")]


def _levels_told(wish: PreferenceWish, tr: Translator) -> str:
    """Which topics she takes from now on, and how much of them."""
    by_level = {level: [one for one, given in wish.levels.items() if given is level] for level in Level}
    if by_level[Level.ALL] and by_level[Level.OFF]:
        return tr("From now on I only write to you about this: {topics}.", topics=_names(by_level[Level.ALL], tr))
    if by_level[Level.OFF]:
        return tr("No more messages about this: {topics}.", topics=_names(by_level[Level.OFF], tr))
    if by_level[Level.LESS]:
        return tr("At most one message a week about each of these: {topics}.", topics=_names(by_level[Level.LESS], tr))
    return tr("I'll write to you about this again: {topics}.", topics=_names(by_level[Level.ALL], tr))


def _names(topics: Sequence[Topic], tr: Translator) -> str:
    return tr.list([topic_name(topic, tr) for topic in topics])


def _topic(topic: Topic, level: Level, page: int, tr: Translator) -> Button | None:
    return button(f"{MARKS[level]} {topic_name(topic, tr)}", "nl", page, topic.value, NEXT[level].value)


def _hours(hours: QuietHours, hers: Preferences, tr: Translator) -> Button | None:
    label = f"{clock(hours.begins, tr)} – {clock(hours.ends, tr)}"
    return button(_marked(label, chosen=hours == hers.quiet), "nq", _code(hours))


def _code(hours: QuietHours) -> str:
    return f"{hours.begins}_{hours.ends}"


def _marked(label: str, *, chosen: bool) -> str:
    return f"✅ {label}" if chosen else label


def _way_back(tr: Translator) -> tuple[Button | None, ...]:
    return button(tr("‹ Back"), "s"), menu_button(tr)
