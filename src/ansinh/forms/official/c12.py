"""Mẫu C12-TS: thông báo kết quả đóng BHXH, BHYT, BHTN, BHTNLĐ, BNN.

The employer's monthly statement. One `C12Statement` feeds the workbook here and the PDF in `forms.print`.
Rows are keyed by the block letter and the row number ("A.2.2.1", "B.4.1.2.1", "Đ.3.2").

Source: 366/QĐ-BHXH, form C12-TS and its guide: column 6 is the sum of columns 1-5; hatched cells hold no
figure; surplus is not split by fund; block A is the previous month's block Đ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any, Self

from ansinh.forms.official.layouts import Row, Terms, layout
from ansinh.forms.official.parties import (
    Account,
    Agency,
    Employer,
    Signature,
    date_line,
    short_date,
    transfer_text,
)
from ansinh.forms.official.sheet import MONEY, Sheet
from ansinh.forms.print import vietqr
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month

FUNDS = ("sickness", "retirement", "health", "unemployment", "injury")
"""Columns 1-5: ÔĐTS, HTTT, BHYT, BHTN, BHTNLĐ-BNN."""

PAID_UP_NOTES = (
    ("a", "retirement", "BHXH bắt buộc (quỹ Hưu trí và tử tuất)"),
    ("b", "sickness", "BHXH bắt buộc (quỹ ốm đau, TS)"),
    ("c", "injury", "BHTNLĐ, BNN"),
    ("d", "unemployment", "BHTN"),
    ("đ", "health", "BHYT"),
)

_NO_FIGURE = frozenset({"section", "heading"})
_NO_TOTAL = frozenset({"people", "wages"})
_TOTAL_ONLY = frozenset({"surplus", "payments"})
_NOT_NEGATIVE = ("A.2.1", "Đ.1", "Đ.2.1")


@dataclass(frozen=True, slots=True)
class C12Row:
    """Một dòng C12: dong, people or days by fund, and column 6. None is an empty cell."""

    sickness: int | None = None
    retirement: int | None = None
    health: int | None = None
    unemployment: int | None = None
    injury: int | None = None
    total: int | None = None

    @classmethod
    def money(
        cls, sickness: int = 0, retirement: int = 0, health: int = 0, unemployment: int = 0, injury: int = 0
    ) -> Self:
        """Dòng tiền: column 6 is the sum of the five funds."""
        parts = (sickness, retirement, health, unemployment, injury)
        return cls(*parts, sum(parts))

    @classmethod
    def count(
        cls, sickness: int = 0, retirement: int = 0, health: int = 0, unemployment: int = 0, injury: int = 0
    ) -> Self:
        """Dòng số lao động, quỹ lương hoặc số ngày: no column 6, as adding over funds would mean nothing."""
        return cls(sickness, retirement, health, unemployment, injury)

    @classmethod
    def whole(cls, total: int) -> Self:
        """Dòng chỉ có cột 6: surplus and payments, which belong to no fund."""
        return cls(total=total)

    @property
    def funds(self) -> tuple[int | None, ...]:
        """Cột 1-5."""
        return (self.sickness, self.retirement, self.health, self.unemployment, self.injury)


@dataclass(frozen=True, slots=True)
class C12Payment:
    """Chứng từ nộp tiền: document number (UNC), day, amount; a refund out of surplus is negative."""

    document: str
    paid_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class PaidUp:
    """Kết quả đã đóng của một quỹ: for how many workers, up to the end of which month."""

    workers: int
    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class C12Statement:
    """Thông báo kết quả đóng của một đơn vị trong một tháng.

    `rows` needs only the rows that hold figures. `paid_up` is keyed by fund. `pay_by` is the day of note e,
    `object_by` the objection deadline of note g. Row C may be left out: it is the sum of `payments`.
    """

    agency: Agency
    employer: Employer
    month: Month
    rows: Mapping[str, C12Row]
    payments: Sequence[C12Payment] = ()
    paid_up: Mapping[str, PaidUp] = field(default_factory=dict)
    account: Account
    treasury_account: Account | None = None
    issued_on: date
    pay_by: date | None = None
    object_by: date | None = None
    number: str = ""
    signature: Signature = field(default_factory=Signature)

    def row(self, code: str) -> C12Row:
        """Dòng theo mã; an absent row is empty, row C without figures is the sum of the payments."""
        found = self.rows.get(code)
        if found is None:
            return C12Row.whole(sum(payment.amount for payment in self.payments)) if code == "C" else C12Row()
        return found

    @property
    def shortfall(self) -> int:
        """Tổng số nộp thiếu (mục e): dues and charges outstanding less surplus, never below zero."""
        return max(0, self.amount("Đ.2.2", None) + self.amount("Đ.3", None) - self.amount("Đ.2.1", None))

    @property
    def transfer_text(self) -> str:
        """Nội dung chuyển tiền của đơn vị."""
        return transfer_text(self.employer.unit_code, self.agency.code)

    @property
    def payment_code(self) -> str | None:
        """Mã VietQR: for the shortfall; None when nothing is owed or the account has no NAPAS code."""
        if not self.shortfall or not self.account.bank_bin:
            return None
        return vietqr.payload(
            self.account.bank_bin, self.account.number, self.shortfall, self.transfer_text, self.agency.name
        )

    def amount(self, code: str, fund: str | None = None) -> int:
        """Số ở một ô: fund's column, or column 6 when no fund is named; 0 where the cell is empty."""
        value: int | None = getattr(self.row(code), fund or "total")
        return value or 0

    def _sum(self, formula: Terms, fund: str | None) -> int:
        return sum(sign * self.amount(code, fund) for sign, code in formula)

    def check(self, previous: "C12Statement | None" = None) -> list[str]:
        """Đối chiếu số học của biểu: broken rules as sentences; with `previous`, also A = its Đ."""
        fixed = {row.code: row for row in layout("C12-TS").rows}
        found = [f"Mẫu C12-TS không có dòng {code}" for code in self.rows if code not in fixed]
        for row in fixed.values():
            found += self._check_shape(row)
            found += self._check_sums(row)
        found += [
            f"{code}: không được âm ({format_dong(self.amount(code, fund))})"
            for code in _NOT_NEGATIVE
            for fund in (*FUNDS, None)
            if self.amount(code, fund) < 0
        ]
        booked, shown = sum(payment.amount for payment in self.payments), self.amount("C", None)
        if booked != shown:
            found.append(f"C: tổng chứng từ {format_dong(booked)} khác {format_dong(shown)}")
        if previous is not None:
            found += self._check_opening(previous)
        return found

    def _check_shape(self, row: Row) -> list[str]:
        """Which cells may hold figures, and column 6 = columns 1-5."""
        got = self.row(row.code)
        filled = [value for value in got.funds if value is not None]
        found = []
        if row.kind in _NO_FIGURE and (filled or got.total is not None):
            found.append(f"{row.code}: dòng tiêu đề không ghi số liệu")
        if row.kind in _NO_TOTAL and got.total is not None:
            found.append(f"{row.code}: cột 6 gạch chéo, không ghi số liệu")
        if row.kind in _TOTAL_ONLY and filled:
            found.append(f"{row.code}: không phân bổ vào các quỹ")
        if row.kind == "money" and sum(filled) != (got.total or 0):
            found.append(
                f"{row.code}: cột 6 là {format_dong(got.total or 0)}, "
                f"tổng cột 1-5 là {format_dong(sum(filled))}"
            )
        if row.kind == "days" and got.total not in {None, max(filled, default=0)}:
            found.append(f"{row.code}: số ngày ở cột 6 phải là số ngày dài nhất của các quỹ")
        return found

    def _check_sums(self, row: Row) -> list[str]:
        """Sub-rows add up; closing figures are carried from the opening ones, fund by fund."""
        by_fund: tuple[str | None, ...] = FUNDS if row.kind in _NO_TOTAL else (*FUNDS, None)
        rules = [(row.equals, by_fund), (row.carried, by_fund), (row.total, (None,))]
        return [
            f"{row.code} {_column(fund)}: ghi {format_dong(self.amount(row.code, fund))}, "
            f"theo {_text(formula)} là {format_dong(self._sum(formula, fund))}"
            for formula, columns in rules
            if formula
            for fund in columns
            if self.amount(row.code, fund) != self._sum(formula, fund)
        ]

    def _check_opening(self, previous: "C12Statement") -> list[str]:
        return [
            f"{code} {_column(fund)}: ghi {format_dong(self.amount(code, fund))}, "
            f"kỳ trước chuyển sang {format_dong(previous.amount(closing, fund))}"
            for code, closing in (
                (row.code, "Đ" + row.code[1:]) for row in layout("C12-TS").rows if row.code.startswith("A.")
            )
            for fund in (*FUNDS, None)
            if self.amount(code, fund) != previous.amount(closing, fund)
        ]

    def notes(self) -> list[str]:
        """Mục a đến g ở cuối thông báo."""
        found = []
        for letter, fund, name in PAID_UP_NOTES:
            state = self.paid_up.get(fund)
            workers = format_dong(state.workers) if state else "………"
            until = state.month.vi() if state else "………"
            found.append(
                f"{letter}) Kết quả đơn vị đã đóng {name} cho {workers} lao động đến hết tháng/năm {until}"
            )
        found.append(self._payment_note())
        before = f" trước ngày {short_date(self.object_by)}" if self.object_by else ""
        found.append(
            "g) Đề nghị đơn vị kiểm tra số liệu trên, nếu chưa thống nhất đề nghị đến cơ quan "
            f"{self.agency.name} để kiểm tra điều chỉnh{before}. "
            "Quá thời hạn trên nếu đơn vị không đến, số liệu trên là đúng."
        )
        return found

    def _payment_note(self) -> str:
        treasury = self.treasury_account
        other = f" (hoặc tài khoản số {treasury.number} tại {treasury.bank})" if treasury else ""
        before = f" trước ngày {short_date(self.pay_by)}" if self.pay_by else ""
        return (
            f"e) Tổng số nộp thiếu là {format_dong(self.shortfall)} đồng, "
            f"đề nghị đơn vị nộp vào tài khoản số {self.account.number} tại {self.account.bank}{other} "
            f"của cơ quan {self.agency.name}{before}"
        )


