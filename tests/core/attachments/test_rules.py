import pytest

from core.attachments.rules.names import safe_name
from core.attachments.rules.types import BINARY, TEXTS, kind_of
from tests.support.samples import DOCX, JPEG, M4A, MP4, ODS, OGG, PDF, PNG, WEBP, XLSX

KINDS = {ending: kind for kind in (*BINARY, *TEXTS) for ending in kind.extensions}


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (JPEG, "invoice.pdf", "image/jpeg"),
        (PNG, "", "image/png"),
        (WEBP, "a", "image/webp"),
        (b"\0\0\0\x18ftypheic", "IMG_1.HEIC", "image/heic"),
        (PDF, "photo.jpg", "application/pdf"),
        (OGG, "", "audio/ogg"),
        (b"ID3\x04", "", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "", "audio/mpeg"),
        (M4A, "", "audio/mp4"),
        (MP4, "", "video/mp4"),
        (DOCX, "x.zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (XLSX, "", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (ODS, "", "application/vnd.oasis.opendocument.spreadsheet"),
        ("Número; Größe".encode(), "list.csv", "text/csv"),
        ("Größe".encode("cp1252"), "LIST.CSV", "text/csv"),
        (b"\xff\xfe" + "Größe".encode("utf-16-le"), "notes.txt", "text/plain"),
        ("شكراً 🎉".encode(), "notes", "text/plain"),
        (b"just words", "run.bat", None),
        (b"<html><script>", "notes.txt", None),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "notes.txt", None),
        (b"#!/bin/sh\n", "notes.txt", None),
        (b"MZ\x90\x00\x03", "photo.jpg", None),
        (b"\x7fELF", "photo.jpg", None),
        (b"a\0b", "notes.txt", None),
        (b"\xff\xfe\x00\xd8", "notes.txt", None),  # half a character
        (DOCX + b"word/vbaProject.bin", "letter.docx", None),
        (b"PK\x03\x04" + bytes(100), "letter.docx", None),
        (b"RIFF1234WAVE", "sound.webp", None),
        (b"\xff", "", "text/plain"),  # one letter of a Western code page, and too short for a sound
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, name: str, expected: str | None) -> None:
    found = kind_of(content, name)
    assert (found and found.media_type) == expected


@pytest.mark.parametrize(
    ("name", "ending", "expected"),
    [
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("C:\\Users\\Ana\\foto.JPG", "jpg", "foto.jpg"),
        ("invoice.pdf", "jpg", "invoice.jpg"),
        ("report.pdf.exe", "pdf", "report.pdf.exe.pdf"),
        ("foto\u202egpj.exe", "jpg", "fotogpj.exe.jpg"),
        ("a\u200bb\ufeff\x00\x1b[31m.png", "png", "ab[31m.png"),
        ("two\nlines\t of  it.txt", "txt", "two lines of it.txt"),
        ("con.txt", "txt", "_con.txt"),
        ("COM1.old.txt", "txt", "_COM1.old.txt"),
        (".htaccess", "txt", "htaccess.txt"),
        ("...", "jpg", "photo.jpg"),
        ("", "ogg", "voice.ogg"),
        ("/", "csv", "table.csv"),
        ("\u200d", "png", "picture.png"),
        ('a<b>:"c|?*.png', "png", "a_b___c___.png"),
        ("factura año 2026 👩‍👧.jpeg", "jpg", "factura año 2026 👩‍👧.jpeg"),
        ("فاتورة.pdf", "pdf", "فاتورة.pdf"),
        ("cafe\u0301.png", "png", "café.png"),
        ("x" * 300 + ".png", "png", "x" * 76 + ".png"),
        ("a b " * 100, "docx", ("a b " * 100)[:75].strip() + ".docx"),
    ],
)
def test_a_name_is_safe_and_fits_the_content(name: str, ending: str, expected: str) -> None:
    found = safe_name(name, KINDS[ending])
    assert found == expected
    assert 1 <= len(found) <= 80
    assert safe_name(found, KINDS[ending]) == found
