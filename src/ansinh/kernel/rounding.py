"""Làm tròn: every rounding of the law has a name here and is applied once, where the law says.

All of them treat a negative amount as the mirror of the positive one, so that reversing an entry
gives back exactly what was booked.
"""

from fractions import Fraction

from ansinh.kernel.errors import BilingualError


def half_up(x: Fraction | int, *, to: int = 1) -> int:
    """Làm tròn đến đơn vị gần nhất: a half goes away from zero; `to` is the unit (1 dong, 1,000 dong).

    >>> half_up(Fraction(5, 2)), half_up(Fraction(-5, 2)), half_up(1_499, to=1_000)
    (3, -3, 1000)
    """
    size = abs(_exact(x)) / _unit(to)
    return _signed((2 * size.numerator + size.denominator) // (2 * size.denominator) * to, x)


def down(x: Fraction | int, *, to: int = 1) -> int:
    """Bỏ phần lẻ: towards zero.

    >>> down(Fraction(29, 10)), down(Fraction(-29, 10))
    (2, -2)
    """
    size = abs(_exact(x)) / _unit(to)
    return _signed(size.numerator // size.denominator * to, x)


def up(x: Fraction | int, *, to: int = 1) -> int:
    """Làm tròn lên: away from zero when anything is left over.

    >>> up(Fraction(21, 10)), up(2), up(Fraction(-21, 10))
    (3, 2, -3)
    """
    size = abs(_exact(x)) / _unit(to)
    return _signed(-(-size.numerator // size.denominator) * to, x)


def truncate_percent(x: Fraction, digits: int) -> Fraction:
    """Cắt tỷ lệ phần trăm: a share (1 = 100%) cut, not rounded, to `digits` decimals of a percent.

    >>> truncate_percent(Fraction(2, 3), 2)
    Fraction(3333, 5000)
    """
    if digits < 0:
        raise BilingualError(
            f"Số chữ số thập phân không thể âm: {digits}",
            f"The number of decimals cannot be negative: {digits}",
            code="rounding.digits",
        )
    scale = 100 * 10**digits
    return Fraction(down(_exact(x) * scale), scale)


def _exact(x: Fraction | int) -> Fraction:
    # A float would carry its binary error into a rounding that is meant to be exact.
    if isinstance(x, (bool, float)) or not isinstance(x, (int, Fraction)):
        raise BilingualError(
            f"Chỉ làm tròn số nguyên hoặc phân số, không nhận {x!r}",
            f"Only whole numbers and fractions are rounded, not {x!r}",
            code="rounding.type",
        )
    return Fraction(x)


def _unit(to: int) -> int:
    if to < 1:
        raise BilingualError(
            f"Đơn vị làm tròn phải từ 1: {to}",
            f"A unit of rounding is at least 1: {to}",
            code="rounding.unit",
        )
    return to


def _signed(size: int, like: Fraction | int) -> int:
    return -size if like < 0 else size
