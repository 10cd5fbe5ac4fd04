"""Mẫu giao diện: every component with how it is called and what it looks like, at `/ui/`.

A story is a template `components/<name>.html`; its source is the manual. The tests open each in a browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.identity import si_number
from ansinh.kernel.text import fold
from ansinh.web.gate import rule
from ansinh.web.navigation import Link, Menu
from ansinh.web.ui import export
from ansinh.web.ui.fields import CodeField, DateField, MoneyField, NumberField, PartialDateField
from ansinh.web.ui.tables import Action, Column, Filter, Table

NAMES = (
    "page",
    "masthead",
    "service-nav",
    "breadcrumb",
    "phase-note",
    "summary-list",
    "summary-card",
    "task-list",
    "status-tag",
    "due-badge",
    "error-summary",
    "field",
    "check-answers",
    "confirmation",
    "data-table",
    "work-list",
    "timeline",
    "case-panel",
    "calculation",
    "diff",
    "document-list",
    "sign-bar",
    "progress-job",
    "interruption",
    "empty-state",
    "print-header",
)
TEMPLATES = Path(__file__).resolve().parent / "templates"
AT = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


class SampleForm(forms.Form):
    """Every kind of field."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=100, help_text=_("Như trên thẻ căn cước."))
    si_number = CodeField(label=_("Mã số BHXH"), read=si_number, help_text=_("10 chữ số, có thể gõ cách."))
    wage = MoneyField(label=_("Mức lương"))
    people = NumberField(label=_("Số lao động"), required=False)
    since = DateField(label=_("Từ ngày"), help_text=_("Ví dụ 1/7/26 hoặc 01/07/2026."))
    born = PartialDateField(
        label=_("Ngày sinh"), help_text=_("Không nhớ ngày, tháng thì ghi 1980 hoặc 7/1980.")
    )
    channel = forms.ChoiceField(
        label=_("Cách nộp"),
        choices=[("direct", _("Trực tiếp")), ("online", _("Trực tuyến")), ("post", _("Bưu chính"))],
        widget=forms.RadioSelect,
    )
    region = forms.ChoiceField(label=_("Vùng"), choices=[("1", "I"), ("2", "II"), ("3", "III"), ("4", "IV")])
    paper = forms.FileField(
        label=_("Giấy tờ"), required=False, help_text=_("xlsx, pdf hoặc ảnh, tối đa 5 MB.")
    )


@dataclass(frozen=True)
class Employer:
    """A row of the sample table."""

    pk: int
    code: str
    name: str
    people: int
    due: int
    paid: int
    state: str
    days: int
    since: date


def employers() -> list[Employer]:
    """120 made-up employers, the same every time."""
    kinds = ("Công ty TNHH", "Trường Tiểu học", "Hợp tác xã", "Trạm Y tế xã", "Công ty cổ phần")
    places = ("Đồng Đăng", "Lộc Bình", "Bắc Sơn", "Hữu Lũng", "Ánh Dương", "Chi Lăng", "Văn Quan")
    return [
        Employer(
            pk=i,
            code=f"TC{i:04d}A",
            name=f"{kinds[i % 5]} {places[i % 7]} {i}",
            people=7 + i * 13 % 240,
            due=4_735_000 * (7 + i * 13 % 240) * 32 // 100,
            paid=0 if i % 4 == 0 else 4_735_000 * (7 + i * 13 % 240) * 32 // 100,
            state="late" if i % 4 == 0 else "paid",
            days=i % 9 - 3,
            since=date(2016 + i % 10, 1 + i % 12, 1 + i % 28),
        )
        for i in range(1, 121)
    ]


