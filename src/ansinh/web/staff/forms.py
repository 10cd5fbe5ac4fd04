"""Tờ khai TK1-TS, TK3-TS trên web: typed, checked once more, saved; an employer's status with evidence.

What was typed waits in the session until it is saved, so that "Thay đổi" leads back to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.kernel import identity
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.text import clean_name
from ansinh.office.models import Unit
from ansinh.office.reading import Purpose
from ansinh.registers import access, records, selectors, services
from ansinh.registers.models import Employer, EmployerStatus, Person
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, key, opened
from ansinh.web.staff.doors import communes, offices
from ansinh.web.ui.fields import CodeField, DateField, PartialDateField, said

CHECK = "kiem-tra"
CYCLES = (
    ("1", gettext_lazy("Hằng tháng")),
    ("3", gettext_lazy("3 tháng một lần")),
    ("6", gettext_lazy("6 tháng một lần")),
)
REGIONS = (("1", "I"), ("2", "II"), ("3", "III"), ("4", "IV"))


class Declared(forms.Form):
    """Tờ khai: commune and office are chosen among those of the officer's province."""

    def __init__(self, *args: Any, places: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units: dict[str, Unit] = {str(u.pk): u for u in (*places, *agencies)}
        self.fields["commune"].choices = [("", ""), *((str(u.pk), u.name) for u in places)]  # type: ignore[attr-defined]
        self.fields["office"].choices = [("", ""), *((str(u.pk), u.name) for u in agencies)]  # type: ignore[attr-defined]

    def clean_commune(self) -> Unit:
        """The unit itself."""
        return self.units[self.cleaned_data["commune"]]

    def clean_office(self) -> Unit:
        """The unit itself."""
        return self.units[self.cleaned_data["office"]]

    def shown(self, name: str) -> str:
        """A value in words, for the check page."""
        value = self.cleaned_data.get(name)
        if isinstance(value, Unit):
            return value.name
        if isinstance(value, bool):
            return _("Có") if value else _("Không")
        choices = getattr(self.fields[name], "choices", None)
        if choices:
            return str(dict(choices).get(value, value or ""))
        return str(self.fields[name].prepare_value(value) or "")


class TK1Form(Declared):
    """Tờ khai TK1-TS, its boxes numbered as on the form."""

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
        return _phone(self.cleaned_data["phone"])

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


class TK3Form(Declared):
    """Tờ khai TK3-TS, its boxes numbered as on the form."""

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
        return _phone(self.cleaned_data["phone"])

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


def _phone(text: str) -> str:
    plain = "".join(sign for sign in text if (sign.isascii() and sign.isdigit()) or sign == "+")
    if text.strip() and not 8 <= len(plain) <= 15:
        raise forms.ValidationError(_("Số điện thoại có 8 đến 15 chữ số."))
    return plain


@dataclass(frozen=True)
class Paper:
    """Một tờ khai đang nhập: form, what stands in the register, and how it is saved."""

    code: str
    title: str | Promise
    submit: str | Promise
    form: type[Declared]
    key: str
    here: str
    known: dict[str, Any]
    save: Callable[[dict[str, Any]], str]
    crumbs: list[tuple[str, str]]
    fixed: tuple[str, ...] = ()


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

    paper = Paper(
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
    return _paper(request, paper, "person.edit")


def _known_person(person: Person) -> dict[str, Any]:
    plain = ("full_name", "sex", "ethnicity", "nationality", "phone", "email", "address", "bank_account")
    return {name: getattr(person, name) for name in plain} | {
        "birth": PartialDate(person.birth_year, person.birth_month, person.birth_day).vi(),
        "citizen_id": person.citizen_id or "",
        "commune": str(person.commune_id),
        "office": str(person.office_id),
    }


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

    paper = Paper(
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
    return _paper(request, paper, "employer.edit")


def _known_employer(employer: Employer) -> dict[str, Any]:
    plain = ("unit_code", "name", "tax_code", "address", "email", "phone", "budget")
    return {name: getattr(employer, name) for name in plain} | {
        "region": str(employer.region),
        "cycle": str(employer.cycle),
        "opened_on": f"{employer.opened_on:%d/%m/%Y}",
        "commune": str(employer.commune_id),
        "office": str(employer.office_id),
    }


def _paper(request: HttpRequest, paper: Paper, verb: str) -> HttpResponse:
    """Type, check the answers, save."""
    actor = actor_of(request)
    known = (key(paper.known.get("commune")), key(paper.known.get("office")))
    lists = {"places": communes(actor, verb, known[0]), "agencies": offices(actor, verb, known[1])}
    typed = request.session.get(paper.key)
    if request.GET.get("buoc") == CHECK:
        return _check(request, paper, typed, lists)
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in paper.form.base_fields}
        values |= {name: paper.known[name] for name in paper.fixed}
        form = paper.form(values, **lists)
        if form.is_valid():
            request.session[paper.key] = values
            return redirect(f"{paper.here}?buoc={CHECK}")
    else:
        form = paper.form(initial=typed or paper.known, **lists)
    for name in paper.fixed:
        form.fields[name].disabled = True
    context = {"form": form, "paper": paper, "crumbs": paper.crumbs}
    return render(request, "staff/tk1.html", context)


def _check(
    request: HttpRequest, paper: Paper, typed: dict[str, Any] | None, lists: dict[str, Any]
) -> HttpResponse:
    """The answers once more, what differs marked; the button saves."""
    form = paper.form(typed, **lists) if typed is not None else None
    if form is None or not form.is_valid():
        return redirect(paper.here)
    refused = ""
    if request.method == "POST":
        try:
            target = paper.save(dict(form.cleaned_data))
        except BilingualError as error:
            refused = said(error)
        else:
            del request.session[paper.key]
            messages.success(request, _("Đã lưu tờ khai %(code)s.") % {"code": paper.code})
            return redirect(target)
    before = paper.form(paper.known, **lists) if paper.known else None
    if before is not None:
        before.is_valid()
    rows = [_answer(form, before, name, paper) for name in form.fields]
    context = {
        "paper": paper,
        "sections": [{"title": paper.code, "rows": rows}],
        "page_errors": [{"text": refused, "href": ""}] if refused else [],
        "changes": sum(row["changed"] for row in rows) if before is not None else 0,
        "compared": before is not None,
        "crumbs": paper.crumbs,
    }
    return render(request, "staff/tk1_check.html", context)


def _answer(form: Declared, before: Declared | None, name: str, paper: Paper) -> dict[str, Any]:
    now = form.shown(name)
    old = before.shown(name) if before is not None and name in before.cleaned_data else ""
    place = form[name].id_for_label or f"id_{name}_0"
    changed = before is not None and name not in {"request", "papers"} and now != old
    return {
        "label": form.fields[name].label,
        "value": now,
        "changed": changed,
        "note": _("đang ghi: %(old)s") % {"old": old or _("Chưa khai")} if changed else "",
        "change_url": "" if name in paper.fixed else f"{paper.here}#{place}",
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
    return render(request, "staff/tk3_status.html", context)
