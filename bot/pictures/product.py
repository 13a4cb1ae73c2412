"""A product's picture, as the company keeps it, made fit to be sent."""

from io import BytesIO

from PIL import Image

SIDE_MAX = 1280
QUALITY = 88


class PictureUnusable(Exception):
    """What the company keeps cannot be read as a picture, or is too large to be opened."""


def sendable(content: bytes) -> bytes:
    """The picture as JPEG, no larger than a phone shows.

    Args:
        content: PNG, JPEG or WebP.

    Raises:
        PictureUnusable: it cannot be opened.
    """
    try:
        opened = Image.open(BytesIO(content))
        opened.thumbnail((SIDE_MAX, SIDE_MAX))
        bare = opened.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PictureUnusable from error
    on_white = Image.new("RGB", bare.size, "white")
    on_white.paste(bare, mask=bare.getchannel("A"))
    made = BytesIO()
    on_white.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()
