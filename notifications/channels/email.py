"""E-mail, as a channel: for whoever has no chat."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import aiosmtplib

from core.kernel.errors import DeliveryError
from core.messaging.model import Outgoing
from i18n.translator import Translator
from notifications.failures import AddressGone, FateUnknown
from notifications.letter import Sender, letter
from notifications.message import Message

TIMEOUT_S = 30.0
PORTS = {"smtp": 587, "smtps": 465}
NO_MAILBOX = frozenset({550, 551, 553})
BAD_ADDRESS = ("5.1.", "5.2.1")
"""What a server says of an address that takes no mail, as RFC 3463 numbers it."""
LOST = (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, OSError)


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail goes out: host, port, whether it is encrypted from the start, and who we are there."""

    host: str
    port: int
    use_tls: bool
    username: str | None = None
    password: str | None = None

    @classmethod
    def of(cls, url: str) -> "Server":
        """By an address such as `smtps://name:secret@mail.example.org` or `smtp://localhost:25`."""
        parts = urlsplit(url)
        name, secret = (unquote(text) if text else None for text in (parts.username, parts.password))
        return cls(parts.hostname or "", parts.port or PORTS[parts.scheme], parts.scheme == "smtps", name, secret)


class Email:
    """Sends by the company's mail server; where the server offers encryption, it is used."""

    def __init__(self, server: Server, sender: Sender) -> None:
        self._server, self._sender = server, sender

    async def send(self, outgoing: Outgoing, message: Message, tr: Translator) -> None:
        """Send one e-mail.

        Raises:
            AddressGone: there is no such mailbox.
            FateUnknown: the connection was lost when the whole text was on its way.
            DeliveryError: the server cannot be reached, or does not take it; another try can help.
        """
        try:
            mail = letter(outgoing, message, self._sender, tr)
            to = mail["To"].addresses[0].addr_spec
            to.encode("ascii")
        except ValueError:  # UnicodeError is one
            raise AddressGone("address_invalid") from None
        smtp = aiosmtplib.SMTP(
            hostname=self._server.host,
            port=self._server.port,
            use_tls=self._server.use_tls,
            username=self._server.username,
            password=self._server.password,
            timeout=TIMEOUT_S,
        )
        await _hand_over(smtp, mail["From"].addresses[0].addr_spec, to, bytes(mail))

    async def close(self) -> None:
        """Nothing is kept open."""


async def _hand_over(smtp: aiosmtplib.SMTP, sender: str, to: str, mail: bytes) -> None:
    is_on_its_way = False
    try:
        await smtp.connect()
        await smtp.mail(sender)
        await smtp.rcpt(to)
        is_on_its_way = True
        await smtp.data(mail)
        is_on_its_way = False
    except aiosmtplib.SMTPRecipientRefused as error:
        raise _refused(error.code, error.message) from None
    except aiosmtplib.SMTPResponseException as error:
        raise DeliveryError(f"smtp {error.code}", permanent=False) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        kind = FateUnknown if is_on_its_way and isinstance(error, LOST) else None
        name = type(error).__name__
        raise (kind(name) if kind else DeliveryError(name, permanent=False)) from None
    finally:
        smtp.close()


def _refused(code: int, told: str) -> DeliveryError:
    """What it means that a server does not take a recipient.

    | answer                        | means                                             |
    | ----------------------------- | ------------------------------------------------- |
    | 550 5.1.1 no such user        | the mailbox is gone                               |
    | 550 unknown                   | the mailbox is gone                               |
    | 550 5.7.1 relaying denied     | our own trouble: another try, once it is mended   |
    | 552 5.2.2 mailbox full        | another try                                       |
    | 450 4.2.0 greylisted          | another try                                       |
    """
    status = told.split(" ", 1)[0]
    has_status = status[:2] in ("4.", "5.") and status[1:].replace(".", "").isdigit()
    is_gone = status.startswith(BAD_ADDRESS) if has_status else code in NO_MAILBOX
    return AddressGone(f"smtp {code}") if is_gone else DeliveryError(f"smtp {code}", permanent=False)
