"""Use cases of what people want to hear."""

import secrets
from collections.abc import Sequence

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.kernel.zones import zone_of, zones_of
from core.messaging.kinds import Topic
from core.people import service as people
from core.people.addressees import addressees
from core.people.model import OwnSettings
from core.preferences import store
from core.preferences.model import (
    Defaults,
    Level,
    Preferences,
    PreferencesChanged,
    PreferenceWish,
    Quiet,
    QuietHours,
    Summary,
    TokenUnknown,
    Wishes,
)

NOTHING_CHOSEN = (None, None, None)
NEVER = (0, 0)


async def wishes(uow: UnitOfWork, people: Sequence[PersonId], defaults: Defaults) -> dict[PersonId, Wishes]:
    """What each of up to a few hundred people wants to hear; somebody unknown is left out."""
    known = await addressees(uow, people)
    levels, waking = await store.levels(uow, people), await store.waking(uow, people)
    found = {}
    for person, one in known.items():
        begin, end, summary = waking.get(person, NOTHING_CHOSEN)
        found[person] = Wishes(
            on=one.notifications,
            zone=zone_of(one.time_zone, one.country, defaults.zone),
            quiet=defaults.quiet if begin is None or end is None else (begin, end),
            summary=Summary(summary or Summary.WEEKLY),
            levels=levels.get(person, {}),
        )
    return found


async def preferences(uow: UnitOfWork, person: PersonId, defaults: Defaults) -> Preferences:
    """What a person wants to hear, as she sees it.

    Raises:
        PersonUnknown: there is no such person.
    """
    profile = await people.profile(uow, person)
    wanted = (await wishes(uow, [person], defaults))[person]
    begin, _, _ = (await store.waking(uow, [person])).get(person, NOTHING_CHOSEN)
    return Preferences(
        on=wanted.on,
        levels={topic: wanted.levels.get(topic, Level.ALL) for topic in Topic},
        quiet=_hours(wanted.quiet),
        quiet_chosen=begin is not None,
        usual_quiet=_hours(defaults.quiet),
        summary=wanted.summary,
        time_zone=wanted.zone,
        time_zone_chosen=profile.time_zone is not None,
        zones=zones_of(profile.country),
    )


async def change(uow: UnitOfWork, person: PersonId, wish: PreferenceWish) -> None:
    """Have somebody hear what she wants from now on; what the wish leaves out stays. Safe to repeat.

    Raises:
        SettingInvalid: the time zone does not exist.
    """
    if wish.on is not None or wish.time_zone is not None:
        await people.change_settings(uow, person, OwnSettings(notifications=wish.on, time_zone=wish.time_zone))
    for topic, level in wish.levels.items():
        await store.set_level(uow, person, topic, level)
    waking: dict[str, int | str | None] = {}
    if wish.quiet is not None or wish.usual_quiet:
        begins, ends = (None, None) if wish.quiet is None else (wish.quiet.begins, wish.quiet.ends)
        waking |= {"quiet_from": begins, "quiet_until": ends}
    if wish.summary is not None:
        waking["summary"] = wish.summary.value
    if waking:
        await store.set_waking(uow, person, waking)
    await uow.emit(PreferencesChanged(person=person, person_id=person))


async def unsubscribe_token(uow: UnitOfWork, person: PersonId, topic: Topic | None) -> str:
    """What an e-mail's link to end messages carries; the same as long as she is with us.

    Args:
        topic: what the link turns off; None for everything, as a digest's does.
    """
    return await store.token(uow, person, topic.value if topic else store.EVERYTHING, secrets.token_urlsafe(24))


async def unsubscribe(uow: UnitOfWork, token: str) -> tuple[PersonId, Topic | None]:
    """Turn off what a token stands for. Safe to repeat.

    Returns:
        Whose it is, and the topic; None for everything.

    Raises:
        TokenUnknown: it is nobody's.
    """
    person, topic = await subscription(uow, token)
    await change(uow, person, PreferenceWish(on=False) if topic is None else PreferenceWish(levels={topic: Level.OFF}))
    return person, topic


async def subscription(uow: UnitOfWork, token: str) -> tuple[PersonId, Topic | None]:
    """Whose token this is, and the topic that it turns off; None for everything.

    Raises:
        TokenUnknown: it is nobody's.
    """
    found = await store.of_token(uow, token)
    if found is None:
        raise TokenUnknown
    person, topic = found
    return person, None if topic == store.EVERYTHING else Topic(topic)


def _hours(quiet: Quiet | None) -> QuietHours:
    begins, ends = quiet or NEVER
    return QuietHours(begins=begins, ends=ends)
