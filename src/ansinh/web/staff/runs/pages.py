"""Kỳ thu: the months of the books, and having one run."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ansinh.collection.month import selectors, services
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office.models import Run
from ansinh.steering.targets import measuring
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, province, province_above
from ansinh.web.staff.asking import month as month_of
from ansinh.web.ui.fields import said


@rule("run.read")
def table(request: HttpRequest) -> HttpResponse:
    """Các kỳ của tỉnh: with the last run of each and what may be done.

    An officer of a base office sees which months there are; the province's runs and figures are not theirs.
    """
    unit = province_above(request, "run.read")
    actor = actor_of(request)
    runs: dict[int, Run] = {}
    for run in selectors.runs(actor).filter(unit=unit):
        runs.setdefault(run.of_month.index, run)
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
def measure(request: HttpRequest) -> HttpResponse:
    """Xếp hàng việc đo chỉ tiêu của một kỳ và xem tiến độ."""
    unit, month = province(request, "run.start"), month_of(request.POST.get("month", ""))
    if month.index not in selectors.months_run(unit):
        raise Http404
    try:
        run = measuring.queue(actor=actor_of(request), unit=unit, month=month)
    except BilingualError as error:
        messages.error(request, said(error))
        return redirect("runs")
    return redirect("run", pk=run.pk)


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
    return redirect("run", pk=run.pk)
