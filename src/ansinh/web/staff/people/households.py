"""Hộ gia đình: the people of one household, how they are related, and the way to put that right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.identity import mask
from ansinh.office import reading
from ansinh.office.models import Unit
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.registers import access, history, households
from ansinh.registers.models import Household, Person
from ansinh.web.gate import rule
from ansinh.web.staff import trace
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.staff.doors import communes
from ansinh.web.staff.people.pages import born
from ansinh.web.staff.trace import readers
from ansinh.web.ui import export
from ansinh.web.ui.cells import display, link
from ansinh.web.ui.fields import CodeField, said
from ansinh.web.ui.tables import Column, Table
from ansinh.web.ui.words import place


class AddForm(forms.Form):
    """Thêm thành viên: by a number that is theirs alone."""

    number = CodeField(
        label=gettext_lazy("Mã số BHXH hoặc số định danh"),
        read=lambda text: "".join(sign for sign in text if sign.isalnum()),
        help_text=gettext_lazy("10 hoặc 12 chữ số."),
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("Quan hệ với chủ hộ"), choices=[("", ""), *Person.Relation.choices]
    )


class AddressForm(forms.Form):
    """Địa chỉ của hộ; the commune is one of the officer's province."""

    address = forms.CharField(label=gettext_lazy("Số nhà, đường, thôn, xóm"), max_length=200, required=False)
    commune = forms.ChoiceField(label=gettext_lazy("Xã, phường, đặc khu"))

    def __init__(self, *args: Any, places: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(u.pk): u for u in places}
        self.fields["commune"].choices = [("", ""), *((str(u.pk), u.name) for u in places)]  # type: ignore[attr-defined]

    def clean_commune(self) -> Unit:
        """The unit itself."""
        return self.units[self.cleaned_data["commune"]]


class RelationForm(forms.Form):
    """Quan hệ của một thành viên."""

    relation = forms.ChoiceField(label=gettext_lazy("Quan hệ với chủ hộ"), choices=Person.Relation.choices)


@rule("person.read")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Một hộ gia đình. The read is written down with its purpose."""
    purpose = reading.purpose_of(request.GET.get("muc-dich", ""), Purpose.HOUSEHOLD)
    return _page(request, opened(request, access.household, pk, purpose=purpose))


@rule("person.edit")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Thêm một người có trong sổ vào hộ."""
    household, actor = _opened(request, pk), actor_of(request)
    form = AddForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            found = _joined(actor, household, form.cleaned_data["number"], form.cleaned_data["relation"])
        except BilingualError as error:
            form.add_error("number", said(error))
        else:
            if found is not None:
                messages.success(request, _("Đã thêm %(name)s vào hộ.") % {"name": found.full_name})
                return redirect("household", pk=pk)
            form.add_error("number", _("Mã số không khớp với cơ sở dữ liệu."))
    return _form(request, household, form, _("Thêm thành viên"), _("Thêm vào hộ"))


def _joined(actor: Actor, household: Household, number: str, relation: str) -> Person | None:
    """The person of the number, now a member; None for a number that is nobody's within the scope."""
    found = access.person_by_number(actor, number, purpose=Purpose.HOUSEHOLD, verb="person.edit")
    if found is None:
        return None
    return households.add(actor=actor, household=household, person=found, relation=relation)


@rule("person.edit")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Ghi địa chỉ của hộ."""
    household, actor = _opened(request, pk), actor_of(request)
    known = {"address": household.address, "commune": str(household.commune_id)}
    places = communes(actor, "person.edit", household.commune_id)
    form = AddressForm(request.POST or None, initial=known, places=places)
    if form.is_bound and form.is_valid():
        households.settle(actor=actor, household=household, **form.cleaned_data)
        messages.success(request, _("Đã ghi địa chỉ của hộ."))
        return redirect("household", pk=pk)
    return _form(request, household, form, _("Địa chỉ của hộ"), _("Ghi địa chỉ"))


@rule("person.edit")
def relate(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Ghi quan hệ của một thành viên với chủ hộ."""
    household, actor = _opened(request, pk), actor_of(request)
    member = _member(actor, household, person)
    form = RelationForm(request.POST or None, initial={"relation": member.relation})
    if form.is_bound and form.is_valid():
        households.relate(actor=actor, household=household, person=member, **form.cleaned_data)
        messages.success(request, _("Đã ghi quan hệ của %(name)s.") % {"name": member.full_name})
        return redirect("household", pk=pk)
    return _form(request, household, form, member.full_name, _("Ghi quan hệ"))


