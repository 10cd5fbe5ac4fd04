"""Xác thực người tham gia với sổ (QĐ 366/QĐ-BHXH, Điều 5 khoản 1 tiết 1.3.1 điểm b).

Somebody the actor may read is compared word by word, and what differs is said. A number that nothing has and
a number of somebody else's are one and the same: "không khớp với cơ sở dữ liệu". A stranger counts as the
person of a row only when name and birth are given exactly as the register has them.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from ansinh.collection.declarations.findings import NO_MATCH, Level
from ansinh.collection.declarations.likeness import agree, spelling
from ansinh.collection.declarations.record import Held, People
from ansinh.forms.intake.d02 import D02Row


@dataclass(frozen=True, slots=True)
class Said:
    """Một điều nói về dòng: level, column, code, words, and about whom they tell."""

    level: Level
    column: str
    code: str
    vi: str
    en: str
    about: tuple[int, ...] = ()


@dataclass(slots=True)
class Verdict:
    """Kết quả xác thực một dòng.

    `strange`: a number of the row is nobody's whom the actor may read. `mismatch`: it was answered as not
    matching. `hidden`: the citizen ID is a stranger's whom the row does not name; until the list is booked
    that looks like somebody new.
    """

    held: Held | None = None
    said: list[Said] = field(default_factory=list)
    strange: bool = False
    mismatch: bool = False
    hidden: bool = False

    def say(self, level: Level, column: str, code: str, vi: str, en: str, *about: int) -> None:
        """Say something of the row; `about` are the persons of whom it tells."""
        self.said.append(Said(level, column, code, vi, en, about))


def verify(
    rows: Sequence[D02Row],
    people: People,
    settled: Mapping[int, int] | None = None,
    refused: Container[int] = (),
) -> list[Verdict]:
    """The verdict of every row, in their order. Reads nothing.

    `settled` are the persons that an earlier check found, by position (from 1): whoever books need not be
    able to read them. `refused` are positions whose citizen ID was found to be a stranger's at booking.
    """
    found = settled or {}
    return [
        _row(row, people, found.get(position), again=position in refused)
        for position, row in enumerate(rows, start=1)
    ]


def _row(row: D02Row, people: People, settled: int | None, *, again: bool) -> Verdict:
    verdict = Verdict()
    by_si, by_citizen = people.by_si.get(row.si_number or ""), people.by_citizen.get(row.citizen_id or "")
    si, citizen = _open(by_si), _open(by_citizen)
    verdict.strange = bool((row.si_number and si is None) or (row.citizen_id and citizen is None))
    if row.si_number and si is None:
        _stranger_by_si(row, by_si, by_citizen, settled, verdict)
        if verdict.held is None:
            _no_match(verdict)
            if citizen is not None:
                _has_number(row, citizen, verdict)
    elif si is not None:
        _known_by_si(row, si, by_citizen, verdict)
    elif citizen is not None:
        verdict.held = citizen if _same(row, citizen, verdict) else None
    elif by_citizen is not None and _is(row, by_citizen, settled):
        verdict.held = by_citizen
    else:
        verdict.hidden = by_citizen is not None
    if verdict.hidden and again:
        verdict.held, verdict.hidden = None, False
        _no_match(verdict)
    return verdict


def _open(held: Held | None) -> Held | None:
    return held if held is not None and held.known else None


def _stranger_by_si(
    row: D02Row, by_si: Held | None, by_citizen: Held | None, settled: int | None, verdict: Verdict
) -> None:
    if by_si is None or not _is(row, by_si, settled):
        return
    if row.citizen_id and by_si.citizen_id:
        verdict.held = by_si if row.citizen_id == by_si.citizen_id else None
        return
    verdict.held = by_si
    verdict.hidden = by_citizen is not None


def _known_by_si(row: D02Row, si: Held, by_citizen: Held | None, verdict: Verdict) -> None:
    citizen = _open(by_citizen)
    if citizen is not None and citizen.id != si.id:
        verdict.say(
            Level.ERROR,
            "si_number",
            "identity.two_people",
            f"Mã số BHXH {row.si_number} là của {si.name}, "
            f"số định danh {row.citizen_id} là của {citizen.name}.",
            f"SI number {row.si_number} is {si.name}'s, citizen ID {row.citizen_id} {citizen.name}'s.",
            si.id,
            citizen.id,
        )
        return
    verdict.held = si if _same(row, si, verdict) else None
    # A citizen ID that the register lacks may be added; one of a stranger's shows only when booked.
    verdict.hidden = verdict.held is not None and by_citizen is not None and citizen is None


def _is(row: D02Row, held: Held, settled: int | None) -> bool:
    """Whether a row names a stranger: exactly, or as an earlier check by somebody who may read them found."""
    if settled == held.id:
        return (not row.name or spelling(row.name) == spelling(held.name)) and (
            row.birth is None or agree(row.birth, held.birth)
        )
    return bool(row.name) and spelling(row.name) == spelling(held.name) and row.birth == held.birth


def _no_match(verdict: Verdict) -> None:
    verdict.mismatch = True
    verdict.say(Level.ERROR, "si_number", NO_MATCH.code, NO_MATCH.vi, NO_MATCH.en)


def _has_number(row: D02Row, citizen: Held, verdict: Verdict) -> None:
    verdict.say(
        Level.INFO,
        "citizen_id",
        "identity.number",
        f"Số định danh {row.citizen_id} có mã số {citizen.si_number}.",
        f"Citizen ID {row.citizen_id} has {citizen.si_number}.",
        citizen.id,
    )


def _same(row: D02Row, held: Held, verdict: Verdict) -> bool:
    """Compare with somebody the actor may read; what differs names both values."""
    same = True
    if row.name and spelling(row.name) != spelling(held.name):
        same = False
        verdict.say(
            Level.ERROR,
            "name",
            "identity.name",
            f"Họ tên “{row.name}” khác cơ sở dữ liệu: “{held.name}”.",
            f"The name “{row.name}” differs from the register's “{held.name}”.",
            held.id,
        )
    if row.birth and not agree(row.birth, held.birth):
        same = False
        verdict.say(
            Level.ERROR,
            "birth",
            "identity.birth",
            f"Ngày sinh {row.birth.vi()} khác cơ sở dữ liệu: {held.birth.vi()}.",
            f"The birth date {row.birth.iso()} differs from the register's {held.birth.iso()}.",
            held.id,
        )
    if row.si_number and row.citizen_id and held.citizen_id and row.citizen_id != held.citizen_id:
        same = False
        verdict.say(
            Level.ERROR,
            "citizen_id",
            "identity.citizen_id",
            f"Số định danh {row.citizen_id} khác cơ sở dữ liệu: {held.citizen_id}.",
            f"The citizen ID {row.citizen_id} differs from the register's {held.citizen_id}.",
            held.id,
        )
    if same and held.identity == "mismatch":
        verdict.say(
            Level.WARNING,
            "citizen_id",
            "identity.population",
            "Thông tin người này đang lệch với CSDL quốc gia về dân cư.",
            "This person's data differ from the population register.",
            held.id,
        )
    return same
