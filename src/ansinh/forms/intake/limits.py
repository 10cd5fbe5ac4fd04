"""Giới hạn đối với tệp tải lên: what an uploaded file may weigh before anybody reads it."""

from dataclasses import dataclass

from ansinh.kernel.errors import BilingualError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Giới hạn đọc tệp: sizes in bytes, the rest in counts.

    ``area`` bounds rows × columns summed over the sheets, because a reader fills the whole rectangle
    between the first and the last cell; ``spread`` bounds the characters that repeated shared texts
    may expand to.
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
    spread: int = 256 * MEGABYTE


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


def refuse_area(rows: int, columns: int, area: int, limits: Limits) -> None:
    """Số dòng, số cột: refuse a sheet (or the sheets together) larger than a list can be.

    Raises ``BilingualError`` (code ``too-many-rows`` or ``too-many-columns``).
    """
    if rows > limits.rows:
        raise BilingualError(
            f"Bảng có {rows} dòng, quá mức {limits.rows} dòng.",
            f"The sheet has {rows} rows, more than {limits.rows}.",
            code="too-many-rows",
        )
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
