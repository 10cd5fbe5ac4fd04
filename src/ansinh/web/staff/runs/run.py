"""Lượt chạy của mọi loại: the list of them, and one with its progress, inputs, retry and cancelling."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.kernel.errors import BilingualError
from ansinh.office.models import Run
from ansinh.office.rights import Actor
from ansinh.office.runs import access, inputs, selectors, services
from ansinh.office.runs.kinds import kind_of, kinds
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.staff.runs import results
from ansinh.web.ui import export
from ansinh.web.ui.cells import display, link
from ansinh.web.ui.fields import said
from ansinh.web.ui.tables import Column, Table, choice, search

TONES = {"queued": "grey", "running": "blue", "done": "green", "failed": "red", "cancelled": ""}
INPUTS = {
    "here": gettext_lazy("Tệp còn giữ trên máy chủ."),
    "archive": gettext_lazy("Tệp đã chuyển vào kho lưu trữ."),
    "gone": gettext_lazy("Tệp đã xóa; chỉ còn dấu SHA-256."),
    "": "",
}
"""Where the frozen inputs are now."""


@rule("run.read")
def table(request: HttpRequest) -> HttpResponseBase:
    """Mọi lượt chạy: those in the actor's scope, newest first."""
    drawn = Table(
        request,
        name="runs",
        caption=_("Các lượt chạy"),
        rows=selectors.in_scope(actor_of(request)),
        columns=[
            Column(
                "name",
                _("Lượt chạy"),
                value=title,
                sort="kind",
                frozen=True,
                url=link("run"),
            ),
            Column("unit", _("Đơn vị"), value="unit.name", sort="unit__name_sort"),
            Column("state", _("Trạng thái"), "tag", value=display("state"), tone=tone),
            Column("requested_at", _("Yêu cầu lúc"), "date", sort="requested_at"),
            Column("requested_by", _("Người yêu cầu"), value=lambda r: str(r.requested_by or "")),
            Column("finished_at", _("Xong lúc"), "date", sort="finished_at"),
            Column("attempts", _("Số lần thử"), "number", sort="attempts", hidden=True),
        ],
        filters=[
            choice("loai", _("Loại"), [(k.code, k.name) for k in kinds().values()], "kind"),
            choice("trang-thai", _("Trạng thái"), Run.State.choices, "state"),
            search("don-vi", _("Đơn vị"), "unit__name_fold__contains"),
        ],
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    crumbs = [(_("Kỳ thu"), reverse("runs")), (_("Các lượt chạy"), "")]
    return render(request, "staff/runs/all.html", {"table": drawn, "crumbs": crumbs})


@rule("run.read")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Một lượt chạy: progress while it works, what it wrote when it is done, what may be done about it."""
    run = opened(request, access.run, pk)
    actor = actor_of(request)
    context = {
        "run": run,
        "title": title(run),
        "kept": INPUTS[inputs.whereabouts(run)],
        "job": job(actor, run),
        "written": selectors.written(run),
        "files": selectors.frozen(run),
        "interrupted": selectors.interrupted(run),
        "may_retry": selectors.may_retry(actor, run),
        "may_cancel": selectors.may_cancel(actor, run),
        "crumbs": trail(run, f"#{run.pk}"),
    }
    return render(request, "staff/runs/run.html", context)


@rule("run.read")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress block alone, polled by the page."""
    run = opened(request, access.run, pk)
    answer = render(request, "staff/runs/progress.html", {"run": run, "job": job(actor_of(request), run)})
    if run.state not in Run.UNDER_WAY:
        answer["HX-Refresh"] = "true"
    return answer


@rule("run.start")
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Chạy lại lượt bị lỗi, làm tiếp lượt bị gián đoạn."""
    run = opened(request, access.run, pk)
    try:
        services.retry(actor=actor_of(request), run=run)
    except BilingualError as error:
        messages.error(request, said(error))
    return redirect("run", pk=run.pk)


@rule("run.start")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Hủy lượt chạy: shows what stays and what is undone, and asks."""
    run = opened(request, access.run, pk)
    if request.method == "POST" and request.POST.get("confirmed"):
        try:
            now = services.cancel(actor=actor_of(request), run=run)
        except BilingualError as error:
            messages.error(request, said(error))
        else:
            messages.success(
                request,
                _("Đã hủy lượt chạy.")
                if now.state == Run.State.CANCELLED
                else _("Đã yêu cầu dừng; lượt chạy dừng ở bước đang làm."),
            )
        return redirect("run", pk=run.pk)
    titles = {step.name: step.title for step in kind_of(run.kind).steps}
    context = {
        "run": run,
        "title": title(run),
        "stays": [titles.get(mark.name, mark.name) for mark in selectors.finished_steps(run)],
        "has_inputs": bool(inputs.whereabouts(run)),
        "may_cancel": selectors.may_cancel(actor_of(request), run),
        "crumbs": [*trail(run, f"#{run.pk}", link=True), (_("Hủy"), "")],
    }
    return render(request, "staff/runs/cancel.html", context)


def title(run: Run) -> str:
    """A run's name as it is listed: its kind and month."""
    name = str(kind_of(run.kind).name)
    return name if run.month is None else f"{name} {run.of_month.vi()}"


def tone(run: Run) -> str:
    """The colour of a run's state."""
    return TONES[run.state]


def trail(run: Run, last: str, *, link: bool = False) -> list[tuple[str, str]]:
    """The way from the months to one run."""
    return [
        (_("Kỳ thu"), reverse("runs")),
        (_("Các lượt chạy"), reverse("all_runs")),
        (f"{title(run)} {last}", reverse("run", args=[run.pk]) if link else ""),
    ]


def job(actor: Actor, run: Run) -> dict[str, Any]:
    """A run as the progress component draws it."""
    steps = selectors.stages(run)
    done = sum(step.done for step in steps)
    known = all(step.total for step in steps)
    started = run.started_at
    seconds = ((run.finished_at or timezone.now()) - started).total_seconds() if started else 0
    ended = run.state == Run.State.DONE
    return {
        "id": run.pk,
        "label": title(run),
        "state": run.state,
        "stopping": run.state in Run.UNDER_WAY and run.cancel_asked_at is not None,
        "done": done,
        "total": done if ended else sum(step.total for step in steps) if known else 0,
        "unit": kind_of(run.kind).unit_of_count,
        "rate": int(done / seconds) if seconds else 0,
        "remaining": "",
        "steps": [
            {"name": step.title, "done": step.done, "total": step.total, "finished": step.finished}
            for step in steps
        ],
        "error": run.error_en if get_language() == "en" and run.error_en else run.error,
        "announcement": run.get_state_display(),
        "result_url": results.url(actor, run),
    }
