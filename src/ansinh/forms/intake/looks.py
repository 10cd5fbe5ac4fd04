"""Dáng vẻ của bảng: how the sender's workbook (xlsx) looks, read into a few plain properties.

Only what can be seen is taken, and each part of it is compared with what it may be: a colour is eight
hexadecimal digits, a width a number. Nothing is copied from the file; the properties are given to a writer.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ansinh.forms.intake.markup import PIECE, Attributes, Listeners, walk
from ansinh.kernel.errors import excerpt
from ansinh.kernel.numbers import whole_or_none

Properties = dict[str, object]
"""Of a format of XlsxWriter: {"bold": True, "bg_color": "#FFC7CE"}."""

MOST_FORMATS, MOST_COLUMNS, MOST_ROWS = 4_000, 16_384, 1_048_576
WIDEST, TALLEST, MARGIN = 255.0, 409.0, 5 / 7
FIRST_OWN_FORMAT = 164
"""Numbers of formats below are Excel's own."""
RGB = re.compile(r"[0-9A-Fa-f]{8}")
SECTION = r"(?:[#0?.,%/: ()\-@]|[dmyhsDMYHS]|\"[^\"0-9]{0,10}\"|\\[ \-/.,()]|_[()\- ₫đ]|\* |\[Red\]){1,60}"
NUMBER_FORMAT = re.compile(rf"{SECTION}(?:;{SECTION}){{0,3}}")
"""Formats that show the value; one that shows a figure of its own, or nothing, is not taken."""
SHOWS: Final = re.compile(r"[0#?@dmyDMY]")
SIDES: Final = frozenset({"left", "right", "top", "bottom"})
BORDERS: Final = {"thin": 1, "medium": 2, "dashed": 3, "dotted": 4, "thick": 5, "double": 6, "hair": 7}
HORIZONTAL: Final = frozenset({"left", "center", "right", "fill", "justify"})
VERTICAL: Final = {"top": "top", "center": "vcenter", "bottom": "bottom", "justify": "vjustify"}
SWITCHES: Final = {"b": "bold", "i": "italic", "strike": "font_strikeout"}


