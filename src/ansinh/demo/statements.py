"""Tệp sao kê giả lập: one bank file of an account and a month, as camt.053 or as a bank's spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter
from lxml import etree

from ansinh.kernel.months import Month

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


@dataclass(frozen=True)
class Credit:
    """Một khoản báo có: `reference` is the bank's own; `amount` in dong."""

    reference: str
    day: date
    amount: int
    text: str
    payer_name: str
    payer_account: str


def camt053(account: str, month: Month, credits_in: Sequence[Credit], opening: int) -> bytes:
    """Sao kê ISO 20022 camt.053: with its balances."""
    document = etree.Element(f"{{{NAMESPACE}}}Document", nsmap={None: NAMESPACE})
    message = _add(document, "BkToCstmrStmt")
    head = _add(message, "GrpHdr")
    _add(head, "MsgId", f"SK{account}{month.index}")
    _add(head, "CreDtTm", f"{month.last_day.isoformat()}T18:00:00")
    statement = _add(message, "Stmt")
    _add(statement, "Id", f"{account}-{month}")
    _add(_add(_add(_add(statement, "Acct"), "Id"), "Othr"), "Id", account)
    statement.find("{*}Acct").append(etree.Element(f"{{{NAMESPACE}}}Ccy"))
    statement.find("{*}Acct/{*}Ccy").text = "VND"
    for kind, amount, day in (
        ("OPBD", opening, month.first_day),
        ("CLBD", opening + sum(c.amount for c in credits_in), month.last_day),
    ):
        balance = _add(statement, "Bal")
        _add(_add(_add(balance, "Tp"), "CdOrPrtry"), "Cd", kind)
        _add(balance, "Amt", str(amount)).set("Ccy", "VND")
        _add(balance, "CdtDbtInd", "CRDT")
        _add(_add(balance, "Dt"), "Dt", day.isoformat())
    for credit in credits_in:
        entry = _add(statement, "Ntry")
        _add(entry, "NtryRef", credit.reference)
        _add(entry, "Amt", str(credit.amount)).set("Ccy", "VND")
        _add(entry, "CdtDbtInd", "CRDT")
        _add(_add(entry, "Sts"), "Cd", "BOOK")
        _add(_add(entry, "BookgDt"), "Dt", credit.day.isoformat())
        _add(_add(entry, "ValDt"), "Dt", credit.day.isoformat())
        _add(entry, "AcctSvcrRef", credit.reference)
        details = _add(_add(entry, "NtryDtls"), "TxDtls")
        _add(_add(details, "Refs"), "AcctSvcrRef", credit.reference)
        parties = _add(details, "RltdPties")
        _add(_add(_add(parties, "Dbtr"), "Pty"), "Nm", credit.payer_name)
        _add(_add(_add(_add(parties, "DbtrAcct"), "Id"), "Othr"), "Id", credit.payer_account)
        _add(_add(details, "RmtInf"), "Ustrd", credit.text)
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8"))


def workbook(account: str, month: Month, credits_in: Sequence[Credit], opening: int) -> bytes:
    """Sao kê dạng bảng tính: as an internet-banking site gives it out, with the running balance."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Sao ke")
    day_format = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_string(0, 0, "SAO KÊ TÀI KHOẢN / STATEMENT OF ACCOUNT")
    sheet.write_string(1, 0, f"Số tài khoản: {account}")
    sheet.write_string(2, 0, f"Từ ngày {month.first_day:%d/%m/%Y} đến ngày {month.last_day:%d/%m/%Y}")
    sheet.write_string(3, 0, "Loại tiền: VND")
    sheet.write_string(4, 0, "Số dư đầu kỳ")
    sheet.write_number(4, 1, opening)
    headings = (
        "Ngày giao dịch",
        "Số tham chiếu",
        "Ghi có",
        "Ghi nợ",
        "Số dư",
        "Nội dung",
        "Tên tài khoản đối ứng",
        "Tài khoản đối ứng",
    )
    for column, heading in enumerate(headings):
        sheet.write_string(6, column, heading)
    balance = opening
    for row, credit in enumerate(credits_in, start=7):
        balance += credit.amount
        sheet.write_datetime(row, 0, credit.day, day_format)
        sheet.write_string(row, 1, credit.reference)
        sheet.write_number(row, 2, credit.amount)
        sheet.write_number(row, 4, balance)
        for column, words in enumerate((credit.text, credit.payer_name, credit.payer_account), start=5):
            sheet.write_string(row, column, words)
    last = 8 + len(credits_in)
    sheet.write_string(last, 0, "Số dư cuối kỳ")
    sheet.write_number(last, 1, balance)
    book.close()
    return buffer.getvalue()


def _add(parent: etree._Element, name: str, words: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    child.text = words
    return child
