"""Điều người đọc được biết của một hồ sơ: findings and lines as they are stored, told as the reader may know.

What is stored tells of nobody whom the receiving officer could not read; here it is narrowed to whom the
reader may read, and where the reader may read more, name and number stand as the register has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ansinh.collection.declarations import storage
from ansinh.collection.declarations.findings import NO_MATCH, Finding, for_reader
from ansinh.collection.declarations.preview import PersonChange
from ansinh.collection.models import Declaration
from ansinh.forms.intake.files import column_letter
from ansinh.office import reading
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.registers import access


class Reader:
    """Người đọc: whom they may read among the people and employers that a declaration tells of."""

    def __init__(self, actor: Actor | None, declaration: Declaration, told: Iterable[Finding]) -> None:
        self._columns = declaration.header.get("columns", {})
        found = list(told)
        self.about = {person for finding in found for person in finding.about}
        self.people: dict[int, tuple[str, str, str]] = {}
        self.employers: set[int] = set()
        if actor is None:
            return
        keys = sorted(self.about | set(storage.persons(declaration).values()))
        people = access.people(actor).filter(pk__in=access.keyed(keys))
        for pk, name, si_number, citizen_id in people.values_list(
            "pk", "full_name", "si_number", "citizen_id"
        ):
            self.people[pk] = (name, si_number, citizen_id or "")
        named = sorted({finding.employer for finding in found if finding.employer})
        employers = access.employers(actor).filter(pk__in=access.keyed(named))
        self.employers = set(employers.values_list("pk", flat=True))

    def may_know(self, found: Iterable[Finding]) -> list[Finding]:
        """The findings in words for this reader."""
        return for_reader(found, self.people, self.employers, self._cell)

    def line(self, change: PersonChange) -> PersonChange:
        """A line of the preview for this reader."""
        told = replace(change, findings=tuple(self.may_know(change.findings)))
        if change.person not in self.people:
            return told
        name, si_number, citizen_id = self.people[change.person or 0]
        return replace(told, name=name, si_number=si_number, citizen_id=citizen_id or change.citizen_id)

    def _cell(self, finding: Finding) -> str:
        number = self._columns.get(NO_MATCH.column)
        return f"{column_letter(number)}{finding.row}" if number and finding.row else ""


def findings(actor: Actor, declaration: Declaration) -> list[Finding]:
    """Kết quả kiểm tra: for this reader; whom they tell of goes into the reading log."""
    found = [Finding.from_json(values) for values in declaration.problems]
    reader = Reader(actor, declaration, found)
    reading.shown(actor, Subject.PERSON, reader.about & set(reader.people), purpose=Purpose.DECLARE)
    return reader.may_know(found)


def people(actor: Actor | None, declaration: Declaration) -> tuple[PersonChange, ...]:
    """Các dòng xem trước: for this reader; without one, what anybody may know. A page notes what it draws."""
    lines = storage.people(declaration)
    reader = Reader(actor, declaration, (f for line in lines for f in line.findings))
    return tuple(reader.line(line) for line in lines)


def note(actor: Actor, declaration: Declaration, *, purpose: str = Purpose.PAPER) -> None:
    """Ghi vào nhật ký mọi người mà các dòng nói đến: the whole list leaves, as a file."""
    reading.shown(actor, Subject.PERSON, storage.persons(declaration).values(), purpose=purpose)


def note_lines(actor: Actor, lines: Sequence[PersonChange], *, purpose: str) -> None:
    """Ghi vào nhật ký những người của các dòng được cho xem."""
    keys = [line.person for line in lines if line.person is not None]
    reading.shown(actor, Subject.PERSON, keys, purpose=purpose)
