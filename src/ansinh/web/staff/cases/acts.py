"""Các việc làm với hồ sơ: taken, given, released, waited for, judged; each leads back to what it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.kernel.errors import BilingualError
from ansinh.office import reading
from ansinh.office.cases import access, overview, services
from ansinh.office.cases.models import Case, CaseStep
from ansinh.office.rights import Denied
from ansinh.web.gate import rule
from ansinh.web.staff import caseforms, casework
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.staff.cases import desk
from ansinh.web.ui.fields import said

Act = Callable[[dict[str, Any]], object]


@rule("case.work")
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Nhận hồ sơ này."""
    case = opened(request, access.case, pk)
    return _done(
        request, case, lambda: services.take(actor=actor_of(request), case=case), _("Đã nhận hồ sơ.")
    )


@rule("case.assign")
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Giao việc."""
    case = opened(request, access.case, pk)
    return _sent(
        request,
        case,
        ("assign", casework.assign_form(case, request.POST)),
        lambda given: services.assign(actor=actor_of(request), case=case, **given),
        _("Đã giao hồ sơ."),
    )


@rule("case.work")
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Trả về hàng đợi."""
    case = opened(request, access.case, pk)
    return _sent(
        request,
        case,
        ("release", caseforms.ReleaseForm(request.POST)),
        lambda given: services.release(actor=actor_of(request), case=case, **given),
        _("Đã trả hồ sơ về hàng đợi."),
    )


@rule("case.work")
@require_POST
def wait(request: HttpRequest, pk: int) -> HttpResponse:
    """Ghi việc chờ: on whoever filed it where it is papers or money, else on somebody outside."""
    case = opened(request, access.case, pk)
    return _sent(
        request,
        case,
        ("wait", caseforms.WaitForm(request.POST)),
        lambda given: services.wait(
            actor=actor_of(request),
            case=case,
            waiting=services.Waiting(on_kind=caseforms.ON_KINDS[given["reason"]], **given),
        ),
        _("Đã ghi việc chờ."),
    )


@rule("case.work")
@require_POST
def resume(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Hết chờ."""
    case = opened(request, access.case, pk)
    return _sent(
        request,
        case,
        (f"resume:{code}", caseforms.ResumeForm(request.POST, prefix=f"resume-{code}")),
        lambda given: services.resume(actor=actor_of(request), case=case, reason=code, **given),
        _("Đã ghi hết chờ; hồ sơ tiếp tục được giải quyết."),
    )


@rule("case.work")
@require_POST
def question(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Kết luận một điểm bằng tay."""
    case = opened(request, access.case, pk)
    return _sent(
        request,
        case,
        (f"question:{code}", caseforms.CloseForm(request.POST, prefix=f"question-{code}")),
        lambda given: services.close_question(actor=actor_of(request), case=case, code=code, **given),
        _("Đã ghi kết luận."),
    )


@rule("case.work")
@require_POST
def confirm(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Đã xem lại, giữ nguyên kết quả: a step to be done again, answered as before on the facts of now."""
    case = opened(request, access.case, pk)
    row = overview.of(case).answers.get(code)
    if row is None or row.state != CaseStep.State.REOPENED or not casework.confirms(case, code):
        messages.error(request, _("Bước này không giữ nguyên được; làm lại ở trang nội dung."))
        return redirect(casework.page_of(case))
    return _done(
        request,
        case,
        lambda: services.answer(actor=actor_of(request), case=case, step=code, answer=row.answer),
        _("Đã giữ nguyên kết quả."),
    )


@rule("case.work")
@require_POST
def approve(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Đồng ý một điểm: as its answer stands."""
    case = opened(request, access.case, pk)
    return _done(
        request,
        case,
        lambda: services.judge(actor=actor_of(request), case=case, point=code, verdict="approved"),
        _("Đã đồng ý."),
    )


@rule("case.work")
@require_POST
def return_(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Trả lại một điểm: with the cause and a note."""
    case = opened(request, access.case, pk)
    return _sent(
        request,
        case,
        (f"judge:{code}", caseforms.ReturnForm(request.POST, prefix=f"judge-{code}")),
        lambda given: services.judge(
            actor=actor_of(request), case=case, point=code, verdict="returned", **given
        ),
        _("Đã trả lại; người làm bước ấy được báo trong hàng đợi."),
    )


def _sent(
    request: HttpRequest, case: Case, sent: tuple[str, forms.Form], act: Act, told: str
) -> HttpResponse:
    """Do it; what is missing or refused is told beside what was typed."""
    name, form = sent
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Denied as error:
            return _not_theirs(request, case, error)
        except BilingualError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, told)
            return redirect(casework.page_of(case))
    return desk.shown(request, case, {name: form})


def _done(request: HttpRequest, case: Case, act: Callable[[], object], told: str) -> HttpResponse:
    """Do what takes no form."""
    try:
        act()
    except Denied as error:
        return _not_theirs(request, case, error)
    except BilingualError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, told)
    return redirect(casework.page_of(case))


def _not_theirs(request: HttpRequest, case: Case, error: Denied) -> HttpResponse:
    """Whoever reads the case but does not hold the verb of its step: nothing happened, and it is written."""
    reading.refused(actor_of(request), error.verb)
    messages.error(request, _("Tài khoản này không có quyền làm việc ấy với hồ sơ."))
    return redirect(casework.page_of(case))
