"""The least that a bot can do: python-telegram-bot as its manual shows it, saying every message back."""

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


if __name__ == "__main__":
    address = os.environ["TELEGRAM_API_URL"]
    app = Application.builder().token(os.environ["TELEGRAM_TOKEN"]).base_url(f"{address}/bot").build()
    app.add_handler(MessageHandler(filters.ALL, echo))
    app.run_polling()
