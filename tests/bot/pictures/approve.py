"""Draws the kept copy of the picture anew: `python -m tests.bot.pictures.approve`, after looking at the picture."""

import io
from pathlib import Path

from PIL import Image

from bot.pictures.gauges import gauges
from i18n.translator import translator
from tests.bot.pictures.samples import progress


def main() -> None:
    """Writes reference.png beside this file."""
    picture = Image.open(io.BytesIO(gauges(progress(), translator("en")))).convert("RGB")
    small = picture.resize((320, 315), Image.Resampling.BOX)
    small.quantize(64).save(Path(__file__).parent / "reference.png", optimize=True)


if __name__ == "__main__":
    main()