@rule("person.edit")
def remove(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Đưa một người ra khỏi hộ: after the interruption."""
    household, actor = _opened(request, pk), actor_of(request)
    member = _member(actor, household, person)
    if request.method != "POST":
        context = {"household": household, "member": member, "crumbs": _crumbs(household, member.full_name)}
        return render(request, "staff/people/household_remove.html", context)
    try:
        households.remove(actor=actor, household=household, person=member)
    except BilingualError as error:
        messages.error(request, said(error))
        return redirect("household", pk=pk)
    messages.success(request, _("Đã đưa %(name)s ra khỏi hộ.") % {"name": member.full_name})
    return redirect("person", pk=member.pk)


@rule("person.edit")
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Lập hộ mới của một người chưa thuộc hộ nào: at their own address."""
    head = opened(request, access.person, pk, purpose=Purpose.HOUSEHOLD, verb="person.edit")
    try:
        made = households.begin(
            actor=actor_of(request), head=head, address=head.address, commune=head.commune
        )
    except BilingualError as error:
        messages.error(request, said(error))
        return redirect("person", pk=pk)
    messages.success(request, _("Đã lập hộ gia đình."))
    return redirect("household", pk=made.pk)


def _page(request: HttpRequest, household: Household) -> HttpResponse:
    actor = actor_of(request)
    members = households.members(actor, household, timezone.localdate())
    may_edit = any(actor.may("person.edit", at=m.person) for m in members)
    may_see_history = any(actor.may("history.read", at=m.person) for m in members)
    drawn = Table(
        request,
        name="household",
        caption=_("Thành viên hộ %(code)s") % {"code": household.code},
        rows=members,
        columns=[
            Column("name", _("Họ và tên"), value=lambda m: m.person.full_name, frozen=True,
                   url=link("person", key="person.pk")),
            Column("relation", _("Quan hệ với chủ hộ"), value=relation),
            Column("code", _("Mã số BHXH"), "code", value=lambda m: mask(m.person.si_number)),
            Column("born", _("Ngày sinh"), value=lambda m: born(m.person)),
            Column("sex", _("Giới tính"), value=display("person.sex")),
            Column("group", _("Nhóm BHYT"), "code", value=lambda m: m.group),
            Column("payer", _("Người đóng BHYT"), value=lambda m: m.payer),
            Column("office", _("Cơ quan quản lý"), value=lambda m: m.person.office.name, hidden=True),
        ],
        shows=lambda m: [(Subject.PERSON, m.person.pk)],
        purpose=Purpose.HOUSEHOLD,
    )  # fmt: skip
    if drawn.export_asked:
        return export.workbook(drawn)  # type: ignore[return-value]
    kept = history.changes("household", [household.pk]) if may_see_history else []
    context = {
        "household": household,
        "table": drawn,
        "facts": [
            {"label": _("Mã hộ"), "value": household.code, "kind": "code"},
            {"label": _("Địa chỉ"), "value": place(household.address, household.commune.name)},
        ],
        "elsewhere": households.elsewhere(actor, household),
        "members": [m.person for m in members],
        "may_edit": may_edit,
        "may_see_history": may_see_history,
        "changes": trace.events(kept),
        "readings": readers("household", household.pk) if may_see_history else [],
        "crumbs": _crumbs(household, ""),
    }
    return render(request, "staff/people/household.html", context)


def relation(member: households.Member) -> str:
    """Quan hệ với chủ hộ in words."""
    return str(member.person.get_relation_display()) if member.person.relation else _("Chưa khai")


def _form(
    request: HttpRequest, household: Household, form: forms.Form, title: str, submit: str
) -> HttpResponse:
    context = {
        "household": household,
        "form": form,
        "title": title,
        "submit": submit,
        "crumbs": _crumbs(household, title),
    }
    return render(request, "staff/people/household_form.html", context)


def _opened(request: HttpRequest, pk: int) -> Household:
    return opened(request, access.household, pk, purpose=Purpose.HOUSEHOLD, verb="person.edit")


def _member(actor: Actor, household: Household, pk: int) -> Person:
    try:
        return access.member(actor, household, pk, verb="person.edit")
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _crumbs(household: Household, last: str) -> list[tuple[str, str]]:
    here = _("Hộ %(code)s") % {"code": household.code}
    start = [(_("Người tham gia"), reverse("people"))]
    if not last:
        return [*start, (here, "")]
    return [*start, (here, reverse("household", args=[household.pk])), (last, "")]
