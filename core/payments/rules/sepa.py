"""SEPA credit transfers: pain.001, written by sepaxml and checked against its schema.

sepaxml takes the time and its ids from the clock and from chance. They are put in afterwards from what is stored, so
that a file that has to be made again is the same, byte for byte, and the bank recognises it by its id.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree
from sepaxml import SepaTransfer

from core.payments.model import AccountKind, Format
from core.payments.rules.accounts import EURO, bank_text
from core.payments.rules.files import BankFile

TEXT_LENGTH_MAX = 140
NOT_PROVIDED = "NOTPROVIDED"


def pain001(file: BankFile) -> bytes:
    """The file as XML.

    All its payments are one group, whose id is the message's, because banks report by either.
    """
    assert file.currency == EURO, "SEPA pays euros"
    assert all(one.kind is AccountKind.IBAN for one in file.transfers), "SEPA pays to IBANs"
    payer = file.payer
    config = {"name": bank_text(payer.holder), "IBAN": payer.account, "batch": True, "currency": EURO}
    writer = SepaTransfer(
        config | ({"BIC": payer.bank_code} if payer.bank_code else {}), schema=payer.format.value, clean=False
    )
    for one in file.transfers:
        words: dict[str, Any] = {
            "name": bank_text(one.holder),
            "IBAN": one.account,
            "amount": one.amount_minor,
            "execution_date": file.execution_on,
            "description": bank_text(one.text, TEXT_LENGTH_MAX),
            "endtoend_id": one.end_to_end_id,
        }
        writer.add_payment(words | ({"BIC": one.bank_code} if one.bank_code else {}))
    document = etree.fromstring(writer.export(validate=False))
    _sign(document, file)
    schema(payer.format).assertValid(document)
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8"))


@cache
def schema(version: Format) -> etree.XMLSchema:
    """The schema of a version, as ISO 20022 publishes it."""
    text = files("sepaxml").joinpath("schemas", f"{version.value}.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(text))


def _sign(document: Any, file: BankFile) -> None:
    space = {"p": document.nsmap[None]}
    stored = {
        "p:CstmrCdtTrfInitn/p:GrpHdr/p:MsgId": file.message_id,
        "p:CstmrCdtTrfInitn/p:GrpHdr/p:CreDtTm": f"{file.created_at:%Y-%m-%dT%H:%M:%S}",
        "p:CstmrCdtTrfInitn/p:PmtInf/p:PmtInfId": file.message_id,
    }
    for path, words in stored.items():
        [element] = document.findall(path, space)
        element.text = words
    if not file.payer.bank_code:
        _say_no_bic(document, space)


def _say_no_bic(document: Any, space: Mapping[str, str]) -> None:
    """The schema would take silence; the rule books of SEPA want it said."""
    [bank] = document.findall("p:CstmrCdtTrfInitn/p:PmtInf/p:DbtrAgt/p:FinInstnId", space)
    other = etree.SubElement(bank, f"{{{space['p']}}}Othr")
    etree.SubElement(other, f"{{{space['p']}}}Id").text = NOT_PROVIDED
