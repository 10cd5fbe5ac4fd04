"""Sao kê dạng bảng tính (xlsx, xls, csv): entries read by the names banks give their columns."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from itertools import islice, pairwise
from typing import TypeVar

from ansinh.forms.banking.statements import AMOUNT_BELOW, Entry, Statement, check_balance, check_repeats
from ansinh.forms.intake import readings
from ansinh.forms.intake.files import CellValue, Sheet, cell_name, open_table
from ansinh.forms.intake.layouts import layout
from ansinh.forms.intake.limits import DEFAULT_LIMITS, Limits
from ansinh.forms.intake.problems import MOST_PROBLEMS, Problem, too_many, value_of
from ansinh.forms.intake.tables import FoundTable, data_rows, find_table
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import format_dong, parse_dong
from ansinh.kernel.text import fold

LAYOUT = "bank-statement"
CURRENCY = "VND"
OPENING = re.compile(r"so du dau|opening balance|so du dau ky|so du truoc|balance b/f")
CLOSING = re.compile(r"so du cuoi|closing balance|ending balance|balance c/f")
ACCOUNT = re.compile(
    r"(?:so tai khoan|so tk|account (?:no|number)|tai khoan)[^0-9]{0,30}?([0-9][0-9 .\-]{5,24}[0-9])"
)
ACCOUNT_LABEL = re.compile(r"so tai khoan|so tk|account (?:no|number)")
MONEY_LABEL = re.compile(r"loai tien|currency|don vi tien")
TOTALS = ("tong", "cong", "total", "so du", "opening", "closing", "phat sinh")
CREDITS = frozenset({"c", "co", "cr", "credit", "+", "ghi co", "tien vao", "in"})
DEBITS = frozenset({"d", "no", "dr", "debit", "-", "ghi no", "tien ra", "out"})

TIME_OF_DAY = re.compile(r"[\sT]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]+)?\s*(AM|PM|SA|CH)?$", re.IGNORECASE)
LONGEST_LABEL, MOST_LABELS, FARTHEST = 120, 100_000, 50
"""How much of a text outside the entries is looked at, how many texts, and how far right its value may be."""
MOST_MATCHES = 200

V = TypeVar("V")


def read_statement(data: bytes, filename: str, limits: Limits = DEFAULT_LIMITS) -> Statement:
    """Đọc sao kê xlsx, xls, xlsb hoặc csv. Problems are listed by cell inside the statement.

    Opening and closing balances are taken from their labels, else worked out from the running balance.
    Raises ``BilingualError`` for a file that cannot be opened, or without a table of entries.
    """
    book = open_table(data, filename, limits)
    table = find_table(book, layout(LAYOUT).columns)
    return _Reader(table).read()


class _Reader:
    def __init__(self, table: FoundTable) -> None:
        self._table = table
        self._sheet: Sheet = table.sheet
        self._problems: list[Problem] = []
        self._running: list[tuple[str, int, int]] = []

    def read(self) -> Statement:
        self._missing()
        entries: list[Entry] = []
        if not self._table.missing:
            for row, values in data_rows(self._table):
                entry = self._entry(row, values)
                if entry is not None:
                    entries.append(entry)
        account, currency = self._account(), self._currency()
        opening, closing = self._balance(OPENING), self._balance(CLOSING)
        if self._running:
            upward = self._check_running()
            first, last = (
                (self._running[0], self._running[-1]) if upward else (self._running[-1], self._running[0])
            )
            opening = first[2] - first[1] if opening is None else opening
            closing = last[2] if closing is None else closing
        if not self._problems:
            self._problems += check_balance(opening, closing, entries, self._sheet.name)
        self._problems += check_repeats(entries, account, self._sheet.name)
        return Statement(account, currency, self._sheet.name, opening, closing, entries, self._problems)

    def _blame(self, row: int, code: str, vi: str, en: str, value: CellValue = None) -> None:
        column = self._table.columns.get(code, 1)
        cell = cell_name(row, column)
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(Problem(self._sheet.name, cell, row, code, vi, en, value_of(value)))
        elif len(self._problems) == MOST_PROBLEMS:
            self._problems.append(too_many(self._sheet.name))

    def _missing(self) -> None:
        for code in self._table.missing:
            title = layout(LAYOUT).column(code).title
            self._blame(
                self._table.header_row, code, f"Thiếu cột “{title}”.", f"Column “{title}” is missing."
            )

    def _ask(
        self, row: int, values: Mapping[str, CellValue], code: str, reading: Callable[[CellValue], V]
    ) -> V | None:
        try:
            return reading(values.get(code))
        except BilingualError as error:
            self._blame(row, code, error.vi, error.en, values.get(code))
            return None

    def _entry(self, row: int, values: Mapping[str, CellValue]) -> Entry | None:
        if readings.is_empty(values.get("booked_on")):
            # Totals, balances and page footers have no date; a line with money and a text must have one.
            words = fold(readings.text(values.get("text")))
            if self._holds_money(values) and words and not words.startswith(TOTALS):
                self._blame(row, "booked_on", "Thiếu ngày giao dịch.", "The transaction date is missing.")
            return None
        words = fold(
            " ".join(readings.text(value) for value in (values.get("booked_on"), values.get("text")))
        )
        if words.startswith(TOTALS):
            return None
        booked_on = self._ask(row, values, "booked_on", _day)
        signed = self._signed(row, values)
        if booked_on is None or not signed:
            return None
        balance = self._ask(row, values, "balance", _signed_money)
        if balance is not None:
            self._running.append((cell_name(row, self._table.columns["balance"]), signed, balance))
        return Entry(
            reference=readings.text(values.get("reference")),
            booked_on=booked_on,
            value_on=self._ask(row, values, "value_on", _day),
            amount=abs(signed),
            credit=signed > 0,
            text=readings.text(values.get("text")),
            counterparty_name=readings.text(values.get("counterparty_name")),
            counterparty_account=re.sub(r"[\s.\-]", "", readings.text(values.get("counterparty_account"))),
            place=cell_name(row, self._table.columns["booked_on"]),
        )

    def _holds_money(self, values: Mapping[str, CellValue]) -> bool:
        return any(not readings.is_empty(values.get(code)) for code in ("credit", "debit", "amount"))

    def _signed(self, row: int, values: Mapping[str, CellValue]) -> int | None:
        before = len(self._problems)
        credit = self._ask(row, values, "credit", _signed_money) or 0
        debit = self._ask(row, values, "debit", _signed_money) or 0
        amount = self._ask(row, values, "amount", _signed_money) or 0
        if len(self._problems) > before:
            return None
        if amount and not credit and not debit:
            return self._directed(row, values, amount)
        # Some banks print withdrawals with a minus sign in their own column.
        signed = credit - abs(debit)
        if credit and debit:
            self._blame(row, "credit", "Dòng vừa ghi có vừa ghi nợ.", "The line is both credit and debit.")
            return None
        if not signed:
            self._blame(row, "credit", "Dòng không có số tiền.", "The line has no amount.")
        return signed

    def _directed(self, row: int, values: Mapping[str, CellValue], amount: int) -> int | None:
        side = fold(readings.text(values.get("direction"))).strip(" .")
        if not side or amount < 0:
            return amount
        if side in CREDITS or side in DEBITS:
            return amount if side in CREDITS else -amount
        self._blame(
            row,
            "direction",
            f"“{readings.quoted(values.get('direction'))}”: không rõ ghi có hay ghi nợ.",
            f"“{readings.quoted(values.get('direction'))}” is neither credit nor debit.",
            values.get("direction"),
        )
        return None

    def _check_running(self) -> bool:
        """Số dư từng dòng: each must follow from the one before; True when lines run from old to new."""
        upward = self._breaks(self._running)
        downward = self._breaks(self._running[::-1])
        broken = min(upward, downward, key=len)
        for cell, expected, balance in broken[:MOST_PROBLEMS]:
            self._problems.append(
                Problem(
                    self._sheet.name,
                    cell,
                    0,
                    "balance",
                    f"Số dư {format_dong(balance)} không khớp dòng trước (phải là {format_dong(expected)}).",
                    f"Balance {format_dong(balance)} should be {format_dong(expected)} by the line before.",
                    str(balance),
                )
            )
        return len(upward) <= len(downward)

    def _breaks(self, lines: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
        broken = []
        for (_, _, before), (cell, signed, balance) in pairwise(lines):
            if before + signed != balance:
                broken.append((cell, before + signed, balance))
        return broken

    @cached_property
    def _outside(self) -> list[tuple[int, int, str, str]]:
        """Texts above the table and in rows without a date, where balances and the account stand.

        Row, column, the text and its folded twin. Bounded in number and length: a file may be all texts.
        """
        date_column = self._table.columns.get("booked_on", 1)
        found: list[tuple[int, int, str, str]] = []
        for row, values in enumerate(self._sheet.rows, start=1):
            if self._table.header_row <= row < self._table.first_row:
                continue
            if row >= self._table.first_row and self._is_entry(self._sheet.value(row, date_column)):
                continue
            for column, value in enumerate(values, start=1):
                if isinstance(value, str):
                    words = value[:LONGEST_LABEL]
                    found.append((row, column, words, fold(words)))
            if len(found) >= MOST_LABELS:
                break
        return found

    def _is_entry(self, day: CellValue) -> bool:
        return not readings.is_empty(day) and not (isinstance(day, str) and not day.strip()[:1].isdigit())

    def _balance(self, label: re.Pattern[str]) -> int | None:
        labelled = (place for place in self._outside if label.search(place[-1]))
        for row, column, words, folded in islice(labelled, MOST_MATCHES):
            inside = re.search(r"(-?[0-9][0-9.,\s]*)", words[_end(label, folded) :])
            candidates: list[CellValue] = [inside[1].strip(" .,")] if inside else []
            candidates += self._beside(row, column)
            for value in candidates:
                amount = _money_or_none(value)
                if amount is not None:
                    return amount
        return None

    def _account(self) -> str:
        for row, column, _, folded in self._outside:
            if row >= self._table.header_row:
                break
            match = ACCOUNT.search(folded)
            if match:
                return re.sub(r"[^0-9]", "", match[1])
            if ACCOUNT_LABEL.search(folded):
                for value in self._beside(row, column):
                    digits = re.sub(r"[\s.\-]", "", readings.text(value, LONGEST_LABEL))
                    if re.fullmatch(r"[0-9]{6,24}", digits):
                        return digits
        return ""

    def _beside(self, row: int, column: int) -> list[CellValue]:
        """What stands to the right of a label, the nearest first."""
        last = min(column + FARTHEST, self._sheet.width)
        return [self._sheet.value(row, at) for at in range(column + 1, last + 1)]

    def _currency(self) -> str:
        for row, column, _, folded in self._outside:
            if row >= self._table.header_row:
                break
            if MONEY_LABEL.search(folded):
                around = (self._sheet.value(row, at) for at in range(column, column + 4))
                beside = [readings.text(value, LONGEST_LABEL) for value in around]
                code = re.search(r"\b(VND|USD|EUR|JPY|KRW|CNY|GBP)\b", " ".join(beside).upper())
                if code and code[1] != CURRENCY:
                    self._blame(
                        row,
                        "currency",
                        f"Loại tiền {code[1]}; chỉ nhận VND.",
                        f"Currency {code[1]}; only VND is taken.",
                    )
                if code:
                    return code[1]
        return CURRENCY


def _end(label: re.Pattern[str], folded: str) -> int:
    match = label.search(folded)
    return match.end() if match else 0


def _day(value: CellValue) -> date | None:
    """A day with or without its time: "01/07/2026 08:15:22"."""
    if isinstance(value, str):
        value = TIME_OF_DAY.sub("", value.strip()[: readings.LONGEST_DATE])
    return readings.full_date(value)


def _signed_money(value: CellValue) -> int | None:
    """An amount in dong, perhaps with a sign; banks also write "1,500,000 VND" and "+1.500.000"."""
    if readings.is_empty(value):
        return None
    if isinstance(value, str):
        amount = parse_dong(readings.bare_number(value))
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise readings.not_money(value)
    else:
        amount = parse_dong(value)
    if abs(amount) >= AMOUNT_BELOW:
        raise readings.not_money(value)
    return amount


def _money_or_none(value: CellValue) -> int | None:
    try:
        return _signed_money(value)
    except BilingualError:
        return None
