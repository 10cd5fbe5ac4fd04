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

from ansinh.collection.month import selectors, services
from ansinh.collection.notices import services as notices
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office import jobs
from ansinh.office.models import Run
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, office, province, province_above
from ansinh.web.staff.asking import month as month_of

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
    rows = [
        {
            "period": p,
            "month": Month.from_index(p.month),
            "run": runs.get(p.month),
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
        messages.error(request, error.vi)
        return redirect("runs")
    # one under way is asked for too: where its process was killed this takes it up, else it does nothing
    jobs.enqueue("collection.month", once=f"month:{run.pk}", run_id=run.pk)
    return redirect("run", pk=run.pk)


@rule("month.close")
def close(request: HttpRequest) -> HttpResponse:
    """Khóa sổ: asks first, because nothing can be posted to a closed month."""
    unit = province(request, "month.close")
    month = month_of(request.POST.get("month") or request.GET.get("month", ""))
    if request.method == "POST" and request.POST.get("confirmed"):
        try:
            services.close_month(actor=actor_of(request), unit=unit, month=month)
            messages.success(request, _("Đã khóa sổ kỳ %(m)s.") % {"m": month.vi()})
        except BilingualError as error:
            messages.error(request, error.vi)
        return redirect("runs")
    return render(request, "staff/close.html", {"month": month, "unit": unit})


@rule("urge.send")
@require_POST
def urge(request: HttpRequest) -> HttpResponse:
    """Phát hành văn bản đôn đốc 01-ĐĐ của kỳ."""
    month = month_of(request.POST.get("month", ""))
    unit = office(request, "urge.send")
    day = max(timezone.localdate(), (month + 1).first_day)
    try:
        sent = notices.urge(actor=actor_of(request), unit=unit, month=month, issued_on=day)
        messages.success(request, _("Đã phát hành %(n)s văn bản đôn đốc.") % {"n": sent})
    except BilingualError as error:
        messages.error(request, error.vi)
    return redirect("runs")


@rule("run.read")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Một lượt chạy: progress while it works, what it posted when it is done."""
    run = _run(request, pk)
    context = {
        "run": run,
        "month": Month.from_index(run.month),
        "job": job(run),
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
    run = _run(request, pk)
    answer = render(request, "staff/run_progress.html", {"run": run, "job": job(run)})
    if run.state in {"done", "failed"}:
        answer["HX-Refresh"] = "true"
    return answer


def job(run: Run) -> dict[str, Any]:
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
        "result_url": reverse("statements", args=[str(Month.from_index(run.month))]),
    }


def _run(request: HttpRequest, pk: int) -> Run:
    found = selectors.runs(actor_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
