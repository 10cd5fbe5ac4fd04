"""Hồ sơ D02-LT: receive, check, preview, book, return. The only way an employer's list reaches the record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from ansinh.collection.declarations import (
    booking,
    casework,
    limits,
    money,
    owed,
    reader,
    storage,
)
from ansinh.collection.declarations import preview as previews
from ansinh.collection.declarations.examining import examine, planned
from ansinh.collection.declarations.findings import NO_MATCH, Finding, Level
from ansinh.collection.declarations.plan import Plan
from ansinh.collection.declarations.preview import Preview
from ansinh.collection.declarations.scope import (
    DeclarationError,
    employer_in_scope,
    employer_of,
    locked,
    open_month,
)
from ansinh.collection.models import Declaration
from ansinh.collection.refunds import services as refunds
from ansinh.collection.refunds.casework import COVER
from ansinh.forms.intake.annotate import annotate
from ansinh.forms.intake.d02 import D02File, D02Row, content_hash, read_d02
from ansinh.forms.intake.files import CellValue, cell_name
from ansinh.forms.intake.layouts import layout
from ansinh.forms.intake.limits import check_size
from ansinh.forms.intake.synthetic import write_d02
from ansinh.kernel.months import Month
from ansinh.kernel.words import Words
from ansinh.office import documents, hands
from ansinh.office.cases import services as cases
from ansinh.office.cases.models import Case
from ansinh.office.rights import Actor, require
from ansinh.registers.models import Employer

FORM = "D02-LT"
THING = casework.THING
HAND_IN = "declaration.hand_in"
OPEN_STATES = (Declaration.State.DRAFT, Declaration.State.CHECKED, Declaration.State.BOOKED)


def receive(
    *,
    actor: Actor,
    employer: Employer | None,
    data: bytes,
    file_name: str,
    month: Month | None = None,
    source: str = "file",
    received_on: date | None = None,
) -> Declaration:
    """Tiếp nhận một tệp D02-LT: read, checked, kept; nothing of the record changes yet.

    Without `employer` it is found by the unit code in the heading, within the actor's scope. `month` is the
    accounting month (the open one of the province by default). State afterwards: CHECKED when it may be
    booked, DRAFT when anything stops it (`problems` says what, by cell). The same content again answers the
    declaration already there.

    Raises BilingualError for a file that cannot be read at all, DeclarationError when no employer is named,
    Employer.DoesNotExist outside the actor's scope, Denied without the right to hand in.
    """
    check_size(len(data))
    given = documents.examine(data, file_name)
    read = read_d02(data, given.name)
    with transaction.atomic():
        found = employer_in_scope(actor, employer, read.unit_code, HAND_IN)
        return _take(actor, found, read, month, source, given, received_on)


@transaction.atomic
def from_grid(
    *,
    actor: Actor,
    employer: Employer,
    rows: Sequence[Mapping[str, CellValue]],
    month: Month | None = None,
    received_on: date | None = None,
    corrects: Declaration | None = None,
) -> Declaration:
    """Tiếp nhận danh sách nhập trên lưới: the same path as a file. Rows are values by column code of D02-LT.

    Problems name row (from 1) and column code; empty rows are left out but keep their number. Where the list
    is one that was corrected, whoever wrote that one is a maker of this one too.
    """
    found = employer_in_scope(actor, employer, "", HAND_IN)
    taken = _take(actor, found, _grid(found, rows), month, "grid", None, received_on, corrects)
    if corrects is not None and corrects.pk != taken.pk:
        hands.inherit(THING, corrects.pk, THING, [taken.pk])
    return taken


@transaction.atomic
def check(*, actor: Actor, declaration: Declaration) -> Declaration:
    """Kiểm tra lại: with the record as it stands now; a booked or returned one stays as it is."""
    current = locked(actor, declaration, HAND_IN)
    if current.state in {Declaration.State.DRAFT, Declaration.State.CHECKED}:
        examine(actor, current, open_month(employer_of(current), None))
    return current


def preview(declaration: Declaration, actor: Actor | None = None) -> Preview:
    """Xem trước: as of the last check; people by line, money by month and fund.

    Lines are told as the actor may know them; without an actor as anybody may.
    """
    return Preview.from_json(declaration.preview, reader.people(actor, declaration))


def as_seen(declaration: Declaration) -> str:
    """Dấu của điều trang ghi nhận cho xem: what changes, who wrote it, whether it takes a second person."""
    return hands.seen(
        declaration.pk,
        declaration.state,
        declaration.employer_id,
        declaration.number,
        declaration.month,
        declaration.content_hash,
        declaration.preview,
        declaration.problems,
        storage.digest(declaration),
        second_person(declaration),
        hands.makers(THING, declaration.pk),
    )


def seen_by_key(key: int) -> str:
    """`as_seen` of the list with this key, for a decision."""
    return as_seen(Declaration.objects.select_related("office").get(pk=key))


def second_person(declaration: Declaration) -> list[Words]:
    """Vì sao phải có người thứ hai ghi nhận: the limits that the list is above; empty when it is not."""
    return limits.Limits.of(declaration.office).above(Preview.from_json(declaration.preview, ()))


@transaction.atomic
def ask(*, actor: Actor, declaration: Declaration, seen: str) -> Declaration:
    """Đề nghị ghi nhận một danh sách trên mức: whoever asks is a maker of it; somebody else books it.

    Asking twice changes nothing. Raises DeclarationError for a list that whoever received it may book,
    HandError when it is not what was shown.
    """
    require(actor, "declaration.receive", at=declaration)
    current = locked(actor, declaration, "declaration.receive")
    if (actor.user.pk, "ask") in hands.makers(THING, current.pk):
        return current
    _checked_only(current)
    if not second_person(current):
        raise DeclarationError(
            "Danh sách này không cần người thứ hai; hãy ghi nhận.",
            "This list needs no second person; book it.",
            code="declaration.second",
        )
    hands.require_seen(seen, as_seen(current))
    hands.wrote(actor, THING, current.pk, act="ask")
    return current


def book(*, actor: Actor, declaration: Declaration, seen: str) -> Declaration:
    """Ghi nhận: one transaction; all of it or nothing. Booking twice changes nothing.

    `seen` is `as_seen` of what the page showed. Above the limits of the unit no maker of the list books it;
    back payments that add time are booked by a director. The plan is made again under locks on the employer
    and the people. When it no longer is what was shown (the record changed meanwhile), DeclarationError code
    ``declaration.stale`` asks to check again. A row whose citizen ID turns out to be a stranger's stops the
    list: it waits for correction, code ``identity.no_match``.
    """
    with transaction.atomic():
        done = _book(actor, declaration, seen)
    if done.state == Declaration.State.DRAFT:
        raise DeclarationError(
            "Có dòng không khớp với cơ sở dữ liệu, xem kết quả kiểm tra; hồ sơ chưa ghi nhận.",
            "A row does not match the register, see the findings; nothing was booked.",
            code=NO_MATCH.code,
        )
    return done


def _book(actor: Actor, declaration: Declaration, seen: str) -> Declaration:
    require(actor, "declaration.book", at=declaration)
    current = locked(actor, declaration, "declaration.book")
    if current.state == Declaration.State.BOOKED:
        return current
    _checked_only(current)
    hands.require_seen(seen, as_seen(current))
    employer = employer_of(current)
    rows, month = storage.rows(current), open_month(employer, None)
    made = planned(actor, current, employer, rows, month, settled=storage.persons(current), lock=True)
    if made.hidden:
        current.preview["unmatched"] = sorted({*made.unmatched, *made.hidden})
        examine(actor, current, month, rows)
        return current
    sums = money.of(made, employer)
    money.compare_wages(made, sums)
    shown = previews.of(made, sums)
    if _digest(shown.json()) != _digest(current.preview):
        raise DeclarationError(
            "Dữ liệu đã thay đổi từ lúc kiểm tra; hãy kiểm tra lại rồi xác nhận.",
            "The record changed since the check; check again, then confirm.",
            code="declaration.stale",
        )
    case = _signed(actor, current, shown)
    cases.decide(
        actor=actor,
        case=case,
        outcome="approved",
        seen=seen,
        act="book",
        then=lambda _: _write(actor, current, employer, made),
    )
    return current


def _write(actor: Actor, current: Declaration, employer: Employer, made: Plan) -> None:
    """What booking does to the record: people, months, days, cards, refunds; then the list is booked."""
    ids = booking.write(made, employer, current.pk)
    cases.changed(COVER, parties={"person": ids.values()})
    refunds.from_declaration(actor=actor, declaration=current, owed=owed.of(made, ids, employer))
    storage.store(current, made)
    current.state = Declaration.State.BOOKED
    current.booked_by = actor.user
    current.booked_at = timezone.now()
    current.month = made.scene.month.index
    current.save(update_fields=["state", "booked_by", "booked_at", "month"])


def _checked_only(declaration: Declaration) -> None:
    if declaration.state != Declaration.State.CHECKED:
        raise DeclarationError(
            "Chỉ ghi nhận được hồ sơ đã kiểm tra và không có lỗi.",
            "Only a declaration that was checked and has no errors can be booked.",
            code="declaration.state",
        )


def _signed(actor: Actor, current: Declaration, shown: Preview) -> Case:
    """The case as it is signed: by a second person above the limits, below them a maker will do."""
    if shown.needs_director:
        require(actor, "declaration.approve_back", at=current)
    needed = bool(limits.Limits.of(current.office).above(shown))
    if needed != current.needs_second:  # the limits were changed since the check
        current.needs_second = needed
        current.save(update_fields=["needs_second"])
        return casework.examined(current, stopped=False)
    return casework.of(current)


@transaction.atomic
def return_(*, actor: Actor, declaration: Declaration, reason: str, seen: str) -> Declaration:
    """Trả lại hồ sơ kèm lý do (366/QĐ-BHXH, Điều 5 khoản 1 tiết 1.1): as it was seen; it may be one's own."""
    require(actor, "declaration.receive", at=declaration)
    current = locked(actor, declaration, "declaration.receive")
    if current.state == Declaration.State.RETURNED:
        return current
    if current.state == Declaration.State.BOOKED:
        raise DeclarationError(
            "Hồ sơ đã ghi nhận, không trả lại được.",
            "A booked declaration cannot be returned.",
            code="declaration.state",
        )
    if not reason.strip():
        raise DeclarationError("Thiếu lý do trả lại.", "The reason is missing.", code="declaration.reason")
    hands.require_seen(seen, as_seen(current))
    note = Finding(Level.RETURNED, "declaration.returned", reason.strip(), reason.strip())
    current.problems = [note.json(), *current.problems]
    current.save(update_fields=["problems"])
    cases.give_back(actor=actor, case=casework.of(current), reason=reason)
    current.state = Declaration.State.RETURNED
    return current


