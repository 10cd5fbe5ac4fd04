"""Thông báo C12-TS: with the other papers of a month, on screen, as official workbook, as PDF/A."""

from __future__ import annotations

import re
from functools import partial
from itertools import count

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.collection.month import selectors
from ansinh.collection.notices import papers
from ansinh.collection.notices import selectors as notices
from ansinh.forms.official import b10a, c12, c69a, c83a, d09, d15
from ansinh.forms.official.layouts import layout
from ansinh.forms.print import documents, vietqr
from ansinh.forms.print.batches import FILE, render_files
from ansinh.kernel.months import Month
from ansinh.kernel.text import fold
from ansinh.office import reading
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.office.units.letterhead import agency
from ansinh.registers import access
from ansinh.registers.models import Employer
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, office, opened
from ansinh.web.staff.asking import month as month_of
from ansinh.web.ui import archives, export, words
from ansinh.web.ui.cells import link
from ansinh.web.ui.export import TYPES
from ansinh.web.ui.tables import Action, Column, Filter, Rows, Table

BATCH_LIMIT = 500
ARCHIVE_LIMIT = 20_000
ZIP = "application/zip"


@rule("statement.read")
def table(request: HttpRequest, month: str) -> HttpResponseBase:
    """Thông báo của một kỳ: every employer's figures; prints what is filtered as one file."""
    when = month_of(month)
    drawn = _table(request, when)
    if drawn.export_asked:
        return export.workbook(drawn)
    context = {
        "table": drawn,
        "month": when,
        "batch_url": reverse("statements_batch", args=[month]) + drawn.url(page=None),
        "crumbs": [(_("Kỳ thu"), reverse("runs")), (_("Thông báo %(m)s") % {"m": when.vi()}, "")],
    }
    return render(request, "staff/statements/list.html", context)


def _named(actor: Actor, rows: Rows, value: str) -> Rows:
    """Statements of the employers whose name has the letters: they are found first."""
    named = access.employers(actor, "statement.read").filter(name_fold__contains=fold(value))
    return rows.filter(employer_id__in=named.values("pk"))


def _table(request: HttpRequest, when: Month) -> Table:
    actor = actor_of(request)
    return Table(
        request,
        name="statements",
        caption=_("Thông báo kết quả đóng"),
        rows=selectors.statements(actor, when).defer("rows"),
        columns=[
            Column(
                "name",
                _("Đơn vị"),
                sort="name_sort",
                frozen=True,
                url=link("statement", str(when), key="employer_id"),
            ),
            Column("unit_code", _("Mã đơn vị"), "code", sort="unit_code"),
            Column("workers", _("Lao động"), "number", sort="workers"),
            Column("opening", _("Đầu kỳ"), "money", sort="opening"),
            Column("due", _("Phát sinh"), "money", sort="due"),
            Column("charged", _("Xử lý chậm đóng"), "money", sort="charged"),
            Column("received", _("Đã nộp"), "money", sort="received"),
            Column("short", _("Còn thiếu"), "money", sort="short"),
            Column("late_total", _("Chậm, trốn đóng"), "money", sort="late_total"),
            Column("surplus", _("Thừa"), "money", sort="surplus"),
            Column("days_late", _("Số ngày"), "number", sort="days_late", hidden=True),
        ],
        filters=[
            Filter("ten", _("Tên đơn vị"), partial(_named, actor), names=True),
            Filter(
                "dien",
                _("Diện"),
                lambda rows, value: rows.filter(**KINDS[value]) if value in KINDS else rows.none(),
                "choice",
                [
                    ("thieu", _("Còn thiếu")),
                    ("cham", _("Chậm đóng")),
                    ("tron", _("Trốn đóng")),
                    ("thua", _("Thừa tiền")),
                ],
            ),
        ],
        actions=[Action("print", _("In C12 các dòng đã chọn"))],
        amount=lambda s: s.short,
        total="short",
        action_url=reverse("statements_batch", args=[str(when)]),
        sort="-late_total",
        keyed=True,
        shows=lambda s: [(Subject.EMPLOYER, s.employer_id)],
        purpose=Purpose.STATEMENT,
    )


KINDS = {
    "thieu": {"short__gt": 0},
    "cham": {"short_late__gt": 0},
    "tron": {"short_evaded__gt": 0},
    "thua": {"surplus__gt": 0},
}


@rule("statement.read")
def batch(request: HttpRequest, month: str) -> HttpResponseBase:
    """Một tệp PDF của mọi thông báo theo bộ lọc, hoặc của các dòng đã chọn (POST): one bookmark each.

    Of more than `BATCH_LIMIT` an archive of such files, made on all cores while it is sent. More than
    `ARCHIVE_LIMIT` are refused: nothing is left out in silence.
    """
    when = month_of(month)
    drawn = _table(request, when)
    rows = drawn.selected(request.POST) if request.method == "POST" else drawn.found
    chosen = list(rows.values_list("employer_id", flat=True)[: ARCHIVE_LIMIT + 1])
    if not chosen and request.method == "POST":
        messages.error(request, _("Chưa chọn dòng nào."))
        return redirect(reverse("statements", args=[month]) + drawn.url())
    if not chosen:
        raise Http404
    if len(chosen) > ARCHIVE_LIMIT:
        most = words.number(ARCHIVE_LIMIT)
        messages.error(
            request, _("Có hơn %(most)s thông báo: hãy lọc bớt rồi in từng phần.") % {"most": most}
        )
        return redirect(reverse("statements", args=[month]) + drawn.url())
    reading.shown(actor_of(request), Subject.EMPLOYER, chosen, purpose=Purpose.STATEMENT)
    if len(chosen) > BATCH_LIMIT:
        return _archive(when, chosen)
    return _file(documents.render_batch("C12-TS", papers.statements(when, chosen)), f"C12-{month}", "pdf")


