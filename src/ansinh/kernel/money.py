"""Tiền đồng: whole Vietnamese dong, shown, read and spelled out; never a float."""

import re
from decimal import Decimal
from typing import NewType

from ansinh.kernel import numbers
from ansinh.kernel.errors import BilingualError, excerpt

Dong = NewType("Dong", int)

NO_BREAK_SPACE = "\u00a0"
LARGEST = numbers.LARGEST
_FLOAT_EXACT = 2**53  # above this a float no longer holds every whole number
_LONGEST = 100  # characters of a written amount, its unit included
_MOST_DIGITS = 19  # of the largest amount

_SIGN = re.compile(r"^(?P<open>\()?\s*(?P<sign>[+\-\u2212])?\s*(?P<body>.*?)\s*(?P<close>\))?$", re.DOTALL)
_UNIT = re.compile(r"\s*(?:đồng|dong|đ|₫|vnđ|vnd)\.?$", re.IGNORECASE)
_PLAIN = re.compile(r"^(?P<whole>[0-9]+)(?:[.,](?P<rest>0{1,2}))?$")
_GROUPED = re.compile(
    r"^(?P<whole>[0-9]{1,3}(?P<group>[., '])[0-9]{3}(?:(?P=group)[0-9]{3})*)"
    r"(?:(?!(?P=group))[.,](?P<rest>0{1,2}))?$"
)

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def format_dong(amount: int, *, unit: bool = False) -> str:
    r"""Số tiền theo cách viết Việt Nam: dots between thousands, with a non-breaking " đ" if `unit`.

    >>> format_dong(12345678)
    '12.345.678'
    >>> format_dong(-1500, unit=True)
    '-1.500\xa0đ'
    """
    shown = f"{amount:,}".replace(",", ".")
    return f"{shown}{NO_BREAK_SPACE}đ" if unit else shown


def parse_dong(value: str | float | Decimal) -> int:
    """Đọc số tiền: whole dong from what people type and what spreadsheets hold.

    Takes digits with thousands grouped by dots, commas, spaces or apostrophes, a unit (đ, đồng, VND),
    a minus sign or accounting brackets, and decimals only if they are zeros. A dot or comma before exactly
    three digits groups thousands; any other fraction is refused rather than rounded.
    Numbers must be whole; a float must also be small enough (2⁵³) to be exact. Length and size are looked at
    before anything becomes a whole number, so that no text, however long, takes time or raises anything else.

    Raises `BilingualError`: ``money.empty``, ``money.format``, ``money.fraction`` or ``money.range``.

    >>> parse_dong("12.345.678 đ"), parse_dong("1,500.00"), parse_dong("(5.000)"), parse_dong(2530000.0)
    (12345678, 1500, -5000, 2530000)
    >>> parse_dong("1,5")
    Traceback (most recent call last):
    ansinh.kernel.errors.BilingualError: Số tiền không hợp lệ: 1,5 / Not a whole amount of dong: 1,5
    """
    if isinstance(value, bool):
        raise _not_an_amount(value)
    if isinstance(value, int):
        amount = value
    elif isinstance(value, (float, Decimal)):
        amount = _whole(value)
    else:
        amount = _read(value)
    if abs(amount) > LARGEST:
        raise _too_large(value)
    return amount


def in_words(amount: int) -> str:
    """Số tiền bằng chữ: as written on receipts and decisions, ending in "đồng".

    Spelling chosen where usage differs: "linh" (not "lẻ"), "nghìn" (not "ngàn"), "hai mươi tư" but
    "mười bốn" and "linh bốn", "tỷ" (not "tỉ"). Above a thousand billion: "một nghìn tỷ", "một triệu tỷ".

    >>> in_words(12345678)
    'Mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng'
    >>> in_words(1_000_021_004)
    'Một tỷ không trăm hai mươi mốt nghìn không trăm linh bốn đồng'
    """
    spelled = _spell(abs(amount), leading=True) or _DIGITS[0]
    if amount < 0:
        spelled = f"âm {spelled}"
    return f"{spelled[0].upper()}{spelled[1:]} đồng"


def _not_an_amount(value: object) -> BilingualError:
    shown = excerpt(value)
    return BilingualError(
        f"Số tiền không hợp lệ: {shown}", f"Not a whole amount of dong: {shown}", code="money.format"
    )


def _too_large(value: object) -> BilingualError:
    shown = excerpt(value)
    return BilingualError(
        f"Số tiền quá lớn: {shown}", f"Amount is too large to record: {shown}", code="money.range"
    )


def _whole(value: float | Decimal) -> int:
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    if not exact.is_finite():
        raise _not_an_amount(value)
    # By its size first: the whole number behind Decimal("1E+300000") alone would take minutes to print.
    if exact and exact.adjusted() >= _MOST_DIGITS:
        raise _too_large(value)
    amount = int(exact)
    if amount != exact:
        raise BilingualError(
            f"Số tiền có phần lẻ dưới một đồng: {excerpt(value)}",
            f"Amount has a fraction of a dong: {excerpt(value)}",
            code="money.fraction",
        )
    if isinstance(value, float) and abs(amount) > _FLOAT_EXACT:
        raise BilingualError(
            f"Số tiền quá lớn để đọc từ ô số thực: {excerpt(value)}",
            f"Amount is too large to be exact in a floating-point cell: {excerpt(value)}",
            code="money.range",
        )
    return amount


def _read(value: str) -> int:
    text = " ".join(value.split())
    if not text:
        raise BilingualError("Chưa nhập số tiền", "Amount is missing", code="money.empty")
    if len(text) > _LONGEST:
        raise _not_an_amount(value)
    # The unit may stand inside or outside the brackets: "(5.000 đ)" and "(5.000) đ".
    match = _SIGN.match(_UNIT.sub("", text))
    if match is None or bool(match["open"]) != bool(match["close"]) or (match["open"] and match["sign"]):
        raise _not_an_amount(value)
    body = _UNIT.sub("", match["body"])
    # Grouping is tried first, so "1.500" is fifteen hundred and never one and a half.
    number = _GROUPED.match(body) or _PLAIN.match(body)
    if number is None:
        raise _not_an_amount(value)
    digits = "".join(c for c in number["whole"] if "0" <= c <= "9").lstrip("0")
    if len(digits) > _MOST_DIGITS:
        raise _too_large(value)
    amount = int(digits or "0")
    return -amount if match["open"] or match["sign"] in {"-", "\u2212"} else amount


def _spell(number: int, *, leading: bool) -> str:
    """Words for `number`; a group that is not `leading` says its empty hundreds: "không trăm linh một"."""
    words: list[str] = []
    billions, rest = divmod(number, 10**9)
    if billions:
        words += [_spell(billions, leading=leading), "tỷ"]
        leading = False
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            words.append(_spell_group(group, leading=leading))
            if name:
                words.append(name)
            leading = False
    return " ".join(words)


def _spell_group(group: int, *, leading: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words: list[str] = []
    if hundreds or not leading:
        words += [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        if ones and words:
            words.append("linh")
    elif tens == 1:
        words.append("mười")
    else:
        words += [_DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 4 and tens > 1:
        words.append("tư")
    elif ones == 5 and tens:
        words.append("lăm")
    elif ones:
        words.append(_DIGITS[ones])
    return " ".join(words)
