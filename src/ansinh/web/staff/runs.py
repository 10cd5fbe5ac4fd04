"""Kỳ thu: the months of the books, running one with progress, urging, closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.collection import access
from ansinh.collection.month import closing, selectors, services
from ansinh.collection.notices import services as notices
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office import jobs
from ansinh.office.models import Run
from ansinh.office.rights import Actor
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, key, opened, province, province_above
from ansinh.web.staff.asking import month as month_of
from ansinh.web.staff.doors import offices
from ansinh.web.ui.fields import said

STEPS = {
    "freeze": gettext_lazy("Đọc dữ liệu"),
    "compute": gettext_lazy("Tính"),
    "post": gettext_lazy("Ghi sổ"),
}


@rule("run.read")
def table(request: HttpRequest) -> HttpResponse:
    """Các kỳ của tỉnh, with the last run of each and what may be done.

    An officer of a base office sees which months there are; the province's runs and figures are not theirs.
    """
    unit = province_above(request, "run.read")
    actor = actor_of(request)
    runs: dict[int, Run] = {}
    for run in selectors.runs(actor).filter(unit=unit):
        runs.setdefault(run.month, run)
    done = selectors.months_run(unit)
    rows = [
        {
            "period": p,
            "month": Month.from_index(p.month),
            "run": runs.get(p.month),
            "done": p.month in done,
            "open": p.state == "open",
        }
        for p in selectors.periods(unit)
    ]
    context = {
        "unit": unit,
        "rows": rows,
        "may_start": actor.may("run.start", at=unit),
        "may_close": actor.may("month.close", at=unit),
        "may_urge": actor.somewhere("urge.send"),
        "reads_runs": actor.may("run.read", at=unit),
        "reads_statements": actor.somewhere("statement.read"),
    }
    return render(request, "staff/runs.html", context)


@rule("run.start")
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Xếp hàng một lượt chạy và xem tiến độ."""
    unit, month = province(request, "run.start"), month_of(request.POST.get("month", ""))
    try:
        run = services.queue(actor=actor_of(request), unit=unit, month=month)
    except BilingualError as error:
        messages.error(request, said(error))
        return redirect("runs")
    # one under way is asked for too: where its process was killed this takes it up, else it does nothing
    jobs.enqueue("collection.month", once=f"month:{run.pk}", run_id=run.pk)
    return redirect("run", pk=run.pk)


@rule("month.close")
def close(request: HttpRequest) -> HttpResponse:
    """Khóa sổ: shows the run, its figures and what is open, and asks: nothing can be posted afterwards."""
    unit = province(request, "month.close")
    month = month_of(request.POST.get("month") or request.GET.get("month", ""))
    if not selectors.periods(unit).filter(month=month.index).exists():
        raise Http404
    if request.method == "POST" and request.POST.get("confirmed"):
        try:
            services.close_month(
                actor=actor_of(request), unit=unit, month=month, seen=request.POST.get("seen", "")
            )
        except BilingualError as error:
            messages.error(request, said(error))
            return redirect(f"{reverse('month_close')}?month={month}&tinh={unit.code}")
        messages.success(request, _("Đã khóa sổ kỳ %(m)s.") % {"m": month.vi()})
        return redirect("runs")
    now = closing.outlook(unit, month)
    context = {
        "month": month,
        "unit": unit,
        "outlook": now,
        "posted": [(TABLES.get(k, k), v) for k, v in now.run.result.items()] if now.run else [],
        "figures": _figures(now.figures),
        "facts": _open_facts(now.open),
        "after": _after_facts(now.open),
        "seen": closing.as_seen(unit, month),
        "crumbs": [(_("Kỳ thu"), reverse("runs")), (_("Khóa sổ %(m)s") % {"m": month.vi()}, "")],
    }
    return render(request, "staff/close.html", context)