def _archive(when: Month, chosen: list[int]) -> HttpResponseBase:
    """Files of `FILE` statements each in one archive; what was made is sent, and not kept."""
    parts = [chosen[start : start + FILE] for start in range(0, len(chosen), FILE)]
    made = render_files("C12-TS", (papers.statements(when, part) for part in parts))
    names = (f"C12-{when}-{number:03d}.pdf" for number in count(1))
    answer = StreamingHttpResponse(archives.stream(zip(names, made, strict=False)), content_type=ZIP)
    answer["Content-Disposition"] = f'attachment; filename="C12-{when}.zip"'
    return answer


@rule("statement.read")
def page(request: HttpRequest, pk: int, month: str) -> HttpResponseBase:
    """Thông báo của một đơn vị: row by row as the form has it, with the transfer text and VietQR."""
    when = month_of(month)
    employer = opened(request, access.employer, pk, purpose=Purpose.STATEMENT, verb="statement.read")
    paper = _paper(when, employer)
    rows = []
    for row in layout("C12-TS").rows:
        got = paper.row(row.code)
        cells = [(v, row.hatched(i)) for i, v in enumerate((*got.funds, got.total), start=1)]
        level = row.code.count(".")
        rows.append({"code": row.code, "order": row.order, "text": row.text, "cells": cells, "level": level})
    code = paper.payment_code
    context = {
        "employer": employer,
        "paper": paper,
        "rows": rows,
        "month": when,
        "svg": _scalable(vietqr.svg(code)) if code else "",
        "broken": paper.check(),
        "urge": notices.urge_of(employer, when),
        "reads_people": actor_of(request).may("person.read", at=employer),
        "crumbs": [
            (_("Đơn vị"), reverse("employers")),
            (employer.name, reverse("employer", args=[pk])),
            (f"C12 {when.vi()}", ""),
        ],
    }
    return render(request, "staff/statements/statement.html", context)


@rule("statement.read")
def paper(request: HttpRequest, pk: int, month: str, form: str, kind: str) -> HttpResponseBase:
    """Tải một văn bản của đơn vị: c12, d09, 01-dd, c69a, c83a."""
    when = month_of(month)
    actor, also = actor_of(request), papers.VERBS.get(form)
    if also and not access.employers(actor, also).filter(pk=pk).exists():
        # a right to people here and a right to statements elsewhere do not add up to a list of people
        reading.missed(actor, Subject.EMPLOYER, pk, purpose=Purpose.PAPER, verb=also)
        raise Http404
    employer = opened(request, access.employer, pk, purpose=Purpose.PAPER, verb="statement.read")
    made = _made(actor, form, kind, when, employer)
    if made is None:
        raise Http404
    return _file(made, f"{form}-{employer.unit_code}-{month}", kind)


def _made(actor: Actor, form: str, kind: str, when: Month, employer: Employer) -> bytes | None:
    wanted = (form, kind)
    if wanted == ("c12", "xlsx"):
        return c12.to_xlsx(_paper(when, employer))
    if wanted == ("c12", "pdf"):
        return documents.render("C12-TS", _paper(when, employer))
    if wanted == ("d09", "xlsx"):
        return d09.to_xlsx(papers.insured(actor, when, employer))
    if wanted == ("d09", "pdf"):
        return documents.render("D09-TS", papers.insured(actor, when, employer))
    if wanted == ("01-dd", "pdf"):
        sent = notices.urge_of(employer, when)
        return documents.render("01-ĐĐ", papers.letters([sent])[0]) if sent else None
    issuer, day = agency(employer.office), (when + 1).first_day
    if wanted == ("c69a", "xlsx"):
        owed = [o for o, _given in papers.people(actor, when, employer)]
        return c69a.to_xlsx(c69a.C69a(agency=issuer, month=when, issued_on=day, lines=owed))
    if wanted == ("c83a", "xlsx"):
        given = [
            papers.unallocated(when, employer),
            *(g for _owed, g in papers.people(actor, when, employer)),
        ]
        return c83a.to_xlsx(c83a.C83a(agency=issuer, month=when, issued_on=day, lines=given))
    return None


@rule("report.read")
def report(request: HttpRequest, month: str, form: str) -> HttpResponseBase:
    """Báo cáo của cơ quan: b10a, d15."""
    when = month_of(month)
    actor, unit = actor_of(request), office(request, "report.read")
    if form == "b10a":
        return _file(b10a.to_xlsx(papers.urging_results(actor, when, unit)), f"B10a-{month}", "xlsx")
    if form == "d15":
        return _file(d15.to_xlsx(papers.evaders(actor, when, unit)), f"D15-{month}", "xlsx")
    raise Http404


def _paper(when: Month, employer: Employer) -> c12.C12Statement:
    found = papers.statements(when, [employer.pk])
    if not found:
        raise Http404
    return found[0]


def _file(data: bytes, name: str, kind: str) -> HttpResponseBase:
    answer = HttpResponse(data, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _scalable(svg: str) -> str:
    """The picture without a size of its own, so that the page gives it one."""
    return re.sub(r'width="(\d+)" height="(\d+)"', r'viewBox="0 0 \1 \2"', svg, count=1)
