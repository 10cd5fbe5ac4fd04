"""Tờ khai TK1-TS trên web: what a person declares of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.kernel import identity
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.text import clean_name
from ansinh.office.reading import Purpose
from ansinh.registers import access, records
from ansinh.registers.models import Person
from ansinh.web.gate import rule
from ansinh.web.staff import declared
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.ui.fields import CodeField, PartialDateField


class TK1Form(declared.Declared):
    """Tờ khai TK1-TS: its boxes numbered as on the form."""

    full_name = forms.CharField(label=gettext_lazy("[01] Họ và tên"), max_length=100)
    sex = forms.ChoiceField(
        label=gettext_lazy("[02] Giới tính"), choices=Person.Sex.choices, widget=forms.RadioSelect
    )
    birth = PartialDateField(
        label=gettext_lazy("[03] Ngày, tháng, năm sinh"),
        help_text=gettext_lazy("Ví dụ 17/5/1990. Giấy tờ chỉ ghi năm hoặc tháng thì ghi 1990 hoặc 5/1990."),
    )
    citizen_id = CodeField(
        label=gettext_lazy("[04] Số định danh cá nhân"),
        read=identity.citizen_id,
        required=False,
        help_text=gettext_lazy("12 chữ số trên căn cước."),
    )
    ethnicity = forms.CharField(label=gettext_lazy("[05] Dân tộc"), max_length=30, required=False)
    nationality = forms.RegexField(
        label=gettext_lazy("[06] Quốc tịch"),
        regex=r"^[A-Za-z]{2}$",
        initial="VN",
        help_text=gettext_lazy("Mã hai chữ cái: VN, KR, JP…"),
        error_messages={"invalid": gettext_lazy("Ghi mã hai chữ cái, ví dụ VN.")},
    )
    phone = forms.CharField(label=gettext_lazy("[07] Số điện thoại"), max_length=20, required=False)
    email = forms.EmailField(label=gettext_lazy("[08] Địa chỉ email"), max_length=100, required=False)
    address = forms.CharField(
        label=gettext_lazy("[11.1] Số nhà, đường, thôn, xóm"), max_length=200, required=False
    )
    commune = forms.ChoiceField(label=gettext_lazy("[11.2] Xã, phường, đặc khu"))
    office = forms.ChoiceField(label=gettext_lazy("Cơ quan BHXH quản lý"))
    bank_account = forms.CharField(
        label=gettext_lazy("Số tài khoản nhận tiền"), max_length=40, required=False
    )
    request = forms.CharField(
        label=gettext_lazy("[16] Nội dung đề nghị"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    papers = forms.CharField(
        label=gettext_lazy("[17] Giấy tờ kèm theo"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_full_name(self) -> str:
        """Single spaces, composed letters."""
        return clean_name(self.cleaned_data["full_name"])

    def clean_nationality(self) -> str:
        """Capital letters."""
        return str(self.cleaned_data["nationality"]).upper()

    def clean_phone(self) -> str:
        """Digits and a plus sign."""
        return declared.phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """The citizen ID carries sex and year of birth; they must agree with what is declared."""
        given: dict[str, Any] = super().clean() or {}
        birth: PartialDate | None = given.get("birth")
        if birth and birth.earliest() > timezone.localdate():
            self.add_error("birth", _("Ngày sinh ở tương lai."))
        if not given.get("citizen_id"):
            given["citizen_id"] = ""
            return given
        facts = identity.citizen_id_facts(given["citizen_id"])
        if birth and birth.year != facts.birth_year:
            self.add_error("birth", _("Số định danh ghi năm sinh %(year)s.") % {"year": facts.birth_year})
        letter = {"male": Person.Sex.MALE, "female": Person.Sex.FEMALE}[facts.sex]
        if given.get("sex") and given["sex"] != letter:
            sex = letter.label
            self.add_error("sex", _("Số định danh ghi giới tính %(sex)s.") % {"sex": sex})
        return given


@rule("person.edit")
def tk1(request: HttpRequest, pk: int) -> HttpResponse:
    """TK1-TS of somebody in the register."""
    person = opened(request, access.person, pk, purpose=Purpose.AMEND, verb="person.edit")
    crumbs = [
        (_("Người tham gia"), reverse("people")),
        (person.full_name, reverse("person", args=[pk])),
        ("TK1-TS", ""),
    ]
    return _tk1(request, person, reverse("tk1", args=[pk]), crumbs)


@rule("person.edit")
def tk1_new(request: HttpRequest) -> HttpResponse:
    """TK1-TS of a newcomer."""
    crumbs = [(_("Người tham gia"), reverse("people")), ("TK1-TS", "")]
    return _tk1(request, None, reverse("tk1_new"), crumbs)


def _tk1(
    request: HttpRequest, person: Person | None, here: str, crumbs: list[tuple[str, str]]
) -> HttpResponse:
    actor = actor_of(request)

    def save(given: dict[str, Any]) -> str:
        asked, papers = given.pop("request"), given.pop("papers")
        saved = records.save_person(
            actor=actor, person=person, facts=records.PersonFacts(**given), request=asked, papers=papers
        )
        return reverse("person", args=[saved.pk])

    paper = declared.Paper(
        code="TK1-TS",
        title=_("Tờ khai đăng ký, điều chỉnh thông tin"),
        submit=_("Lưu tờ khai TK1-TS"),
        form=TK1Form,
        key=f"tk1:{person.pk if person else 'moi'}",
        here=here,
        known=_known_person(person) if person else {},
        save=save,
        crumbs=crumbs,
    )
    return declared.page(request, paper, "person.edit")


def _known_person(person: Person) -> dict[str, Any]:
    plain = ("full_name", "sex", "ethnicity", "nationality", "phone", "email", "address", "bank_account")
    return {name: getattr(person, name) for name in plain} | {
        "birth": PartialDate(person.birth_year, person.birth_month, person.birth_day).vi(),
        "citizen_id": person.citizen_id or "",
        "commune": str(person.commune_id),
        "office": str(person.office_id),
    }