def _figures(now: closing.Figures) -> list[dict[str, Any]]:
    """Số liệu sẽ không đổi được nữa."""
    return [
        {"label": _("Thông báo C12"), "value": now.statements, "kind": "number"},
        {"label": _("Số phải thu phát sinh"), "value": now.due, "kind": "money"},
        {"label": _("Xử lý chậm đóng, trốn đóng"), "value": now.charged, "kind": "money"},
        {"label": _("Tiền thu trong kỳ"), "value": now.received, "kind": "money"},
        {"label": _("Đã phân bổ"), "value": now.allocated, "kind": "money"},
        {"label": _("Còn thiếu cuối kỳ"), "value": now.short, "kind": "money"},
        {"label": _("Tiền thừa chuyển kỳ sau"), "value": now.surplus, "kind": "money"},
    ]


def _open_facts(now: closing.Open) -> list[dict[str, Any]]:
    """Việc còn mở khi khóa sổ; it goes on in the next month."""
    return [
        {"label": _("Hồ sơ thu chưa trả lời"), "value": now.lists, "kind": "number"},
        {"label": _("Khoản tiền treo"), "value": now.suspense, "kind": "number"},
        {"label": _("Tiền treo"), "value": now.suspense_money, "kind": "money"},
        {"label": _("Hoàn trả chờ duyệt"), "value": now.refunds, "kind": "number"},
        {"label": _("Tiền hoàn trả chờ duyệt"), "value": now.refunds_money, "kind": "money"},
        {"label": _("Sao kê chờ xác nhận"), "value": now.files, "kind": "number"},
    ]


def _after_facts(now: closing.Open) -> list[dict[str, Any]]:
    """Việc ghi vào kỳ sau lượt chạy; empty when there is none."""
    if now.nothing_after:
        return []
    return [
        {"label": _("Hồ sơ ghi nhận sau lượt chạy"), "value": now.booked_after, "kind": "number"},
        {"label": _("Khoản tiền khớp sau lượt chạy"), "value": now.matched_after, "kind": "number"},
        {"label": _("Tiền khớp sau lượt chạy"), "value": now.matched_money, "kind": "money"},
        {"label": _("Hoàn trả duyệt sau lượt chạy"), "value": now.refunded_after, "kind": "number"},
    ]


@rule("urge.send")
def urge(request: HttpRequest) -> HttpResponse:
    """Phát hành văn bản đôn đốc 01-ĐĐ của kỳ: shows how many go where with which sums, and asks."""
    actor = actor_of(request)
    month = month_of(request.POST.get("month") or request.GET.get("month", ""))
    held = [*selectors.provinces(actor, "urge.send").order_by("code"), *offices(actor, "urge.send")]
    asked = request.POST.get("don-vi") or request.GET.get("don-vi")
    unit = next((one for one in held if asked is None or one.pk == key(asked)), None)
    if unit is None:
        raise Http404
    day = max(timezone.localdate(), (month + 1).first_day)
    if request.method == "POST" and request.POST.get("confirmed"):
        seen = request.POST.get("seen", "")
        try:
            sent = notices.urge(actor=actor, unit=unit, month=month, issued_on=day, seen=seen)
        except BilingualError as error:
            messages.error(request, said(error))
            return redirect(f"{reverse('urge')}?month={month}&don-vi={unit.pk}")
        messages.success(request, _("Đã phát hành %(n)s văn bản đôn đốc.") % {"n": sent})
        return redirect("runs")
    letters = notices.letters(unit, month)
    context = {
        "month": month,
        "unit": unit,
        "units": held,
        "letters": letters,
        "count": sum(one.letters for one in letters),
        "amount": sum(one.amount for one in letters),
        "day": day,
        "seen": notices.as_seen(unit, month, day),
        "crumbs": [(_("Kỳ thu"), reverse("runs")), (_("Đôn đốc 01-ĐĐ %(m)s") % {"m": month.vi()}, "")],
    }
    return render(request, "staff/urge.html", context)