def sample_table(request: HttpRequest) -> Table:
    """A table with everything a table has."""
    return Table(
        request,
        name="sample",
        caption=_("Đơn vị sử dụng lao động"),
        rows=employers(),
        columns=[
            Column("code", _("Mã đơn vị"), "code", sort="code", frozen=True, url=lambda e: f"?code={e.code}"),
            Column("name", _("Tên đơn vị"), sort="name", frozen=True),
            Column("people", _("Số lao động"), "number", sort="people"),
            Column("due", _("Phải nộp"), "money", sort="due"),
            Column("paid", _("Đã nộp"), "money", sort="paid"),
            Column("owed", _("Còn nợ"), "money", value=lambda e: e.due - e.paid),
            Column(
                "state",
                _("Tình trạng"),
                "tag",
                value=lambda e: _("Chậm đóng") if e.state == "late" else _("Đã đóng đủ"),
                tone=lambda e: "red" if e.state == "late" else "plain",
            ),
            Column("days", _("Hạn"), "due", sort="days"),
            Column("since", _("Tham gia từ"), "date", sort="since", hidden=True),
        ],
        filters=[
            Filter(
                "q", _("Tên hoặc mã"), lambda rows, v: [e for e in rows if fold(v) in fold(e.name + e.code)]
            ),
            Filter(
                "state",
                _("Tình trạng"),
                lambda rows, v: [e for e in rows if e.state == v],
                "choice",
                [("late", _("Chậm đóng")), ("paid", _("Đã đóng đủ"))],
            ),
        ],
        actions=[Action("urge", _("Lập 01-ĐĐ"), ""), Action("assign", _("Giao cán bộ"))],
        sort="code",
        page_size=25,
        amount=lambda e: e.due - e.paid,
    )


def sample_job(key: str, done: int = 412_000, state: str = "running") -> dict[str, Any]:
    """A job part of the way."""
    return {
        "id": key,
        "label": _("Tính số phải nộp tháng 07/2026"),
        "state": state,
        "done": done,
        "total": 694_705,
        "unit": _("người"),
        "rate": 92_000,
        "remaining": "3 s",
        "announcement": f"{done * 10 // 694_705 * 10} %",
        "steps": [
            {"name": _("Áp dụng hồ sơ"), "done": 12_480, "total": 12_480, "finished": True},
            {"name": _("Số phải nộp"), "done": done, "total": 694_705, "finished": state == "done"},
        ],
    }


def sample_case() -> dict[str, Any]:
    """A case that waits, with a step to be done again, as a reader without rights sees it."""
    returned = {"label": "Trả lại: Sai dữ kiện", "tone": "red", "note": "Xem lại tháng 3",
                "who": "Nông Văn Hùng", "at": AT}  # fmt: skip
    return {
        "pk": 1,
        "portal": 5,
        "state": "Chờ bổ sung giấy tờ",
        "turn": "Đến lượt người nộp",
        "days": 2,
        "facts": [
            {"label": "Mã hồ sơ", "value": "0001/2026/HS", "kind": "code"},
            {"label": "Hạn giải quyết", "value": date(2026, 12, 2), "kind": "date"},
        ],
        "steps": [
            {"name": "Xác định số tiền", "label": "Phải làm lại", "tone": "yellow", "who": "Hoàng Thị Mai",
             "at": AT, "why": "Dữ kiện đã thay đổi: thời gian đã tự đóng", "verdict": returned,
             "answers": [{"label": "Số tiền", "value": "450.000"}]},
            {"name": "Duyệt", "label": "Chưa đến", "tone": "grey"},
        ],
        "waits": [
            {"code": "supplement", "reason": "Chờ người nộp bổ sung", "on": "Đặng Thị Ánh",
             "asked": "Số tài khoản nhận", "since": AT, "until": AT, "then": "trả lại hồ sơ"},
        ],
        "questions": [{"code": "died", "ask": "Người nhận đã chết; ai nhận thay?", "open": True}],
        "dues": [{"at": AT, "on": AT, "why": "Hạn khi tiếp nhận."}],
        "events": [{"at": AT, "who": "Hoàng Thị Mai", "title": "Lập hoàn trả."}],
        "acts": {},
    }  # fmt: skip


