"""Bảng: a list as an officer works with it. The address is the state: filters, order, page, export.

    table = Table(
        request, name="employers", caption=_("Đơn vị"), rows=selectors.employers(actor),
        columns=[
            Column("code", _("Mã đơn vị"), "code", sort="code", frozen=True, url=lambda e: e.url),
            Column("due", _("Phải nộp"), "money", sort="due"),
        ],
        filters=[
            search("q", _("Tên hoặc mã"), "name_fold__contains"),
            choice("status", _("Trạng thái"), [...]),
        ],
        actions=[Action("urge", _("Gửi 01-ĐĐ"))], amount=lambda e: e.due,
    )
    if table.export_asked:
        return export.workbook(table)
    return render(request, "staff/<feature>/list.html", {"table": table})

`rows` is a queryset or a sequence already inside the actor's scope. A page costs two queries: count, rows.
Of a queryset no more than `COUNTED` are counted and leafed through: whoever looks for one among more narrows
the list, and the workbook has them all. `parts` are querysets whose union is `rows`, where that is counted
faster: the first is the largest. `keyed` is for rows joined with much else: a page's keys are found first.
A list of people or employers says whom each row shows (`shows`, `purpose`): what is drawn, and what is
exported, goes into the reading log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import Promise

from ansinh.kernel.dates import parse_date
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.text import fold
from ansinh.office import reading
from ansinh.office.reading import Purpose
from ansinh.web.ui import words
from ansinh.web.ui.words import COUNTED

Label = str | Promise
Kind = Literal["text", "code", "money", "number", "percent", "date", "month", "tag", "due"]
Rows = Any  # QuerySet[Model] | Sequence[object]: one row of either is read by attribute
RESERVED = ("page", "sort", "export")
FAR = 500  # rows from the first: from here on rows are found by key before they are read
KEY_DIGITS = 18  # a key of the database has no more
PERSON_DIGITS = 9  # the shortest number of a person: an old identity card


@dataclass(frozen=True)
class Column:
    """Cột. `value` is an attribute path ("employer.name") or a function of the row; by default the key.

    `sort` is what `order_by` takes ("" = not sortable), or a function of "downwards" that gives it. A
    column that sorts `always` sorts any number of rows, by an index or because they are never many more; the
    others sort no more than are counted, of a queryset. `url` makes
    the cell a link, and the first such column opens the row on Enter; `tone` colours a tag; a `hidden` column
    waits in the column chooser.
    """

    key: str
    label: Label
    kind: Kind = "text"
    value: str | Callable[[Any], Any] = ""
    sort: str | Callable[[bool], Any] = ""
    always: bool = False
    url: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    frozen: bool = False
    hidden: bool = False

    @cached_property
    def read(self) -> Callable[[Any], Any]:
        """The raw value of this column in a row, as a function of the row."""
        if callable(self.value):
            return self.value
        name = self.value or self.key
        attribute = attrgetter(name)
        return lambda row: row[name] if isinstance(row, dict) else attribute(row)


@dataclass(frozen=True)
class Filter:
    """Bộ lọc: a control of the filter bar; `apply(rows, value)` narrows rows, unless the value is empty.

    A box for `names` takes no number of a person: what is filtered by stands in the address.
    """

    name: str
    label: Label
    apply: Callable[[Rows, str], Rows]
    kind: Literal["text", "choice", "date", "month"] = "text"
    choices: Sequence[tuple[str, Label]] = ()
    names: bool = False

    def __post_init__(self) -> None:
        if self.name in RESERVED:
            raise ValueError(f"{self.name} is a word of the table itself")


def search(name: str, label: Label, lookup: str) -> Filter:
    """A text box over a folded column of a queryset: "dang anh" finds "Đặng Ánh"."""
    return Filter(name, label, lambda rows, value: rows.filter(**{lookup: fold(value)}), names=True)


def choice(name: str, label: Label, choices: Sequence[tuple[str, Label]], lookup: str = "") -> Filter:
    """A list of values of a queryset's column; a value not on the list finds nothing."""
    listed = {str(value) for value, _label in choices}

    def narrowed(rows: Rows, value: str) -> Rows:
        return rows.filter(**{lookup or name: value}) if value in listed else rows.none()

    return Filter(name, label, narrowed, "choice", choices)


def since(name: str, label: Label, lookup: str, *, instant: bool = False) -> Filter:
    """A day from which on rows are shown; words that are no day find nothing. `instant`: from midnight on."""

    def apply(rows: Any, value: str) -> Any:
        try:
            first = parse_date(value)
        except BilingualError:
            return rows.none()
        if instant and not date.min < first < date.max:
            return rows.none()
        begins = timezone.make_aware(datetime.combine(first, time.min)) if instant else first
        return rows.filter(**{f"{lookup}__gte": begins})

    return Filter(name, label, apply, "date")


@dataclass(frozen=True)
class Action:
    """Việc làm hàng loạt: a button of the bulk bar, posted as `action` with the chosen rows."""

    name: str
    label: Label
    tone: Literal["", "secondary", "warning"] = "secondary"