@rule("run.read")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Một lượt chạy: progress while it works, what it posted when it is done."""
    run = opened(request, access.run, pk)
    context = {
        "run": run,
        "inputs": _inputs(run),
        "month": Month.from_index(run.month),
        "job": job(actor_of(request), run),
        "posted": [(TABLES.get(k, k), v) for k, v in run.result.items()],
        "files": [
            (INPUTS.get(k, k), v["rows"], v["sha256"])
            for k, v in run.frozen.get("files", {}).items()
            if v["rows"]
        ],
        "crumbs": [(_("Kỳ thu"), reverse("runs")), (f"{Month.from_index(run.month).vi()} #{run.pk}", "")],
    }
    return render(request, "staff/run.html", context)


INPUTS = {
    "employer": gettext_lazy("Đơn vị"),
    "span": gettext_lazy("Quá trình tham gia"),
    "work_month": gettext_lazy("Ngày nghỉ trong tháng"),
    "dirty": gettext_lazy("Người có thay đổi của các tháng trước"),
    "posted": gettext_lazy("Số phải thu đã ghi của họ"),
    "stopped": gettext_lazy("Thời gian tạm dừng của đơn vị"),
    "receipt": gettext_lazy("Tiền nộp"),
    "surplus": gettext_lazy("Tiền thừa chuyển sang"),
    "open_before": gettext_lazy("Số còn thiếu chuyển sang"),
    "workers_before": gettext_lazy("Lao động kỳ trước"),
    "priority": gettext_lazy("Người được phân bổ trước"),
    "due_month": gettext_lazy("Số phải thu đã ghi của kỳ"),
    "charge_month": gettext_lazy("Xử lý chậm đóng đã ghi của kỳ"),
    "allocation_month": gettext_lazy("Phân bổ đã ghi của kỳ"),
    "open_month": gettext_lazy("Số còn thiếu đã ghi của kỳ"),
    "statement_month": gettext_lazy("Thông báo C12 đã lập của kỳ"),
}
TABLES = {
    "collection_due": gettext_lazy("Số phải thu (C69a)"),
    "collection_charge": gettext_lazy("Xử lý chậm đóng, trốn đóng"),
    "collection_allocation": gettext_lazy("Phân bổ (C83a)"),
    "collection_openitem": gettext_lazy("Số còn thiếu cuối kỳ"),
    "collection_statement": gettext_lazy("Thông báo C12"),
    "ledger_entry": gettext_lazy("Bút toán sổ cái"),
}


@rule("run.read")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress block alone, polled by the page."""
    run = opened(request, access.run, pk)
    answer = render(request, "staff/run_progress.html", {"run": run, "job": job(actor_of(request), run)})
    if run.state in {"done", "failed"}:
        answer["HX-Refresh"] = "true"
    return answer


def job(actor: Actor, run: Run) -> dict[str, Any]:
    """A run as the progress component draws it."""
    steps = list(run.steps.all())
    done = sum(s.done for s in steps)
    started = run.started_at
    seconds = ((run.finished_at or timezone.now()) - started).total_seconds() if started else 0
    return {
        "id": run.pk,
        "label": _("Chạy kỳ %(m)s") % {"m": Month.from_index(run.month).vi()},
        "state": run.state,
        "done": done,
        "total": done if run.state == "done" else 0,
        "unit": _("dòng"),
        "rate": int(done / seconds) if seconds else 0,
        "remaining": "",
        "steps": [
            {
                "name": STEPS.get(s.name, s.name),
                "done": s.done,
                "total": 0,
                "finished": s.finished_at is not None,
            }
            for s in steps
        ],
        "error": run.error,
        "announcement": run.get_state_display(),
        "result_url": reverse("statements", args=[str(Month.from_index(run.month))])
        if actor.may("statement.read", at=run)
        else "",
    }


def _inputs(run: Run) -> str:
    """Where the frozen inputs are now."""
    if services.folder_of(run).is_dir() if run.frozen else False:
        return _("Tệp còn giữ đến khi khóa sổ kỳ này.")
    kept = services.archive_of(run.unit, Month.from_index(run.month))
    if run.frozen and (kept / str(run.frozen["folder"])).is_dir():
        return _("Tệp đã chuyển vào kho lưu trữ khi khóa sổ.")
    return _("Tệp đã xóa khi khóa sổ; chỉ còn dấu SHA-256.")
