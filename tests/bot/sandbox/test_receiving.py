"""How updates reach the bot: polling, webhook, restarts; by raw calls and by real python-telegram-bot."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.support.sandbox import ANA, Sandbox, picture

Context = ContextTypes.DEFAULT_TYPE


async def start(update: Update, context: Context) -> None:
    assert update.message
    assert update.effective_user
    language = update.effective_user.language_code
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
    await update.message.reply_html(f"<b>{language}</b> {' '.join(context.args or [])}", reply_markup=keyboard)


async def more(update: Update, context: Context) -> None:
    assert update.callback_query
    await update.callback_query.answer("One moment")
    await update.callback_query.edit_message_text("More it is")


async def ask_phone(update: Update, context: Context) -> None:
    assert update.message
    keyboard = ReplyKeyboardMarkup([[KeyboardButton("My number", request_contact=True)]], one_time_keyboard=True)
    await update.message.reply_text("Your number?", reply_markup=keyboard)


async def contact(update: Update, context: Context) -> None:
    assert update.message
    assert update.message.contact
    assert update.effective_user
    own = update.message.contact.user_id == update.effective_user.id
    await update.message.reply_text(f"{update.message.contact.phone_number} {own}")


async def echo_photo(update: Update, context: Context) -> None:
    assert update.message
    file = await update.message.photo[-1].get_file()
    content = bytes(await file.download_as_bytearray())
    waiting = await update.message.reply_photo(picture(), caption="wait")
    media = InputMediaPhoto(content, caption=f"<i>{len(content)}</i>", parse_mode="HTML")
    await waiting.edit_media(media)


@asynccontextmanager
async def bot_on(sandbox: Sandbox) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    builder = ApplicationBuilder().token(sandbox.world.token).base_url(f"{sandbox.base}/bot")
    app = builder.base_file_url(f"{sandbox.base}/file/bot").build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CommandHandler("phone", ask_phone))
    app.add_handler(CallbackQueryHandler(more))
    app.add_handler(MessageHandler(filters.CONTACT, contact))
    app.add_handler(MessageHandler(filters.PHOTO, echo_photo))
    async with app:
        await app.start()
        yield app
        await app.stop()


async def until(sandbox: Sandbox, probe: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await probe():
            await sandbox.world.bus.bell.wait(0.05)


async def bot_says(sandbox: Sandbox, text: str) -> dict[str, Any]:
    """The bot's message that holds `text`, once it is there."""
    found: list[dict[str, Any]] = []

    async def said() -> bool:
        messages = (await sandbox.look(f"chats/{ANA.id}"))["messages"]
        found[:] = [
            message
            for message in messages
            if message["from"]["is_bot"] and text in message.get("text", message.get("caption", ""))
        ]
        return bool(found)

    await until(sandbox, said)
    return found[-1]


