"""How the bot receives updates: polling and webhook; and who the bot is."""

import re
from urllib.parse import urlsplit

from bot.sandbox.model import Call, Json
from bot.sandbox.refusals import refuse
from bot.sandbox.world import World

_PORTS = {80, 88, 443, 8443}
_POLL_SECONDS_MAX = 50


async def get_me(world: World, _call: Call) -> Json:
    """`getMe`."""
    abilities = dict.fromkeys(
        (
            "can_read_all_group_messages",
            "supports_inline_queries",
            "can_connect_to_business",
            "has_main_web_app",
            "has_topics_enabled",
        ),
        False,
    )
    return world.bot.as_json() | {"can_join_groups": True} | abilities


async def get_updates(world: World, call: Call) -> list[Json]:
    """`getUpdates`: waits up to `timeout` seconds for the first update."""
    if "allowed_updates" in call.params:
        world.updates.allowed = call.params["allowed_updates"] or None
    limit = min(max(call.integer("limit", 100), 1), 100)
    return await world.updates.poll(call.integer("offset"), limit, min(call.integer("timeout"), _POLL_SECONDS_MAX))


async def set_webhook(world: World, call: Call) -> bool:
    """`setWebhook`: https as Telegram wants it, or this machine, as a local Bot API server allows."""
    url = call.text("url")
    if not url:
        return await delete_webhook(world, call)
    _check_address(url)
    if not re.fullmatch("[A-Za-z0-9_-]{0,256}", call.text("secret_token")):
        raise refuse("webhook_bad_characters")
    connections = call.integer("max_connections", 40)
    if not 1 <= connections <= 100:
        raise refuse("webhook_connections")
    if "allowed_updates" in call.params:
        world.updates.allowed = call.params["allowed_updates"] or None
    if call.flag("drop_pending_updates"):
        world.updates.pending.clear()
    world.webhook = {"url": url, "max_connections": connections, "secret": call.text("secret_token")}
    world.updates.webhook_url = url
    world.updates.bell.ring()
    return True


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.hostname in ("localhost", "127.0.0.1", "::1") and parts.scheme in ("http", "https"):
        return
    if parts.scheme != "https":
        raise refuse("webhook_https")
    if (parts.port or 443) not in _PORTS:
        raise refuse("webhook_port")


async def delete_webhook(world: World, call: Call) -> bool:
    """`deleteWebhook`."""
    if call.flag("drop_pending_updates"):
        world.updates.pending.clear()
    world.webhook = {"url": ""}
    world.updates.webhook_url = ""
    world.updates.bell.ring()
    return True


async def get_webhook_info(world: World, _call: Call) -> Json:
    """`getWebhookInfo`, with the last error of delivery."""
    known = {name: value for name, value in world.webhook.items() if name != "secret"}
    allowed = {"allowed_updates": world.updates.allowed} if world.updates.allowed else {}
    return {
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
        **known,
        **allowed,
    }


async def agree(_world: World, _call: Call) -> bool:
    """`logOut` and `close`: nothing to do here."""
    return True


METHODS = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": agree,
    "close": agree,
}
