"""Dựng bảng: the parts of a table as finished markup, which `<c-data-table>` puts together.

A template loop over cells costs more than everything else of a page, so rows are written as one string.
Every value goes through `escape`: nothing a row holds is taken for markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape as escaped
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ansinh.web.ui import words
from ansinh.web.ui.tables import Column, Control, Table

NOTHING = "—"
NAMES_ONLY = "(?!(?:[^0-9]*[0-9]){9}).*"
"""What a box for names takes: no nine digits."""
Draw = Callable[[Any, str], tuple[str, str]]
"""A row and the address of its cell into (text, markup inside the cell)."""


def escape(value: object) -> str:
    """Any value as text of a page: markup in it is shown, never obeyed."""
    return escaped(str(value))


def filter_bar(table: Table) -> SafeString:
    """The controls above the table; nothing when it has no filter."""
    if not table.controls:
        return SafeString("")
    label = _("Lọc %(name)s") % {"name": table.caption}
    parts = [f'<form class="filter-bar" method="get" role="search" aria-label="{escape(label)}">']
    parts += [_control(table, control) for control in table.controls]
    if sort := table.query.get("sort"):
        parts.append(f'<input type="hidden" name="sort" value="{escape(sort)}">')
    parts.append(f'<button class="button" type="submit">{escape(_("Lọc"))}</button>')
    if table.is_filtered:
        parts.append(f'<a class="button button--secondary" href="?">{escape(_("Bỏ lọc"))}</a>')
    parts.append("</form>")
    return SafeString("\n".join(parts))


def _control(table: Table, control: Control) -> str:
    known = control.filter
    identity = f"filter-{escape(table.name)}-{escape(known.name)}"
    parts = [f'<div class="filter-bar__item filter-bar__item--{known.kind}">']
    parts.append(f'<label for="{identity}">{escape(known.label)}</label>')
    if known.kind == "choice":
        options = "".join(
            f'<option value="{escape(value)}"{" selected" if value == control.value else ""}>'
            f"{escape(label)}</option>"
            for value, label in known.choices
        )
        every = f'<option value="">{escape(_("Tất cả"))}</option>'
        parts.append(f'<select id="{identity}" name="{escape(known.name)}">{every}{options}</select>')
    else:
        shown = "" if control.refused else escape(control.value)
        only = ""
        if known.names:
            said = escape(_("Tìm theo mã số ở ô tìm kiếm đầu trang."))
            only = f' pattern="{escape(NAMES_ONLY)}" title="{said}"'
        kind = 'type="search" data-search' if known.kind == "text" else 'type="text" inputmode="numeric"'
        parts.append(
            f'<input id="{identity}" name="{escape(known.name)}" value="{shown}" autocomplete="off"'
            f"{only} {kind}>"
        )
    if control.refused:
        said = escape(_("Ô này chỉ nhận họ tên; tìm theo mã số ở ô tìm kiếm đầu trang."))
        parts.append(f'<p class="field__error" role="alert">{said}</p>')
    parts.append("</div>")
    return "".join(parts)


def chooser(table: Table) -> SafeString:
    """The panel in which a reader chooses columns."""
    boxes = "".join(
        f'<label><input type="checkbox" value="{escape(column.key)}"'
        f"{'' if column.hidden else ' checked'}{' disabled' if column.frozen else ''}>"
        f"{escape(column.label)}</label>"
        for column in table.columns
    )
    return SafeString(
        '<details class="chooser" data-chooser hidden>'
        f'<summary class="button button--secondary">{escape(_("Cột"))}</summary>'
        f'<div class="chooser__panel" role="group" aria-label="{escape(_("Cột hiển thị"))}">{boxes}</div>'
        "</details>"
    )


def head(table: Table) -> SafeString:
    """The header row."""
    parts = ["<tr>"]
    if table.actions:
        parts.append(
            '<th scope="col" class="cell--pick cell--frozen cell--first"><label>'
            f'<span class="hidden-visually">{escape(_("Chọn cả trang"))}</span>'
            '<input type="checkbox" data-pick-all hidden></label></th>'
        )
    for place, heading in enumerate(table.headings):
        order = f' aria-sort="{heading.sorted}"' if heading.sorted else ""
        label = escape(heading.column.label)
        inside = f'<a href="{escape(heading.url)}">{label}</a>' if heading.url else label
        parts.append(f'<th scope="col"{_column(table, heading.column, place)}{order}>{inside}</th>')
    parts.append("</tr>")
    return SafeString("".join(parts))


def body(table: Table) -> SafeString:
    """The rows of the page."""
    columns = [
        (column.url, _drawer(column), _column(table, column, place))
        for place, column in enumerate(table.columns)
    ]
    picked = _("Chọn %(row)s") if table.actions else ""
    parts: list[str] = []
    for row in table.shown:
        cells, label = _row(columns, row)
        pick = _pick(table, row, picked % {"row": label}) if picked else ""
        parts.append(f"<tr data-row>{pick}{cells}</tr>\n")
    return SafeString("".join(parts))


def _row(columns: list[tuple[Any, Draw, str]], row: Any) -> tuple[str, str]:
    """The cells, and what the row is called: the text of the cell that opens it, else of the first."""
    parts: list[str] = []
    label: str | None = None
    opened = False
    for address, draw, attributes in columns:
        url = address(row) if address else ""
        text, inside = draw(row, url)
        if url and not opened:
            opened, label = True, text
            shown = escaped(text) if text else NOTHING
            parts.append(f'<th scope="row"{attributes}><a href="{escaped(url)}" data-open>{shown}</a></th>')
            continue
        if label is None:
            label = text
        parts.append(f"<td{attributes}>{inside}</td>")
    return "".join(parts), label or ""


def _pick(table: Table, row: Any, label: str) -> str:
    amount = table.amount(row) if table.amount else 0
    return (
        '<td class="cell--pick cell--frozen cell--first"><label>'
        f'<span class="hidden-visually">{escaped(label)}</span>'
        f'<input type="checkbox" name="pick" value="{escape(table.key(row))}" data-amount="{amount}">'
        "</label></td>"
    )


def _column(table: Table, column: Column, place: int) -> str:
    """Class and name of a column's cells."""
    frozen = " cell--frozen" if column.frozen else ""
    first = " cell--first" if column.frozen and place == 0 and not table.actions else ""
    return f' class="cell--{column.kind}{frozen}{first}" data-column="{escape(column.key)}"'


