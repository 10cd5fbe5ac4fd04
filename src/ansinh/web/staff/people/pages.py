"""Người tham gia: the list, and one person's record with months, cards and what changed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.collection.month import selectors as months
from ansinh.collection.refunds import notice
from ansinh.collection.refunds import selectors as refunds
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.identity import mask
from ansinh.kernel.months import Month
from ansinh.office import reading
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.registers import access, history, households, selectors
from ansinh.registers.models import Participation, Person
from ansinh.registers.order import by_folded_name
from ansinh.web.gate import rule
from ansinh.web.staff import trace
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.staff.calculators import pages as calculators
from ansinh.web.staff.doors import office_choices
from ansinh.web.staff.trace import readers
from ansinh.web.ui import export
from ansinh.web.ui.cells import display, link
from ansinh.web.ui.tables import Column, Table, choice
from ansinh.web.ui.tables import search as box
from ansinh.web.ui.words import place

PURPOSES = (Purpose.LOOKUP, Purpose.CASE, Purpose.ANSWER, Purpose.RECONCILE, Purpose.INSPECT)
"""What an officer may say that a record is opened for."""
MARKS = {"paid": "✓", "part": "½", "unpaid": "!", "nothing": "–", "cover": "·"}


@rule("person.read")
def table(request: HttpRequest) -> HttpResponseBase:
    """Danh sách người tham gia, numbers masked."""
    actor = actor_of(request)
    named = bool(request.GET.get("ten", "").strip())
    at_office = bool(request.GET.get("co-quan", "").strip())  # no index has its people by year of birth
    rows = access.people(actor).annotate(commune_name=F("commune__name"), office_name=F("office__name"))
    drawn = Table(
        request,
        name="people",
        caption=_("Người tham gia"),
        rows=rows,
        parts=access.people_in_parts(actor),
        columns=[
            Column(
                "full_name",
                _("Họ và tên"),
                sort=by_folded_name if named else "name_sort",
                always=True,
                frozen=True,
                url=link("person"),
            ),
            Column("si_number", _("Mã số BHXH"), "code", value=lambda p: mask(p.si_number)),
            Column("born", _("Ngày sinh"), value=born, sort="birth_year", always=not at_office),
            Column("sex", _("Giới tính"), value=display("sex")),
            Column("commune", _("Xã, phường"), value="commune_name"),
            Column("office", _("Cơ quan quản lý"), value="office_name", hidden=True),
            Column("identity", _("Xác thực"), "tag", value=display("identity"), tone=tone),
        ],
        filters=[
            box("ten", _("Họ và tên"), "name_fold__startswith"),
            choice("xac-thuc", _("Xác thực"), Person.Identity.choices, "identity"),
            choice("co-quan", _("Cơ quan quản lý"), office_choices(actor, "person.read"), "office_id"),
        ],
        sort="full_name",
        shows=lambda p: [(Subject.PERSON, p.pk)],
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    return render(request, "staff/people/list.html", {"table": drawn})


@rule("person.read")
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hồ sơ một người. The read is written down with its purpose."""
    purpose = reading.purpose_of(request.GET.get("muc-dich", ""))
    person = opened(request, access.person, pk, purpose=purpose)
    actor = actor_of(request)
    may_see_history = actor.may("history.read", at=person)
    spans = selectors.participations(person)
    sees_money = actor.may("statement.read", at=person)
    paid = months.months_of(person.pk)
    employers = {s.employer.pk: s.employer for s in spans if s.employer}
    reading.shown(actor, Subject.EMPLOYER, employers, purpose=purpose)
    context = {
        "person": person,
        "facts": facts(person),
        "born": born(person),
        "spans": spans,
        "years": years(spans, paid),
        "legend": LEGEND,
        "total": sum(1 for m in {p.month for p in paid if p.state == "paid"}),
        "short": sum(p.due - p.paid for p in paid if p.due > p.paid),
        "paid": paid[:24],
        "sees_money": sees_money,
        "employers": employers,
        "reads_employer": set(
            access.employers(actor).filter(pk__in=list(employers)).values_list("pk", flat=True)
        ),
        "cards": selectors.cards(person),
        "changes": trace.events(_kept(person, spans)) if may_see_history else [],
        "readings": readers("person", person.pk) if may_see_history else [],
        "may_edit": actor.may("person.edit", at=person),
        "may_see_history": may_see_history,
        "purpose": purpose.value,
        "purpose_said": purpose.label,
        "purposes": [(p.value, p.label) for p in PURPOSES],
        "household": person.household,
        "home": home(actor, person),
        "calculators": calculators.for_people() if actor.somewhere("law.read") else [],
        "notices": [(r, notice.vssid(r)) for r in refunds.of_person(actor, person.pk)],
        "crumbs": [(_("Người tham gia"), reverse("people")), (person.full_name, "")],
    }
    return render(request, "staff/people/person.html", context)


