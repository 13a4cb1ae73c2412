"""What the bot says about itself: commands, name, descriptions, menu button."""

import re
from collections.abc import Awaitable, Callable

from bot.sandbox.model import Call, Json
from bot.sandbox.profile import scope_key
from bot.sandbox.refusals import refuse
from bot.sandbox.world import World

Handler = Callable[[World, Call], Awaitable[object]]
COMMANDS_MAX = 100
DESCRIPTION_MAX = 256
_SCOPES = {
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators",
    "chat_member",
}  # fmt: skip


def _language(call: Call) -> str:
    code = call.text("language_code")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise refuse("language_invalid")
    return code


def _scope(world: World, call: Call) -> tuple[str, int, int]:
    scope = call.params.get("scope")
    if scope and scope["type"] not in _SCOPES:
        raise refuse("field_wrong_type", field="scope", kinds="BotCommandScope", where="types.BotCommandScope.type")
    key = scope_key(scope)
    if key[1] and key[1] not in world.chats:
        raise refuse("chat_not_found")
    return key


def _check_command(command: Json) -> None:
    if not re.fullmatch("[a-z0-9_]{1,32}", command["command"].removeprefix("/")):
        raise refuse("command_invalid")
    if not command["description"].strip():
        raise refuse("command_description_empty")
    if len(command["description"]) > DESCRIPTION_MAX:
        raise refuse("command_description_invalid")


async def set_my_commands(world: World, call: Call) -> bool:
    """`setMyCommands`: for one scope and one language."""
    key = (_scope(world, call), _language(call))
    commands: list[Json] = call.params["commands"]
    if len(commands) > COMMANDS_MAX:
        raise refuse("commands_too_many")
    for command in commands:
        _check_command(command)
    world.bot.commands[key] = [{**command, "command": command["command"].removeprefix("/")} for command in commands]
    world.bus.publish("commands")
    return True


async def get_my_commands(world: World, call: Call) -> list[Json]:
    """`getMyCommands`: exactly what was set for that scope and language."""
    return world.bot.commands.get((_scope(world, call), _language(call)), [])


async def delete_my_commands(world: World, call: Call) -> bool:
    """`deleteMyCommands`."""
    world.bot.commands.pop((_scope(world, call), _language(call)), None)
    world.bus.publish("commands")
    return True


def _setter(texts: Callable[[World], dict[str, str]], member: str, limit: int, rule: str) -> Handler:
    async def setter(world: World, call: Call) -> bool:
        language = _language(call)
        if len(call.text(member)) > limit:
            raise refuse(rule)
        texts(world)[language] = call.text(member)
        world.bus.publish("profile")
        return True

    return setter


def _getter(texts: Callable[[World], dict[str, str]], member: str) -> Handler:
    async def getter(world: World, call: Call) -> Json:
        found = world.bot.localised(texts(world), _language(call))
        return {member: found or (world.bot.first_name if member == "name" else "")}

    return getter


async def set_chat_menu_button(world: World, call: Call) -> bool:
    """`setChatMenuButton`: for one private chat or for all."""
    button: Json = call.params.get("menu_button") or {"type": "default"}
    if button["type"] not in ("commands", "web_app", "default"):
        raise refuse("field_wrong_type", field="menu_button", kinds="MenuButton", where="types.MenuButtonDefault.type")
    if button["type"] == "web_app" and not button.get("web_app", {}).get("url", "").startswith("https://"):
        raise refuse("menu_button_invalid")
    if call.has("chat_id"):
        world.reachable_chat(call.params["chat_id"]).menu_button = button
    else:
        world.bot.menu_button = button
    world.bus.publish("commands")
    return True


async def get_chat_menu_button(world: World, call: Call) -> Json:
    """`getChatMenuButton`."""
    chat = world.reachable_chat(call.params["chat_id"]) if call.has("chat_id") else None
    return (chat.menu_button if chat else None) or world.bot.menu_button


def _names(world: World) -> dict[str, str]:
    return world.bot.names


def _descriptions(world: World) -> dict[str, str]:
    return world.bot.descriptions


def _short_descriptions(world: World) -> dict[str, str]:
    return world.bot.short_descriptions


METHODS: dict[str, Handler] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter(_names, "name", 64, "name_too_long"),
    "getMyName": _getter(_names, "name"),
    "setMyDescription": _setter(_descriptions, "description", 512, "description_too_long"),
    "getMyDescription": _getter(_descriptions, "description"),
    "setMyShortDescription": _setter(_short_descriptions, "short_description", 120, "short_description_too_long"),
    "getMyShortDescription": _getter(_short_descriptions, "short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
