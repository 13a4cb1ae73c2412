"""One gauge on its card: label, dial, needle, value, and what is missing."""

from dataclasses import dataclass

from bot.pictures import dial
from bot.pictures.canvas import Align, Canvas
from bot.pictures.face import CENTRE, INNER, Scale, Tick, face, point
from bot.pictures.face import WIDTH as FACE_WIDTH
from bot.pictures.inks import BRAKE, BRAKE_GROUND, CARD, DARK, DONE, PAGE, QUIET, ink, rank_inks
from bot.pictures.layout import Box
from bot.pictures.lines import Style, line
from bot.pictures.words import needed, rank_line, rank_name, value, verdict
from core.progress.model import Gauge, Progress
from i18n.translator import Translator

PADDING = 28
CORNER = 28
FACE_TOP = 112
LABEL = Style(37, 24, 700)
ALONE = Style(29, 22, 500)
PILL = Style(26, 20, 700)
VALUE = Style(68, 36, 700)
OF = Style(36, 24, 500)
VERDICT = Style(35, 23, 600)
LABEL_LINE, ALONE_LINE, VALUE_LINE, VERDICT_LINE = 58, 104, 404, 462
NEEDLE_WIDTH, HUB = 9.0, 17.0
SIGN_ROOM = 44
ARROW = ((-4.0, 13.0), (-4.0, 0.0), (-13.0, 0.0), (0.0, -15.0), (13.0, 0.0), (4.0, 0.0), (4.0, 13.0))
CHECK = ((-14.0, 0.0), (-9.5, -5.0), (-4.0, 1.0), (9.0, -13.0), (14.0, -8.5), (-3.5, 10.5))


@dataclass(frozen=True, slots=True)
class Card:
    """A gauge about to be drawn into its box."""

    canvas: Canvas
    box: Box
    gauge: Gauge
    progress: Progress
    tr: Translator

    @property
    def centre(self) -> float:
        """The card's middle, from the picture's left."""
        return self.box[0] + self.box[2] / 2

    @property
    def _thresholds(self) -> list[int]:
        return [mark.minimum for mark in self.gauge.marks]

    def draw(self) -> None:
        """Everything on the card."""
        self.canvas.card(self.box, CORNER, ink(CARD, PAGE))
        self._dial()
        self._head()
        self._figures()
        self._verdict()

    def _head(self) -> None:
        left, top, width, _ = self.box
        label = line(self.tr.company(self.gauge.label), LABEL, self.tr.language, width - 2 * PADDING)
        x, align = _start(left, width, rtl=self.tr.rtl)
        self.canvas.write(label, x, top + LABEL_LINE, ink(DARK, CARD), align)
        self._alone(x, align, self._pill() if self.gauge.decides and self.gauge.missing > 0 else 0)

    def _alone(self, x: int, align: Align, taken: int) -> None:
        """The rank that this gauge alone allows, its colour before it; nothing while it allows none."""
        rank = rank_line("", self.gauge.rank, self.progress, self.tr)
        if rank.index is None:
            return
        words = line(rank.name, ALONE, self.tr.language, self.box[2] - 2 * PADDING - taken - 30)
        sign = -1 if self.tr.rtl else 1
        baseline = self.box[1] + ALONE_LINE
        self.canvas.disc(x + sign * 10, baseline - 10, 10, rank_inks(rank.index, len(self.progress.ladder)).full)
        self.canvas.write(words, x + sign * 30, baseline, ink(QUIET, CARD), align)

    def _pill(self) -> int:
        """The tag of a gauge that holds the rank down; returns the room that it takes from the label."""
        left, top, width, _ = self.box
        words = line(self.tr("holds you back"), PILL, self.tr.language, width // 2 - PADDING)
        room = words.width + 36
        pill_left = left + 22 if self.tr.rtl else left + width - 22 - room
        self.canvas.card((pill_left, top + 72, room, 44), 22, ink(BRAKE_GROUND, CARD))
        self.canvas.write(words, pill_left + room / 2, top + 103, ink(BRAKE, BRAKE_GROUND), "centre")
        return room

    def _dial(self) -> None:
        left, top = round(self.centre - FACE_WIDTH / 2), self.box[1] + FACE_TOP
        self.canvas.image.paste(face(self.scale()), (left, top))
        hub = left + CENTRE[0], top + CENTRE[1]
        angle = dial.angle(dial.position(self.gauge.value, self._thresholds))
        sides = [point(angle + turn, NEEDLE_WIDTH, hub) for turn in (90, 180, 270)]
        self.canvas.polygon([point(angle, INNER - 10, hub), *sides], ink(DARK, CARD))
        self.canvas.disc(hub[0], hub[1], HUB, ink(DARK, CARD))

    def scale(self) -> Scale:
        """What the face depends on.

        Before the first threshold stands the rank below it, if there is one, which does not ask for this KPI.
        """
        codes = [rank.code for rank in self.progress.ladder]
        marked = [mark.rank for mark in self.gauge.marks]
        lowest = codes.index(marked[0]) if marked else 0
        segments = [codes[lowest - 1] if lowest else None, *marked]
        return Scale(
            segments=tuple(
                Tick(rank_name(code, self.progress, self.tr), codes.index(code)) if code else None for code in segments
            ),
            ladder=len(codes),
            reached=dial.segment(self.gauge.value, self._thresholds),
            goal=next((index for index, code in enumerate(segments) if index and code == self.progress.target), None),
            language=self.tr.language,
        )

    def _figures(self) -> None:
        """The value, and behind it what the goal asks: digits only, so always from left to right."""
        wide = self.box[2] - 2 * PADDING
        baseline = self.box[1] + VALUE_LINE
        own = line(value(self.gauge, self.progress, self.tr), VALUE, self.tr.language, wide * 3 // 5)
        asked = needed(self.gauge, self.progress, self.tr)
        if asked is None:
            self.canvas.write(own, self.centre, baseline, ink(DARK, CARD), "centre")
            return
        beside = line(f"/ {asked}", OF, self.tr.language, wide * 2 // 5 - 16)
        left = self.centre - (own.width + 14 + beside.width) / 2
        self.canvas.write(own, left, baseline, ink(DARK, CARD))
        self.canvas.write(beside, left + own.width + 14, baseline, ink(QUIET, CARD))

    def _verdict(self) -> None:
        told = verdict(self.gauge, self.progress, self.tr)
        words = line(told.text, VERDICT, self.tr.language, self.box[2] - 2 * PADDING - SIGN_ROOM)
        baseline = self.box[1] + VERDICT_LINE
        if told.enough is None:
            self.canvas.write(words, self.centre, baseline, ink(QUIET, CARD), "centre")
            return
        colour = ink(DONE if told.enough else BRAKE, CARD)
        left = self.centre - (words.width + SIGN_ROOM) / 2
        sign, text = (left + words.width + 30, left) if self.tr.rtl else (left + 14, left + SIGN_ROOM)
        shape = CHECK if told.enough else ARROW
        self.canvas.polygon([(sign + x, baseline - 12 + y) for x, y in shape], colour)
        self.canvas.write(words, text, baseline, colour)


def _start(left: int, width: int, *, rtl: bool) -> tuple[int, Align]:
    """Where a line begins in a box, in the direction that the reader reads."""
    return (left + width - PADDING, "right") if rtl else (left + PADDING, "left")
