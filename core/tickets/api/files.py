"""Files as answers: to be saved, and never shown in place."""

from urllib.parse import quote

from aiohttp import web

from core.attachments.model import Content


def saved(found: Content) -> web.Response:
    """A file with its name and type; nobody in between keeps it, and no browser guesses what it is."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.attachment.name, safe='')}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(body=found.content, content_type=found.attachment.media_type, headers=headers)
