"""From what she typed about messages to what she wants from now on, and back again. Pure."""

from collections.abc import Iterable, Sequence

from bot.answering import Slots
from core.messaging.kinds import Topic
from core.preferences.model import DAY_MINUTES, Level, Preferences, PreferenceWish, QuietHours, Summary

UNASKED = (
    *(Topic.MONTH_END, Topic.INACTIVE_CUSTOMERS, Topic.INACTIVE_TEAM, Topic.RANK_PROGRESS),
    *(Topic.POINTS, Topic.COUPONS, Topic.ANNOUNCEMENTS, Topic.GAUGES),
)
"""Of what she gets fewer where she wants fewer messages; orders, tickets and payouts she asked for herself."""
NIGHT = QuietHours(begins=22 * 60, ends=8 * 60)
"""Where she wants quiet, and neither she nor the company ever said when."""
LETTERS = {Level.ALL: "a", Level.LESS: "l", Level.OFF: "o"}
SUMMARIES = {Summary.OFF: "o", Summary.WEEKLY: "w", Summary.MONTHLY: "m"}
AS_IT_IS = "-"
USUAL = "u"


def wish_of(slots: Slots, now: Preferences) -> PreferenceWish | None:
    """What a message about messages asks for; None where it leaves that open, so that she is shown the choice.

    | she typed                   | wish                                               |
    | --------------------------- | -------------------------------------------------- |
    | stop                        | off                                                |
    | no more about points        | points off                                         |
    | only tickets                | all others off, tickets on                         |
    | fewer messages              | what nobody asked for: at most one a week of each  |
    | nothing after 8 pm          | quiet from 20:00 to the end that she has           |
    | don't write at night        | the company's quiet hours, where she has none      |
    | the summary every month     | summary monthly                                    |
    """
    quiet = _quiet(slots, now)
    if quiet is not None:
        return PreferenceWish(quiet=quiet)
    if "weekend" in slots or _is_about_hours(slots):
        return None
    if "summary" in slots:
        often = Summary(str(slots["summary"]))
        return PreferenceWish(summary=often, levels={} if often is Summary.OFF else {Topic.GAUGES: Level.ALL})
    if "less" in slots:
        return _fewer(_topics(slots) or UNASKED, now)
    return _of_topics(slots, _topics(slots))


def _fewer(topics: Sequence[Topic], now: Preferences) -> PreferenceWish | None:
    """Less of what she takes whole; what she turned off stays off. None where nothing is left to become less."""
    whole = [topic for topic in topics if now.levels[topic] is Level.ALL]
    return PreferenceWish(levels=dict.fromkeys(whole, Level.LESS)) if whole else None


def _of_topics(slots: Slots, topics: Sequence[Topic]) -> PreferenceWish | None:
    """How much she wants of these topics; without any, of everything."""
    enabled = slots.get("enabled")
    if not isinstance(enabled, bool):
        return None
    if "only" in slots and topics and enabled:
        return PreferenceWish(on=True, levels={one: Level.ALL if one in topics else Level.OFF for one in Topic})
    if not topics:
        return PreferenceWish(on=enabled)
    level = Level.ALL if enabled else Level.OFF
    return PreferenceWish(on=True if enabled else None, levels=dict.fromkeys(topics, level))


def _is_about_hours(slots: Slots) -> bool:
    """Whether it is about when, and not about what."""
    return slots.get("topic") == "quiet_hours" and "about" not in slots


def _topics(slots: Slots) -> list[Topic]:
    """What a message is about: the topic that was understood, unless its words name others and not that one."""
    named, topic = str(slots.get("about") or "").split(","), slots.get("topic")
    if topic is not None and "only" not in slots and (topic in named or "about" not in slots):
        named = [str(topic)]
    return [topic for topic in Topic if topic.value in named]


def _quiet(slots: Slots, now: Preferences) -> QuietHours | None:
    """The quiet hours that she wants; the end that she did not say stays as it is."""
    since, until = slots.get("from"), slots.get("until")
    hers = next((hours for hours in (now.quiet, now.usual_quiet) if not hours.never), NIGHT)
    if since is None and until is None:
        asks = _is_about_hours(slots) and "weekend" not in slots and slots.get("enabled") is not False
        return hers if asks and now.quiet.never else None
    begins = hers.begins if since is None else minutes(str(since))
    ends = hers.ends if until is None else minutes(str(until))
    return QuietHours(begins=begins, ends=ends) if begins != ends else None


def minutes(clock: str) -> int:
    """`21:30` in minutes of the day."""
    hour, _, minute = clock.partition(":")
    return (int(hour) * 60 + int(minute)) % DAY_MINUTES


def undoing(before: Preferences, wish: PreferenceWish) -> str:
    """What brings back what `wish` changes, short enough for a button: `1`, topics, quiet hours, summary, by dots.

    | before                        | wish               | undone by        |
    | ----------------------------- | ------------------ | ---------------- |
    | on                            | off                | 1.-.-.-          |
    | all topics                    | points off         | -.-----a-----.-.- |
    | quiet 21:00 - 08:00, her own  | quiet 22:00 - 7:00 | -.-.1260_480.-   |
    | the company's quiet hours     | likewise           | -.-.u.-          |
    """
    on = AS_IT_IS if wish.on is None else str(int(before.on))
    levels = "".join(LETTERS[before.levels[one]] if one in wish.levels else AS_IT_IS for one in Topic)
    quiet = AS_IT_IS
    if wish.quiet is not None or wish.usual_quiet:
        quiet = f"{before.quiet.begins}_{before.quiet.ends}" if before.quiet_chosen else USUAL
    summary = AS_IT_IS if wish.summary is None else SUMMARIES[before.summary]
    return ".".join((on, levels if wish.levels else AS_IT_IS, quiet, summary))


def undone(code: str) -> PreferenceWish | None:
    """The wish that `undoing` wrote; None for anything else that a button may carry."""
    parts = code.split(".")
    if len(parts) != 4 or len(parts[1]) not in (1, len(Topic)):
        return None
    on, levels, quiet, summary = parts
    back = {letter: level for level, letter in LETTERS.items()}
    often = {letter: one for one, letter in SUMMARIES.items()}
    return PreferenceWish(
        on={"0": False, "1": True}.get(on),
        levels={topic: back[letter] for topic, letter in _paired(levels) if letter in back},
        quiet=hours_of(quiet),
        usual_quiet=quiet == USUAL,
        summary=often.get(summary),
    )


def _paired(levels: str) -> Iterable[tuple[Topic, str]]:
    return zip(Topic, levels, strict=True) if len(levels) == len(Topic) else ()


def hours_of(code: str) -> QuietHours | None:
    """Quiet hours as a button carries them, `1260_480`; None for anything else."""
    begins, _, ends = code.partition("_")
    if not (begins.isascii() and begins.isdigit() and ends.isascii() and ends.isdigit()):
        return None
    if max(int(begins[:5]), int(ends[:5])) >= DAY_MINUTES:
        return None
    return QuietHours(begins=int(begins), ends=int(ends))
