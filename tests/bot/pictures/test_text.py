import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures.fonts import coverage, face_of
from bot.pictures.lines import ELLIPSIS, Style, block, line
from bot.pictures.runs import JOINERS, clean, runs
from tests.bot.pictures.samples import NAMES

BIG = Style(56, 34, 700)


@pytest.mark.parametrize("name", NAMES)
def test_every_character_is_drawn_by_a_font_that_has_it(name: str) -> None:
    for run in runs(clean(name)):
        missing = {char for char in run.text if ord(char) not in coverage(run.face)} - JOINERS
        assert not missing, (run.face, missing)


@given(st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_no_text_draws_a_missing_glyph_or_loses_a_letter(text: str) -> None:
    flat = clean(text)
    found = runs(flat)
    assert all(ord(char) in coverage(run.face) or char in JOINERS for run in found for char in run.text)
    assert sorted("".join(run.text for run in found)) == sorted(flat)


@pytest.mark.parametrize(
    ("text", "on_paper"),
    [
        ("Ana 12", ["Ana 12"]),
        ("محمد", ["محمد"]),
        ("Ana محمد", ["Ana ", "محمد"]),
        ("محمد Ana", ["Ana", " ", "محمد"]),
        ("محمد 12", ["12", " ", "محمد"]),
        ("Ana محمد 12 علي", ["Ana ", "علي", " ", "12", " ", "محمد"]),
        ("محمد (Ana) 12", ["12", " ", ")", "Ana", "(", " ", "محمد"]),
        ("יוסף, Ana", ["Ana", " ,", "יוסף"]),
    ],
)
def test_runs_stand_in_the_order_of_paper(text: str, on_paper: list[str]) -> None:
    placed = [piece for run in runs(text) for piece in _pieces(run.text, rtl=run.direction == "rtl")]
    assert _joined(placed) == _joined(on_paper)


def _pieces(text: str, *, rtl: bool) -> list[str]:
    """Words and gaps of a run, as they lie from left to right."""
    words = [word for word in _split(text) if word]
    return words[::-1] if rtl else words


def _split(text: str) -> list[str]:
    spaced = text
    for mark in " (),":
        spaced = spaced.replace(mark, f"\x00{mark}\x00")
    return spaced.split("\x00")


def _joined(pieces: list[str]) -> str:
    return "|".join(word for piece in pieces for word in _split(piece) if word)


@pytest.mark.parametrize(
    ("char", "face"),
    [
        ("a", "NotoSans"),
        ("я", "NotoSans"),
        ("م", "NotoSansArabic"),
        ("न", "NotoSansDevanagari"),
        ("א", "NotoSansHebrew"),
        ("ย", "NotoSansThai"),
        ("王", "NotoSansCJK"),
        ("🙂", "NotoEmoji"),
        ("\ue000", None),
    ],
)
def test_each_script_has_its_font(char: str, face: str | None) -> None:
    assert face_of(char) == face


def test_what_cannot_be_drawn_is_plain_a_dot_or_gone() -> None:
    assert clean("𝔊𝔬𝔱𝔥") == "Goth"
    assert clean("a\u2068b\u2069\x07\ue000") == "ab"
    assert clean("x\U00012000y") == "x·y"  # cuneiform, for which there is no font here
    assert clean("two\nlines") == "two lines"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [150, 400, 900])
def test_a_line_stays_in_its_box_and_no_stroke_is_cut(name: str, width: int) -> None:
    set_line = line(name, BIG, "en", width)
    assert set_line.width <= width
    box = set_line.mask.getbbox()
    if box is not None:
        assert box[1] > 0 and box[3] < set_line.mask.height, "strokes above or below the line would be cut"


def test_a_long_name_shrinks_first_and_is_shortened_last() -> None:
    name = "Anna-Katharina von Hohenstein"
    whole = line(name, BIG, "de", 2000)
    smaller = line(name, BIG, "de", whole.width - 100)
    shortened = line(name, BIG, "de", 300)
    assert smaller.text == name and smaller.mask.height < whole.mask.height
    assert shortened.text.endswith(ELLIPSIS) and name.startswith(shortened.text.removesuffix(ELLIPSIS))


def test_a_name_too_long_for_a_line_takes_two_of_one_size() -> None:
    name = "Anna-Katharina von Hohenstein"
    room = line(name, BIG, "de", 2000).width * 2 // 3
    first, second = block(name, BIG, "de", room)
    assert f"{first.text} {second.text}" == name
    assert first.size == second.size > line(name, BIG, "de", room).size
    assert [one.text for one in block("Bartholomäus", BIG, "de", 150)] == [line("Bartholomäus", BIG, "de", 150).text]


def test_a_script_without_spaces_breaks_between_letters() -> None:
    room = line("エグゼクティブ", BIG, "ja", 2000).width * 2 // 3
    assert [one.text for one in block("エグゼクティブ", BIG, "ja", room)] == ["エグゼ", "クティブ"]
