import io
import itertools
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from bot.pictures import inks
from bot.pictures.canvas import Canvas
from bot.pictures.card import Card
from bot.pictures.face import face
from bot.pictures.gauges import gauges, picture_key
from bot.pictures.layout import BETWEEN, MARGIN, WIDTH, layout
from bot.pictures.lines import line
from i18n.translator import translator
from tests.bot.pictures.samples import NAMES, progress

REFERENCE = Path(__file__).parent / "reference.png"
LARGEST = 300_000
EN = translator("en")


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture))


@pytest.mark.parametrize("name", NAMES)
def test_names_of_all_scripts_give_a_light_picture(name: str) -> None:
    picture = gauges(progress(name), EN)
    assert len(picture) < LARGEST
    assert opened(picture).size == (WIDTH, layout(4, rtl=False).height)


@pytest.mark.parametrize("language", ["en", "es", "de", "pt-BR", "fr", "ar", "zh-Hans", "hi", "ja"])
@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_one_to_six_gauges_are_drawn_in_every_language(language: str, count: int) -> None:
    picture = gauges(progress(values=(180, 5200, 1, 2, 40, 900)[:count]), translator(language))
    assert opened(picture).size[0] == WIDTH and len(picture) < LARGEST


def test_nothing_ordered_yet_is_a_picture_too() -> None:
    assert gauges(progress(values=(0, 0, 0, 0), paid=None, target="bronze"), EN) != gauges(progress(), EN)


def test_the_rank_below_the_first_threshold_is_on_the_scale_too() -> None:
    """Bronze asks for no customers, so a gauge of none stands on Bronze."""
    one = progress(values=(180, 5200, 0, 0))
    asked = one.gauges[2].model_copy(update={"marks": one.gauges[2].marks[1:], "rank": "bronze"})
    card = Card(Canvas(10, 10, 0), (0, 0, 10, 10), asked, one, EN)
    assert [tick and tick.name for tick in card.scale().segments][:2] == ["Bronze", "Silver"]
    whole = Card(Canvas(10, 10, 0), (0, 0, 10, 10), one.gauges[2], one, EN)
    assert [tick and tick.name for tick in whole.scale().segments][:2] == [None, "Bronze"]


def test_the_same_progress_gives_the_same_bytes() -> None:
    first = gauges(progress(), EN)
    line.cache_clear()
    face.cache_clear()
    assert gauges(progress(), EN) == first


def test_a_moved_needle_gives_another_picture() -> None:
    assert gauges(progress(values=(180, 5200, 1, 2)), EN) != gauges(progress(values=(180, 5200, 2, 2)), EN)


def test_the_picture_looks_as_it_was_approved() -> None:
    """A small copy of the picture is kept; draw it anew with `python -m tests.bot.pictures.approve`."""
    drawn = opened(gauges(progress(), EN)).convert("RGB").resize((320, 315), Image.Resampling.BOX)
    with Image.open(REFERENCE) as kept:
        difference = ImageChops.difference(drawn, kept.convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 1.5


def test_a_key_changes_with_figures_and_language_and_tells_neither_name_nor_figure() -> None:
    keys = {
        picture_key(progress(fingerprint=fingerprint), language)
        for fingerprint in ("f1", "f2")
        for language in ("en", "es")
    }
    assert len(keys) == 4
    assert not any("María" in key or "5200" in key for key in keys)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6])
def test_cards_lie_in_the_picture_and_do_not_touch(count: int) -> None:
    plan = layout(count, rtl=False)
    for left, top, width, height in plan.cards:
        assert left >= MARGIN and left + width <= WIDTH - MARGIN and top + height < plan.height
    rows = [card for card in plan.cards if card[1] == plan.cards[0][1]]
    assert all(after[0] - (before[0] + before[2]) == BETWEEN for before, after in itertools.pairwise(rows))


def test_right_to_left_mirrors_the_cards() -> None:
    left_to_right, right_to_left = layout(4, rtl=False).cards, layout(4, rtl=True).cards
    assert [WIDTH - left - width for left, _, width, _ in left_to_right] == [box[0] for box in right_to_left]


def test_rank_colours_darken_from_the_lowest_to_the_highest() -> None:
    """So the order shows to eyes that see no colour."""
    colours = inks.palette()

    def lightness(index: int) -> float:
        ink = inks.rank_inks(index, 6).full
        red, green, blue = colours[3 * (ink.first + ink.shades - 1) :][:3]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lights = [lightness(index) for index in range(6)]
    assert lights == sorted(lights, reverse=True)


@pytest.mark.parametrize(
    ("colour", "ground"), [pair for pair in inks.TEXTS if pair[0] not in {inks.CARD, inks.EMPTY, inks.BRAKE_GROUND}]
)
def test_text_stands_out_from_its_ground(colour: inks.Rgb, ground: inks.Rgb) -> None:
    """WCAG's contrast for small text."""

    def luminance(rgb: inks.Rgb) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in rgb)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