def _drawer(column: Column) -> Draw:
    """How the cells of a column are written: by its kind, decided once for all rows."""
    read, write, tone = column.read, words.writer(column.kind), column.tone
    if column.kind == "tag":

        def tag(row: Any, url: str) -> tuple[str, str]:
            text = write(read(row))
            colour = tone(row) if tone else ""
            inside = escaped(text)
            if url:
                return text, f'<a href="{escaped(url)}">{inside}</a>'
            shade = f" tag--{escaped(colour)}" if colour else ""
            return text, f'<strong class="tag{shade}">{inside}</strong>' if text else ""

        return tag
    if column.kind == "due":

        def due(row: Any, url: str) -> tuple[str, str]:
            days = read(row)
            text = write(days)
            if url:
                return text, f'<a href="{escaped(url)}">{escaped(text)}</a>'
            if days is None:
                return "", ""
            return text, f'<span class="due due--{words.due_tone(days)}">{escaped(text)}</span>'

        return due

    def plain(row: Any, url: str) -> tuple[str, str]:
        text = write(read(row))
        return text, f'<a href="{escaped(url)}">{escaped(text)}</a>' if url else escaped(text)

    return plain


def pages(table: Table) -> SafeString:
    """Links to the other pages; nothing when there is one page only."""
    if table.page.paginator.num_pages <= 1:
        return SafeString("")
    links = "".join(_page_links(table))
    return SafeString(f'<nav aria-label="{escape(_("Các trang"))}"><ul class="pages">{links}</ul></nav>')


def _page_links(table: Table) -> Iterator[str]:
    here, said = str(table.page.number), _("Trang %(number)s")
    if table.previous_url:
        yield f'<li><a href="{escape(table.previous_url)}" rel="prev">{escape(_("Trước"))}</a></li>'
    for number, url in table.page_links:
        if not url:
            yield f"<li><span>{escape(number)}</span></li>"
            continue
        current = ' aria-current="page"' if number == here else ""
        label = escape(said % {"number": number})
        yield f'<li><a href="{escape(url)}"{current} aria-label="{label}">{escape(number)}</a></li>'
    if table.next_url:
        yield f'<li><a href="{escape(table.next_url)}" rel="next">{escape(_("Sau"))}</a></li>'
