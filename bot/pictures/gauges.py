"""The gauges as one picture, and the key by which a picture that was sent once is known again."""

from bot.pictures.canvas import Align, Canvas
from bot.pictures.card import Card
from bot.pictures.inks import BRAKE, CARD, DARK, PAGE, QUIET, ink, rank_inks
from bot.pictures.layout import HEAD, MARGIN, WIDTH, layout
from bot.pictures.lines import Style, block, line
from bot.pictures.words import RankLine, Words, words
from core.progress.model import Progress
from i18n.translator import Translator

DRAWING = 1
"""Raised when the same progress would be drawn otherwise than before, so that old pictures are not sent again."""

NAME = Style(56, 34, 700)
CYCLE = Style(33, 24, 500)
CAPTION = Style(28, 20, 500)
RANK = Style(42, 22, 700)
FOOT = Style(29, 22, 500)
RANK_COLUMN = 274
NAME_LINES = {1: (86,), 2: (60, 106)}
CYCLE_LINES = {1: 142, 2: 152}
"""Baselines by how many lines the name takes."""
RANK_LINES = {1: (126,), 2: (106, 138)}


def picture_key(progress: Progress, language: str) -> str:
    """Names a picture: equal keys, equal bytes. Holds no name and no figure.

    Args:
        language: of the reader; the words on the picture are hers.
    """
    return f"gauges:{DRAWING}:{language}:{progress.fingerprint}"


def gauges(progress: Progress, tr: Translator) -> bytes:
    """All gauges as one PNG, about 1280 pixels square.

    Args:
        progress: with at least one gauge; six still read well on a phone.
        tr: the reader's language; one that runs from right to left mirrors the picture.

    Returns:
        The same bytes for the same arguments.
    """
    plan = layout(len(progress.gauges), rtl=tr.rtl)
    canvas = Canvas(WIDTH, plan.height, ink(DARK, PAGE).first)
    written = words(progress, tr)
    _draw_head(canvas, written, len(progress.ladder), tr)
    for box, gauge in zip(plan.cards, progress.gauges, strict=True):
        Card(canvas, box, gauge, progress, tr).draw()
    foot = line(written.foot, FOOT, tr.language, WIDTH - 2 * MARGIN)
    colour = BRAKE if progress.what_if else QUIET
    canvas.write(foot, WIDTH / 2, plan.height - 27, ink(colour, PAGE), "centre")
    return canvas.png()


def _draw_head(canvas: Canvas, written: Words, ladder: int, tr: Translator) -> None:
    ranks = [written.now, *([written.goal] if written.goal else [])]
    room = WIDTH - 2 * (MARGIN + 8) - len(ranks) * RANK_COLUMN
    start, align = _mirrored(MARGIN + 8, tr)
    name = block(written.name, NAME, tr.language, room)
    for one, baseline in zip(name, NAME_LINES[len(name)], strict=True):
        canvas.write(one, start, baseline, ink(DARK, PAGE), align)
    cycle = line(written.cycle, CYCLE, tr.language, room)
    canvas.write(cycle, start, CYCLE_LINES[len(name)], ink(QUIET, PAGE), align)
    for column, rank in enumerate(ranks):
        _draw_rank(canvas, rank, WIDTH - MARGIN - (len(ranks) - column) * RANK_COLUMN, ladder, tr)


def _draw_rank(canvas: Canvas, rank: RankLine, left: int, ladder: int, tr: Translator) -> None:
    """A white box with a caption and a rank, its colour beside it as on the dials."""
    box_left = WIDTH - left - RANK_COLUMN + 12 if tr.rtl else left + 12
    width = RANK_COLUMN - 12
    canvas.card((box_left, 24, width, HEAD - 48), 24, ink(CARD, PAGE))
    align: Align = "right" if tr.rtl else "left"
    start = box_left + width - 24 if tr.rtl else box_left + 24
    dot = 36 if rank.index is not None else 0
    name = block(rank.name, RANK, tr.language, width - 44 - dot)
    caption = line(rank.caption, CAPTION, tr.language, width - 48)
    canvas.write(caption, start, 72 if len(name) == 1 else 64, ink(QUIET, CARD), align)
    if rank.index is not None:
        canvas.disc(start - 12 if tr.rtl else start + 12, 111, 12, rank_inks(rank.index, ladder).full)
    for one, baseline in zip(name, RANK_LINES[len(name)], strict=True):
        canvas.write(one, start - dot if tr.rtl else start + dot, baseline, ink(DARK if dot else QUIET, CARD), align)


def _mirrored(x: int, tr: Translator) -> tuple[int, Align]:
    return (WIDTH - x, "right") if tr.rtl else (x, "left")
