"""What a bank says in XML: pain.002 (taken in or refused), camt.053 and camt.054 (booked, returned).

Versions differ in their name spaces and in little that matters here, so elements are found by their own names.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

from core.exchange.rules import fields
from core.kernel.money import minor_units
from core.payments.model import Entry, ReportUnreadable, Status

PAIN = "CstmrPmtStsRpt"
CAMTS = ("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn")
SAID = {"ACSC": Status.PAID, "ACCC": Status.PAID, "RJCT": Status.RETURNED, "CANC": Status.RETURNED}
"""Everything else means that the bank has it, or a part of it."""
RETURNED = frozenset({"RRTN", "RPCR", "RRCT"})
"""Sub-families of bookings that take a credit transfer back."""
NAMELESS = (None, "", "NOTPROVIDED")


def entries(content: bytes) -> list[Entry]:
    """What a report says of payments that name an id; other bookings of a statement are none of our business.

    Raises:
        ReportUnreadable: it is no XML, or none of the three kinds.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        document = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReportUnreadable from error
    report = next((one for one in document if _name(one) in (PAIN, *CAMTS)), None)
    tree: Any = document.getroottree()
    if report is None or tree.docinfo.doctype:
        raise ReportUnreadable
    return list(_statuses(report) if _name(report) == PAIN else _bookings(report))


def _statuses(report: Any) -> Iterator[Entry]:
    """pain.002: of single payments, and of whole files where they are refused or done as a whole."""
    group = _first(report, "OrgnlGrpInfAndSts")
    message = _text(group, "OrgnlMsgId")
    if group is not None:
        yield from _of_file(group, message, _text(group, "GrpSts"))
    for block in _all(report, "OrgnlPmtInfAndSts"):
        said = _text(block, "PmtInfSts") or _text(group, "GrpSts")
        yield from _of_file(block, _text(block, "OrgnlPmtInfId") or message, _text(block, "PmtInfSts"))
        for one in _all(block, "TxInfAndSts"):
            yield from _of_payment(one, said, _reason(block) or _reason(group))


def _of_file(element: Any, message: str | None, said: str | None) -> Iterator[Entry]:
    if message is not None and said in SAID:
        yield Entry(element.sourceline, SAID[said], message_id=message, reason=_reason(element))


def _of_payment(element: Any, said: str | None, reason: str | None) -> Iterator[Entry]:
    name = _text(element, "OrgnlEndToEndId")
    if name in NAMELESS:
        return
    status = SAID.get(_text(element, "TxSts") or said or "", Status.ACCEPTED)
    amount, currency = _amount(element, ("OrgnlTxRef/Amt/InstdAmt",))
    yield Entry(
        element.sourceline,
        status,
        end_to_end_id=name,
        reason=(_reason(element) or reason) if status is Status.RETURNED else None,
        on=_day(_text(element, "AccptncDtTm")) if status is Status.PAID else None,
        amount_minor=amount,
        currency=currency,
    )


def _bookings(statement: Any) -> Iterator[Entry]:
    """camt: debits that are booked are paid; credits that undo one are returned; anything else is not ours."""
    for booking in (*_deep(statement, "Stmt/Ntry"), *_deep(statement, "Ntfctn/Ntry")):
        if (_text(booking, "Sts/Cd") or _text(booking, "Sts")) != "BOOK":
            continue
        details = _deep(booking, "NtryDtls/TxDtls")
        for one in details:
            yield from _of_detail(booking, one, is_only=len(details) == 1)
        if not details:
            yield from _of_batch(booking, _deep(booking, "NtryDtls/Btch"))


def _of_detail(booking: Any, detail: Any, *, is_only: bool) -> Iterator[Entry]:
    status = _status(booking, detail)
    if status is None:
        return
    name = _text(detail, "Refs/EndToEndId")
    if name in NAMELESS:
        yield from _of_batch(booking, [_first(detail, "Refs")] if is_only else [])
        return
    amount, currency = _amount(detail, ("AmtDtls/InstdAmt/Amt", "AmtDtls/TxAmt/Amt", "Amt"))
    if amount is None and is_only:
        amount, currency = _amount(booking, ("Amt",))
    yield Entry(
        detail.sourceline,
        status,
        end_to_end_id=name,
        reason=_text(detail, "RtrInf/Rsn/Cd") or _text(detail, "RtrInf/Rsn/Prtry"),
        on=_day(_text(booking, "BookgDt/Dt") or _text(booking, "BookgDt/DtTm")),
        amount_minor=amount,
        currency=currency,
    )


def _of_batch(booking: Any, batches: list[Any]) -> Iterator[Entry]:
    """A booking of a whole file in one sum."""
    message = next((found for one in batches for found in (_text(one, "MsgId"), _text(one, "PmtInfId")) if found), None)
    if message is None or _status(booking, booking) is not Status.PAID:
        return
    amount, currency = _amount(booking, ("Amt",))
    day = _day(_text(booking, "BookgDt/Dt") or _text(booking, "BookgDt/DtTm"))
    yield Entry(booking.sourceline, Status.PAID, message_id=message, on=day, amount_minor=amount, currency=currency)


def _status(booking: Any, detail: Any) -> Status | None:
    side = _text(detail, "CdtDbtInd") or _text(booking, "CdtDbtInd")
    is_reversal = _text(booking, "RvslInd") == "true"
    if side == "DBIT":
        return None if is_reversal else Status.PAID
    family = _text(detail, "BkTxCd/Domn/Fmly/SubFmlyCd") or _text(booking, "BkTxCd/Domn/Fmly/SubFmlyCd")
    is_return = is_reversal or family in RETURNED or _first(detail, "RtrInf") is not None
    return Status.RETURNED if side == "CRDT" and is_return else None


def _reason(element: Any) -> str | None:
    return _text(element, "StsRsnInf/Rsn/Cd") or _text(element, "StsRsnInf/Rsn/Prtry")


def _amount(element: Any, paths: tuple[str, ...]) -> tuple[int | None, str | None]:
    found = next((one for path in paths for one in _deep(element, path)), None)
    if found is None:
        return None, None
    currency, amount = found.get("Ccy", ""), fields.exact((found.text or "").strip())
    if amount is None or not fields.is_currency(currency):
        return None, None
    return minor_units(amount, currency), currency


def _day(text: str | None) -> date | None:
    return fields.day(text[:10]) if text else None


def _name(element: Any) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _all(element: Any, name: str) -> list[Any]:
    return [] if element is None else [one for one in element if _name(one) == name]


def _first(element: Any, name: str) -> Any:
    return next(iter(_all(element, name)), None)


def _deep(element: Any, path: str) -> list[Any]:
    found = [element]
    for name in path.split("/"):
        found = [child for one in found for child in _all(one, name)]
    return found


def _text(element: Any, path: str) -> str | None:
    found = next(iter(_deep(element, path)), None)
    return None if found is None else (found.text or "").strip() or None
