"""Khảo sát tệp: what one pass over an uploaded file found, held against the limits, and its refusals."""

from collections import Counter
from dataclasses import dataclass, field

from ansinh.forms.intake.limits import Limits, refuse_area, refuse_merged, refuse_text
from ansinh.forms.intake.markup import damaged
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.numbers import is_digits

OFTEN = 100_000
"""Cells or records after which the counts are compared with the limits."""
CLAIMED = 2
"""How far the number of shared texts may be claimed beyond the limit: uses are counted, too."""


def refuse_bomb(what_vi: str, what_en: str) -> BilingualError:
    """Tệp nén bất thường: the refusal of a zip that unpacks beyond the limits (code ``zip-bomb``)."""
    return BilingualError(
        f"Tệp nén bất thường ({what_vi}); tệp bị từ chối.",
        f"The file unpacks abnormally ({what_en}); it is refused.",
        code="zip-bomb",
    )


def refuse_macro() -> BilingualError:
    """Tệp có macro: the refusal of a workbook that carries code (code ``macro``)."""
    return BilingualError(
        "Tệp có macro. Hãy lưu lại dạng .xlsx (không macro) rồi gửi lại.",
        "The workbook carries macros. Save it as .xlsx (without macros) and send it again.",
        code="macro",
    )


def refuse_links() -> BilingualError:
    """Tệp có liên kết ngoài: the refusal of links to other files (code ``external-links``)."""
    return BilingualError(
        "Tệp liên kết tới tệp hoặc nguồn dữ liệu bên ngoài. Hãy chép dạng giá trị rồi gửi lại.",
        "The workbook links to other files or data sources. Paste values only and send it again.",
        code="external-links",
    )


def refuse_password() -> BilingualError:
    """Tệp đặt mật khẩu: the refusal of an encrypted file (code ``encrypted``)."""
    return BilingualError(
        "Tệp đặt mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
        "The file is protected by a password. Remove it and send the file again.",
        code="encrypted",
    )


def refuse_claim(claim: str, limits: Limits) -> None:
    if not is_digits(claim):
        raise damaged("sst")
    if len(claim.lstrip("0")) > len(str(limits.shared)) or int(claim) > CLAIMED * limits.shared:
        raise refuse_bomb("khai quá nhiều chuỗi dùng chung", "more shared texts declared than there can be")


@dataclass(slots=True)
class Extent:
    """The rectangle of non-empty cells of one sheet, in counts from A1."""

    rows: int = 0
    columns: int = 0
    texts: int = 0

    def meet(self, row: int, column: int) -> None:
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)


@dataclass(slots=True)
class Survey:
    """What one pass over the package found: its kind (xlsx or xlsb) and how far the sheets reach.

    ``cells`` are those with a value, of which a hostile file has several at one place; ``shared`` the shared
    texts; ``merged`` the merged ranges; ``elements`` those of the XML parts; ``live`` what there is beside
    values, by the names of ``inert.LIVE``.
    """

    kind: str = ""
    sheets: list[Extent] = field(default_factory=list)
    longest_text: int = 0
    cells: int = 0
    shared: int = 0
    merged: int = 0
    elements: int = 0
    live: Counter[str] = field(default_factory=Counter)

    def check(self, limits: Limits) -> None:
        """Refuse what is beyond the limits; asked now and then, so that counting ends early."""
        refuse_text(self.longest_text, limits)
        refuse_merged(self.merged, limits)
        if self.cells > limits.area:
            raise refuse_bomb(f"{self.cells} ô có giá trị", f"{self.cells} cells with a value")
        if self.shared > limits.shared:
            raise refuse_bomb(f"{self.shared} chuỗi dùng chung", f"{self.shared} shared texts")
        if len(self.sheets) > limits.sheets:
            raise refuse_bomb(f"{len(self.sheets)} bảng", f"{len(self.sheets)} sheets")
        area = 0
        for sheet in self.sheets:
            area += sheet.rows * sheet.columns
            refuse_area(sheet.rows, sheet.columns, area, limits)
        if self.longest_text * sum(sheet.texts for sheet in self.sheets) > limits.spread:
            raise refuse_bomb("chữ lặp quá nhiều", "repeated text")