def to_xlsx(statement: C12Statement) -> bytes:
    """Tệp C12-TS của một đơn vị: the workbook with the transfer text and, if money is owed, VietQR."""
    form = layout("C12-TS")
    sheet = Sheet(form, issued_on=statement.issued_on)
    sheet.head(statement.agency, f"Tháng {statement.month.month:02d} năm {statement.month.year}")
    sheet.line(f"Kính gửi: {statement.employer.name}", bold=True, italic=True, align="center")
    sheet.line(
        f"Địa chỉ: {statement.employer.address}    Mã đơn vị: {statement.employer.unit_code}",
        bold=True,
        text_wrap=True,
    )
    sheet.line(statement.agency.name, bold=True)
    sheet.line(f"Địa chỉ: {statement.agency.address}", bold=True)
    sheet.line(f"Điện thoại: {statement.agency.phone}", bold=True)
    sheet.page.set_row(sheet.at, 28)
    sheet.line(
        "Căn cứ hồ sơ kê khai của đơn vị tính đến hết tháng, Thông báo chi tiết kết quả đóng "
        "BHXH, BHYT, BHTN, BHTNLĐ, BNN của đơn vị như sau:",
        text_wrap=True,
    )
    sheet.header()
    for row in form.rows:
        _write(sheet, statement, row)
    for note in statement.notes():
        sheet.page.set_row(sheet.at, 28 if len(note) > 110 else 15)
        sheet.line(note, text_wrap=True)
    sheet.line(f"Nội dung chuyển tiền: {statement.transfer_text}", bold=True)
    _code_image(sheet, statement)
    sheet.sign(date_line(statement.agency.place, statement.issued_on), statement.signature)
    return sheet.close()


