"""Bảng hồ sơ cần giải quyết: cases of every procedure, the same in every tab."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ansinh.office.cases import procedures
from ansinh.office.cases.models import Case, CaseWait
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.web.features import About
from ansinh.web.staff import casework
from ansinh.web.staff.asking import actor_of
from ansinh.web.staff.doors import days_left
from ansinh.web.ui.cells import display
from ansinh.web.ui.tables import Column, Filter, Label, Rows, Table, choice

FILTER = "thu-tuc"
TONES = {"submitted": "blue", "accepted": "blue", "processing": "blue", "supplement": "yellow",
         "payment": "yellow", "withdrawing": "grey", "declined": "red", "returned": "red",
         "withdrawn": "grey", "stopped": "red"}  # fmt: skip
NOTHING = About("")


class Lines:
    """Lời của các dòng: what the rows drawn are about, read for all of them at once."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.tables: list[Table] = []

    @cached_property
    def _told(self) -> dict[tuple[str, int], About]:
        return casework.about(self.actor, (case for table in self.tables for case in _drawn(table)))

    def of(self, case: Case) -> About:
        """What a row is about; nothing for a thing that has no page, or that the reader may not open."""
        return self._told.get((case.thing_kind, case.thing_id), NOTHING)

    def shows(self, case: Case) -> list[tuple[str, int | None]]:
        """Whom a row shows."""
        return [(Subject.CASE, case.pk), *self.of(case).shows]


def _drawn(table: Table) -> Iterable[Case]:
    """The rows of the page; of a workbook, all that were found."""
    if not table.export_asked:
        return table.page.object_list
    found: QuerySet[Case] = table.found.select_related(None).prefetch_related(None)
    return found.only("thing_kind", "thing_id")


def cases(
    request: HttpRequest,
    rows: Rows,
    *,
    caption: Label = "",
    empty: Label = "",
    sort: str = "due",
    closed: bool = False,
) -> Table:
    """Hồ sơ: by due day unless told otherwise; of `closed` ones how they ended, else what they wait for."""
    lines = Lines(actor_of(request))
    names = {one.code: casework.told(one.name) for one in procedures.registered()}
    table = Table(
        request,
        name="cases",
        caption=caption or _("Hồ sơ cần giải quyết"),
        rows=rows,
        columns=[
            Column("number", _("Hồ sơ"), "code", value=_number, sort="number", frozen=True,
                   url=casework.page_of),
            Column("about", _("Nội dung"), value=lambda case: lines.of(case).text),
            Column("procedure", _("Thủ tục"), value=lambda c: names.get(c.procedure, c.procedure),
                   sort="procedure"),
            Column("step", _("Bước"), value=step, hidden=closed),
            Column("due", _("Hạn"), "due", value=_left, sort="due_on", hidden=closed),
            Column("wait", _("Đang chờ"), value=_wait, hidden=closed),
            Column("until", _("Chờ đến"), "date", value=_until, hidden=closed),
            Column("state", _("Trạng thái"), "tag", value=display("state"),
                   tone=lambda c: TONES.get(c.state, ""), hidden=not closed),
            Column("holder", _("Người giải quyết"), value=lambda c: str(c.assigned_to or ""),
                   hidden=closed),
            Column("office", _("Cơ quan"), value="office.name", sort="office__name_sort", hidden=True),
            Column("received_on", _("Ngày nhận"), "date", sort="received_on", hidden=True),
            Column("decided_at", _("Ngày quyết định"), "date", sort="decided_at", hidden=not closed),
        ],
        filters=[by_procedure()],
        sort=sort,
        empty=empty,
        shows=lines.shows,
        purpose=Purpose.CASE,
    )  # fmt: skip
    lines.tables.append(table)
    return table


def by_procedure() -> Filter:
    """Thủ tục."""
    named: Sequence[tuple[str, Label]] = [(p.code, casework.told(p.name)) for p in procedures.registered()]
    return choice(FILTER, _("Thủ tục"), named, "procedure")


def narrowed(rows: QuerySet[Case], asked: str) -> QuerySet[Case]:
    """The same rows of one procedure; all of them for a name no procedure has."""
    return rows.filter(procedure=asked) if asked in {p.code for p in procedures.registered()} else rows


def step(case: Case) -> str:
    """The step a case stands at, in words; nothing once it is closed."""
    return casework.told(procedures.of(case.procedure).step(case.step).name) if case.is_open else ""


def _left(case: Case) -> int | None:
    return days_left(case.due_on) if case.is_open else None


def _number(case: Case) -> str:
    name = casework.name_of(case)
    return f"{name} ({_('lần')} {case.round})" if case.round > 1 else name


def _open_wait(case: Case) -> CaseWait | None:
    open_waits: list[CaseWait] = case.open_waits  # type: ignore[attr-defined]
    return min(open_waits, key=lambda wait: wait.until, default=None)


def _wait(case: Case) -> str:
    wait = _open_wait(case)
    return f"{wait.get_reason_display()} · {wait.on_name}" if wait else ""


def _until(case: Case) -> object:
    wait = _open_wait(case)
    return wait.until if wait else None
