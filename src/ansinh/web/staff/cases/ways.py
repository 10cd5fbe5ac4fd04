"""Lối ra của một hồ sơ: stopped, withdrawn, reopened, handed over; each page first tells what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.kernel.errors import BilingualError
from ansinh.office import reading
from ansinh.office.cases import access, due, overview, services, states, ways
from ansinh.office.cases.models import Case
from ansinh.office.cases.overview import Overview
from ansinh.office.cases.states import State
from ansinh.office.rights import Denied
from ansinh.web import features
from ansinh.web.gate import rule
from ansinh.web.staff import caseforms, casework
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.ui import words
from ansinh.web.ui.fields import said


@dataclass(frozen=True)
class Way:
    """Một lối ra: its title and button, its form, what it does (`does`), and what is said when it is done."""

    code: str
    title: str | Promise
    form: type[forms.Form]
    does: Callable[[Overview], list[str]]
    act: Callable[..., Case]
    done: str | Promise
    seen: bool = False
    """Whether the act carries the digest of what was shown."""


def _page(request: HttpRequest, pk: int, way: Way) -> HttpResponse:
    """Shown first; sent, it is done, or what is wrong is told beside what was typed."""
    case, actor = opened(request, access.case, pk), actor_of(request)
    form = way.form(request.POST if request.method == "POST" else None, initial=_initial(way))
    if form.is_bound and form.is_valid():
        shown = {"seen": request.POST.get("seen", "")} if way.seen else {}
        try:
            made = way.act(actor=actor, case=case, **form.cleaned_data, **shown)
        except Denied as error:
            reading.refused(actor, error.verb)
        except BilingualError as error:
            form.add_error(None, said(error))
            case = opened(request, access.case, pk)  # as it is now: somebody else may have been sooner
        else:
            messages.success(request, str(way.done))
            return redirect(casework.page_of(made))
    found, why = overview.of(case), ways.why_not(actor, case, way.code)
    about = casework.about(actor, [case]).get((case.thing_kind, case.thing_id))
    context: dict[str, Any] = {
        "title": way.title,
        "caption": casework.told(found.procedure.name),
        "about": about.text if about else "",
        "facts": [*casework.facts(found), *_asked(found)],
        "does": way.does(found) if why is None else [],
        "why": casework.told(why) if why else "",
        "form": form,
        "seen": access.seen(case) if way.seen else "",
        "back": casework.page_of(case),
        "crumbs": [
            (_("Giải quyết hồ sơ"), reverse("cases")),
            (casework.name_of(case), reverse("case", args=[case.pk])),
            (way.title, ""),
        ],
    }
    return render(request, "staff/cases/way.html", context)


def _initial(way: Way) -> dict[str, Any]:
    return {"received_on": timezone.localdate()} if way.code == ways.REOPEN else {}


def _asked(found: Overview) -> list[dict[str, Any]]:
    """Why the filer wants it back, where they do."""
    if found.case.state != State.WITHDRAWING:
        return []
    asked = next(event for event in reversed(found.events) if event.act == "ask_withdrawal")
    return [{"label": _("Người nộp xin rút"), "value": casework.told_of(asked)}]


def _portal(state: State) -> str:
    """What the portal will say."""
    told = casework.told(states.national(state).words)
    return _("Cổng dịch vụ công quốc gia: “%(status)s”.") % {"status": told}


def _without_decision(found: Overview, state: State) -> list[str]:
    """What follows when a case ends and nothing is decided."""
    thing = features.things().get(found.case.thing_kind)
    again = (
        _("Người giao việc mở lại được, thành lần sau.")
        if found.procedure.reopens
        else _("Hồ sơ của thủ tục này không mở lại được.")
    )
    told = [
        _("Hồ sơ khép lại, không có quyết định."),
        str(thing.ends) if thing else "",
        _waits_end(found),
        _portal(state),
        again,
    ]
    return [sentence for sentence in told if sentence]


def _waits_end(found: Overview) -> str:
    waits = [wait for wait in found.waits if wait.ended_at is None]
    return _("Không còn chờ ai nữa.") if waits else ""


def _step(found: Overview) -> str:
    return casework.told(found.procedure.step(found.case.step).name)


def _stops(found: Overview) -> list[str]:
    return _without_decision(found, State.STOPPED)


def _withdraws(found: Overview) -> list[str]:
    return _without_decision(found, State.WITHDRAWN)


def _asks(found: Overview) -> list[str]:
    if found.case.state == State.SUBMITTED:
        return _withdraws(found)
    told = [
        _("Hồ sơ chưa khép lại: người làm bước “%(step)s” đồng ý cho rút, hoặc giải quyết tiếp.")
        % {"step": _step(found)},
        _waits_end(found),
        _portal(State.WITHDRAWING),
    ]
    return [sentence for sentence in told if sentence]


def _keeps(found: Overview) -> list[str]:
    return [
        _("Hồ sơ được giải quyết tiếp, từ bước “%(step)s”.") % {"step": _step(found)},
        _portal(State.PROCESSING),
    ]


def _reopens(found: Overview) -> list[str]:
    case, procedure = found.case, found.procedure
    due_on = due.of(procedure, timezone.localdate(), case.filed_by).on
    return [
        _("Mở lần %(next)s của cùng việc, vẫn mã %(number)s; lần %(round)s giữ nguyên như đã xong.")
        % {"next": case.round + 1, "number": casework.name_of(case), "round": case.round},
        _("Làm lại từ bước “%(step)s”.") % {"step": casework.told(procedure.steps[0].name)},
        _("Hạn giải quyết tính từ ngày nhận lần này: nhận hôm nay thì hạn là %(day)s.")
        % {"day": words.day(due_on)},
        _portal(State.PROCESSING),
    ]


def _hands_over(_found: Overview) -> list[str]:
    return [
        _("Ghi là kết quả đã trả, vào lúc này, cho người ghi dưới đây; ghi rồi thì không sửa được."),
        _portal(State.HANDED),
    ]


STOP = Way(
    ways.STOP,
    gettext_lazy("Dừng hồ sơ"),
    caseforms.ReasonForm,
    _stops,
    services.stop,
    gettext_lazy("Đã dừng giải quyết hồ sơ."),
    seen=True,
)
ASK = Way(
    ways.ASK,
    gettext_lazy("Ghi người nộp xin rút"),
    caseforms.ReasonForm,
    _asks,
    services.ask_withdrawal,
    gettext_lazy("Đã ghi người nộp xin rút hồ sơ."),
)
AGREE = Way(
    ways.AGREE,
    gettext_lazy("Đồng ý cho rút"),
    forms.Form,
    _withdraws,
    services.withdraw,
    gettext_lazy("Đã cho rút hồ sơ."),
)
KEEP = Way(
    ways.KEEP,
    gettext_lazy("Không rút nữa"),
    caseforms.ReasonForm,
    _keeps,
    services.keep,
    gettext_lazy("Hồ sơ được giải quyết tiếp."),
)
REOPEN = Way(
    ways.REOPEN,
    gettext_lazy("Mở lại hồ sơ"),
    caseforms.ReopenForm,
    _reopens,
    services.reopen,
    gettext_lazy("Đã mở lại hồ sơ."),
)
HAND_OVER = Way(
    ways.HAND_OVER,
    gettext_lazy("Trả kết quả"),
    caseforms.HandOverForm,
    _hands_over,
    services.hand_over,
    gettext_lazy("Đã ghi trả kết quả."),
)


@rule("case.work")
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Dừng giải quyết."""
    return _page(request, pk, STOP)


@rule("case.work")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Người nộp xin rút hồ sơ."""
    return _page(request, pk, ASK)


@rule("case.work")
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Đồng ý cho rút."""
    return _page(request, pk, AGREE)


@rule("case.work")
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Người nộp không rút nữa."""
    return _page(request, pk, KEEP)


@rule("case.work")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Mở lại thành lần sau."""
    return _page(request, pk, REOPEN)


@rule("case.work")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Trả kết quả."""
    return _page(request, pk, HAND_OVER)