def born(person: Person) -> str:
    """Ngày sinh: as far as it is known."""
    return PartialDate(person.birth_year, person.birth_month, person.birth_day).vi()


def tone(person: Person) -> str:
    """Colour of the verification tag: finished things have none."""
    return {"verified": "", "mismatch": "red"}.get(person.identity, "yellow")


def facts(person: Person) -> list[dict[str, Any]]:
    """The identity card of the page."""
    return [
        {"label": _("Mã số BHXH"), "value": person.si_number, "kind": "code"},
        {"label": _("Số định danh"), "value": person.citizen_id, "kind": "code"},
        {"label": _("Ngày sinh"), "value": born(person)},
        {"label": _("Giới tính"), "value": person.get_sex_display()},
        {"label": _("Địa chỉ"), "value": place(person.address, person.commune.name)},
        {"label": _("Điện thoại"), "value": person.phone},
        {"label": _("Cơ quan quản lý"), "value": person.office.name},
        {
            "label": _("Xác thực"),
            "value": person.get_identity_display(),
            "note": person.identity_note or (f"{person.identity_on:%d/%m/%Y}" if person.identity_on else ""),
        },
    ]


LEGEND = [
    ("paid", gettext_lazy("đã đóng đủ")),
    ("part", gettext_lazy("đóng một phần")),
    ("unpaid", gettext_lazy("chưa đóng")),
    ("nothing", gettext_lazy("không phải đóng")),
    ("cover", gettext_lazy("tham gia trước khi mở sổ, hoặc diện khác")),
]
WORDS = dict(LEGEND)


def years(spans: list[Participation], paid: list[months.PaidMonth]) -> list[dict[str, Any]]:
    """Months by year for the timeline: {year, cells: twelve of {month, state, mark, words}}."""
    states: dict[int, str] = {}
    today = Month.of(timezone.localdate()).index
    for span in spans:
        last = today if span.to_month is None else span.to_month
        for index in range(max(span.from_month, last - 12 * 40), last + 1):
            states.setdefault(index, "cover")
    worst = {"nothing": 0, "paid": 1, "part": 2, "unpaid": 3}
    seen: dict[int, str] = defaultdict(lambda: "nothing")
    for item in paid:
        if worst[item.state] >= worst[seen[item.month.index]]:
            seen[item.month.index] = item.state
    states.update(seen)
    found = []
    for year in sorted({i // 12 for i in states}, reverse=True):
        cells = []
        for number in range(12):
            state = states.get(year * 12 + number, "")
            words = f"{number + 1:02d}/{year}: {WORDS[state]}" if state else ""
            cells.append({"state": state, "mark": MARKS.get(state, ""), "words": words})
        found.append({"year": year, "cells": cells})
    return found


def home(actor: Actor, person: Person) -> list[households.Member]:
    """The people of the same household, within the reader's scope; each is read like the person."""
    if person.household is None:
        return []
    found = households.members(actor, person.household, timezone.localdate())
    reading.shown(actor, Subject.PERSON, [m.person.pk for m in found], purpose=Purpose.HOUSEHOLD)
    return found


def _kept(person: Person, spans: list[Participation]) -> list[history.Change]:
    return [
        *history.changes("person", [person.pk]),
        *history.changes("participation", [s.pk for s in spans]),
    ]
