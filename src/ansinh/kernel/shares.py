"""Tỷ lệ: exact shares (1 = 100%) read from text, shown as percentages, and used to divide money."""

import re
from collections.abc import Sequence
from fractions import Fraction

from ansinh.kernel.errors import BilingualError, excerpt
from ansinh.kernel.rounding import half_up

_SHARE = re.compile(
    r"^(?P<sign>-)?(?P<top>[0-9]{1,40}(?:[.,][0-9]{1,40})?)"
    r"(?:\s*/\s*(?P<bottom>[0-9]{1,40}))?\s*(?P<percent>%)?$"
)


def share(value: str | int | Fraction) -> Fraction:
    """Tỷ lệ từ chữ: a share written as a percentage, a fraction or a decimal; comma or dot.

    Floats are refused: 0.105 in binary is not 10.5%. Quote the figure instead. So is a number of more than
    40 digits.
    Raises `BilingualError` with code ``share.format``.

    >>> share("10.5%"), share("1/3"), share("0.03"), share("4,5%")
    (Fraction(21, 200), Fraction(1, 3), Fraction(3, 100), Fraction(9, 200))
    """
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    match = _SHARE.match(value.strip()) if isinstance(value, str) else None
    if match is None or (match["bottom"] and not int(match["bottom"])):
        raise BilingualError(
            f"Tỷ lệ không hợp lệ: {excerpt(value)}",
            f"Not a percentage, fraction or decimal: {excerpt(value)}",
            code="share.format",
        )
    result = Fraction(match["top"].replace(",", ".")) / int(match["bottom"] or 1)
    if match["percent"]:
        result /= 100
    return -result if match["sign"] else result


def percent(x: Fraction, *, digits: int = 4, comma: bool = False) -> str:
    """Tỷ lệ phần trăm để hiển thị: for reading only, rounded half up to `digits` decimals, no needless zeros.

    >>> percent(Fraction(139, 200)), percent(Fraction(1, 3)), percent(Fraction(139, 200), comma=True)
    ('69.5%', '33.3333%', '69,5%')
    """
    scaled = half_up(x * 100 * 10**digits)
    whole, rest = divmod(abs(scaled), 10**digits)
    decimals = f"{rest:0{digits}d}".rstrip("0") if digits else ""
    shown = f"{whole}.{decimals}" if decimals else str(whole)
    if comma:
        shown = shown.replace(".", ",")
    return f"{'-' if scaled < 0 else ''}{shown}%"


def split(total: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Phân bổ số tiền: whole parts of `total` in proportion to `weights`, adding up to it exactly.

    Largest remainder: each part is cut down to whole dong and the dong left over go one by one to the parts
    that lost most, the earlier first when equal. A negative total is divided as its mirror.
    Weights are not negative; they may all be zero only if the total is. Raises `BilingualError` with
    code ``split.weights``.

    >>> split(100, [1, 1, 1])
    [34, 33, 33]
    >>> split(-100, [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)])
    [-50, -25, -25]
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact, Fraction(0))
    if any(weight < 0 for weight in exact) or (whole == 0 and total != 0):
        raise BilingualError(
            "Không thể phân bổ: tỷ trọng âm hoặc bằng không",
            "Cannot divide an amount by weights that are negative or all zero",
            code="split.weights",
        )
    if total == 0:
        return [0] * len(exact)
    size = abs(total)
    ideal = [size * weight / whole for weight in exact]
    parts = [portion.numerator // portion.denominator for portion in ideal]
    order = sorted(range(len(exact)), key=lambda i: (parts[i] - ideal[i], i))
    for i in order[: size - sum(parts)]:
        parts[i] += 1
    return parts if total > 0 else [-part for part in parts]
