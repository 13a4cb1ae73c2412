"""E-mail through a real SMTP server: both texts, the way to stop it, and what the server's refusals mean."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any, cast

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from core.kernel.errors import DeliveryError
from core.messaging.model import Outgoing, Part
from i18n.translator import translator
from notifications.channels.email import Email, Server
from notifications.composing import compose
from notifications.failures import AddressGone, FateUnknown
from notifications.letter import Sender, letter
from notifications.message import File, Message
from tests.notifications.examples import FACTS

EN = translator("en")
SENDER = Sender("Acme & Söhne <news@example.org>", "https://acme.example")


@dataclass
class Mailbox:
    """What the server does with mail."""

    refuse_recipient: str = ""
    refuse_text: str = ""
    hangs_up: bool = False
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  aiosmtpd names it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  as above
        if self.hangs_up:
            assert server.transport is not None
            cast("asyncio.WriteTransport", server.transport).abort()
            return "250 never seen"
        if self.refuse_text:
            return self.refuse_text
        assert isinstance(envelope.content, bytes)
        parsed = BytesParser(_class=EmailMessage, policy=default).parsebytes(envelope.content)
        self.mails.append(parsed)
        self.envelopes.append(envelope)
        return "250 OK"


@asynccontextmanager
async def mail_server(mailbox: Mailbox) -> AsyncIterator[Email]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(mailbox, hostname="mail.example.org", loop=loop), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    email = Email(Server("127.0.0.1", port, use_tls=False), SENDER)
    try:
        yield email
    finally:
        await email.close()
        server.close()


def outgoing(kind: str = "points.expiring", number: int = 0, **more: Any) -> Outgoing:
    part = {"id": 17, "kind": kind, "facts": FACTS[kind][number]}
    given = {"id": 17, "parts": (part,), "chat_id": None, "email": "ana@example.com", "name": "Ana, <b>Ruiz\r\nBcc: x"}
    return Outgoing.model_validate({**given, "unsubscribe": "tok-1", "attempt": 1, "lapses_at": None, **more})


async def sent(email: Email, one: Outgoing, language: str = "en") -> None:
    tr = translator(language)
    await email.send(one, compose(one, tr), tr)


def text_of(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    content: str = body.get_content()
    return content


async def test_an_email_has_both_texts_and_the_way_to_stop_it() -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as email:
        await sent(email, outgoing())
    [mail], [envelope] = mailbox.mails, mailbox.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("news@example.org", ["ana@example.com"])
    assert mail["From"].addresses[0].display_name == "Acme & Söhne"
    assert mail["To"].addresses[0].display_name == "Ana, <b>Ruiz Bcc: x"
    assert mail["Bcc"] is None
    assert mail["Subject"] == "1,500 stars expire at the end of Dec 31, 2026"
    assert mail["Message-ID"] == "<message-17@example.org>"
    assert mail["List-Unsubscribe"] == "<https://acme.example/v1/unsubscribe/tok-1>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "⏳ 1,500 stars expire" in text_of(mail, "plain")
    assert "https://acme.example/v1/unsubscribe/tok-1" in text_of(mail, "plain")
    assert '<a href="https://acme.example/v1/unsubscribe/tok-1">' in text_of(mail, "html")


@pytest.mark.parametrize(
    ("name", "media_type"), [("Rechnung ä.pdf", "application/pdf"), ("a.csv", "text/csv"), ("v.ogg", "audio/ogg")]
)
async def test_a_file_is_attached(name: str, media_type: str) -> None:
    mailbox, file = Mailbox(), File(name, media_type, b"\x00\xffall of it\r\n")
    facts = {"ticket": 7, "file": 3, "name": name, "media_type": media_type}
    mail = outgoing().model_copy(update={"parts": (Part(id=17, kind="ticket.file", facts=facts),)})
    async with mail_server(mailbox) as email:
        await email.send(mail, replace(compose(mail, EN), file=file), EN)
    [part] = list(mailbox.mails[0].iter_attachments())
    assert (part.get_filename(), part.get_content_type()) == (name, media_type)
    assert part.get_payload(decode=True) == file.content
    assert f"File for your ticket 7: {name}" in text_of(mailbox.mails[0], "plain")


async def test_a_name_is_no_markup() -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as email:
        await sent(email, outgoing("month_end"))
    [mail] = mailbox.mails
    assert "Ana <&_*> Ruiz: 700" in text_of(mail, "plain")
    assert "Ana &lt;&amp;_*&gt; Ruiz: 700" in text_of(mail, "html")


@pytest.mark.parametrize("subject", ["News\r\nBcc: x@example.org", "News\u2028Bcc: x", "News\x0bx", "News\x85x"])
def test_whatever_stands_in_a_subject_closes_no_address_and_makes_no_header(subject: str) -> None:
    mail = letter(outgoing(), Message("text", None, subject), SENDER, translator("en"))
    assert mail["Bcc"] is None
    assert bytes(mail).count(b"Subject: News ") == 1


async def test_a_language_that_runs_from_right_to_left_does() -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as email:
        await sent(email, outgoing(), "ar")
    [mail] = mailbox.mails
    assert '<html lang="ar" dir="rtl">' in text_of(mail, "html")
    assert mail["Content-Language"] == "ar"


async def test_without_a_public_address_no_link_is_promised() -> None:
    mailbox = Mailbox()
    async with mail_server(mailbox) as email:
        email._sender = Sender("news@example.org")
        await sent(email, outgoing())
    [mail] = mailbox.mails
    assert mail["List-Unsubscribe"] is None
    assert "unsubscribe" not in text_of(mail, "html")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("550 5.1.1 no such user", AddressGone),
        ("550 unknown", AddressGone),
        ("550 5.7.1 relaying denied", DeliveryError),
        ("552 5.2.2 mailbox full", DeliveryError),
        ("450 4.2.0 greylisted", DeliveryError),
    ],
)
async def test_what_it_means_that_a_recipient_is_refused(answer: str, kind: type[DeliveryError]) -> None:
    async with mail_server(Mailbox(refuse_recipient=answer)) as email:
        with pytest.raises(DeliveryError) as caught:
            await sent(email, outgoing())
    assert type(caught.value) is kind
    assert caught.value.permanent == (kind is AddressGone)


async def test_a_text_that_is_refused_did_not_go() -> None:
    async with mail_server(Mailbox(refuse_text="451 try later")) as email:
        with pytest.raises(DeliveryError, match="smtp 451") as caught:
            await sent(email, outgoing())
    assert type(caught.value) is DeliveryError


async def test_a_connection_lost_over_the_text_leaves_its_fate_unknown() -> None:
    async with mail_server(Mailbox(hangs_up=True)) as email:
        with pytest.raises(FateUnknown):
            await sent(email, outgoing())


async def test_without_a_server_nothing_went_out() -> None:
    email = Email(Server("127.0.0.1", 9, use_tls=False), SENDER)
    with pytest.raises(DeliveryError) as caught:
        await sent(email, outgoing())
    assert type(caught.value) is DeliveryError
    assert not caught.value.permanent


@pytest.mark.parametrize("address", ["nobody", "añá@example.com", "ana@example.com\r\nBcc: all@example.com"])
async def test_what_is_no_address_is_gone(address: str) -> None:
    email = Email(Server("127.0.0.1", 9, use_tls=False), SENDER)
    with pytest.raises(AddressGone):
        await sent(email, outgoing(email=address))
