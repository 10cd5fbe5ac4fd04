"""Sao kê điện tử ISO 20022 camt.053 (các bản .02 đến .08): statements read by local names.

Source: ISO 20022, Bank-to-Customer Statement. Versions differ in namespace and in where a party's name or
an amount sits; the names of elements do not, so one reader serves them all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from lxml import etree

from ansinh.forms.banking.statements import AMOUNT_BELOW, Entry, Statement, check_balance, check_repeats
from ansinh.forms.intake.limits import DEFAULT_LIMITS, Limits, check_size, refuse_rows
from ansinh.forms.intake.markup import check_xml, damaged
from ansinh.forms.intake.problems import MOST_PROBLEMS, Problem, too_many
from ansinh.kernel.dates import parse_date
from ansinh.kernel.errors import BilingualError, excerpt
from ansinh.kernel.numbers import decimal

CURRENCY = "VND"
BOOKED = frozenset({"", "BOOK"})
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)


def read_camt053(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Statement]:
    """Đọc tệp camt.053: one ``Statement`` per account and period, its problems listed inside.

    Raises ``BilingualError`` only when the file is no camt.053 at all: ``file-too-large``, ``file-empty``,
    ``xml-entities``, ``too-many-elements``, ``too-many-rows``, ``damaged`` or ``not-camt053``. Amounts are
    plain digits with a point at most: an exponent is no amount, however short it is to write.
    """
    check_size(len(data), limits)
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        raise _not_camt()
    check_xml(data, "camt.053", most=limits.nodes)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise damaged("camt.053") from error
    statements = list(root.iterfind("{*}BkToCstmrStmt/{*}Stmt"))
    entries = sum(1 for _ in root.iter("{*}Ntry", "{*}TxDtls"))
    if entries > limits.rows:
        raise refuse_rows(entries, limits)
    if etree.QName(root).localname != "Document" or not statements:
        raise _not_camt()
    return [_Reader(statement).read() for statement in statements]


def _not_camt() -> BilingualError:
    return BilingualError(
        "Tệp không phải sao kê ISO 20022 camt.053.",
        "The file is not an ISO 20022 camt.053 statement.",
        code="not-camt053",
    )


def _text(element: Any, *paths: str) -> str:
    """The first non-empty text among ``paths`` of local names ("Dbtr/Pty/Nm")."""
    for path in paths:
        found = element.find(_path(path))
        if found is not None and found.text and found.text.strip():
            return " ".join(found.text.split())
    return ""


def _all(element: Any, path: str) -> Iterator[Any]:
    yield from element.iterfind(_path(path))


@cache
def _path(names: str) -> str:
    return "/".join("{*}" + name for name in names.split("/"))


class _Reader:
    """Reads one Stmt, collecting problems by entry."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._id = _text(statement, "Id")
        self._problems: list[Problem] = []

    def read(self) -> Statement:
        account = _text(self._statement, "Acct/Id/IBAN", "Acct/Id/Othr/Id")
        currency = _text(self._statement, "Acct/Ccy") or CURRENCY
        self._check_currency(currency, "Acct/Ccy")
        if not account:
            self._blame(
                "Acct/Id", "account", "Sao kê không ghi số tài khoản.", "The statement names no account."
            )
        opening = self._balance(OPENING)
        closing = self._balance(CLOSING)
        entries = [
            entry
            for order, raw in enumerate(_all(self._statement, "Ntry"), start=1)
            for entry in self._entry(raw, order)
        ]
        # A sum that misses an unreadable entry proves nothing.
        if not self._problems:
            self._problems += check_balance(opening, closing, entries, self._id)
        self._problems += check_repeats(entries, account, self._id)
        return Statement(account, currency, self._id, opening, closing, entries, self._problems)

    def _blame(self, place: str, code: str, vi: str, en: str, value: str = "") -> None:
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(Problem(self._id, place, 0, code, vi, en, excerpt(value, 200)))
        elif len(self._problems) == MOST_PROBLEMS:
            self._problems.append(too_many(self._id))

    def _check_currency(self, currency: str, place: str) -> None:
        if currency != CURRENCY:
            self._blame(
                place,
                "currency",
                f"Loại tiền {excerpt(currency)}; chỉ nhận {CURRENCY}.",
                f"Currency {excerpt(currency)}; only {CURRENCY} is taken.",
                currency,
            )

    def _balance(self, kinds: tuple[str, ...]) -> int | None:
        found = {
            _text(balance, "Tp/CdOrPrtry/Cd"): balance
            for balance in reversed(list(_all(self._statement, "Bal")))
        }
        for kind in kinds:
            if kind in found:
                amount = self._amount(found[kind], f"Bal {kind}")
                sign = -1 if _text(found[kind], "CdtDbtInd") == "DBIT" else 1
                return None if amount is None else sign * amount
        return None

    def _amount(self, element: Any, place: str, path: str = "Amt") -> int | None:
        words = _text(element, path)
        found = element.find(_path(path))
        if found is not None:
            self._check_currency(found.get("Ccy", CURRENCY), place)
        number = _number(words)
        if number is None or number < 0 or number != number.to_integral_value() or number >= AMOUNT_BELOW:
            self._not_dong(place, words)
            return None
        return int(number)

    def _not_dong(self, place: str, words: str) -> None:
        self._blame(
            place,
            "amount",
            f"Số tiền “{excerpt(words)}” không phải số đồng nguyên.",
            f"The amount “{excerpt(words)}” is not whole dong.",
            words,
        )

    def _date(self, element: Any, path: str, place: str) -> date | None:
        words = _text(element, f"{path}/Dt", f"{path}/DtTm")
        if not words:
            return None
        try:
            return parse_date(words[:10])
        except BilingualError as error:
            self._blame(place, "booked_on", error.vi, error.en, words)
            return None

    def _entry(self, raw: Any, order: int) -> list[Entry]:
        reference = _text(raw, "AcctSvcrRef", "NtryRef")
        place = f"Ntry {order}"
        if _text(raw, "Sts/Cd", "Sts") not in BOOKED:
            # Pending and informational entries are no part of the balance.
            return []
        amount = self._amount(raw, place)
        booked_on = self._date(raw, "BookgDt", place) or self._date(raw, "ValDt", place)
        direction = _text(raw, "CdtDbtInd")
        if direction not in {"CRDT", "DBIT"}:
            self._blame(
                place, "direction", "Bút toán không ghi có hay nợ.", "The entry is neither credit nor debit."
            )
            return []
        if booked_on is None:
            self._blame(
                place, "booked_on", "Bút toán không có ngày ghi sổ.", "The entry has no booking date."
            )
            return []
        if amount is None:
            return []
        details = list(_all(raw, "NtryDtls/TxDtls"))
        shares = self._shares(details, amount, place)
        if shares is None:
            details, shares = details[:1], [amount]
        pieces = details or [raw]
        # Asked once: to search an entry's children for each of its payments would take their square.
        common = _Common(
            direction == "CRDT", booked_on, self._date(raw, "ValDt", place), _text(raw, "AddtlNtryInf")
        )
        entries = []
        for number, (piece, share) in enumerate(zip(pieces, shares, strict=True), start=1):
            suffix = f"/{number}" if len(pieces) > 1 else ""
            entries.append(
                _piece(common, piece, share, f"{reference}{suffix}" if reference else "", place + suffix)
            )
        return entries

    def _shares(self, details: list[Any], amount: int, place: str) -> list[int] | None:
        """Amounts of a batch's payments; None when they are not all given or do not add up to it."""
        if len(details) < 2:
            return [amount]
        shares = []
        for order, piece in enumerate(details, start=1):
            words = _text(piece, "Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")
            number = _number(words)
            if number is None and words:
                self._not_dong(f"{place}/{order}", words)
            if number is None or number != number.to_integral_value():
                return None
            shares.append(int(number))
        return shares if sum(shares) == amount else None


@dataclass(frozen=True, slots=True)
class _Common:
    """What all payments of one entry share."""

    credit: bool
    booked_on: date
    value_on: date | None
    text: str


def _number(words: str) -> Decimal | None:
    try:
        return decimal(words)
    except BilingualError:
        return None


def _piece(common: _Common, piece: Any, amount: int, reference: str, place: str) -> Entry:
    party = "Dbtr" if common.credit else "Cdtr"
    words = " ".join(" ".join((line.text or "").split()) for line in _all(piece, "RmtInf/Ustrd") if line.text)
    return Entry(
        reference=_text(piece, "Refs/AcctSvcrRef") or reference,
        booked_on=common.booked_on,
        value_on=common.value_on,
        amount=amount,
        credit=common.credit,
        text=words or _text(piece, "AddtlTxInf") or common.text,
        counterparty_name=_text(piece, f"RltdPties/{party}/Nm", f"RltdPties/{party}/Pty/Nm"),
        counterparty_account=_text(
            piece, f"RltdPties/{party}Acct/Id/Othr/Id", f"RltdPties/{party}Acct/Id/IBAN"
        ),
        end_to_end_id=_text(piece, "Refs/EndToEndId").replace("NOTPROVIDED", ""),
        place=place,
    )
