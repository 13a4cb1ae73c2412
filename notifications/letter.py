"""A message as an e-mail: headers, plain text, and the same in HTML. Pure."""

import html
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from core.messaging.model import Outgoing
from i18n.translator import Translator
from notifications.message import Message

STYLE = "font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:36em;margin:1em auto"
SMALL = "font-size:13px;color:#555"


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom the company's e-mail comes from.

    Attributes:
        public_url: where whoever unsubscribes gets to; None where nothing of ours is reached from outside.
    """

    mail_from: str
    public_url: str | None = None


def letter(outgoing: Outgoing, message: Message, sender: Sender, tr: Translator) -> EmailMessage:
    """The whole e-mail; its id is the message's, so that a mailbox can tell one that came twice.

    Raises:
        ValueError: the address is none.
    """
    name, address = parseaddr(sender.mail_from)
    found = EmailMessage(policy=SMTP)
    found["From"] = Address(name, addr_spec=address)
    found["To"] = Address(_line(outgoing.name or ""), addr_spec=outgoing.email or "")
    found["Subject"] = _line(message.subject)
    found["Message-ID"] = f"<message-{outgoing.id}@{address.rpartition('@')[2]}>"
    found["Auto-Submitted"] = "auto-generated"
    unsubscribe = _unsubscribe(outgoing, sender)
    if unsubscribe is not None:
        found["List-Unsubscribe"] = f"<{unsubscribe}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    found.set_content(_plain(message, unsubscribe, tr))
    found.add_alternative(_html(message, unsubscribe, tr), subtype="html")
    if message.file is not None:
        main, _, sub = message.file.media_type.partition("/")
        found.add_attachment(message.file.content, maintype=main, subtype=sub, filename=_line(message.file.name))
    found["Content-Language"] = tr.language
    return found


def _line(text: str) -> str:
    """The text on one line: whatever stands in it, no header begins within a header."""
    return " ".join(text.split())


def _unsubscribe(outgoing: Outgoing, sender: Sender) -> str | None:
    if outgoing.unsubscribe is None or sender.public_url is None:
        return None
    return f"{sender.public_url}/v1/unsubscribe/{outgoing.unsubscribe}"


def _plain(message: Message, unsubscribe: str | None, tr: Translator) -> str:
    if unsubscribe is None:
        return message.text + "\n"
    stop = tr("Stop e-mails like this one: {address}", address=unsubscribe)
    return f"{message.text}\n\n-- \n{_why(tr)}\n{stop}\n"


def _html(message: Message, unsubscribe: str | None, tr: Translator) -> str:
    """The same text: a paragraph for each of its own, nothing in it taken for markup."""
    said = "".join(f"<p>{_lines(paragraph)}</p>" for paragraph in message.text.split("\n\n"))
    if unsubscribe is not None:
        label = tr("Stop e-mails like this one")
        stop = f'<a href="{html.escape(unsubscribe)}">{html.escape(label)}</a>'
        said += f'<p style="{SMALL}">{html.escape(_why(tr))}<br>{stop}</p>'
    direction = "rtl" if tr.rtl else "ltr"
    head = f'<meta charset="utf-8"><title>{html.escape(message.subject)}</title>'
    return (
        f'<!doctype html><html lang="{tr.language}" dir="{direction}"><head>{head}</head>'
        f'<body dir="{direction}" style="{STYLE}">{said}</body></html>'
    )


def _lines(paragraph: str) -> str:
    return "<br>".join(f"<bdi>{html.escape(line, quote=False)}</bdi>" for line in paragraph.split("\n"))


def _why(tr: Translator) -> str:
    return tr("You get this by e-mail because no chat is connected to your account.")
