"""Ô nhập: form fields that read what people type — spaces, dots and dashes in numbers, 1/7/26, 7/1980.

Each names its `kind`, by which `<c-field>` draws it. Errors come from the kernel, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.dates import PartialDate, parse_date
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import format_dong, parse_dong
from ansinh.kernel.months import Month


def said(error: BilingualError) -> str:
    """The error in the reader's language."""
    return error.en if (get_language() or "vi").startswith("en") else error.vi


class ReadField(forms.CharField):
    """A text box whose text is read by a kernel function; None when left empty."""

    kind = "text"

    def __init__(self, *, read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def clean(self, value: Any) -> Any:
        """The value read; ValidationError with the kernel's own words."""
        text = super().clean(value)
        if text == "":
            return None
        try:
            return self.read(text)
        except BilingualError as error:
            raise ValidationError(said(error), code=error.code or "invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """What stands in the box: what was typed, or a value in the reader's writing."""
        if isinstance(value, (Month, PartialDate)):
            return value.vi()
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as written."""
        return str(self.prepare_value(initial) or "") != str(data or "")


class MoneyField(ReadField):
    """Số tiền, in whole dong: "12.345.678", "12 345 678 đ"."""

    kind = "money"

    def __init__(self, *, minimum: int | None = 0, **kwargs: Any) -> None:
        super().__init__(read=parse_dong, **kwargs)
        self.minimum = minimum

    def clean(self, value: Any) -> int | None:
        """Whole dong, not below the minimum."""
        amount: int | None = super().clean(value)
        if amount is not None and self.minimum is not None and amount < self.minimum:
            raise ValidationError(
                _("Số tiền phải từ {least} đ trở lên.").format(least=format_dong(self.minimum))
            )
        return amount

    def prepare_value(self, value: Any) -> Any:
        """Thousands apart."""
        return format_dong(value) if isinstance(value, int) else value


class NumberField(ReadField):
    """Số đếm: a whole count."""

    kind = "number"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read=parse_dong, **kwargs)


class DateField(ReadField):
    """Ngày: 1/7/26, 01-07-2026, 20260701."""

    kind = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read=parse_date, **kwargs)


class PartialDateField(ReadField):
    """Ngày sinh có thể thiếu ngày, tháng: 1/7/1980, 7/1980, 1980."""

    kind = "partial-date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read=PartialDate.parse, **kwargs)


class MonthField(ReadField):
    """Tháng: 7/2026."""

    kind = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read=Month.parse, **kwargs)


class CodeField(ReadField):
    """Mã số: read by a function of `kernel.identity`; spaces ignored, kept as text."""

    kind = "code"
