"""Số từ bên ngoài: digits that people and files send, measured before they become a number.

``int("9" * 5000)`` raises, ``"²".isdigit()`` is true, ``int("٣")`` is 3, and nine characters such as
"1E+300000" make an integer that no machine can print. So every text from outside is read here or by a reader
that measures as strictly: plain digits 0-9, no longer than a bigint column or an amount of money can be.
"""

import re
from decimal import Decimal
from math import isfinite
from typing import Final

from ansinh.kernel.errors import BilingualError, excerpt

LARGEST: Final = 2**63 - 1
"""What a bigint column of the database holds."""
DECIMAL_DIGITS: Final = 18
"""Digits before the decimal point, and after it, of the longest figure a message or a form may carry."""

_LONGEST: Final = 64  # signs, leading zeros and blanks included
_WHOLE = re.compile(r"(?P<sign>[+-])?0*(?P<digits>[0-9]{1,19})")
_DECIMAL = re.compile(rf"[+-]?0*[0-9]{{1,{DECIMAL_DIGITS}}}(?:\.[0-9]{{0,{DECIMAL_DIGITS}}})?")
_DIGITS = re.compile(r"[0-9]+")


def is_digits(text: str) -> bool:
    """Chỉ gồm chữ số 0-9: unlike ``str.isdigit``, no superscripts and no digits of other scripts.

    >>> is_digits("0123"), is_digits("²"), is_digits("٣"), is_digits("")
    (True, False, False, False)
    """
    return _DIGITS.fullmatch(text) is not None


def whole(text: str, *, least: int = 0, most: int = LARGEST) -> int:
    """Đọc số nguyên: plain digits, blanks around them dropped, a sign only where `least` is negative.

    Raises `BilingualError` with code ``number.format`` or ``number.range``; nothing else, however long or
    strange the text.

    >>> whole(" 0123 "), whole("-5", least=-10)
    (123, -5)
    >>> whole("1E+300000")
    Traceback (most recent call last):
    ansinh.kernel.errors.BilingualError: Không phải số nguyên: 1E+300000 / Not a whole number: 1E+300000
    """
    plain = text.strip() if len(text) <= _LONGEST else text
    match = _WHOLE.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match is None or (match["sign"] and least >= 0):
        if _DIGITS.fullmatch(plain):
            raise _out_of_range(text, least, most)
        raise BilingualError(
            f"Không phải số nguyên: {excerpt(text)}",
            f"Not a whole number: {excerpt(text)}",
            code="number.format",
        )
    number = int(match["digits"])
    number = -number if match["sign"] == "-" else number
    if not least <= number <= most:
        raise _out_of_range(text, least, most)
    return number


def whole_or_none(text: str | None, *, least: int = 0, most: int = LARGEST) -> int | None:
    """Đọc số nguyên trong địa chỉ, ô chọn: as `whole`, None for what is none.

    >>> whole_or_none("12"), whole_or_none("²"), whole_or_none("9" * 5000), whole_or_none(None)
    (12, None, None, None)
    """
    try:
        return None if text is None else whole(text, least=least, most=most)
    except BilingualError:
        return None


def decimal(text: str) -> Decimal:
    """Đọc số thập phân viết trong tệp trao đổi: digits, a point, digits; no exponent, no infinity.

    At most 18 digits before the point and 18 after it. Raises `BilingualError`, code ``number.format``.

    >>> decimal("+1500000.00")
    Decimal('1500000.00')
    >>> decimal("1E+300000")
    Traceback (most recent call last):
    ansinh.kernel.errors.BilingualError: Không phải số: 1E+300000 / Not a number: 1E+300000
    """
    plain = text.strip() if len(text) <= _LONGEST else text
    if len(plain) > _LONGEST or _DECIMAL.fullmatch(plain) is None:
        raise BilingualError(
            f"Không phải số: {excerpt(text)}", f"Not a number: {excerpt(text)}", code="number.format"
        )
    return Decimal(plain)


def is_bounded(value: float | Decimal) -> bool:
    """Số của ô bảng tính, của phép tính: finite, and below 10¹⁸ whatever its sign.

    >>> is_bounded(1e300), is_bounded(float("nan")), is_bounded(10**400), is_bounded(Decimal("1E+999999"))
    (False, False, False, False)
    >>> is_bounded(2530000.0), is_bounded(-7)
    (True, True)
    """
    if isinstance(value, Decimal):
        return value.is_finite() and (value.is_zero() or value.adjusted() < DECIMAL_DIGITS)
    if isinstance(value, float) and not isfinite(value):
        return False
    return -(10**DECIMAL_DIGITS) < value < 10**DECIMAL_DIGITS


def _out_of_range(text: str, least: int, most: int) -> BilingualError:
    return BilingualError(
        f"Số ngoài khoảng {least}–{most}: {excerpt(text)}",
        f"A number outside {least}–{most}: {excerpt(text)}",
        code="number.range",
    )
