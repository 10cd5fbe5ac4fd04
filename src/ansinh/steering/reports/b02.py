"""B02-TS: tổng hợp thu của một quý, một năm theo khối đơn vị (366/QĐ-BHXH, guide of B02-TS)."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from typing import Any

from django.utils.translation import gettext_lazy as _

from ansinh.collection.measures import members as measures
from ansinh.collection.measures import people as headcount
from ansinh.collection.measures.members import SCHEMES, Booked, Cells, Key, Members, People, Years
from ansinh.forms.official import b02
from ansinh.forms.official.b01 import raw
from ansinh.forms.official.b02 import SHEET, B02Line, B02Money
from ansinh.forms.official.funds import Position
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.periodic import Line
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.units.letterhead import agency
from ansinh.steering.reports.b01 import LETTERS, on_screen
from ansinh.steering.reports.catalog import Report, Sheet, Span, level, register

PARTS = ("sickness", "retirement", "health", "unemployment", "injury")
"""Parts of a position in the order of the cells of C12-TS."""
ARISING = {"B.3.1.1": 1, "B.4.1.1": 1, "B.4.1.2.1": 1, "B.4.1.2.2": 1, "B.4.2": -1}
CHARGED = {"B.5": 1, "B.4.1.3": 1}
OPENING = ("A.2.1", "A.2.2", "A.3")
CLOSING = ("Đ.2.1", "Đ.2.2", "Đ.3")


def months(year: int, quarter: int) -> tuple[Month, Month]:
    """Tháng đầu và tháng cuối của quý (1-4) hoặc năm (0)."""
    return (
        (Month(year, quarter * 3 - 2), Month(year, quarter * 3))
        if quarter
        else (Month(year, 1), Month(year, 12))
    )


def lines(unit: Unit, year: int, quarter: int, *, members: Members) -> list[B02Line]:
    """Các dòng B02: B02a-TS (`members` employer), B02b-TS (office) or B02c-TS (province) of `unit`.

    The period ends with the newest month whose statements are made; without any there are no lines.
    """
    period = measures.booked(unit, *months(year, quarter))
    if period is None:
        return []
    money = _money(period, members)
    names = measures.names(period, members)
    people = measures.people(period, members)
    counted = headcount.count(unit.path, Month.from_index(period.last), since=None, known=True)
    made = []
    for section in raw(SHEET)["sections"]:
        tags = section.get("people", {})
        heads: Any = tuple(counted[tags[s]].after if s in tags else None for s in SCHEMES)
        made.append(
            B02Line(
                order=section["order"],
                text=section["text"],
                code=str(len(people)) if section.get("fill") == "kinds" and members == "employer" else "",
                depth="section",
                people=heads,
                money=reduce(B02Money.__add__, money.values(), B02Money()) if "fill" in section else None,
                note=raw_note(section.get("note")),
            )
        )
        if section.get("fill") == "kinds":
            made += _kinds(money, names, people)
    return made


def raw_note(key: str | None) -> str:
    """Vì sao ô để trống."""
    return str(raw(SHEET)["notes"][key]) if key else ""


def _kinds(
    money: dict[Key, B02Money], names: dict[Key, tuple[str, str]], people: dict[Key, People]
) -> list[B02Line]:
    groups = layout(SHEET).groups
    by_kind: dict[str, list[Key]] = defaultdict(list)
    for key in names:
        by_kind[key[0]].append(key)
    made = []
    order = [*groups, *sorted(set(by_kind) - set(groups))]
    for number, kind in enumerate((k for k in order if k in by_kind), start=1):
        keys = by_kind[kind]
        total = reduce(B02Money.__add__, (money.get(k, B02Money()) for k in keys), B02Money())
        made.append(
            B02Line(
                order=str(number),
                text=f"Khối {groups.get(kind, kind)}",
                code=kind,
                depth="kind",
                people=people.get((kind, 0), (0, 0, 0, 0)),
                money=total,
            )
        )
        made += [
            B02Line(
                order=f"{number}.{position}",
                text=names[key][0],
                code=names[key][1],
                people=people.get(key, (0, 0, 0, 0)),
                money=money.get(key, B02Money()),
            )
            for position, key in enumerate(keys, start=1)
        ]
    return made


def _money(period: Booked, members: Members) -> dict[Key, B02Money]:
    """Tiền: by member; the rows of C12-TS, opening of the first month, closing of the last."""
    cells = measures.statements(
        period,
        members,
        opening=OPENING,
        flows=[*ARISING, *CHARGED, "D.1", "D.2"],
        closing=CLOSING,
    )
    years = measures.health_years(period, members)
    return {key: _line(of, years.get(key, (0, 0, 0, 0))) for key, of in cells.items()}


def _line(cells: Cells, years: Years) -> B02Money:
    earlier, last, this, following = years
    return B02Money(
        surplus_before=cells.get("A.2.1", [0] * 6)[5],
        before=_position(cells, {"A.2.2": 1}, {"A.3": 1}),
        arising=_position(cells, ARISING, CHARGED),
        earlier_years=earlier,
        allocated=_position(cells, {"D.1": 1}, {"D.2": 1}),
        health_years=(last, this, following),
        short=_position(cells, {"Đ.2.2": 1}, {"Đ.3": 1}),
        surplus_after=cells.get("Đ.2.1", [0] * 6)[5],
    )


def _position(cells: Cells, due: dict[str, int], charge: dict[str, int]) -> Position:
    return Position(
        **{
            f"{kind}_{part}": sum(sign * cells[code][i] for code, sign in codes.items() if code in cells)
            for kind, codes in (("due", due), ("charge", charge))
            for i, part in enumerate(PARTS)
        }
    )


MEMBERS: dict[str, Members] = {"a": "employer", "b": "office", "c": "province"}


def sheet(unit: Unit, span: Span) -> Sheet:
    """B02-TS của một quý hoặc một năm."""
    letter = LETTERS[level(unit)]
    quarter = (span.first.month + 2) // 3 if span.length == "quarter" else 0
    made = lines(unit, span.first.year, quarter, members=MEMBERS[letter])
    form = b02.B02(
        agency=agency(unit),
        year=span.first.year,
        quarter=quarter,
        lines=made,
        issued_on=(span.last + 1).first_day,
        level=letter,
    )
    return Sheet(
        on_screen(form.code, SHEET),
        [
            Line(
                (x.order, x.text, x.code, *x.figures(), x.note),
                "plain" if x.depth == "member" else "bold",
            )
            for x in made
        ],
        lambda: b02.to_xlsx(form),
    )


register(
    Report(
        code="B02-TS",
        title=_("Tổng hợp thu BHXH, BHYT, BHTN"),
        lengths=("quarter", "year"),
        sheet=sheet,
    )
)