def annotated_file(*, actor: Actor, declaration: Declaration) -> bytes:
    """Tệp của đơn vị với cột “Lỗi” màu đỏ (xlsx): errors and rows returned, each at its cell.

    Everybody whom the rows are about goes into the reading log of the actor.
    """
    reader.note(actor, declaration)
    found = reader.findings(actor, declaration)
    shown = [
        f for f in found if f.level in {Level.ERROR, Level.RETURNED} and f.code != "declaration.returned"
    ]
    attached = documents.of(THING, declaration.pk)
    if attached is not None:
        data, name = documents.content(attached.document), declaration.file_name
        read = read_d02(data, name)
        return annotate(data, name, replace(read, problems=[f.problem() for f in shown]))
    # A typed grid has no file of its own: the official form is filled with what was read from it.
    employer = employer_of(declaration)
    typed = storage.rows(declaration)
    data = write_d02(typed, employer.unit_code, employer.name, declaration.number, declaration.dated_on)
    read = read_d02(data, "D02-LT.xlsx")
    place = {row.row: written for row, written in zip(typed, read.rows, strict=False)}
    sheet = read.table.sheet.name if read.table else ""
    moved = []
    for f in shown:
        at = place.get(f.row)
        cell = at.cells.get(f.column, "") if at else ""
        moved.append(replace(f, row=at.row if at else 0, cell=cell, sheet=sheet).problem())
    return annotate(data, "D02-LT.xlsx", replace(read, problems=moved))


