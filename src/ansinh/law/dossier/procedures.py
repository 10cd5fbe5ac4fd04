"""Thủ tục: the codes a dossier may carry, and which clock each runs by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from ansinh.kernel.errors import BilingualError

FiledBy = Literal["employer", "person"]
After = Literal["sickness", "maternity", "work_injury"]

_SUB_SERVICE = re.compile(r"\.\d+\.\d+$")


@dataclass(frozen=True, slots=True)
class Procedure:
    """Một thủ tục: its code, names and clock; `filed_by` where the code itself tells who files.

    `clock` is empty where no text seen limits the time of the office.
    """

    code: str
    clock: str
    vi: str
    en: str
    filed_by: FiledBy | None = None


class UnknownProcedureError(BilingualError):
    """Mã thủ tục không có trong danh mục."""


class NoClockError(BilingualError):
    """Thủ tục không có thời hạn đã biết."""


class WhoFilesError(BilingualError):
    """Chưa biết ai nộp hồ sơ: the time of the office depends on it."""


@cache
def procedures() -> Mapping[str, Procedure]:
    """Mọi thủ tục theo mã."""
    text = files(__package__).joinpath("procedures.yaml").read_text(encoding="utf-8")
    return {one["code"]: Procedure(**one) for one in yaml.safe_load(text)}


def procedure(code: str) -> Procedure:
    """Thủ tục của một mã. Raises `UnknownProcedureError` for a code that is in no list.

    >>> procedure("1.001667").clock
    'sickness'
    """
    found = procedures().get(code)
    if found is None:
        known = ", ".join(each for each in procedures() if not _SUB_SERVICE.search(each))
        raise UnknownProcedureError(
            f"Không có thủ tục mã “{code}”; các mã đã biết, chưa kể dịch vụ con: {known}",
            f"There is no procedure {code!r}; the codes known, without sub-services: {known}",
            code="unknown_procedure",
        )
    return found


def matter_of(
    code: str, *, filed_by: FiledBy | None = None, after: After | None = None, verified: bool = False
) -> str:
    """Việc phải giải quyết: the clock of a procedure, told apart by the facts that the law tells apart.

    Who files matters for maternity, what the leave follows for convalescence, and whether the history must be
    verified for months of an employer that cannot pay.
    Raises `UnknownProcedureError`, `NoClockError`, `WhoFilesError`.

    >>> matter_of("2.000693", filed_by="person"), matter_of("1.001598", after="work_injury")
    ('maternity_by_person', 'injury_convalescence')
    """
    found = procedure(code)
    if not found.clock:
        raise NoClockError(
            f"Chưa có thời hạn giải quyết nào được ghi nhận cho thủ tục {code} “{found.vi}”",
            f"No time limit is encoded for the procedure {code} ({found.en})",
            code="no_clock",
        )
    match found.clock:
        case "maternity":
            filer = filed_by or found.filed_by
            if filer is None:
                raise WhoFilesError(
                    f"Thủ tục {code}: cần biết hồ sơ do người sử dụng lao động hay do người lao động nộp",
                    f"Procedure {code}: whether the employer or the person filed must be known",
                    code="missing_fact",
                )
            return f"maternity_by_{filer}"
        case "convalescence" if after == "work_injury":
            return "injury_convalescence"
        case "insolvent_months" if verified:
            return "insolvent_months_verified"
    return found.clock
