"""Thông báo lỗi hai thứ tiếng: one error type whose text an officer and a developer can both read."""


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
