"""A product's picture, made fit to be sent."""

from io import BytesIO

import pytest
from PIL import Image

from bot.pictures.product import SIDE_MAX, PictureUnusable, sendable


def kept(size: tuple[int, int], form: str, mode: str = "RGB") -> bytes:
    made = BytesIO()
    Image.new(mode, size).save(made, form)
    return made.getvalue()


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "L"), ("WEBP", "RGBA")]
)
def test_every_kind_of_picture_is_sent_as_a_jpeg(form: str, mode: str) -> None:
    made = Image.open(BytesIO(sendable(kept((40, 30), form, mode))))
    assert (made.format, made.size, made.mode) == ("JPEG", (40, 30), "RGB")


def test_a_large_one_becomes_as_small_as_a_phone_shows() -> None:
    made = Image.open(BytesIO(sendable(kept((4000, 2000), "PNG"))))
    assert made.size == (SIDE_MAX, SIDE_MAX // 2)


def test_what_is_see_through_lies_on_white() -> None:
    made = Image.open(BytesIO(sendable(kept((4, 4), "PNG", "RGBA")))).convert("RGB")
    assert made.getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("content", [b"", b"no picture", kept((400, 300), "PNG")[:60]])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureUnusable):
        sendable(content)
