"""Tờ khai TK3-TS trên web: what an employer declares; its status with the paper that proves it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.kernel import identity
from ansinh.kernel.errors import BilingualError
from ansinh.office.reading import Purpose
from ansinh.registers import access, records, selectors, services
from ansinh.registers.models import Employer, EmployerStatus
from ansinh.web.gate import rule
from ansinh.web.staff import declared
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.ui.fields import CodeField, DateField, said

CYCLES = (
    ("1", gettext_lazy("Hằng tháng")),
    ("3", gettext_lazy("3 tháng một lần")),
    ("6", gettext_lazy("6 tháng một lần")),
)
REGIONS = (("1", "I"), ("2", "II"), ("3", "III"), ("4", "IV"))


class TK3Form(declared.Declared):
    """Tờ khai TK3-TS: its boxes numbered as on the form."""

    unit_code = CodeField(label=gettext_lazy("Mã đơn vị"), read=lambda text: str(identity.unit_code(text)))
    name = forms.CharField(label=gettext_lazy("[01] Tên đơn vị"), max_length=200)
    tax_code = CodeField(
        label=gettext_lazy("[02] Mã số thuế"),
        read=identity.enterprise_number,
        required=False,
        help_text=gettext_lazy("10 chữ số; chi nhánh thêm -001."),
    )
    address = forms.CharField(label=gettext_lazy("[03] Địa chỉ trụ sở"), max_length=200)
    commune = forms.ChoiceField(label=gettext_lazy("[04] Xã, phường, đặc khu"))
    email = forms.EmailField(label=gettext_lazy("[05] Địa chỉ thư điện tử"), max_length=100, required=False)
    phone = forms.CharField(label=gettext_lazy("[06] Số điện thoại liên hệ"), max_length=20, required=False)
    region = forms.ChoiceField(label=gettext_lazy("Vùng lương tối thiểu"), choices=REGIONS)
    budget = forms.BooleanField(label=gettext_lazy("[09] Hưởng lương từ ngân sách nhà nước"), required=False)
    cycle = forms.ChoiceField(
        label=gettext_lazy("[12] Phương thức đóng"),
        choices=CYCLES,
        widget=forms.RadioSelect,
        initial="1",
        help_text=gettext_lazy(
            "3 hoặc 6 tháng chỉ dành cho nông, lâm, ngư, diêm nghiệp trả lương theo sản phẩm, theo khoán."
        ),
    )
    office = forms.ChoiceField(label=gettext_lazy("[13] Cơ quan BHXH quản lý"))
    opened_on = DateField(label=gettext_lazy("Tham gia từ ngày"))
    request = forms.CharField(
        label=gettext_lazy("[14] Nội dung thay đổi, yêu cầu"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_tax_code(self) -> str:
        """Empty when there is none."""
        return self.cleaned_data["tax_code"] or ""

    def clean_phone(self) -> str:
        """Digits and a plus sign."""
        return declared.phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """Months and region as numbers."""
        given: dict[str, Any] = super().clean() or {}
        return given | {name: int(given[name]) for name in ("cycle", "region") if given.get(name)}

    def shown(self, name: str) -> str:
        """Months and region are chosen by their text."""
        if name in {"cycle", "region"}:
            choices = dict(CYCLES) if name == "cycle" else dict(REGIONS)
            return str(choices[str(self.cleaned_data[name])])
        return super().shown(name)


@rule("employer.edit")
def tk3(request: HttpRequest, pk: int) -> HttpResponse:
    """TK3-TS of an employer in the register."""
    employer = opened(request, access.employer, pk, purpose=Purpose.AMEND, verb="employer.edit")
    return _tk3(request, employer, reverse("tk3", args=[pk]), _employer_crumbs(employer, "TK3-TS"))


@rule("employer.edit")
def tk3_new(request: HttpRequest) -> HttpResponse:
    """TK3-TS of a new employer."""
    return _tk3(request, None, reverse("tk3_new"), [(_("Đơn vị"), reverse("employers")), ("TK3-TS", "")])


def _employer_crumbs(employer: Employer, last: str) -> list[tuple[str, str]]:
    here = reverse("employer", args=[employer.pk])
    return [(_("Đơn vị"), reverse("employers")), (employer.name, here), (last, "")]


def _tk3(
    request: HttpRequest, employer: Employer | None, here: str, crumbs: list[tuple[str, str]]
) -> HttpResponse:
    actor = actor_of(request)

    def save(given: dict[str, Any]) -> str:
        asked = given.pop("request")
        saved = records.save_employer(
            actor=actor, employer=employer, facts=records.EmployerFacts(**given), request=asked
        )
        return reverse("employer", args=[saved.pk])

    paper = declared.Paper(
        code="TK3-TS",
        title=_("Tờ khai đơn vị đăng ký, điều chỉnh thông tin"),
        submit=_("Lưu tờ khai TK3-TS"),
        form=TK3Form,
        key=f"tk3:{employer.pk if employer else 'moi'}",
        here=here,
        known=_known_employer(employer) if employer else {},
        save=save,
        crumbs=crumbs,
        fixed=("unit_code",) if employer else (),
    )
    return declared.page(request, paper, "employer.edit")


def _known_employer(employer: Employer) -> dict[str, Any]:
    plain = ("unit_code", "name", "tax_code", "address", "email", "phone", "budget")
    return {name: getattr(employer, name) for name in plain} | {
        "region": str(employer.region),
        "cycle": str(employer.cycle),
        "opened_on": f"{employer.opened_on:%d/%m/%Y}",
        "commune": str(employer.commune_id),
        "office": str(employer.office_id),
    }


class StatusForm(forms.Form):
    """Tình trạng đơn vị: each with the paper that proves it."""

    state = forms.ChoiceField(label=gettext_lazy("Tình trạng"), choices=EmployerStatus.State.choices)
    valid_from = DateField(label=gettext_lazy("Từ ngày"))
    valid_to = DateField(
        label=gettext_lazy("Đến ngày"),
        required=False,
        help_text=gettext_lazy("Ngày cuối; bỏ trống khi chưa biết."),
    )
    evidence = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=200,
        help_text=gettext_lazy(
            "Tên văn bản, số, ngày, nơi ban hành, ví dụ quyết định mở thủ tục phá sản của Tòa án."
        ),
    )


@rule("employer.edit")
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """Ghi tình trạng đơn vị với căn cứ."""
    employer = opened(request, access.employer, pk, purpose=Purpose.AMEND, verb="employer.edit")
    form = StatusForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            services.set_employer_status(actor=actor_of(request), employer=employer, **form.cleaned_data)
        except BilingualError as error:
            form.add_error("evidence" if error.code == "status.evidence" else "valid_from", said(error))
        else:
            messages.success(request, _("Đã ghi tình trạng đơn vị."))
            return redirect("employer", pk=pk)
    context = {
        "form": form,
        "employer": employer,
        "statuses": selectors.statuses(employer),
        "crumbs": _employer_crumbs(employer, _("Tình trạng")),
    }
    return render(request, "staff/employers/status.html", context)