@dataclass(frozen=True)
class Heading:
    """A column as drawn: where a click sorts, and how it is sorted now."""

    column: Column
    url: str
    sorted: Literal["", "ascending", "descending"]


@dataclass(frozen=True)
class Control:
    """A filter as drawn, with the value in force."""

    filter: Filter
    value: str

    @property
    def refused(self) -> bool:
        """Whether the value looks like a number of a person, in a box for names."""
        return self.filter.names and sum(sign.isdigit() for sign in self.value) >= PERSON_DIGITS

    @property
    def shown(self) -> str:
        """The value in words, for the export's sheet of conditions."""
        if self.refused:
            return ""
        return next((str(label) for value, label in self.filter.choices if value == self.value), self.value)


class Pages(Paginator):  # type: ignore[type-arg]
    """Các trang của những dòng đã đếm: the first `count` of the rows can be leafed through."""

    def __init__(self, rows: Rows, size: int, count: int, *, keyed: bool = False) -> None:
        super().__init__(rows, size)
        self.count, self.keyed = count, keyed

    def page(self, number: int | str) -> Page[Any]:
        """One page. If `keyed`, or far from the first, it is found by key alone; only its rows are read."""
        found = self.object_list
        place = self.validate_number(number)
        start = (place - 1) * self.per_page
        end = min(start + self.per_page, self.count)
        if not isinstance(found, QuerySet) or (start < FAR and not self.keyed):
            return Page(found[start:end], place, self)
        keys = list(found.values_list("pk", flat=True)[start:end])
        return Page(found.filter(pk__in=keys), place, self)


