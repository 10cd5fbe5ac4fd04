"""Mẫu biểu: layouts of lists that are read, kept as data beside the code."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ansinh.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Column:
    """Cột của mẫu: ``number`` is the printed column number, ``header`` the path of its heading."""

    code: str
    number: str
    header: tuple[str, ...]
    kind: str
    required: bool = False
    one_of: str = ""
    official: bool = True
    aliases: tuple[str, ...] = ()
    width: int = 12

    @property
    def title(self) -> str:
        """Tên cột như in trên mẫu."""
        return " > ".join(self.header)


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """Loại tăng, giảm, điều chỉnh: ``direction`` is increase, decrease, suspend, adjust or back_pay."""

    code: str
    direction: str
    vi: str
    en: str
    needs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Nhóm người tham gia ghi kèm ở cột loại (người khuyết tật, chủ hộ kinh doanh…)."""

    code: str
    vi: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Mẫu biểu: code, instrument, since when, columns in printed order."""

    code: str
    title: str
    instrument: str
    since: str
    sheet: str
    columns: tuple[Column, ...]
    changes: tuple[ChangeKind, ...] = ()
    groups: tuple[Group, ...] = ()

    def column(self, code: str) -> Column:
        """The column of that code. Raises ``KeyError``."""
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(code)

    def change(self, code: str) -> ChangeKind:
        """The change kind of that code. Raises ``KeyError``."""
        for change in self.changes:
            if change.code == code:
                return change
        raise KeyError(code)


@cache
def layout(name: str) -> Layout:
    """Mẫu theo mã: such as ``layout("d02-lt")``. Raises ``FileNotFoundError``."""
    text = files("ansinh.forms").joinpath("layouts", f"{name}.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    return Layout(
        code=raw["code"],
        title=raw["title"],
        instrument=raw["instrument"],
        since=raw["since"],
        sheet=raw.get("sheet", ""),
        columns=tuple(_column(item) for item in raw["columns"]),
        changes=tuple(
            ChangeKind(
                item["code"],
                item["direction"],
                item["vi"],
                item["en"],
                tuple(item.get("needs", ())),
                tuple(fold(word) for word in item["words"]),
            )
            for item in raw.get("changes", ())
        ),
        groups=tuple(
            Group(item["code"], item["vi"], tuple(fold(word) for word in item["words"]))
            for item in raw.get("groups", ())
        ),
    )


def _column(item: Mapping[str, Any]) -> Column:
    return Column(
        code=item["code"],
        number=item["number"],
        header=tuple(item["header"]),
        kind=item["kind"],
        required=item.get("required", False),
        one_of=item.get("one_of", ""),
        official=item.get("official", True),
        aliases=tuple(item.get("aliases", ())),
        width=item.get("width", 12),
    )
