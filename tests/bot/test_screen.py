"""What a message shows: escaping, lengths, buttons and their data."""

import pytest

from bot.screen import DATA_BYTES_MAX, Screen, arguments, bold, button, cut, data, grid, lines


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        (bold("Ana"), "<b>Ana</b>"),
        (bold("<b>Bobby</b> & Söhne"), "<b>&lt;b&gt;Bobby&lt;/b&gt; &amp; Söhne</b>"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        (bold(bold("twice")), "<b>twice</b>"),  # a name that holds our own marks forges nothing
        ("\"quotes\" and 'ticks'", "\"quotes\" and 'ticks'"),
    ],
)
def test_everything_is_escaped_but_our_own_marks(text: str, html: str) -> None:
    assert Screen(text).html == html


@pytest.mark.parametrize(("text", "length"), [("abc", 3), (bold("abc"), 3), ("🌻", 2), ("é", 1), ("<", 1), ("", 0)])
def test_length_is_counted_as_telegram_counts_it(text: str, length: int) -> None:
    assert Screen(text).length == length


def test_the_fingerprint_changes_with_text_and_with_buttons() -> None:
    rows = grid([button("A", "a")])
    assert len({Screen("x").fingerprint, Screen("y").fingerprint, Screen("x", rows).fingerprint}) == 3
    assert Screen("x", rows).fingerprint == Screen("x", rows).fingerprint


@pytest.mark.parametrize(
    ("given", "count", "found"),
    [
        ("w:tca1:2:D001", 3, ["tca1", "2", "D001"]),
        ("w:tca1:2:D:0:1", 3, ["tca1", "2", "D:0:1"]),  # a company's code may hold colons
        ("p:", 1, [""]),
        ("p", 1, [""]),
        ("w:x", 3, ["x", "", ""]),
    ],
)
def test_arguments_of_a_button(given: str, count: int, found: list[str]) -> None:
    assert arguments(given, count) == found


def test_data_goes_there_and_back() -> None:
    assert arguments(data("wo", 3, "gca1", 0, "A:1"), 4) == ["3", "gca1", "0", "A:1"]


@pytest.mark.parametrize("code", ["x" * 60, "я" * 30])
def test_a_button_whose_data_would_not_fit_is_left_out(code: str) -> None:
    assert button("Ana", "w", "x", 0, code) is None
    assert grid([button("Ana", "w", "x", 0, code), None]) == ()


def test_data_of_exactly_64_bytes_fits() -> None:
    fits = button("Ana", "w" * DATA_BYTES_MAX)
    assert fits is not None
    assert len(fits.data) == DATA_BYTES_MAX


def test_a_label_is_cut_to_what_a_phone_shows() -> None:
    made = button("Lucía Fernández de la Vega y Montemayor", "w")
    assert made is not None
    assert made.label == "Lucía Fernández de la V…"


@pytest.mark.parametrize(("text", "length", "told"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("ab cd", 4, "ab…")])
def test_cut(text: str, length: int, told: str) -> None:
    assert cut(text, length) == told


def test_parts_that_are_not_there_leave_no_line() -> None:
    assert lines("a", None, "", "b") == "a\n\nb"


@pytest.mark.parametrize(
    ("text", "length_max", "told"),
    [
        ("one\ntwo", 7, "one\ntwo"),
        ("one\ntwo\nthree", 9, "one\ntwo\n…"),
        ("one\ntwo\nthree", 8, "one\n…"),
        ("a" * 100, 50, "a" * 24 + "…\n…"),
    ],
)
def test_what_is_too_long_loses_its_last_lines(text: str, length_max: int, told: str) -> None:
    assert Screen(text).fitting(length_max).text == told