@dataclass
class Table:
    """Bảng dữ liệu: read from the request's address. Everything drawn is a property computed once."""

    request: HttpRequest
    name: str
    caption: Label
    columns: Sequence[Column]
    rows: Rows
    parts: Sequence[QuerySet[Any]] = ()
    filters: Sequence[Filter] = ()
    actions: Sequence[Action] = ()
    sort: str = ""
    page_size: int = 50
    key: Callable[[Any], Any] = field(default=lambda row: row.pk)
    amount: Callable[[Any], int] | None = None
    total: str = ""
    action_url: str = ""
    empty: Label = ""
    exports: bool = True
    keyed: bool = False
    shows: Callable[[Any], Iterable[tuple[str, int | None]]] | None = None
    purpose: str = Purpose.LIST

    @property
    def query(self) -> QueryDict:
        """The address of the page."""
        return self.request.GET

    @cached_property
    def controls(self) -> list[Control]:
        """The filter bar."""
        return [Control(f, self.query.get(f.name, "").strip()) for f in self.filters]

    @cached_property
    def is_filtered(self) -> bool:
        """Whether any filter is in force."""
        return any(control.value for control in self.controls)

    @cached_property
    def order(self) -> tuple[Column | None, bool]:
        """The column that sorts and whether downwards; the address wins over the default."""
        for asked in (self.query.get("sort", ""), self.sort):
            name = asked.removeprefix("-")
            found = next((c for c in self.columns if c.key == name and self.sorts_by(c)), None)
            if found:
                return found, asked.startswith("-")
        return None, False

    def sorts_by(self, column: Column) -> bool:
        """Whether a column can sort what was found: any of a few rows, of many one with an index."""
        return bool(column.sort) and (column.always or not self.is_more or self.export_asked)

    @cached_property
    def narrowed(self) -> Rows:
        """The filtered rows, in no order yet."""
        return self._filtered(self.rows)

    def _filtered(self, rows: Rows) -> Rows:
        for control in self.controls:
            if control.refused:
                rows = rows.none() if isinstance(rows, QuerySet) else []
            elif control.value:
                rows = control.filter.apply(rows, control.value)
        return rows

    @cached_property
    def found(self) -> Rows:
        """The filtered rows in order, all pages."""
        rows = self.narrowed
        column, down = self.order
        if column is None:
            return rows
        if not isinstance(rows, QuerySet):
            return _sorted(rows, column, down)
        if callable(column.sort):
            return rows.order_by(column.sort(down), "-pk" if down else "pk")
        return rows.order_by(*(f"-{column.sort}", "-pk") if down else (column.sort, "pk"))

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for; a number out of range gives the nearest of those that can be leafed to."""
        most = FAR if self.parts else COUNTED  # what is put together is in the order of no index
        leafed = most if self.is_more else self.count
        pages = Pages(self.found, self.page_size, leafed, keyed=self.keyed)
        return pages.get_page(self.query.get("page"))

    @cached_property
    def count(self) -> int:
        """How many rows were found on all pages; of more than are counted, one more than those."""
        rows = self.narrowed
        if not isinstance(rows, QuerySet):
            return len(rows)
        if self.actions:  # whoever acts on all of them is told how many they are
            return self._all[0]
        parts = [self._filtered(part).order_by().values("pk") for part in self.parts]
        if not parts:
            return _counted(rows.order_by().values("pk"))
        first = _counted(parts[0])
        return first if first > COUNTED else _counted(parts[0].union(*parts[1:]))

    @property
    def is_more(self) -> bool:
        """Whether more rows were found than are counted."""
        return self.count > COUNTED and not self.actions and isinstance(self.narrowed, QuerySet)

    @cached_property
    def count_said(self) -> str:
        """How many rows were found, in words: "1.284", "hơn 10.000"."""
        return words.counted(self.count) if self.is_more else words.number(self.count)

    @cached_property
    def found_sum(self) -> int | None:
        """The sum of the amounts of all found rows, only with bulk actions; of a queryset, of its `total`."""
        if not self.actions or self.amount is None:
            return None
        rows = self.narrowed
        if isinstance(rows, QuerySet):
            return self._all[1] if self.total else None
        return sum(map(self.amount, rows))

    @cached_property
    def _all(self) -> tuple[int, int]:
        """How many rows of a queryset were found, and the sum of `total` over them: in one statement."""
        asked = {"found": Count("pk")} | ({"total": Sum(self.total)} if self.total else {})
        told = self.narrowed.order_by().aggregate(**asked)
        return told["found"], told.get("total") or 0

    @cached_property
    def headings(self) -> list[Heading]:
        """The header row."""
        column, down = self.order
        drawn = []
        for c in self.columns:
            here = column is not None and c.key == column.key
            turned = ("-" if here and not down else "") + c.key
            url = self.url(sort=turned, page=None) if self.sorts_by(c) else ""
            drawn.append(Heading(c, url, ("descending" if down else "ascending") if here else ""))
        return drawn

    @cached_property
    def shown(self) -> list[Any]:
        """The rows of this page; whom they show is noted in the reading log."""
        rows = list(self.page.object_list)
        self._note(rows, self.purpose)
        return rows

    def every(self) -> Iterator[Any]:
        """All found rows one by one, without holding a queryset in memory; all are noted as exported."""
        rows = self.found
        for row in rows.iterator(chunk_size=2000) if isinstance(rows, QuerySet) else rows:
            self._note([row], Purpose.EXPORT)
            yield row

    def _note(self, rows: Iterable[Any], purpose: str) -> None:
        if self.shows is None:
            return
        actor = self.request.actor  # type: ignore[attr-defined]
        by_subject: dict[str, list[int]] = {}
        for row in rows:
            for subject, key in self.shows(row):
                if key is not None:
                    by_subject.setdefault(subject, []).append(key)
        for subject, keys in by_subject.items():
            reading.shown(actor, subject, keys, purpose=purpose)

    def selected(self, posted: QueryDict) -> Rows:
        """The rows a bulk action is for: those ticked, or all found when `everything` was ticked."""
        if posted.get("everything"):
            return self.found
        keys = set(posted.getlist("pick"))
        if isinstance(self.found, QuerySet):
            known = [k for k in keys if k.isascii() and k.isdigit() and len(k) <= KEY_DIGITS]
            return self.found.filter(pk__in=known)
        return [row for row in self.found if str(self.key(row)) in keys]

    @property
    def export_asked(self) -> bool:
        """Whether the address asks for the workbook."""
        return self.exports and self.query.get("export") == "xlsx"

    @property
    def export_url(self) -> str:
        """The address of the workbook of exactly what is found."""
        return self.url(export="xlsx", page=None)

    @property
    def here(self) -> str:
        """The address of this state, for the form of the bulk bar."""
        return self.action_url + self.url() if self.action_url else self.url()

    @property
    def page_links(self) -> list[tuple[str, str]]:
        """Page numbers with their addresses; an ellipsis has none."""
        paginator = self.page.paginator
        numbers: Iterable[Any] = paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [(str(n), self.url(page=n) if isinstance(n, int) else "") for n in numbers]

    @property
    def previous_url(self) -> str:
        """The page before, or nothing."""
        return self.url(page=self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The page after, or nothing."""
        return self.url(page=self.page.number + 1) if self.page.has_next() else ""

    @cached_property
    def _asked(self) -> dict[str, list[str]]:
        """The words of the address that stay in every address made of it."""
        gone = {"export", *(control.filter.name for control in self.controls if control.refused)}
        return {name: values for name, values in self.query.lists() if name not in gone}

    def url(self, **changes: Any) -> str:
        """This address with some words changed; None takes a word away."""
        asked = dict(self._asked)
        for name, value in changes.items():
            if value is None:
                asked.pop(name, None)
            else:
                asked[name] = [str(value)]
        return "?" + urlencode(asked, doseq=True)


def _counted(keys: QuerySet[Any, Any]) -> int:
    """How many keys there are; of more than are counted, one more than those."""
    return keys[: COUNTED + 1].count()


def _sorted(rows: Iterable[Any], column: Column, down: bool) -> list[Any]:
    """Rows of a sequence by a column's raw value; the empty ones last, whichever way."""
    listed = list(rows)
    full = [row for row in listed if column.read(row) is not None]
    bare = [row for row in listed if column.read(row) is None]
    return sorted(full, key=column.read, reverse=down) + bare
