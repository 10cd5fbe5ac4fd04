"""Khuôn mẫu biểu: the layout of an official form, read from `forms/layouts/{code}.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from ansinh.kernel.errors import BilingualError

Kind = Literal["text", "code", "money", "count", "flag"]
RowKind = Literal["section", "heading", "people", "wages", "money", "surplus", "days", "payments"]

Terms = tuple[tuple[int, str], ...]
"""A sum: pairs of sign (+1, -1) and the row code or column number it refers to."""

_TERM = re.compile(r"\s*([+-])\s+([^\s+-]+)")


def terms(formula: str) -> Terms:
    """Công thức của biểu: "A.1 + B.1 - D" as signed references.

    >>> terms("A.1 + B.1 - D")
    ((1, 'A.1'), (1, 'B.1'), (-1, 'D'))
    """
    return tuple((1 if sign == "+" else -1, name) for sign, name in _TERM.findall("+ " + formula))


@dataclass(frozen=True, slots=True)
class Column:
    """Cột của biểu: one column, its official number and its header from the top down."""

    key: str
    number: str
    path: tuple[str, ...]
    kind: Kind
    width: int
    equals: Terms = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Dòng của biểu: one fixed row; `order` is what the form prints, `code` is unique."""

    code: str
    order: str
    text: str
    kind: RowKind
    equals: Terms = ()
    total: Terms = ()
    carried: Terms = ()

    @property
    def emphasis(self) -> Literal["bold", "italic", "plain"]:
        """Blocks are printed bold, first-level items italic."""
        depth = self.code.count(".")
        return "bold" if depth == 0 else "italic" if depth == 1 else "plain"

    def hatched(self, column: int) -> bool:
        """Ô gạch chéo: whether this official column (1-6 on C12-TS) never holds a figure in this row."""
        if self.kind in {"people", "wages"}:
            return column == 6
        return self.kind == "surplus" and column < 6


@dataclass(frozen=True, slots=True)
class Layout:
    """Mẫu biểu: code, title, issuing instrument, columns and (where the form fixes them) rows."""

    code: str
    title: str
    instrument: str
    issued: str
    page: Literal["portrait", "landscape"]
    unit: str
    numbered: bool
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    groups: Mapping[str, str]
    bases: tuple[str, ...]

    @property
    def footing(self) -> str:
        """The line under the form's code that names the decision it was issued with."""
        number = self.instrument.split(" ", maxsplit=1)[0]
        return f"(Ban hành kèm theo Quyết định số {number} ngày {self.issued} của BHXH Việt Nam)"

    @property
    def depth(self) -> int:
        """How many rows the header takes."""
        return max(len(column.path) for column in self.columns)


def _column(entry: Mapping[str, Any]) -> Column:
    return Column(
        entry["key"],
        str(entry["number"]),
        tuple(entry["path"]),
        entry["kind"],
        entry["width"],
        terms(entry.get("equals", "")),
    )


def _row(entry: Mapping[str, Any]) -> Row:
    return Row(
        entry["code"],
        entry["order"],
        entry["text"],
        entry["kind"],
        *(terms(entry.get(rule, "")) for rule in ("equals", "total", "carried")),
    )


@cache
def layout(code: str) -> Layout:
    """Khuôn của một mẫu biểu, e.g. `layout("C12-TS")`; raises BilingualError for a form we do not carry."""
    name = code.lower().replace("đ", "d") + ".yaml"
    path = files("ansinh.forms") / "layouts" / name
    if not path.is_file():
        raise BilingualError(f"Không có mẫu biểu {code}", f"No such form: {code}", code="form.unknown")
    entry = yaml.safe_load(path.read_text("utf-8"))
    return Layout(
        code=entry["code"],
        title=entry["title"],
        instrument=entry["instrument"],
        issued=entry["issued"],
        page=entry["page"],
        unit=entry.get("unit", ""),
        numbered=entry.get("numbered", True),
        columns=tuple(_column(column) for column in entry["columns"]),
        rows=tuple(_row(row) for row in entry.get("rows", ())),
        groups=entry.get("groups", {}),
        bases=tuple(entry.get("bases", ())),
    )