def _take(
    actor: Actor,
    employer: Employer,
    read: D02File,
    month: Month | None,
    source: str,
    given: documents.Examined | None,
    received_on: date | None,
    corrects: Declaration | None = None,
) -> Declaration:
    mark = _mark(read)
    earlier = Declaration.objects.filter(
        form=FORM, employer=employer, content_hash=mark, state__in=OPEN_STATES
    ).first()
    if earlier is not None:
        return earlier
    day = received_on or timezone.localdate()
    header = storage.header_of(read)
    header["received_on"] = day.isoformat()
    if read.unit_code and read.unit_code != employer.unit_code:
        header["reading"].append(_other_unit(read, employer).json())
    current = Declaration.objects.create(
        form=FORM,
        employer=employer,
        office=employer.office,
        number=read.number[:40],
        dated_on=read.dated_on,
        source=source,
        file_name=given.name if given else "",
        content_hash=mark,
        received_by=actor.user,
        due_on=casework.due_on(day),
        month=open_month(employer, month).index,
        header=header,
    )
    casework.opened(actor, current, day, corrects)
    if given is not None:
        documents.keep(actor=actor, file=given, thing=THING, key=current.pk, accept=documents.TABLES)
    examine(actor, current, Month.from_index(current.month), read.rows)
    return current


def _other_unit(read: D02File, employer: Employer) -> Finding:
    return Finding(
        Level.ERROR,
        "declaration.unit",
        f"Mã đơn vị trong tệp {read.unit_code} khác đơn vị đang nộp {employer.unit_code}.",
        f"The file's unit code {read.unit_code} is not {employer.unit_code}.",
        sheet=read.table.sheet.name if read.table else "",
    )


def _mark(read: D02File) -> str:
    """Dấu nội dung: what was read, and, where it could not be read, what stood there."""
    mark = content_hash(read)
    if not read.problems:
        return mark
    wrong = sorted(f"{p.cell}\x1f{p.column_code}\x1f{p.value}" for p in read.problems)
    return hashlib.sha256("\x1e".join([mark, *wrong]).encode()).hexdigest()


def _grid(employer: Employer, rows: Sequence[Mapping[str, CellValue]]) -> D02File:
    places = {column.code: number for number, column in enumerate(layout("d02-lt").columns, start=1)}
    read, problems = [], []
    for number, values in enumerate(rows, start=1):
        if not any(value not in {None, ""} for value in values.values()):
            continue
        cells = {code: cell_name(number, column) for code, column in places.items()}
        row, found = D02Row.from_mapping(values, row=number, cells=cells)
        read.append(row)
        problems += found
    return D02File(employer.unit_code, employer.name, "", None, read, problems)


def _digest(shown: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(shown, sort_keys=True, default=str).encode()).hexdigest()