async def converse(sandbox: Sandbox) -> None:
    """A conversation that touches every kind of update; ends without a fault."""
    chat = f"chats/{ANA.id}"
    await sandbox.act("users", id=ANA.id)
    await sandbox.act(f"{chat}/start", payload="one-time_1")
    greeting = await bot_says(sandbox, "es one-time_1")
    assert greeting["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    await sandbox.act(f"{chat}/tap", message_id=greeting["message_id"], data="more")
    edited = await bot_says(sandbox, "More it is")
    assert edited["message_id"] == greeting["message_id"]
    assert "reply_markup" not in edited
    await sandbox.act(f"{chat}/text", text="/phone")
    await bot_says(sandbox, "Your number?")
    await sandbox.act(f"{chat}/key", text="My number")
    await bot_says(sandbox, f"{ANA.phone} True")
    await sandbox.act(f"{chat}/contact", phone_number="+15550100", first_name="Eve", user_id=99)
    await bot_says(sandbox, "+15550100 False")
    content = picture(300, 200)
    sandbox.world.files.add("photo", "seed.png", content)
    async with sandbox._session.post(f"{sandbox.base}/sandbox/{chat}/file", data=_form(content)) as answer:
        assert answer.status == 200
    shown = await bot_says(sandbox, str(len(content)))
    assert (shown["photo"][-1]["width"], shown["photo"][-1]["height"]) == (300, 200)
    assert (await sandbox.look("faults?all=1"))["by_rule"] == {}


def _form(content: bytes) -> Any:
    import aiohttp

    form = aiohttp.FormData()
    form.add_field("kind", "photo")
    form.add_field("file", content, filename="a.png", content_type="image/png")
    return form


async def test_python_telegram_bot_converses_by_polling(sandbox: Sandbox) -> None:
    async with bot_on(sandbox) as app:
        assert app.updater
        await app.updater.start_polling(timeout=1, poll_interval=0)
        await converse(sandbox)
        await app.updater.stop()


@asynccontextmanager
async def hook(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    server = web.Application()
    server.router.add_post("/hook", answer)
    running = TestServer(server)
    await running.start_server()
    yield str(running.make_url("/hook"))
    await running.close()


async def test_python_telegram_bot_converses_by_webhook(sandbox: Sandbox) -> None:
    async with bot_on(sandbox) as app:

        async def receive(request: web.Request) -> web.Response:
            assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
            await app.update_queue.put(Update.de_json(await request.json(), app.bot))
            return web.Response()

        async with hook(receive) as url:
            await app.bot.set_webhook(url, secret_token="s3cret")
            await converse(sandbox)
            await app.bot.delete_webhook()


async def test_webhook_is_tried_again_after_an_error_and_keeps_order(sandbox: Sandbox) -> None:
    sandbox.world.options.webhook_retry_seconds = 0.01
    received: list[str] = []
    answers = iter([500, 404])

    async def receive(request: web.Request) -> web.Response:
        status = next(answers, 200)
        if status == 200:
            received.append((await request.json())["message"]["text"])
        return web.Response(status=status)

    chat = await sandbox.started()
    sandbox.world.updates.pending.clear()
    async with hook(receive) as url:
        await sandbox.result("setWebhook", url=url)
        for text in ("one", "two", "three"):
            await sandbox.act(f"chats/{chat}/text", text=text)
        await until(sandbox, lambda: _value(len(received) == 3))
        info = await sandbox.result("getWebhookInfo")
        await sandbox.result("deleteWebhook")
    assert received == ["one", "two", "three"]
    assert info["last_error_message"].startswith("Wrong response from the webhook: 404")


async def test_webhook_answer_may_hold_a_method(sandbox: Sandbox) -> None:
    async def receive(request: web.Request) -> web.Response:
        sender = (await request.json())["message"]["chat"]["id"]
        return web.json_response({"method": "sendMessage", "chat_id": sender, "text": "by the answer"})

    async with hook(receive) as url:
        await sandbox.result("setWebhook", url=url)
        await sandbox.started()
        await bot_says(sandbox, "by the answer")
        await sandbox.result("deleteWebhook")


async def _value(value: bool) -> bool:
    return value


async def test_update_stays_until_it_is_confirmed(sandbox: Sandbox) -> None:
    await sandbox.started()
    [first] = await sandbox.result("getUpdates")
    assert await sandbox.result("getUpdates") == [first], "a killed bot must find it again"
    assert await sandbox.result("getUpdates", offset=first["update_id"] + 1) == []


async def test_update_can_come_twice_under_the_same_id(sandbox: Sandbox) -> None:
    await sandbox.started()
    [first] = await sandbox.result("getUpdates")
    await sandbox.result("getUpdates", offset=first["update_id"] + 1)
    await sandbox.act("repeat")
    assert await sandbox.result("getUpdates") == [first]


async def test_long_poll_ends_with_the_first_update(sandbox: Sandbox) -> None:
    waiting = asyncio.create_task(sandbox.call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await sandbox.started()
    _, body = await asyncio.wait_for(waiting, 5)
    assert body["result"][0]["message"]["text"] == "/start"


async def test_second_poller_ends_the_first_with_409(sandbox: Sandbox) -> None:
    first = asyncio.create_task(sandbox.call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(sandbox.call("getUpdates", timeout=1))
    status, body = await first
    assert (status, body["description"][:43]) == (409, "Conflict: terminated by other getUpdates re")
    assert (await second)[0] == 200


async def test_polling_is_409_while_a_webhook_is_set(sandbox: Sandbox) -> None:
    waiting = asyncio.create_task(sandbox.call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await sandbox.result("setWebhook", url="https://example.org/hook")
    assert (await waiting)[0] == 409
    status, body = await sandbox.call("getUpdates")
    assert (status, body["error_code"]) == (409, 409)
    await sandbox.result("deleteWebhook")
    assert (await sandbox.call("getUpdates"))[0] == 200


async def test_only_wished_kinds_of_updates_come(sandbox: Sandbox) -> None:
    await sandbox.result("getUpdates", allowed_updates=["callback_query"])
    await sandbox.started()
    assert await sandbox.result("getUpdates") == []


async def test_parameters_come_in_every_form(sandbox: Sandbox) -> None:
    chat = await sandbox.started()
    url = f"{sandbox.base}/bot{sandbox.world.token}/sendMessage"
    params = {"chat_id": str(chat), "text": "hi", "reply_markup": '{"remove_keyboard": true}'}
    async with sandbox._session.get(url, params=params) as query:
        assert query.status == 200
    async with sandbox._session.post(url, data=params) as form:
        assert form.status == 200
    async with sandbox._session.post(url, data=b"{no json", headers={"Content-Type": "application/json"}) as broken:
        assert (broken.status, (await broken.json())["ok"]) == (400, False)
