"""Văn bản gửi người nộp: a registry of letter kinds, each with the data it needs; kept as they were told.

A letter is written in the transaction of the act it tells of. Its data are plain values, so that a paper of
any shape can be printed from them later, as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from ansinh.forms.official.parties import Agency
from ansinh.forms.print import documents
from ansinh.forms.print.letter import Letter
from ansinh.kernel.words import Words
from ansinh.office.cases import procedures
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.models import Case
from ansinh.office.cases.papers import CaseLetter
from ansinh.office.cases.states import national
from ansinh.office.rights import Actor

PLACE = "………"  # the place of the date line is written in by whoever signs


@dataclass(frozen=True, slots=True)
class Kind:
    """Loại văn bản: its title, what its data must hold, and its one sentence, filled from the data."""

    code: str
    title: Words
    needs: tuple[str, ...]
    says: Words


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Khai báo một loại văn bản. Raises ValueError when the code already means something else."""
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"letter {kind.code!r} is declared twice")


def kind_of(code: str) -> Kind:
    """A kind by its code. Raises LookupError for one nobody declared."""
    try:
        return _kinds[code]
    except KeyError:
        raise LookupError(f"no letter is called {code!r}") from None


def kinds() -> list[Kind]:
    """Các loại văn bản đã khai báo."""
    return list(_kinds.values())


for _one in (
    Kind(
        "supplement",
        Words("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request for further papers"),
        ("asked", "until"),
        Words("Đề nghị ông/bà bổ sung trước hết ngày {until}: {asked}.", "Please add by {until}: {asked}."),
    ),
    Kind(
        "declined",
        Words("Phiếu từ chối tiếp nhận, giải quyết hồ sơ", "Refusal to accept a dossier"),
        ("reason",),
        Words("Hồ sơ không được tiếp nhận: {reason}.", "The dossier was not accepted: {reason}."),
    ),
    Kind(
        "returned",
        Words("Phiếu trả lại hồ sơ", "Return of a dossier"),
        ("reason",),
        Words("Hồ sơ được trả lại để làm lại: {reason}.", "The dossier is given back: {reason}."),
    ),
    Kind(
        "refused",
        Words("Thông báo không chấp thuận", "Notice of refusal"),
        ("reason",),
        Words("Đề nghị không được chấp thuận: {reason}.", "The request was refused: {reason}."),
    ),
    Kind(
        "approved",
        Words("Thông báo kết quả giải quyết", "Notice of decision"),
        (),
        Words("Đề nghị được chấp thuận.", "The request was approved."),
    ),
    Kind(
        "partly",
        Words("Thông báo kết quả giải quyết", "Notice of decision"),
        ("reason",),
        Words("Đề nghị được chấp thuận một phần: {reason}.", "The request was approved in part: {reason}."),
    ),
):
    register(_one)


def issue(
    actor: Actor, case: Case, code: str, data: Mapping[str, Any], *, on: date | None = None
) -> CaseLetter:
    """Phát hành một văn bản, trong giao dịch của người gọi: what it says is kept as it is now.

    Raises CaseError, ``case.letter``, when a datum that the kind needs is missing.
    """
    kind, procedure = kind_of(code), procedures.of(case.procedure)
    missing = [name for name in kind.needs if not data.get(name)]
    if missing:
        raise CaseError(
            f"Văn bản “{kind.title.vi}” thiếu {', '.join(missing)}.",
            f"The letter “{kind.title.en}” lacks {', '.join(missing)}.",
            code="case.letter",
        )
    provider = procedures.provider_of(case.procedure)
    about = provider.words(case.thing_id) if provider.words else {}
    day = on or timezone.localdate()
    return CaseLetter.objects.create(
        case=case,
        kind=code,
        issued_by=actor.user,
        issued_on=day,
        data={
            **about,
            **data,
            "procedure": procedure.name.vi,
            "office": case.office.name,
            "number": case.number or "",
            "round": case.round,
            "received_on": case.received_on.isoformat(),
            "status": national(case.state).words.vi,
        },
    )


def paper(letter: CaseLetter) -> bytes:
    """Bản in của văn bản (PDF/A-2b): from the data it was issued with; printed twice it is the same file."""
    kind, office = kind_of(letter.kind), letter.case.office
    above = office.parent
    told, data = words(letter), letter.data
    about = [
        ("Thủ tục", data["procedure"]),
        ("Mã hồ sơ", f"{data['number']} (lần {data['round']})" if data["number"] else ""),
        ("Ngày nhận", f"{date.fromisoformat(data['received_on']):%d/%m/%Y}"),
        ("Trạng thái", data["status"]),
    ]
    return documents.render(
        "PHIEU",
        Letter(
            agency=Agency(
                name=office.name, parent=above.name if above else "", code=office.code, place=PLACE
            ),
            number=letter.number or "",
            issued_on=letter.issued_on,
            title=kind.title.vi,
            to=data.get("payee") or "Người nộp hồ sơ",
            about=[(name, value) for name, value in about if value],
            sentences=[told.vi.removeprefix(f"{kind.title.vi}. ")],
        ),
    )


def words(letter: CaseLetter) -> Words:
    """Lời của văn bản: its title and sentence, from the data it was issued with."""
    kind = kind_of(letter.kind)
    until = letter.data.get("until", "")
    day = date.fromisoformat(until) if until else None
    given = {**letter.data, "until": f"{day:%d/%m/%Y}" if day else ""}
    return Words(
        f"{kind.title.vi}. {kind.says.vi.format_map(given)}",
        f"{kind.title.en}. {kind.says.en.format_map({**letter.data})}",
    )
