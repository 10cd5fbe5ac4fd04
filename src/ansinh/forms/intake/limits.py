"""Giới hạn đối với tệp tải lên: what an uploaded file may weigh before anybody reads it."""

from dataclasses import dataclass

from ansinh.kernel.errors import BilingualError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Giới hạn đọc tệp: sizes in bytes, the rest in counts.

    ``area`` bounds rows × columns summed over the sheets, because a reader fills the whole rectangle
    between the first and the last cell, and the cells with a value, of which several may claim one place;
    ``text`` bounds the characters of one cell, ``spread`` those that repeated shared texts may expand to,
    ``shared`` the number of shared texts, ``merged`` the merged ranges, ``sheets`` the sheets; ``elements``
    those of a package's XML (as many as its packed size makes likely), ``nodes`` those of a document kept in
    memory, attributes included.
    """

    size: int = 20 * MEGABYTE
    unpacked: int = 300 * MEGABYTE
    ratio: int = 150
    ratio_from: int = 4 * MEGABYTE
    entries: int = 2_000
    rows: int = 200_000
    columns: int = 500
    area: int = 8_000_000
    sheets: int = 100
    text: int = 100_000
    spread: int = 256 * MEGABYTE
    shared: int = 4_000_000
    merged: int = 100_000
    elements: int = 15_000_000
    elements_from: int = 1_000_000
    elements_per_byte: int = 2
    nodes: int = 1_500_000

    def elements_of(self, size: int) -> int:
        """Số phần tử XML: in a package of ``size`` bytes, an ordinary one spends more than a byte on each."""
        return min(self.elements, self.elements_from + self.elements_per_byte * size)


DEFAULT_LIMITS = Limits()


def check_size(size: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """Dung lượng tệp: refuse by size in bytes; a web server may ask before it reads the body.

    Raises ``BilingualError`` (code ``file-too-large`` or ``file-empty``).
    """
    if size > limits.size:
        most = limits.size // MEGABYTE
        has = -(-size // MEGABYTE)
        raise BilingualError(
            f"Tệp nặng {has} MB, quá mức {most} MB. Hãy chia danh sách thành nhiều tệp.",
            f"The file weighs {has} MB, more than {most} MB. Split the list into several files.",
            code="file-too-large",
        )
    if size <= 0:
        raise BilingualError("Tệp trống.", "The file is empty.", code="file-empty")


def refuse_text(length: int, limits: Limits) -> None:
    """Độ dài một ô: refuse a text longer than any cell of a list (code ``text-too-long``)."""
    if length > limits.text:
        raise BilingualError(
            f"Tệp có ô dài hơn {limits.text} ký tự, không phải danh sách.",
            f"The file has a cell of more than {limits.text} characters; it is no list.",
            code="text-too-long",
        )


def refuse_merged(count: int, limits: Limits) -> None:
    """Số vùng gộp ô: refuse more merged ranges than a list has rows for (code ``too-many-merged``)."""
    if count > limits.merged:
        raise BilingualError(
            f"Bảng gộp quá nhiều ô (hơn {limits.merged} vùng).",
            f"The sheet merges too many cells (more than {limits.merged} ranges).",
            code="too-many-merged",
        )


def refuse_rows(rows: int, limits: Limits) -> BilingualError:
    """Số dòng: the refusal of more rows, or entries, than a list can have (code ``too-many-rows``)."""
    return BilingualError(
        f"Bảng có {rows} dòng, quá mức {limits.rows} dòng.",
        f"The sheet has {rows} rows, more than {limits.rows}.",
        code="too-many-rows",
    )


def refuse_sheets(count: int, limits: Limits) -> None:
    """Số bảng: refuse a workbook of more sheets than one has (code ``too-many-sheets``)."""
    if count > limits.sheets:
        raise BilingualError(
            f"Tệp có {count} bảng, quá mức {limits.sheets} bảng.",
            f"The workbook has {count} sheets, more than {limits.sheets}.",
            code="too-many-sheets",
        )


def refuse_area(rows: int, columns: int, area: int, limits: Limits) -> None:
    """Số dòng, số cột: refuse a sheet (or the sheets together) larger than a list can be.

    Raises ``BilingualError`` (code ``too-many-rows`` or ``too-many-columns``).
    """
    if rows > limits.rows:
        raise refuse_rows(rows, limits)
    if columns > limits.columns:
        raise BilingualError(
            f"Bảng có {columns} cột, quá mức {limits.columns} cột.",
            f"The sheet has {columns} columns, more than {limits.columns}.",
            code="too-many-columns",
        )
    if area > limits.area:
        raise BilingualError(
            f"Các bảng trong tệp rộng {area} ô, quá mức {limits.area} ô.",
            f"The sheets span {area} cells, more than {limits.area}.",
            code="too-many-rows",
        )
