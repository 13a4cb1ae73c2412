"""What a person wants to hear, as core keeps it: a stand-in for tests of the bot."""

from dataclasses import dataclass, field
from zoneinfo import available_timezones

import orjson
from pydantic import BaseModel

from core.kernel.errors import Refused
from core.messaging.kinds import Topic
from core.preferences.model import Heeded, Level, Preferences, PreferenceWish, QuietHours, Summary

USUAL = QuietHours(begins=21 * 60, ends=8 * 60)


@dataclass
class Wishing:
    """One person's wishes, and the messages that she got."""

    got: dict[int, tuple[Topic, ...]] = field(default_factory=dict)
    """Topics by the message's number; several are a digest."""
    tapped: list[int] = field(default_factory=list)
    on: bool = True
    zone: str = "Europe/Madrid"
    levels: dict[Topic, Level] = field(default_factory=dict)
    quiet: QuietHours | None = None
    summary: Summary = Summary.WEEKLY
    wishes: int = 0
    """How many times she wanted something else."""

    def answer(self, method: str, path: str, body: bytes, *, on: bool) -> BaseModel | None:
        """What core would answer; `on` is what her other settings say."""
        self.on = on
        if path.endswith("/tapped"):
            self.tapped.append(int(path.split("/")[4]))
            return None
        if path != "/v1/me/notifications":
            return self._heeded(path.rpartition("/")[2], int(orjson.loads(body)["message"]))
        if method == "PATCH":
            self._change(PreferenceWish.model_validate_json(body))
        return self.hers()

    def hers(self) -> Preferences:
        """All that she wants."""
        return Preferences(
            on=self.on,
            levels={topic: self.levels.get(topic, Level.ALL) for topic in Topic},
            quiet=self.quiet or USUAL,
            quiet_chosen=self.quiet is not None,
            usual_quiet=USUAL,
            summary=self.summary,
            time_zone=self.zone,
            time_zone_chosen=True,
            zones=("Europe/Madrid", "Atlantic/Canary"),
        )

    def _change(self, wish: PreferenceWish) -> None:
        if wish.time_zone is not None and wish.time_zone not in available_timezones():
            raise Refused("setting_invalid", {"field": "time_zone", "value": wish.time_zone}, status=422)
        self.wishes += 1
        self.on = self.on if wish.on is None else wish.on
        self.zone = wish.time_zone or self.zone
        self.levels |= wish.levels
        self.quiet = None if wish.usual_quiet else wish.quiet or self.quiet
        self.summary = wish.summary or self.summary

    def _heeded(self, what: str, message: int) -> Heeded:
        if message not in self.got:
            raise Refused("message_unknown", {"message": message}, status=404)
        topics = self.got[message]
        level = {"less": Level.LESS, "mute": Level.OFF, "undo": None}[what]
        if len(topics) > 1 and what != "less":
            self.on = what == "undo"
            return Heeded(topics=(), level=level)
        self.levels |= dict.fromkeys(topics, level or Level.ALL)
        return Heeded(topics=topics, level=level)
