"""Tờ khai của các việc làm với hồ sơ: the small forms of the case panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.office.cases.models import CaseWait
from ansinh.office.cases.papers import CaseVerdict
from ansinh.office.models import User
from ansinh.web.ui.fields import DateField

EMPTY = [("", "")]
ON_KINDS = {
    "supplement": "filer", "payment": "filer", "agency": "agency", "employer": "employer", "expert": "expert",
    "elsewhere": "case",
}  # fmt: skip
"""What kind of somebody a wait is on, by its reason."""


class OfficerField(forms.ChoiceField):
    """Viên chức: one of those offered; cleaned to the account."""

    officers: dict[str, User]

    def offer(self, found: Iterable[User]) -> None:
        """Set who may be chosen."""
        self.officers = {str(user.pk): user for user in found}
        self.choices = [*EMPTY, *((key, user.full_name) for key, user in self.officers.items())]

    def clean(self, value: Any) -> User | None:
        """The account itself."""
        chosen = super().clean(value)
        return self.officers[chosen] if chosen else None


class ReleaseForm(forms.Form):
    """Trả về hàng đợi."""

    prefix = "release"
    reason = forms.CharField(label=_("Lý do trả về"), max_length=200)


class AssignForm(forms.Form):
    """Giao việc."""

    prefix = "assign"
    to = OfficerField(label=_("Giao cho"))
    reason = forms.CharField(label=_("Lời dặn"), max_length=200, required=False)

    def __init__(self, *args: Any, officers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(officers)  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Kết luận một điểm bằng tay."""

    reason = forms.CharField(
        label=_("Kết luận và căn cứ"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReturnForm(forms.Form):
    """Trả lại một điểm: the cause and a note."""

    cause = forms.ChoiceField(label=_("Nguyên nhân"), choices=[*EMPTY, *CaseVerdict.Cause.choices])
    note = forms.CharField(
        label=_("Lời ghi cho người làm"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class WaitForm(forms.Form):
    """Ghi việc chờ."""

    prefix = "wait"
    reason = forms.ChoiceField(label=_("Chờ vì"), choices=[*EMPTY, *CaseWait.Reason.choices])
    on_name = forms.CharField(label=_("Chờ ai"), max_length=200)
    asked = forms.CharField(label=_("Chờ điều gì"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    until = DateField(label=_("Đến hết ngày"))
    then = forms.CharField(
        label=_("Quá ngày thì làm gì"), max_length=200, help_text=_("Ví dụ: trả lại hồ sơ.")
    )


class ResumeForm(forms.Form):
    """Hết chờ."""

    how = forms.CharField(label=_("Đã nhận được gì"), max_length=200)


class ReasonForm(forms.Form):
    """Vì sao: of a way out of a case that wants a reason."""

    reason = forms.CharField(label=_("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ReopenForm(ReasonForm):
    """Mở lại: the reason, and when what it is opened for was received."""

    received_on = DateField(label=_("Ngày nhận lần này"))


class HandOverForm(forms.Form):
    """Trả kết quả: to whom."""

    to = forms.CharField(
        label=_("Trả cho ai"), max_length=200, help_text=_("Họ tên người nhận, hoặc đơn vị.")
    )
