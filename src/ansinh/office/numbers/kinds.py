"""Loại số: which series there are, and how a number of each is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """Một loại số. `form` writes a number, from `value`, `year` and `office` (the code of the unit)."""

    code: str
    name: str | Promise
    form: str

    def text(self, value: int, *, year: int, office: str) -> str:
        """The number as it stands on the document."""
        return self.form.format(value=value, year=year, office=office)


_declared: dict[str, Kind] = {}


def register(code: str, *, name: str | Promise, form: str) -> None:
    """Khai báo một loại số. Raises ValueError for a form without the number, or a kind declared otherwise."""
    kind = Kind(code, name, form)
    if kind.text(1, year=2026, office="0") == kind.text(2, year=2026, office="0"):
        raise ValueError(f"the form of {code!r} does not hold its number")
    known = _declared.setdefault(code, kind)
    if known.form != form:
        raise ValueError(f"numbers of {code!r} are written {known.form!r} already")


def kinds() -> dict[str, Kind]:
    """Mọi loại số đã khai báo: by code."""
    return dict(_declared)


def kind_of(code: str) -> Kind:
    """One kind. Raises LookupError for a code nobody declared: a slip of the pen opens no series."""
    try:
        return _declared[code]
    except KeyError:
        raise LookupError(f"no room numbers {code!r}") from None
