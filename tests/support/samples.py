"""The smallest files of each kind that people send; `JPEG` and `PNG` are real pictures, which Telegram would show."""

from functools import cache
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from PIL import Image


@cache
def picture(kind: str, colour: str = "teal", size: tuple[int, int] = (64, 48)) -> bytes:
    """A picture of one colour; `kind` as Pillow calls it."""
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def _zipped(*members: tuple[str, str]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as file:
        for name, text in members:
            file.writestr(name, text)
    return written.getvalue()


JPEG, PNG, WEBP = picture("JPEG"), picture("PNG"), picture("WEBP")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OGG = b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead\x01\x01" + bytes(40)
M4A = b"\x00\x00\x00\x18ftypM4A " + bytes(16)
MP4 = b"\x00\x00\x00\x18ftypisom" + bytes(16)
DOCX = _zipped(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<document/>"))
XLSX = _zipped(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"))
ODS = _zipped(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<c/>"))
