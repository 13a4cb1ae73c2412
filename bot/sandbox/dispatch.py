"""From a method's name and raw parameters to its result: check, pace, act, and note what went wrong."""

import time

from bot.sandbox.check import Checker
from bot.sandbox.methods import account, chats, edits, messages, receiving, topics
from bot.sandbox.methods.account import Handler
from bot.sandbox.model import Call, Json, Upload
from bot.sandbox.refusals import Refusal, refuse
from bot.sandbox.spec import Method, load_spec
from bot.sandbox.world import World

HANDLERS: dict[str, Handler] = {
    **receiving.METHODS,
    **messages.METHODS,
    **edits.METHODS,
    **chats.METHODS,
    **topics.METHODS,
    **account.METHODS,
}
CALLS_KEPT = 2000
_PACED = ("send", "copy", "forward", "edit")


def chat_of(raw: Json) -> int | None:
    """The chat a raw call is for, where it names one by number."""
    try:
        return int(raw["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None


class Dispatcher:
    """Plays Bot API methods on one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._spec = load_spec()

    def method(self, name: str) -> Method:
        """The method of that name.

        Raises:
            Refusal: Telegram has no such method.
        """
        method = self._spec.method(name)
        if method is None:
            raise refuse("method_unknown")
        return method

    async def call(self, name: str, raw: Json, uploads: dict[str, Upload]) -> object:
        """What the method answers.

        Raises:
            Refusal: the call is refused; it is in the log, and in the faults when the bot should have known better.
        """
        chat_id = chat_of(raw)
        try:
            result = await self._play(self.method(name), raw, uploads, chat_id)
        except Refusal as refusal:
            if refusal.rule.fault:
                self._world.faults.add(refusal, name, chat_id)
            self.log(name, raw, refusal.rule.status, refusal.description)
            raise
        self.log(name, raw, 200, "")
        return result

    async def _play(self, method: Method, raw: Json, uploads: dict[str, Upload], chat_id: int | None) -> object:
        handler = HANDLERS.get(method.name)
        if handler is None or method.fields is None:
            raise refuse("method_not_played", method=method.name)
        checker = Checker(self._spec, method, uploads)
        params = checker.parameters(raw)
        self._note_unknown(checker.unknown, method.name, chat_id)
        self._keep_pace(method.name, chat_id)
        return await handler(self._world, Call(method.name, params, uploads))

    def _note_unknown(self, unknown: list[str], method: str, chat_id: int | None) -> None:
        refusals = [refuse("field_unknown", field=where.rpartition(".")[2], where=where) for where in unknown]
        if refusals and self._world.options.strict:
            raise refusals[0]
        for refusal in refusals:
            self._world.faults.add(refusal, method, chat_id)

    def _keep_pace(self, method: str, chat_id: int | None) -> None:
        world = self._world
        key = pace_key(method, chat_id)
        if world.flood.ignores_wait(key):
            ignored = refuse("retry_after_ignored")
            if world.options.strict:
                raise ignored
            world.faults.add(ignored, method, chat_id)
        if chat_id is None or not is_paced(method) or chat_id not in world.chats:
            return
        seconds = world.flood.wait_needed(chat_id)
        if seconds == 0:
            return
        flood = refuse("flood", seconds=seconds, parameters={"retry_after": seconds})
        if not world.options.limits:
            world.faults.add(flood, method, chat_id)
            return
        world.flood.told_to_wait(key, seconds)
        raise flood

    def log(self, method: str, raw: Json, status: int, description: str) -> None:
        """Remember a call for tests; the oldest are forgotten."""
        calls = self._world.calls
        calls.append({"at": time.time(), "method": method, "params": raw, "status": status, "description": description})
        del calls[:-CALLS_KEPT]


def is_paced(method: str) -> bool:
    """Whether the method counts as a message for Telegram's limits."""
    return method.startswith(_PACED) and method != "sendChatAction"


def pace_key(method: str, chat_id: int | None) -> str:
    """What a `retry_after` holds for: a chat's messages, or else the method."""
    return f"chat {chat_id}" if chat_id is not None and is_paced(method) else f"method {method}"
