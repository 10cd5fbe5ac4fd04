"""Đơn vị hành chính và cơ quan BHXH: the official units of two eras, and which unit took over which.

Until 2025-06-30: 63 provinces, 696 districts and their communes. From 2025-07-01: 34 provinces and 3,321
communes (202/2025/QH15), with base offices between them. What the data do not say is not guessed: successors
of communes are not published here, nor are districts that ended before 2025-06-30.

No official list of base offices is published. Those of Lạng Sơn are drawn up here one to a former district;
elsewhere communes are grouped by contiguous codes. All are marked synthetic.

Minimum-wage regions of communes: 293/2025/NĐ-CP, phụ lục.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from django.db import connection, transaction
from django.db.models import Q

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.text import fold, sort_key
from ansinh.office.units.models import Unit, UnitSuccession

ROOT_CODE = "00"
FOUNDED = date(1995, 2, 16)  # 19/CP: Bảo hiểm xã hội Việt Nam
FORMER_SINCE = date(2008, 8, 1)  # 15/2008/QH12: 63 provinces
FORMER_UNTIL = date(2025, 6, 30)
PRESENT_SINCE = date(2025, 7, 1)
OFFICES_AT_MOST = 12
COMMUNES_IN_AN_OFFICE = 8
NO_DATA = "không có dữ liệu kế thừa"
BATCH = 2_000

Key = tuple[str, str, date]


class UnknownUnit(BilingualError):  # noqa: N818 -- read as a sentence: raise UnknownUnit(...)
    """Không có đơn vị: no unit of this kind and code on the day, or no record of what became of it."""


@dataclass(frozen=True)
class Listed:
    """Một đơn vị trong danh mục: a unit as the data list it; `parent` is (kind, code) in the same era."""

    kind: str
    code: str
    name: str
    parent: tuple[str, str] | None
    valid_from: date
    valid_to: date | None = None
    region: int | None = None

    @property
    def key(self) -> Key:
        """What makes a unit the same one in the record."""
        return (self.kind, self.code, self.valid_from)


@dataclass(frozen=True)
class BaseOffice:
    """BHXH cơ sở: its communes, the district it stands for if one is named, and whether we made it up."""

    code: str
    province: str
    name: str
    former_district: str
    synthetic: bool
    communes: tuple[str, ...]


@dataclass(frozen=True)
class Loaded:
    """Kết quả nạp: how many units and successions were new."""

    units: int
    successions: int


@dataclass(frozen=True)
class Rolled:
    """Đơn vị quy về một ngày: where a unit of any era counts on the day asked.

    `office` is the base office (before 2025-07-01: the district). `note` says what the data cannot answer.
    """

    province: Unit | None
    office: Unit | None
    note: str = ""


@cache
def listed() -> tuple[Listed, ...]:
    """Danh mục: every unit of both eras, parents before children."""
    root = ("vss", ROOT_CODE)
    former = [
        Listed(r["kind"], r["code"], r["name"], _former_parent(r), FORMER_SINCE, FORMER_UNTIL)
        for r in _rows("units_until_2025_06.csv")
    ]
    rows = _rows("units_since_2025_07.csv")
    offices = base_offices()
    office_of = {c: ("base_office", o.code) for o in offices for c in o.communes}
    return (
        Listed("vss", ROOT_CODE, "Bảo hiểm xã hội Việt Nam", None, FOUNDED),
        *former,
        *(
            Listed("province", r["code"], r["name"], root, PRESENT_SINCE)
            for r in rows
            if r["kind"] == "province"
        ),
        *(Listed("base_office", o.code, o.name, ("province", o.province), PRESENT_SINCE) for o in offices),
        *(
            Listed(
                "commune", r["code"], r["name"], office_of[r["code"]], PRESENT_SINCE, None, int(r["region"])
            )
            for r in rows
            if r["kind"] == "commune"
        ),
    )


@cache
def base_offices() -> tuple[BaseOffice, ...]:
    """BHXH cơ sở của mọi tỉnh: those of the data, then the generic grouping for every other province."""
    given = [
        BaseOffice(
            r["code"],
            r["province"],
            r["name"],
            r["former_district"],
            r["synthetic"] == "true",
            tuple(r["communes"].split()),
        )
        for r in _rows("base_offices.csv")
    ]
    done = {o.province for o in given}
    communes: dict[str, list[str]] = {}
    for row in _rows("units_since_2025_07.csv"):
        if row["kind"] == "commune" and row["parent"] not in done:
            communes.setdefault(row["parent"], []).append(row["code"])
    for province, codes in communes.items():
        for number, group in enumerate(_contiguous(sorted(codes)), start=1):
            name = f"BHXH cơ sở số {number}"
            given.append(BaseOffice(f"0{province}{number:02d}", province, name, "", True, tuple(group)))
    return tuple(given)


def is_synthetic(unit: Unit) -> bool:
    """Đơn vị giả lập: whether the unit was drawn up here instead of taken from an official list."""
    return unit.kind == Unit.Kind.BASE_OFFICE and unit.code in {o.code for o in base_offices() if o.synthetic}


@transaction.atomic
def load() -> Loaded:
    """Nạp danh mục đơn vị: write what is not yet in the record; a second call writes nothing."""
    known: dict[Key, tuple[int, str]] = {
        (kind, code, since): (pk, path)
        for kind, code, since, pk, path in Unit.objects.values_list(
            "kind", "code", "valid_from", "id", "path"
        )
    }
    fresh = [item for item in listed() if item.key not in known]
    made: list[Unit] = []
    for item, pk in zip(fresh, _next_ids(len(fresh)), strict=True):
        parent = known[_parent_key(item)] if item.parent else None
        path = f"{parent[1] if parent else '/'}{pk}/"
        known[item.key] = (pk, path)
        made.append(
            Unit(
                id=pk,
                kind=item.kind,
                code=item.code,
                name=item.name,
                name_fold=fold(item.name),
                name_sort=sort_key(item.name),
                parent_id=parent[0] if parent else None,
                path=path,
                valid_from=item.valid_from,
                valid_to=item.valid_to,
                region=item.region,
            )
        )
    Unit.objects.bulk_create(made, batch_size=BATCH)
    return Loaded(len(made), _load_successions({key: pk for key, (pk, _) in known.items()}))


def unit(kind: str, code: str, on: date) -> Unit:
    """The unit of a kind and code on a day. Raises `UnknownUnit`, code ``unit.unknown``."""
    found = Unit.objects.filter(_valid(on), kind=kind, code=code).first()
    if found is None:
        raise UnknownUnit(
            f"Không có đơn vị {kind} mã {code} vào ngày {on:%d/%m/%Y}",
            f"There is no {kind} {code} on {on}",
            code="unit.unknown",
        )
    return found


def names(kind: str, paths: Iterable[str]) -> list[tuple[int, str]]:
    """Tên các đơn vị hiện có của một loại: key and name of those under the paths, in Vietnamese order."""
    found = Unit.objects.filter(_below(paths), kind=kind, valid_to__isnull=True)
    return list(found.order_by("name_sort").values_list("pk", "name"))


def _below(paths: Iterable[str]) -> Q:
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    return below


def present(kind: str, paths: Iterable[str], *, also: int | None = None) -> list[Unit]:
    """Đơn vị hiện có của một loại: under the paths, in Vietnamese order, and the one with the key `also`."""
    wanted = Q(kind=kind, valid_to__isnull=True) & _below(paths)
    if also is not None:
        wanted |= Q(pk=also)
    return list(Unit.objects.filter(wanted).order_by("name_sort"))


def successor(unit: Unit, on: date) -> Unit | None:
    """Đơn vị kế thừa vào một ngày: itself while it lasts, then who took over; None if not known."""
    return _Lineage.read().forward(unit, on)


def as_of(unit: Unit, on: date) -> Unit:
    """The unit that answers for this one on a day of any era.

    Raises `UnknownUnit` with code ``unit.no_succession`` where the data do not say, and for a day before a
    merger, when several units were merged into this one.
    """
    found = _Lineage.read().at(unit, on)
    if found is None:
        raise UnknownUnit(
            f"{unit.name}: {NO_DATA} vào ngày {on:%d/%m/%Y}",
            f"{unit.name}: no record of a succession for {on}",
            code="unit.no_succession",
        )
    return found


def roll(units_of_record: Iterable[Unit], on: date) -> Mapping[int, Rolled]:
    """Quy đổi về đơn vị của một ngày: province and office, by id of the unit a record carries.

    Communes count under their province and district or base office; a note says where there is no answer.
    """
    lineage = _Lineage.read()
    return {u.pk: lineage.rolled(u, on) for u in units_of_record}


class _Lineage:
    """Provinces, districts and base offices with their successions, read in two queries."""

    def __init__(self, units: Mapping[int, Unit], successions: Sequence[tuple[int, int]]) -> None:
        self._units = units
        self._after: dict[int, list[int]] = {}
        self._before: dict[int, list[int]] = {}
        for predecessor, following in successions:
            self._after.setdefault(predecessor, []).append(following)
            self._before.setdefault(following, []).append(predecessor)

    @classmethod
    def read(cls) -> _Lineage:
        units = Unit.objects.exclude(kind=Unit.Kind.COMMUNE).in_bulk()
        return cls(units, list(UnitSuccession.objects.values_list("predecessor_id", "successor_id")))

    def forward(self, unit: Unit, on: date) -> Unit | None:
        return self._walk(unit, on, self._after)

    def at(self, unit: Unit, on: date) -> Unit | None:
        return self._walk(unit, on, self._before if on < unit.valid_from else self._after)

    def rolled(self, unit: Unit, on: date) -> Rolled:
        above = [self._units.get(int(pk), unit) for pk in unit.path.strip("/").split("/")]
        province = next((u for u in above if u.kind == Unit.Kind.PROVINCE), None)
        office = next((u for u in above if u.kind in {Unit.Kind.DISTRICT, Unit.Kind.BASE_OFFICE}), None)
        province_then = self.at(province, on) if province else None
        office_then = self.at(office, on) if office else None
        missing = [
            f"{u.name}: {NO_DATA}"
            for u, then in ((province, province_then), (office, office_then))
            if u and then is None
        ]
        return Rolled(province_then, office_then, "; ".join(missing))

    def _walk(self, unit: Unit, on: date, steps: Mapping[int, list[int]]) -> Unit | None:
        here: Unit | None = unit
        while here and not _is_valid(here, on):
            nexts = steps.get(here.pk, [])
            here = self._units[nexts[0]] if len(nexts) == 1 else None
        return here


def _load_successions(ids: Mapping[Key, int]) -> int:
    pairs = [
        (
            ids["province", r["predecessor"], FORMER_SINCE],
            ids["province", r["successor"], PRESENT_SINCE],
            r["instrument"],
        )
        for r in _rows("province_successors.csv")
    ] + [
        (
            ids["district", o.former_district, FORMER_SINCE],
            ids["base_office", o.code, PRESENT_SINCE],
            "dữ liệu giả lập" if o.synthetic else "",
        )
        for o in base_offices()
        if o.former_district
    ]
    known = set(UnitSuccession.objects.values_list("predecessor_id", "successor_id"))
    made = [
        UnitSuccession(
            predecessor_id=old, successor_id=new, effective_on=PRESENT_SINCE, instrument=instrument
        )
        for old, new, instrument in pairs
        if (old, new) not in known
    ]
    UnitSuccession.objects.bulk_create(made)
    return len(made)


def _contiguous(codes: list[str]) -> Iterator[list[str]]:
    """Cut sorted codes into at most twelve runs of nearly equal length."""
    count = min(OFFICES_AT_MOST, math.ceil(len(codes) / COMMUNES_IN_AN_OFFICE))
    for number in range(count):
        yield codes[len(codes) * number // count : len(codes) * (number + 1) // count]


def _former_parent(row: Mapping[str, str]) -> tuple[str, str]:
    parents = {
        "province": ("vss", ROOT_CODE),
        "district": ("province", row["parent"]),
        "commune": ("district", row["parent"]),
    }
    return parents[row["kind"]]


def _parent_key(item: Listed) -> Key:
    kind, code = item.parent or ("", "")
    return (kind, code, FOUNDED if kind == "vss" else item.valid_from)


def _next_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('office_unit', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [int(row[0]) for row in cursor.fetchall()]


def _valid(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def _is_valid(unit: Unit, on: date) -> bool:
    return unit.valid_from <= on and (unit.valid_to is None or unit.valid_to >= on)


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = resources.files("ansinh.office").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
