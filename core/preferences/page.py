"""The page behind the link at the end of an e-mail: one question, one button, for whoever has the e-mail. Pure."""

import html

from i18n.translator import Translator

STYLE = "font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem"
BUTTON = "font:inherit;padding:.5rem 1rem"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
"""The address is the proof: it is to be kept nowhere and told to nobody."""


def question(tr: Translator, *, everything: bool) -> str:
    """What the button would end; looking at the page ends nothing, for mail programs look at every link."""
    label = html.escape(tr("Stop these messages"))
    button = f'<form method="post"><button style="{BUTTON}">{label}</button></form>'
    return _page(tr, tr("Do you want to stop these messages?"), _scope(tr, everything=everything), button)


def done(tr: Translator, *, everything: bool) -> str:
    """It is ended."""
    return _page(tr, tr("Done, these messages have stopped."), _scope(tr, everything=everything), "")


def _scope(tr: Translator, *, everything: bool) -> str:
    if everything:
        return tr("It's about everything that the company sends you by itself, by e-mail or in the chat.")
    return tr("It's about messages on the same topic as that e-mail. All others keep coming.")


def _page(tr: Translator, title: str, text: str, form: str) -> str:
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>'
    )
    said = f"<h1>{html.escape(title)}</h1><p>{html.escape(text)}</p>{form}"
    direction = "rtl" if tr.rtl else "ltr"
    return (
        f'<!doctype html><html lang="{tr.language}" dir="{direction}"><head>{head}</head>'
        f'<body style="{STYLE}">{said}</body></html>'
    )