def samples(request: HttpRequest) -> dict[str, Any]:
    """What the stories show."""
    bad = SampleForm({"full_name": "", "wage": "4.735.000", "since": "31/02/2026", "si_number": "01"})
    return {
        "crumbs": [(_("Việc cần làm"), "/"), (_("Mẫu giao diện"), "")],
        "menus": [
            Menu("", "", [Link(_("Việc cần làm"), "#service-nav", "page")]),
            Menu("people", _("Người và đơn vị"), [Link(_("Đơn vị"), "#service-nav", "")]),
        ],
        "rows": [
            {"label": _("Họ và tên"), "value": "Đặng Thị Ánh", "change_url": "#summary-list"},
            {"label": _("Mã số BHXH"), "value": "2012345678", "kind": "code"},
            {"label": _("Mức lương"), "value": 12_345_678, "kind": "money", "note": _("từ 01/07/2026")},
            {"label": _("Điện thoại"), "value": "", "changed": True},
        ],
        "tasks": [
            {"label": _("Thông tin người lao động"), "url": "#task-list", "status": "done"},
            {
                "label": _("Giấy tờ kèm theo"),
                "url": "#task-list",
                "status": "doing",
                "hint": _("còn 1 giấy tờ"),
            },
            {"label": _("Ký và nộp"), "status": "blocked"},
        ],
        "portal_codes": range(1, 11),
        "day_counts": (12, 3, 0, -2),
        "bad_form": bad,
        "form_blank": SampleForm(prefix="blank"),
        "table": sample_table(request),
        "queues": [
            {"label": _("Việc của tôi"), "url": "#work-list", "count": 12, "current": True},
            {"label": _("Của phòng"), "url": "#work-list", "count": 87},
            {"label": _("Sắp quá hạn"), "url": "#work-list", "count": 4},
            {"label": _("Chờ bổ sung"), "url": "#work-list", "count": 9},
        ],
        "events": [
            {"at": AT, "who": "Nông Văn Hùng", "title": _("Tiếp nhận hồ sơ"), "text": "D02-LT, 48 dòng"},
            {"at": AT, "who": "Hoàng Thị Mai", "title": _("Ghi nhận 46 dòng"), "url": "#timeline"},
        ],
        "lines": [
            {
                "text": _("Tiền lương tháng"),
                "amount": 12_345_678,
                "kind": "money",
                "clause": "158/2025/NĐ-CP, Điều 7",
            },
            {"text": _("Tỷ lệ người lao động đóng"), "amount": "8%", "clause": "41/2024/QH15, Điều 33"},
            {"text": _("Phải nộp"), "amount": 987_654, "kind": "money", "clause": "", "total": True},
        ],
        "pairs": [
            {"label": _("Họ và tên"), "claimed": "Đặng Thị Ánh", "verified": "Đặng Thị Ánh", "same": True},
            {"label": _("Ngày sinh"), "claimed": "01/07/1980", "verified": "07/1980", "same": False},
        ],
        "papers": [
            {"url": "#document-list", "code": "D02-LT", "title": _("Danh sách lao động"), "kind": "xlsx",
             "size": 48_211, "at": AT, "by": "Công ty TNHH Ánh Dương"},
        ],
        "signer": {"name": "Nông Văn Hùng", "at": AT},
        "case": sample_case(),
        "job": sample_job("done", state="done", done=694_705),
        "live_job": sample_job("live"),
    }  # fmt: skip


@rule("ui.read")
def page(request: HttpRequest) -> HttpResponseBase:
    """All stories on one page, or one (`?only=field`)."""
    only = request.GET.get("only")
    names = [name for name in NAMES if only in (None, name)]
    stories = []
    for name in names:
        template = f"staff/stories/components/{name.replace('-', '_')}.html"
        source = (TEMPLATES / template).read_text(encoding="utf-8")
        stories.append({"name": name, "template": template, "source": source})
    return render(
        request, "staff/stories/page.html", {"stories": stories, "names": NAMES, **samples(request)}
    )


@rule("ui.read")
def table_page(request: HttpRequest) -> HttpResponseBase:
    """The table alone, working: filters, order, pages, export, bulk actions."""
    table = sample_table(request)
    if table.export_asked:
        return export.workbook(table)
    chosen = None
    if request.method == "POST":
        picked = table.selected(request.POST)
        chosen = {"count": len(picked), "sum": sum(e.due - e.paid for e in picked)}
    return render(
        request,
        "staff/stories/table.html",
        {"table": table, "chosen": chosen, "crumbs": samples(request)["crumbs"]},
    )


@rule("ui.read")
def job(request: HttpRequest) -> HttpResponse:
    """The fragment a running job asks for; the sample finishes at once."""
    return render(request, "staff/stories/job.html", {"job": sample_job("live", state="done", done=694_705)})


@rule("ui.read")
def form_page(request: HttpRequest) -> HttpResponse:
    """A form with every kind of field, its errors, draft and warning."""
    form = SampleForm(request.POST or None, request.FILES or None)
    sent = form.is_bound and form.is_valid()
    return render(request, "staff/stories/form.html", {"form": form, "sent": sent})