@dataclass(slots=True)
class SheetLook:
    """Dáng vẻ một bảng: columns as (first, last, width, hidden), heights by row, formats by (row, column)."""

    columns: list[tuple[int, int, float | None, bool]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    formats: dict[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Looks:
    """Dáng vẻ của tệp: properties by the number of a format, sheets by name."""

    properties: tuple[Properties, ...] = ()
    sheets: Mapping[str, SheetLook] = field(default_factory=dict)


def looks_of(data: bytes) -> Looks:
    """Đọc dáng vẻ của tệp xlsx: one that has been surveyed (``archives.survey``).

    What is not understood is left out. Raises ``BilingualError`` as ``markup.walk`` does.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = _Parts(package)
        styles = _Styles()
        parts.walk(parts.target("/styles") or "xl/styles.xml", Listeners(start=styles.start, end=styles.end))
        sheets: dict[str, SheetLook] = {}
        for name, part in parts.sheets():
            look = _SheetReader()
            parts.walk(part, Listeners(start=look.start))
            sheets.setdefault(name, look.look)
    return Looks(tuple(styles.properties()), sheets)


class _Parts:
    """The parts of a package by name, and what the workbook's relations say of them."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = {name.lower(): name for name in package.namelist()}
        self._relations: dict[str, tuple[str, str]] = {}
        self.walk("xl/_rels/workbook.xml.rels", Listeners(start=self._relation))

    def walk(self, name: str, listeners: Listeners) -> None:
        """Walk the part of that name, if there is one."""
        found = self._names.get(name.lower())
        if found is not None:
            with self._package.open(found) as part:
                walk(iter(lambda: part.read(PIECE), b""), found, listeners)

    def _relation(self, tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            self._relations[attributes.get("Id", "")] = (attributes.get("Type", ""), path)

    def target(self, kind: str) -> str | None:
        """The part that the workbook is related to by a relation of that kind."""
        return next((path for found, path in self._relations.values() if found.endswith(kind)), None)

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Name and part of each sheet, in order."""
        found: list[tuple[str, str]] = []

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "sheet":
                identifier = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                found.append((attributes.get("name", ""), self._relations.get(identifier, ("", ""))[1]))

        self.walk("xl/workbook.xml", Listeners(start=start))
        yield from found


def _number(text: str | None, most: float) -> float | None:
    if text is None or not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,20})?", text):
        return None
    value = float(text)
    return value if 0 < value <= most else None


def _is_on(attributes: Attributes) -> bool:
    return attributes.get("val", "1") not in {"0", "false", "none"}


def _colour(attributes: Attributes) -> str | None:
    rgb = attributes.get("rgb", "")
    return f"#{rgb[2:].upper()}" if RGB.fullmatch(rgb) else None


class _Styles:
    """styles.xml as it is walked: fonts, fills, borders, number formats, then the formats that use them."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._codes: dict[int, str] = {}
        self._lists: dict[str, list[Properties]] = {"font": [], "fill": [], "border": []}
        self._formats: list[tuple[dict[str, int], Properties]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        above = self._path[-1] if self._path else ""
        self._path.append(tag)
        if tag in self._lists and above == f"{tag}s" and self._inside(f"{tag}s"):
            self._lists[tag].append({})
        elif self._inside("fonts"):
            self._font(tag, attributes)
        elif self._inside("fills"):
            self._fill(tag, attributes)
        elif self._inside("borders"):
            style = BORDERS.get(attributes.get("style", ""))
            if tag in SIDES and style and self._lists["border"]:
                self._lists["border"][-1][tag] = style
        elif tag == "numFmt" and self._inside("numFmts"):
            number = whole_or_none(attributes.get("numFmtId"), most=10_000)
            code = attributes.get("formatCode", "")
            if number is not None and NUMBER_FORMAT.fullmatch(code) and SHOWS.search(code):
                self._codes[number] = code
        elif self._inside("cellXfs"):
            self._format(tag, attributes)

    def end(self, _tag: str) -> None:
        self._path.pop()

    def _inside(self, part: str) -> bool:
        # styleSheet > fonts > font > b: the differential formats of conditions have fonts of their own.
        return len(self._path) > 1 and self._path[1] == part

    def _font(self, tag: str, attributes: Attributes) -> None:
        if not self._lists["font"]:
            return
        font = self._lists["font"][-1]
        if tag in SWITCHES:
            font[SWITCHES[tag]] = _is_on(attributes)
        elif tag == "u" and _is_on(attributes):
            font["underline"] = 1
        elif tag == "sz" and (size := _number(attributes.get("val"), TALLEST)):
            font["font_size"] = size
        elif tag == "color" and (colour := _colour(attributes)):
            font["font_color"] = colour
        elif tag == "name" and attributes.get("val"):
            font["font_name"] = excerpt(attributes["val"], 31)

    def _fill(self, tag: str, attributes: Attributes) -> None:
        colour = _colour(attributes)
        if tag == "fgColor" and colour and self._lists["fill"]:
            self._lists["fill"][-1] = {"bg_color": colour}

    def _format(self, tag: str, attributes: Attributes) -> None:
        if tag == "xf" and len(self._formats) < MOST_FORMATS:
            wanted = ("numFmtId", "fontId", "fillId", "borderId")
            self._formats.append(
                ({name: whole_or_none(attributes.get(name), most=100_000) or 0 for name in wanted}, {})
            )
        elif tag == "alignment" and self._formats:
            own = self._formats[-1][1]
            if attributes.get("horizontal") in HORIZONTAL:
                own["align"] = attributes["horizontal"]
            if attributes.get("vertical") in VERTICAL:
                own["valign"] = VERTICAL[attributes["vertical"]]
            if attributes.get("wrapText") in {"1", "true"}:
                own["text_wrap"] = True

    def properties(self) -> Iterator[Properties]:
        """The properties of each format, by its number."""
        for numbers, own in self._formats:
            found: Properties = {}
            for kind in ("font", "fill", "border"):
                some = self._lists[kind]
                number = numbers[f"{kind}Id"]
                found |= some[number] if number < len(some) else {}
            code = numbers["numFmtId"]
            if code < FIRST_OWN_FORMAT:
                found["num_format"] = code
            elif code in self._codes:
                found["num_format"] = self._codes[code]
            yield found | own


class _SheetReader:
    """sheetN.xml as it is walked: widths, heights, and the format of each cell."""

    def __init__(self) -> None:
        self.look = SheetLook()
        self._row = self._column = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._cell(attributes)
        elif tag == "row":
            self._row = whole_or_none(attributes.get("r"), most=MOST_ROWS) or self._row + 1
            self._column = 0
            height = _number(attributes.get("ht"), TALLEST)
            if height is not None and attributes.get("customHeight") in {"1", "true"}:
                self.look.heights[self._row] = height
        elif tag == "col" and len(self.look.columns) < MOST_COLUMNS:
            first = whole_or_none(attributes.get("min"), least=1, most=MOST_COLUMNS)
            last = whole_or_none(attributes.get("max"), least=1, most=MOST_COLUMNS)
            if first is not None and last is not None and first <= last:
                width = _number(attributes.get("width"), WIDEST)
                # A file says the width with the margin of a cell, a writer is told it without.
                shown = None if width is None else max(width - MARGIN, 0.0)
                self.look.columns.append((first, last, shown, attributes.get("hidden") in {"1", "true"}))

    def _cell(self, attributes: Attributes) -> None:
        self._column += 1
        match = re.fullmatch(r"([A-Za-z]{1,3})[0-9]{1,7}", attributes.get("r", ""))
        if match:
            self._column = 0
            for letter in match[1].upper():
                self._column = self._column * 26 + ord(letter) - ord("A") + 1
        number = whole_or_none(attributes.get("s"), most=MOST_FORMATS)
        if number:
            self.look.formats[self._row, self._column] = number
