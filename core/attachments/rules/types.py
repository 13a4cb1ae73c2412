"""What a file is, told by its content: a small table of signatures, and what is plain text."""

from collections.abc import Callable
from dataclasses import dataclass

ZIP = b"PK\x03\x04"
FIRST_MEMBER = 30
"""Byte at which a zip names its first member; an OpenDocument file has `mimetype` there, not compressed."""
HEIF = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1"})
VIDEO = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"})
SOUND = frozenset({b"M4A ", b"M4B "})
MP3_FRAME = frozenset({0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2})
"""Second byte of an MP3 frame: MPEG 1, 2 or 2.5, layer III, with a checksum or without."""
MACROS = b"vbaProject.bin"
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<?php", b"#!", b"{\\rtf")
"""How texts begin that a program would run or draw: none of them is a note or a table."""
NOT_IN_TEXT = bytes(sorted(set(range(32)) - {9, 10, 12, 13} | {127}))
BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that we take."""

    media_type: str
    extensions: tuple[str, ...]
    """Those that its name may end in; the first where it has none of them."""
    stem: str
    """What a file without a name of its own is called."""
    is_it: Callable[[bytes], bool]


def kind_of(content: bytes, name: str) -> Kind | None:
    """The kind of a file, by its content alone; only among plain texts its name's ending decides.

    | content                          | name        | kind            |
    | -------------------------------- | ----------- | --------------- |
    | JPEG                             | invoice.pdf | image/jpeg      |
    | a program for Windows            | photo.jpg   | None            |
    | plain text                       | list.csv    | text/csv        |
    | plain text                       | notes       | text/plain      |
    | plain text                       | run.bat     | None            |
    | HTML                             | notes.txt   | None            |
    | a Word document with macros      | letter.docx | None            |
    """
    found = next((kind for kind in BINARY if kind.is_it(content)), None)
    if found is not None:
        return found
    stem, _, ending = name.lower().rpartition(".")
    if not _is_text(content):
        return None
    return next((kind for kind in TEXTS if ending in kind.extensions), None if stem else TEXTS[0])


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signatures)


def _is_webp(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def _brand(brands: frozenset[bytes]) -> Callable[[bytes], bool]:
    return lambda content: content[4:8] == b"ftyp" and content[8:12] in brands


def _is_mp3(content: bytes) -> bool:
    return content.startswith(b"ID3") or (content[:1] == b"\xff" and content[1:2] != b"" and content[1] in MP3_FRAME)


def _office(part: bytes) -> Callable[[bytes], bool]:
    """Office Open XML names its parts in plain bytes, whatever else is compressed; macros are refused."""

    def is_it(content: bytes) -> bool:
        return (
            content.startswith(ZIP) and b"[Content_Types].xml" in content and part in content and MACROS not in content
        )

    return is_it


def _open_document(kind: bytes) -> Callable[[bytes], bool]:
    written = b"mimetypeapplication/vnd.oasis.opendocument." + kind

    def is_it(content: bytes) -> bool:
        return content.startswith(ZIP) and content.startswith(written, FIRST_MEMBER)

    return is_it


def _is_text(content: bytes) -> bool:
    """UTF-8, UTF-16 with its mark, or a Western code page, without control characters and nothing a program runs."""
    encoding = next((name for mark, name in BOMS if content.startswith(mark)), None)
    if encoding is not None:
        try:
            content = content.decode(encoding).encode()
        except UnicodeDecodeError:
            return False
    beginning = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower()
    return not beginning.startswith(MARKUP) and len(content.translate(None, NOT_IN_TEXT)) == len(content)


WORDS = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
BINARY = (
    Kind("image/jpeg", ("jpg", "jpeg"), "photo", _starts(b"\xff\xd8\xff")),
    Kind("image/png", ("png",), "picture", _starts(b"\x89PNG\r\n\x1a\n")),
    Kind("image/webp", ("webp",), "picture", _is_webp),
    Kind("image/heic", ("heic", "heif"), "photo", _brand(HEIF)),
    Kind("application/pdf", ("pdf",), "document", _starts(b"%PDF-")),
    Kind("audio/ogg", ("ogg", "oga", "opus"), "voice", _starts(b"OggS")),
    Kind("audio/mpeg", ("mp3",), "sound", _is_mp3),
    Kind("audio/mp4", ("m4a",), "sound", _brand(SOUND)),
    Kind("video/mp4", ("mp4", "m4v"), "video", _brand(VIDEO)),
    Kind(f"{WORDS}wordprocessingml.document", ("docx",), "document", _office(b"word/document.xml")),
    Kind(f"{WORDS}spreadsheetml.sheet", ("xlsx",), "table", _office(b"xl/workbook.xml")),
    Kind(f"{OPEN}text", ("odt",), "document", _open_document(b"text")),
    Kind(f"{OPEN}spreadsheet", ("ods",), "table", _open_document(b"spreadsheet")),
)
TEXTS = (
    Kind("text/plain", ("txt", "md", "log"), "note", _is_text),
    Kind("text/csv", ("csv", "tsv"), "table", _is_text),
)
ENDINGS = frozenset(ending for kind in (*BINARY, *TEXTS) for ending in kind.extensions)
"""Every ending that a name of a file we take may have."""
