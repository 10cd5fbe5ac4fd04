"""Danh sách của đơn vị là một hồ sơ: how the engine of cases carries a list: opening, checks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db import connection

from ansinh.collection.models import Declaration
from ansinh.kernel.words import Words
from ansinh.office.cases import due, procedures, services
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.models import Case
from ansinh.office.cases.services import Matter
from ansinh.office.rights import Actor

PROCEDURE = "collection.declaration"
THING = "declaration"
CHECK = "check"
TAKEN = Words("Tiếp nhận danh sách.", "List received.")
PASSED = Words("Kiểm tra: không có lỗi.", "Checked: no errors.")
STOPPED = Words("Kiểm tra: còn lỗi.", "Checked: there are errors.")
ERRORS = """
    SELECT d.id, EXISTS (SELECT 1 FROM jsonb_array_elements(d.problems) p WHERE p->>'level' = 'error')
    FROM collection_declaration d WHERE d.id = ANY(%s)"""


def opened(
    actor: Actor, declaration: Declaration, received_on: date, corrects: Declaration | None = None
) -> Case:
    """Mở hồ sơ của danh sách vừa nhận; one that corrects another is the next round of it."""
    employer = declaration.employer_id
    matter = Matter(
        declaration.pk,
        declaration.office_id,
        received_on,
        parties=[("employer", employer)] if employer else [],
        filed_by="employer",
        four_eyes=declaration.needs_second,
        previous=of(corrects) if corrects else None,
    )
    (case,) = services.open_many(
        actor=actor, procedure=PROCEDURE, matters=[matter], act="receive", words=TAKEN
    )
    return case


def examined(declaration: Declaration, *, stopped: bool) -> Case:
    """Máy đã kiểm tra: the list may be booked, or its errors must be mended first."""
    return services.settle(
        of(declaration),
        CHECK,
        {"month": declaration.month},
        words=STOPPED if stopped else PASSED,
        done=not stopped,
        four_eyes=declaration.needs_second,
    )


def due_on(received_on: date) -> date:
    """Hạn trả lời một danh sách nhận ngày này: with the days off announced by now."""
    return due.of(procedures.of(PROCEDURE), received_on, "employer").on


def of(declaration: Declaration) -> Case:
    """Hồ sơ của một danh sách."""
    return services.of_thing(THING, declaration.pk)


def facts(keys: Sequence[int], names: Collection[str]) -> procedures.Facts:
    """Danh sách nào còn lỗi: one query for all of them."""
    with connection.cursor() as cursor:
        cursor.execute(ERRORS, [list(keys)])
        return {key: {"errors": wrong} if "errors" in names else {} for key, wrong in cursor.fetchall()}


def only_by_booking(_: Actor, __: Case, ___: str) -> None:
    """Where its plan is made again and shown a list is booked; no decision elsewhere reaches the record."""
    raise CaseError(
        "Danh sách được ghi nhận ở trang của danh sách.",
        "A list is booked on its own page.",
        code="case.door",
    )


def closed(_: Actor, case: Case) -> None:
    """Hồ sơ dừng, rút hoặc trả lại thì danh sách trả lại."""
    Declaration.objects.filter(pk=case.thing_id).update(state=Declaration.State.RETURNED)