def _write(sheet: Sheet, statement: C12Statement, row: Row) -> None:
    """One fixed row with its hatched cells, and under row C the payment documents."""
    got = statement.row(row.code)
    look: dict[str, Any] = {"border": 1}
    if row.emphasis != "plain":
        look[row.emphasis] = True
    sheet.page.write_string(sheet.at, 0, row.order, sheet.format(**look, align="center"))
    sheet.page.write_string(sheet.at, 1, row.text, sheet.format(**look, text_wrap=True))
    if len(row.text) > 46:
        sheet.page.set_row(sheet.at, 26)
    for column, value in enumerate((*got.funds, got.total), start=1):
        hatch = {"diag_type": 2, "diag_border": 1} if row.hatched(column) else {}
        chosen = sheet.format(**look, **hatch, num_format=MONEY, align="right")
        if value is None:
            sheet.page.write_blank(sheet.at, column + 1, None, chosen)
        else:
            sheet.page.write_number(sheet.at, column + 1, value, chosen)
    sheet.at += 1
    if row.kind == "payments":
        for order, payment in enumerate(statement.payments, start=1):
            text = f"+ {payment.document}, ngày {short_date(payment.paid_on)}"
            sheet.row([str(order), text, None, None, None, None, None, payment.amount], "italic")


def _code_image(sheet: Sheet, statement: C12Statement) -> None:
    code = statement.payment_code
    if code is None:
        return
    image = {"image_data": BytesIO(vietqr.png(code)), "description": "VietQR", "x_offset": 40, "y_offset": 6}
    sheet.page.insert_image(sheet.at, 1, "vietqr.png", image)


def _column(fund: str | None) -> str:
    return f"cột {FUNDS.index(fund) + 1}" if fund else "cột 6"


def _text(formula: Terms) -> str:
    text = " ".join(f"{'+' if sign > 0 else '-'} {code}" for sign, code in formula)
    return text.removeprefix("+ ")
