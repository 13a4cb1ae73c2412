"""What banks write, read: pain.002, camt.053 and camt.054, and CSV."""

from datetime import date

import pytest

from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import read_sheet
from core.payments.model import Entry, ReportUnreadable, Status
from core.payments.rules import report_csv
from core.payments.rules.report_xml import entries

PAIN = """<?xml version="1.0" encoding="UTF-8"?>
<!-- from the bank -->
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>B1</MsgId><CreDtTm>2026-11-25T08:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>UP-1</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>
{block}</CstmrPmtStsRpt></Document>"""
PARTLY = """<OrgnlPmtInfAndSts><OrgnlPmtInfId>UP-1</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>
<TxInfAndSts><OrgnlEndToEndId>A</OrgnlEndToEndId><TxSts>ACSC</TxSts>
<AccptncDtTm>2026-11-25T07:00:00+01:00</AccptncDtTm></TxInfAndSts>
<TxInfAndSts><OrgnlEndToEndId>B</OrgnlEndToEndId><TxSts>RJCT</TxSts>
<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>account of Ana closed</AddtlInf></StsRsnInf>
<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">20.00</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>
<TxInfAndSts><OrgnlEndToEndId>C</OrgnlEndToEndId><TxSts>PDNG</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>"""
CAMT = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.05{kind}.001.08"><{root}><GrpHdr/><{part}>
<Ntry><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>{side}</CdtDbtInd>{more}<Sts><Cd>{status}</Cd></Sts>
<BookgDt><Dt>2026-11-26</Dt></BookgDt><NtryDtls>{details}</NtryDtls></Ntry></{part}></{root}></Document>"""
STATEMENT = {"kind": "3", "root": "BkToCstmrStmt", "part": "Stmt"}
NOTICE = {"kind": "4", "root": "BkToCstmrDbtCdtNtfctn", "part": "Ntfctn"}
ONE = "<TxDtls><Refs><EndToEndId>A</EndToEndId></Refs></TxDtls>"
BACK = "<TxDtls><Refs><EndToEndId>A</EndToEndId></Refs><RtrInf><Rsn><Cd>MD07</Cd></Rsn></RtrInf></TxDtls>"
BATCH = "<Btch><PmtInfId>UP-1</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>"
BOOKED = date(2026, 11, 26)


def camt(side: str, details: str, *, status: str = "BOOK", more: str = "", **words: str) -> list[tuple[object, ...]]:
    text = CAMT.format(side=side, details=details, status=status, more=more, **(words or STATEMENT))
    return [said(one) for one in entries(text.encode())]


def said(one: Entry) -> tuple[object, ...]:
    return one.status.value, one.end_to_end_id or one.message_id, one.reason, one.on, one.amount_minor


def pain(group: str, block: str = "") -> list[tuple[object, ...]]:
    return [said(one) for one in entries(PAIN.format(group=group, block=block).encode())]


def test_single_payments_are_paid_refused_or_only_taken_in() -> None:
    assert pain("<GrpSts>PART</GrpSts>", PARTLY) == [
        ("paid", "A", None, date(2026, 11, 25), None),
        ("returned", "B", "AC04", None, 2000),
        ("accepted", "C", None, None, None),
    ]


def test_entries_have_the_lines_that_they_stand_on() -> None:
    text = PAIN.format(group="", block=PARTLY)
    assert [one.line for one in entries(text.encode())] == [7, 9, 12]


def test_a_whole_file_is_refused_with_its_reason() -> None:
    group = "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>"
    assert pain(group) == [("returned", "UP-1", "FF01", None, None)]
    named = "<OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>A</OrgnlEndToEndId></TxInfAndSts></OrgnlPmtInfAndSts>"
    assert pain(group, named)[1] == ("returned", "A", "FF01", None, None)


@pytest.mark.parametrize("words", [STATEMENT, NOTICE])
def test_a_booked_debit_is_paid(words: dict[str, str]) -> None:
    assert camt("DBIT", ONE, **words) == [("paid", "A", None, BOOKED, 1000)]


def test_a_credit_that_says_so_is_a_return_and_any_other_is_not_ours() -> None:
    assert camt("CRDT", BACK) == [("returned", "A", "MD07", BOOKED, 1000)]
    assert camt("CRDT", ONE, more="<RvslInd>true</RvslInd>") == [("returned", "A", None, BOOKED, 1000)]
    assert camt("CRDT", ONE) == []


def test_what_is_not_booked_or_names_nothing_is_passed_by() -> None:
    assert camt("DBIT", ONE, status="PDNG") == []
    assert camt("DBIT", ONE.replace(">A<", ">NOTPROVIDED<")) == []


def test_a_file_booked_in_one_sum_is_told_by_its_id() -> None:
    assert camt("DBIT", BATCH) == [("paid", "UP-1", None, BOOKED, 1000)]


@pytest.mark.parametrize(
    "content",
    [
        b"<a/>",
        b"<a",
        b"",
        b'<!DOCTYPE Document [<!ENTITY a "b">]><Document><BkToCstmrStmt>&a;</BkToCstmrStmt></Document>',
        b"<Document><CstmrCdtTrfInitn/></Document>",
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(ReportUnreadable):
        entries(content)


def test_csv_says_the_same_and_tells_each_fault_with_line_and_column() -> None:
    text = (
        "end_to_end_id,status,reason,date,amount,currency\n"
        "A,paid,,2026-11-26,10.00,EUR\nB,Rejected,AC04,,,\nC,lost,,2026-13-01,,\nD,paid,,,1.234,EUR\nE,paid,,,1,XXQ\n"
    )
    findings = Findings()
    sheet = read_sheet(text.encode().splitlines(keepends=True), report_csv.COLUMNS, findings, lambda _count: None)
    assert sheet is not None
    found = report_csv.entries(sheet, findings)
    assert [said(one) for one in found] == [("paid", "A", None, BOOKED, 1000), ("returned", "B", "AC04", None, None)]
    assert [(one.line, one.column) for one in findings.all()] == [
        (4, "status"),
        (4, "date"),
        (5, "amount"),
        (6, "currency"),
    ]
    assert found[0].status is Status.PAID
