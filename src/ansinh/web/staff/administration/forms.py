"""Các tờ khai của quản trị."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.office.models import DayOff, Mandate, RoleAssignment, Unit, User
from ansinh.office.staff import accounts, giving
from ansinh.office.staff import units as unit_data
from ansinh.web.ui.fields import DateField, MoneyField, NumberField

EMPTY = [("", "")]
# registers of agents and hospitals are not kept here, so nobody can be found in them
FOUND = (Mandate.Role.CLERK, Mandate.Role.SELF, Mandate.Role.PARENT, Mandate.Role.PROXY)


class OfficeField(forms.ChoiceField):
    """Cơ quan: one of those offered; cleaned to the unit."""

    units: dict[str, Unit]

    def offer(self, found: Iterable[Unit]) -> None:
        """Set what may be chosen."""
        self.units = {str(unit.pk): unit for unit in found}
        self.choices = [*EMPTY, *((key, unit.name) for key, unit in self.units.items())]

    def clean(self, value: Any) -> Unit | None:
        """The unit itself."""
        chosen = super().clean(value)
        return self.units[chosen] if chosen else None


class ReasonForm(forms.Form):
    """Lý do của một việc."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=giving.REASON_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )


class EndForm(ReasonForm):
    """Thu hồi: at once, or with a later last day."""

    on = DateField(
        label=_("Ngày cuối còn hiệu lực"),
        required=False,
        help_text=_("Để trống: hết hiệu lực ngay bây giờ."),
    )


class AccountForm(forms.Form):
    """Mở tài khoản."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=100)
    name = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=accounts.USERNAME_MOST,
        help_text=_("Chữ không dấu, chữ số, dấu chấm, gạch nối; bắt đầu bằng chữ. Ví dụ: mai.hoang"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(
        label=_("Loại tài khoản"),
        choices=[*EMPTY, *User.Kind.choices],
        help_text=_("Viên chức nhận vai trò; người bên ngoài nhận ủy quyền. Không đổi được sau này."),
    )
    unit = OfficeField(label=_("Mở tại cơ quan"))

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]


class TermForm(forms.Form):
    """Thời hạn và văn bản của một quyền."""

    valid_from = DateField(label=_("Từ ngày"))
    valid_to = DateField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống: đến khi thu hồi."))
    decision = forms.CharField(label=_("Số văn bản giao quyền"), max_length=60)


class RoleForm(TermForm):
    """Đề nghị vai trò."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=[*EMPTY, *RoleAssignment.Role.choices])
    unit = OfficeField(
        label=_("Tại cơ quan"), help_text=_("Có hiệu lực ở cơ quan này và các cơ quan cấp dưới.")
    )
    field_order = ("role", "unit", "valid_from", "valid_to", "decision")

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]


class MandateForm(TermForm):
    """Đề nghị ủy quyền: the role says in which register the number is looked up."""

    role = forms.ChoiceField(
        label=_("Làm việc với tư cách"),
        choices=[*EMPTY, *((role.value, role.label) for role in FOUND)],
    )
    number = forms.CharField(
        label=_("Mã đơn vị, hoặc mã số BHXH, số định danh"),
        max_length=20,
        help_text=_("Của đơn vị với người làm bảo hiểm; của người tham gia với các tư cách khác."),
    )
    field_order = ("role", "number", "valid_from", "valid_to", "decision")

    def clean_number(self) -> str:
        """Without the spaces, dots and dashes people write."""
        return "".join(sign for sign in self.cleaned_data["number"] if sign.isalnum()).upper()


class UnitForm(forms.Form):
    """Thông tin cơ quan."""

    address = forms.CharField(label=_("Địa chỉ"), max_length=200, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    signer = forms.CharField(label=_("Người ký văn bản"), max_length=100, required=False)
    signer_title = forms.CharField(label=_("Chức danh người ký"), max_length=60, required=False)
    booking_people = NumberField(
        label=_("Số người một danh sách được ghi nhận bởi một viên chức"),
        required=False,
        help_text=_("Trên mức này cần người thứ hai. Để trống: theo cơ quan cấp trên."),
    )
    booking_money = MoneyField(
        label=_("Số tiền một danh sách được ghi nhận bởi một viên chức"),
        required=False,
        help_text=_("Trên mức này cần người thứ hai. Để trống: theo cơ quan cấp trên."),
    )
    archives_inputs = forms.BooleanField(
        label=_("Lưu trữ dữ liệu đầu vào của kỳ đã khóa (thay vì xóa, chỉ giữ dấu)"), required=False
    )

    def clean_booking_people(self) -> int | None:
        """A count within bounds."""
        value: int | None = self.cleaned_data["booking_people"]
        if value is not None and not 0 <= value <= unit_data.PEOPLE_MOST:
            raise forms.ValidationError(_("Số quá lớn hoặc nhỏ hơn 0."))
        return value


class CollectingForm(forms.Form):
    """Đề nghị tài khoản chuyên thu."""

    bank = forms.CharField(label=_("Ngân hàng"), max_length=80)
    bank_bin = forms.CharField(label=_("Mã ngân hàng (BIN)"), max_length=6, help_text=_("6 chữ số."))
    number = forms.CharField(label=_("Số tài khoản"), max_length=40)
    holder = forms.CharField(label=_("Chủ tài khoản"), max_length=120)
    valid_from = DateField(label=_("Dùng từ ngày"))


class DayForm(forms.Form):
    """Ghi một ngày theo thông báo."""

    day = DateField(label=_("Ngày"))
    kind = forms.ChoiceField(label=_("Là"), choices=[*EMPTY, *DayOff.Kind.choices])
    name = forms.CharField(label=_("Tên ngày"), max_length=100, help_text=_("Ví dụ: Nghỉ Quốc khánh"))
    notice = forms.CharField(label=_("Thông báo"), max_length=120, help_text=_("Số, ngày và nơi ban hành."))


class NoteForm(forms.Form):
    """Kết quả xem xét một cảnh báo."""

    note = forms.CharField(
        label=_("Kết quả xem xét"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
