"""Thay người và tránh hồ sơ: who stands in for whom, who must keep away from whose matters, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.kernel.errors import BilingualError
from ansinh.office import reading
from ansinh.office.cases import rosters, services
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.office.staff import selectors as staff
from ansinh.web.gate import rule
from ansinh.web.staff import caseforms
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.staff.cases import parties
from ansinh.web.ui.fields import DateField, said

BAR, STAND_IN = "case.bar", "case.stand_in"
KINDS = [("person", gettext_lazy("Người tham gia")), ("employer", gettext_lazy("Đơn vị"))]


class PlacedForm(forms.Form):
    """Ở cơ quan nào, về ai."""

    at = forms.ChoiceField(label=gettext_lazy("Tại cơ quan"))
    officer = caseforms.OfficerField(label=gettext_lazy("Viên chức"))

    def __init__(self, *args: Any, actor: Actor, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in staff.offices(actor, verb)}
        choices = [(key, unit.name) for key, unit in self.units.items()]
        self.fields["at"].choices = choices if len(choices) == 1 else [*caseforms.EMPTY, *choices]  # type: ignore[attr-defined]
        found = list(rosters.officers(actor, verb))
        for field in self.fields.values():
            if isinstance(field, caseforms.OfficerField):
                field.offer(found)

    def clean_at(self) -> Any:
        """The unit itself."""
        return self.units[self.cleaned_data["at"]]


class StandInForm(PlacedForm):
    """Cử người thay."""

    prefix = "stand-in"
    by = caseforms.OfficerField(label=gettext_lazy("Người thay"))
    valid_from = DateField(label=gettext_lazy("Từ ngày"))
    valid_to = DateField(label=gettext_lazy("Đến hết ngày"))
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=200)
    field_order = ("at", "officer", "by", "valid_from", "valid_to", "reason")


class BarForm(PlacedForm):
    """Ghi người phải tránh."""

    prefix = "bar"
    kind = forms.ChoiceField(label=gettext_lazy("Tránh hồ sơ của"), choices=[*caseforms.EMPTY, *KINDS])
    number = forms.CharField(
        label=gettext_lazy("Số của người hoặc đơn vị ấy"),
        max_length=20,
        help_text=gettext_lazy("Mã số BHXH hoặc số định danh của người; mã đơn vị của đơn vị."),
    )
    number.kind = "code"  # type: ignore[attr-defined]
    valid_to = DateField(
        label=gettext_lazy("Đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Để trống: đến khi có người bỏ tên khỏi sổ."),
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=200)
    field_order = ("at", "officer", "kind", "number", "valid_to", "reason")

    def clean_number(self) -> str:
        """Spaces are nobody's business."""
        return "".join(self.cleaned_data["number"].split()).upper()


@rule(BAR)
def page(request: HttpRequest) -> HttpResponse:
    """Ai thay ai, ai phải tránh ai."""
    return _page(request)


def _page(
    request: HttpRequest, *, standing: StandInForm | None = None, barring: BarForm | None = None
) -> HttpResponse:
    actor = actor_of(request)
    naming = standing or StandInForm(actor=actor, verb=STAND_IN)
    context = {
        "stand_ins": list(rosters.stand_ins(actor)),
        "bars": _bars(actor),
        "standing": naming if naming.units else None,
        "barring": barring or BarForm(actor=actor, verb=BAR),
        "wrong": standing or barring,
        "me": actor.user.pk,
    }
    return render(request, "staff/cases/people.html", context)


def _bars(actor: Actor) -> list[dict[str, Any]]:
    """The register with the names of whom it is about, of those in the actor's reach; noted as read."""
    rows = list(rosters.bars(actor))
    keys = {kind: {row.party for row in rows if row.party_kind == kind} for kind, _label in KINDS}
    names = parties.names(actor, BAR, keys)
    for kind, found in names.items():
        reading.shown(actor, Subject(kind), found, purpose=Purpose.CASE)
    return [{"row": row, "party": names.get(row.party_kind, {}).get(row.party, "")} for row in rows]


@rule(STAND_IN)
@require_POST
def stand_in(request: HttpRequest) -> HttpResponse:
    """Cử người thay."""
    actor = actor_of(request)
    form = StandInForm(request.POST, actor=actor, verb=STAND_IN)
    if form.is_valid():
        try:
            services.stand_in(actor=actor, **form.cleaned_data)
        except BilingualError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã cử người thay."))
            return redirect("case_people")
    return _page(request, standing=form)


@rule(STAND_IN)
@require_POST
def end_stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Thôi thay, từ bây giờ."""
    row = opened(request, rosters.stand_in, pk)
    services.end_stand_in(actor=actor_of(request), row=row)
    messages.success(request, _("Đã thôi thay."))
    return redirect("case_people")


@rule(BAR)
@require_POST
def bar(request: HttpRequest) -> HttpResponse:
    """Ghi người phải tránh: what they hold of that party goes back to the queue at once."""
    actor = actor_of(request)
    form = BarForm(request.POST, actor=actor, verb=BAR)
    if form.is_valid():
        given = {**form.cleaned_data}
        kind = given.pop("kind")
        try:
            party = parties.find(actor, kind, given.pop("number"), BAR)
            if party is None:
                form.add_error("number", _("Không có người hay đơn vị số này trong phạm vi của ông/bà."))
            else:
                services.bar(actor=actor, party_kind=kind, party=party, **given)
        except BilingualError as error:
            form.add_error(None, said(error))
    if not form.is_valid():
        return _page(request, barring=form)
    messages.success(request, _("Đã ghi vào sổ; hồ sơ đang giữ của người, đơn vị ấy đã về hàng đợi."))
    return redirect("case_people")


@rule(BAR)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Thôi tránh: by somebody else than the officer."""
    row = opened(request, rosters.bar, pk)
    try:
        services.lift(actor=actor_of(request), row=row)
    except BilingualError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã bỏ tên khỏi sổ người phải tránh."))
    return redirect("case_people")
