"""Kỳ thu: the months of the books, running one with progress, urging, closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.collection import access
from ansinh.collection.month import selectors, services
from ansinh.collection.month.posting import WRITTEN
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office import jobs
from ansinh.office.models import Run
from ansinh.office.rights import Actor
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, opened, province, province_above
from ansinh.web.staff.asking import month as month_of
from ansinh.web.ui.fields import said

STEPS = {
    "freeze": gettext_lazy("Đọc dữ liệu"),
    "compute": gettext_lazy("Tính"),
    "post": gettext_lazy("Ghi sổ"),
}


@rule("run.read")
def table(request: HttpRequest) -> HttpResponse:
    """Các kỳ của tỉnh: with the last run of each and what may be done.

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
    return render(request, "staff/runs/list.html", context)


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


@rule("run.read")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Một lượt chạy: progress while it works, what it posted when it is done."""
    run = opened(request, access.run, pk)
    context = {
        "run": run,
        "inputs": _inputs(run),
        "month": Month.from_index(run.month),
        "job": job(actor_of(request), run),
        "posted": [(WRITTEN.get(k, k), v) for k, v in run.result.items()],
        "files": [
            (INPUTS.get(k, k), v["rows"], v["sha256"])
            for k, v in run.frozen.get("files", {}).items()
            if v["rows"]
        ],
        "crumbs": [(_("Kỳ thu"), reverse("runs")), (f"{Month.from_index(run.month).vi()} #{run.pk}", "")],
    }
    return render(request, "staff/runs/run.html", context)


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


@rule("run.read")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress block alone, polled by the page."""
    run = opened(request, access.run, pk)
    answer = render(request, "staff/runs/progress.html", {"run": run, "job": job(actor_of(request), run)})
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
