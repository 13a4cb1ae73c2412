"""All that our programs load before they are of use: imported once, by the process whose children journeys kill."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy loads, as the bot has it

from importlib import import_module
from pathlib import Path

import bot.app
import bot.sandbox.app
import core.app
import core.serving
import notifications.app
from bot import fallback
from core.live.warming import warm

__all__ = ["bot", "core", "notifications"]

CORE = Path(core.app.__file__).parent

for room in (*CORE.glob("*/api.py"), *CORE.glob("*/api/__init__.py")):
    import_module(".".join(["core", *room.relative_to(CORE).with_suffix("").parts]).removesuffix(".__init__"))
warm()
fallback.warm_up()
