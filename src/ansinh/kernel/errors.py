"""Thông báo lỗi hai thứ tiếng: one error type whose text an officer and a developer can both read."""

_BITS = 256  # a whole number beyond this is named by its size: printing thousands of digits may raise
_DIGITS_A_BIT = 0.30103


def excerpt(value: object, most: int = 60) -> str:
    r"""Trích giá trị người ta gửi: to quote in a message: one line of printable signs, shortened with "…".

    What came from outside may be megabytes long, hold a NUL that no database takes, or be a number with
    more digits than Python prints.

    >>> excerpt("a\0b\nc"), excerpt("9" * 5000, 8), excerpt(10**5000)
    ('a\ufffdb c', '99999999…', '10^5000…')
    """
    if isinstance(value, int) and value.bit_length() > _BITS:
        return f"{'-' if value < 0 else ''}10^{int(value.bit_length() * _DIGITS_A_BIT)}…"
    text = value if isinstance(value, str) else str(value)
    shown = "".join(
        sign if sign.isprintable() else " " if sign.isspace() else "\ufffd" for sign in text[:most]
    )
    return f"{shown}…" if len(text) > most else shown


class BilingualError(ValueError):
    """Lỗi có thông báo tiếng Việt và tiếng Anh.

    `code` is a stable name such as ``"identity.citizen_id.length"`` for tests, APIs and statistics;
    it may be empty. `str()` shows both languages, Vietnamese first.

    >>> error = BilingualError("Thiếu ngày sinh", "Birth date is missing", code="birth.missing")
    >>> str(error)
    'Thiếu ngày sinh / Birth date is missing'
    >>> error.code
    'birth.missing'
    """

    def __init__(self, vi: str, en: str, *, code: str = "") -> None:
        super().__init__(vi, en)
        self.vi = vi
        self.en = en
        self.code = code

    def __str__(self) -> str:
        return f"{self.vi} / {self.en}"

    def __reduce__(self) -> tuple[object, tuple[type["BilingualError"], str, str, str]]:
        # `code` is keyword-only, so the default pickling of exceptions would lose it between processes.
        return _rebuild, (type(self), self.vi, self.en, self.code)


def _rebuild(kind: type[BilingualError], vi: str, en: str, code: str) -> BilingualError:
    return kind(vi, en, code=code)
