"""Formatted text as Telegram reads it: offsets in UTF-16 code units, complaints in UTF-8 bytes."""

import pytest

from bot.sandbox.entities.found import formatted
from bot.sandbox.media import image_size, media_type
from bot.sandbox.refusals import Refusal
from tests.support.sandbox import picture

# parse mode, source, plain text, entities as "type offset length"
TABLE = [
    ("HTML", "<b>Oro</b> y <i>Plata</i>", "Oro y Plata", ["bold 0 3", "italic 6 5"]),
    ("HTML", "🏅 <b>Gold</b>", "🏅 Gold", ["bold 3 4"]),  # the medal is two code units
    ("HTML", "<b>a<i>b</i></b>", "ab", ["bold 0 2", "italic 1 1"]),
    ("HTML", "&lt;Ana &amp; Eva&gt; &#233; &#x1F30D; &euro;", "<Ana & Eva> é 🌍 &euro;", []),
    ("HTML", "  <b> Ana </b>  ", "Ana", ["bold 0 3"]),
    ("HTML", "<b></b>x", "x", []),
    ("HTML", "<code>/start</code> /start", "/start /start", ["code 0 6", "bot_command 7 6"]),
    ("HTML", '<span class="tg-spoiler">s</span><STRONG>t</STRONG>', "st", ["spoiler 0 1", "bold 1 1"]),
    ("HTML", '<a href="https://a.org">link</a> <a>no</a>', "link no", ["text_link 0 4"]),
    ("MarkdownV2", "*b* _i_ __u__ ~s~ ||h||", "b i u s h", [
        "bold 0 1", "italic 2 1", "underline 4 1", "strikethrough 6 1", "spoiler 8 1"]),
    ("MarkdownV2", "*b _i_*", "b i", ["bold 0 3", "italic 2 1"]),
    ("MarkdownV2", "1\\.5 \\*x\\*", "1.5 *x*", []),
    ("MarkdownV2", "`a.b` ```py\nx = 1```", "a.b x = 1", ["code 0 3", "pre 4 5"]),
    ("MarkdownV2", ">one\n>two\nthree", "one\ntwo\nthree", ["blockquote 0 8"]),
    ("Markdown", "*b* _i_ `c` [l](https://a.org) \\_", "b i c l _", [
        "bold 0 1", "italic 2 1", "code 4 1", "text_link 6 1"]),
    ("", "Ask @anaperez, /help@my_bot or a.b@c.org: https://a.org/x?y=1.", None, [
        "mention 4 9", "bot_command 15 12", "email 31 9", "url 42 19"]),
    ("", "50/50 and a/b are no commands, #gold is a tag, #1 is none", None, ["hashtag 31 5"]),
]  # fmt: skip


@pytest.mark.parametrize(("mode", "source", "plain", "marks"), TABLE)
def test_text_is_read_as_telegram_reads_it(mode: str, source: str, plain: str | None, marks: list[str]) -> None:
    read = formatted(source, mode)
    assert read.text == (source if plain is None else plain)
    assert [f"{mark['type']} {mark['offset']} {mark['length']}" for mark in read.entities] == marks


@pytest.mark.parametrize(
    ("mode", "source", "reason"),
    [
        ("HTML", "é <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("HTML", "<b", "Unclosed start tag at byte offset 0"),
        ("HTML", "a</b>", "Unexpected end tag at byte offset 1"),
        ("HTML", "<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("MarkdownV2", "a-b", "Character '-' is reserved and must be escaped with the preceding '\\'"),
        ("MarkdownV2", "é *x", "Can't find end of Bold entity at byte offset 3"),
        ("MarkdownV2", "`x", "Can't find end of Code entity at byte offset 0"),
        ("Markdown", "é _x", "Can't find end of the entity starting at byte offset 3"),
    ],
)
def test_broken_markup_is_named_with_its_place(mode: str, source: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        formatted(source, mode)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_picture_size_is_read_from_its_first_bytes(kind: str) -> None:
    assert image_size(picture(123, 45, kind=kind)) == (123, 45)
    assert media_type(picture(kind=kind)).startswith("image/") or kind == "BMP"


def test_other_bytes_are_no_picture() -> None:
    assert image_size(b"%PDF-1.7 and so on and so on") is None
    assert image_size(b"") is None
