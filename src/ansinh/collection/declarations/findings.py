"""Kết quả kiểm tra một danh sách: what was found, where, how grave, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from ansinh.forms.intake.problems import Problem


class Level(StrEnum):
    """Mức độ: an error stops the list, a returned row stays out, a warning is for the officer's eye."""

    ERROR = "error"
    RETURNED = "returned"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """Một điều tìm thấy. `row` counts from 1 in the sheet (0 = the whole list); `column` is a column code.

    `about` are the persons of the register, `employer` the employer, that the words tell something of:
    whoever may not read them gets other words (`for_reader`).
    """

    level: str
    code: str
    vi: str
    en: str
    column: str = ""
    cell: str = ""
    row: int = 0
    value: str = ""
    sheet: str = ""
    about: tuple[int, ...] = ()
    employer: int = 0

    @classmethod
    def of(cls, problem: Problem) -> Finding:
        """A problem of reading, as an error."""
        return cls(
            Level.ERROR,
            "reading",
            problem.vi,
            problem.en,
            problem.column_code,
            problem.cell,
            problem.row,
            problem.value,
            problem.sheet,
        )

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Finding:
        """The finding stored by `json`."""
        return cls(**{**values, "about": tuple(values.get("about", ()))})

    def json(self) -> dict[str, Any]:
        """Plain values to store."""
        return asdict(self)

    def problem(self) -> Problem:
        """As a remark in the sender's own file."""
        return Problem(self.sheet, self.cell, self.row, self.column, self.vi, self.en, self.value)

    def __str__(self) -> str:
        return f"{self.cell}: {self.vi} / {self.en}" if self.cell else f"{self.vi} / {self.en}"


NO_MATCH = Finding(
    Level.ERROR,
    "identity.no_match",
    "Mã số, họ tên, ngày sinh không khớp với cơ sở dữ liệu.",
    "Number, name and birth date do not match the register.",
    "si_number",
)
"""What is said of a number that nothing has, and of one that is somebody else's."""

TOO_MANY = Finding(
    Level.ERROR,
    "identity.many",
    "Quá nhiều dòng không khớp với cơ sở dữ liệu, nên không trả lời từng dòng; "
    "đề nghị đơn vị kiểm tra lại mã số, họ tên, ngày sinh của cả danh sách.",
    "Too many rows do not match the register, so that they are not answered one by one; "
    "the employer should check numbers, names and birth dates of the whole list.",
)

ELSEWHERE = Finding(
    Level.RETURNED,
    "cover.elsewhere",
    "Chưa ghi tăng được người này theo dữ liệu đang có; đề nghị liên hệ cơ quan BHXH "
    "(366/QĐ-BHXH, Điều 5 khoản 1 tiết 1.3.2 điểm a).",
    "As the record stands this person cannot be added; the social security office should be asked.",
    "si_number",
)
"""What is said when somebody is insured, draws a benefit or is dead, to whoever may not read them."""

PLAIN: dict[str, Finding | None] = {
    "identity.name": NO_MATCH,
    "identity.birth": NO_MATCH,
    "identity.citizen_id": NO_MATCH,
    "identity.two_people": NO_MATCH,
    "identity.unknown": NO_MATCH,
    "identity.number": None,
    "identity.population": None,
    "person.dead": ELSEWHERE,
    "cover.compulsory": ELSEWHERE,
    "cover.pensioner": ELSEWHERE,
    "cover.unemployed": ELSEWHERE,
}
"""Codes whose words tell of persons, with what others read instead; nothing when it is None."""


def for_reader(
    found: Iterable[Finding],
    people: Container[int],
    employers: Container[int],
    cell: Callable[[Finding], str] = lambda _finding: "",
) -> list[Finding]:
    """Điều người đọc được biết: `people` and `employers` are keys they may read.

    Words about anybody else become those for a number that does not match; `cell` says where they stand.
    """
    shown: dict[Finding, None] = {}
    for finding in found:
        if finding.code not in PLAIN or _may_be_read(finding, people, employers):
            shown[finding] = None
        elif (plain := PLAIN[finding.code]) is not None:
            there = replace(plain, cell=cell(finding), row=finding.row, sheet=finding.sheet)
            shown[there] = None
    return list(shown)


def _may_be_read(finding: Finding, people: Container[int], employers: Container[int]) -> bool:
    told = bool(finding.about) and all(person in people for person in finding.about)
    return told and (not finding.employer or finding.employer in employers)
