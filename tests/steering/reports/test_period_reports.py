"""C69b, C83b, B03, B04 on books made by the real run: they agree with C69a, C83a, C12, the ledger, each other."""

from __future__ import annotations

import copy
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.collection.month.books import Books
from tests.office.seats import seat

from ansinh.collection.month import closing, services
from ansinh.collection.month.columns import FUNDS
from ansinh.collection.notices import papers
from ansinh.collection.notices import services as notices
from ansinh.forms.official.periodic import broken
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Account
from ansinh.office.models import Unit, User
from ansinh.office.rights import Actor, Held
from ansinh.registers.models import Employer, EmployerStatus, WorkMonth
from ansinh.steering.reports.catalog import Sheet, Span, report, workbook

JANUARY = Month(2026, 1)
MONTHS = [JANUARY + i for i in range(6)]
WHOLE = 3_200_000
FORM = ("sickness_maternity", "pension_survivors", "health", "unemployment", "work_injury")
STATES = {"active": 38, "not_evasion": 41, "bankrupt": 42, "dissolved": 48}


@pytest.fixture(scope="module")
def six_months(shared_record: None) -> Books:
    """Six months, two offices: one pays, one overpays, one evades, one is bankrupt, one is excused."""
    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
    )
    made = Books()
    services.open_month(unit=made.province, month=JANUARY)
    made.first = made.office
    made.paying, made.late, made.over = made.employer(), made.employer(workers=4), made.employer(workers=1)
    made.second = made._unit("base_office", "20.02", made.province, date(2025, 7, 1))
    made.office = made.second
    made.bankrupt, made.excused, made.gone = (made.employer(workers=w) for w in (1, 3, 2))
    for employer, state in (
        (made.bankrupt, "bankrupt"),
        (made.excused, "not_evasion"),
        (made.gone, "dissolved"),
    ):
        EmployerStatus.objects.create(
            employer=employer, state=state, valid_from=date(2026, 6, 20), evidence="QĐ 1/2025"
        )
    user = User.objects.create(username="gd", full_name="Giám đốc", kind="staff")
    director = Actor(user, held=(Held("director", made.province.path, "province"),))
    for month in MONTHS:
        made.pay(made.paying, month.first_day.replace(day=20), 2 * WHOLE)
        made.pay(made.over, month.first_day.replace(day=12), WHOLE + 50_000)
        if month.month in {3, 5}:
            made.pay(made.late, month.first_day.replace(day=10), 5_555_555)
            made.pay(made.excused, month.first_day.replace(day=10), 7_777_777)
        if month.month == 4:
            made.worker(made.paying, since=JANUARY, declared=True)
        services.run_month(actor=None, unit=made.province, month=month)
        notices.urge(
            actor=None,
            seen=None,
            unit=made.province,
            month=month,
            issued_on=(month + 1).first_day.replace(day=8),
        )
        services.close_month(
            actor=director, unit=made.province, month=month, seen=closing.as_seen(made.province, month)
        )
    return made


@pytest.fixture
def books(db: None, six_months: Books) -> Books:
    """The shared books, as this test's own: what it changes of them, in memory too, is its own."""
    return copy.deepcopy(six_months)


def made(code: str, unit: Unit, month: Month, length: Any = "month") -> Sheet:
    return report(code).sheet(unit, Span.of(length, month))


def figures(sheet: Sheet, row: int = -1, first: int = 3) -> list[Any]:
    return list(sheet.lines[row].values[first:])


def employers(unit: Unit) -> list[Employer]:
    return list(Employer.objects.filter(office__path__startswith=unit.path))


def test_receivable_and_allocated_are_the_sums_of_their_people(books: Books) -> None:
    reader = seat(("director", books.province))
    for month in MONTHS:
        owed, given = [0] * 37, [0] * 30
        for employer in employers(books.first):
            for line, paid in papers.people(reader, month, employer):
                owed = [a + b for a, b in zip(owed, line.figures(), strict=True)]
                given = [a + b for a, b in zip(given, paid.figures(), strict=True)]
            rest = papers.unallocated(month, employer).figures()
            given = [a + b for a, b in zip(given, rest, strict=True)]
        assert figures(made("C69b-HD", books.first, month), first=7) == owed
        assert figures(made("C83b-HD", books.first, month)) == given


def test_every_sum_the_form_defines_holds_in_every_row(books: Books) -> None:
    for code in ("C69b-HD", "C83b-HD", "B03-TS", "B04-TS"):
        for length in report(code).lengths:
            for unit in (books.first, books.second, books.province):
                sheet = made(code, unit, MONTHS[-1], length)
                assert len(sheet.lines) > 1
                assert broken(sheet.layout, sheet.lines) == [], (code, length)


def test_what_is_short_opens_the_next_month(books: Books) -> None:
    for unit in (books.first, books.second, books.province):
        people = 8 if unit == books.province else 7
        for month in MONTHS[:-1]:
            short = figures(made("C83b-HD", unit, month))[17:29]
            assert figures(made("C69b-HD", unit, month + 1), first=people)[:12] == short
            assert any(short) or unit == books.first


def test_a_quarter_and_a_year_are_their_months(books: Books) -> None:
    for length, months in (("quarter", MONTHS[3:6]), ("year", MONTHS)):
        owed = [figures(made("C69b-HD", books.first, m)) for m in months]
        got = figures(made("C69b-HD", books.first, months[-1], length))
        assert got[:4] == owed[-1][:4]
        assert got[4:16] == owed[0][4:16]
        assert got[16:29] == [sum(x) for x in zip(*(o[16:29] for o in owed), strict=True)]
        given = [figures(made("C83b-HD", books.first, m)) for m in months]
        got = figures(made("C83b-HD", books.first, months[-1], length))
        assert got[0] == given[0][0]
        assert got[1:17] == [sum(x) for x in zip(*(g[1:17] for g in given), strict=True)]
        assert got[17:] == given[-1][17:]


def test_a_province_is_its_offices(books: Books) -> None:
    last = MONTHS[-1]
    for code, first in (("C69b-HD", 3), ("C83b-HD", 3), ("B04-TS", 2)):
        whole = made(code, books.province, last)
        parts = [figures(made(code, unit, last), first=first) for unit in (books.first, books.second)]
        sums = [None if None in x else sum(x) for x in zip(*parts, strict=True)]
        got = figures(whole, first=first)
        assert got[1 if code == "C69b-HD" else 0 :] == sums
    codes = [line.values[2] for line in made("C69b-HD", books.province, last).lines]
    assert codes == ["20.01", "20.02", None]
    assert made("C69b-HD", books.province, last).layout.code == "C69ct-HD"
    assert made("C83b-HD", books.first, last, "quarter").layout.code == "C83bq-HD"


def test_the_nation_is_its_provinces(books: Books) -> None:
    nation = books._unit("vss", "00", None, date(1995, 2, 16))
    for unit in Unit.objects.filter(path__startswith=books.province.path):
        unit.path = nation.path + unit.path.removeprefix("/")
        unit.parent = nation if unit == books.province else unit.parent
        unit.save(update_fields=["path", "parent"])
    books.province.refresh_from_db()
    for code in ("C69b-HD", "C83b-HD", "B03-TS", "B04-TS"):
        whole, part = (made(code, unit, MONTHS[-1]) for unit in (nation, books.province))
        money = [
            [value for value in sheet.lines[-1].values if isinstance(value, int) and abs(value) > 1000]
            for sheet in (whole, part)
        ]
        assert money[0] == money[1] != [], code
        assert broken(whole.layout, whole.lines) == [], code
    for code in ("B01-TS", "B02-TS", "B06-TS"):
        whole, part = (made(code, unit, MONTHS[-1]) for unit in (nation, books.province))
        sums = [
            [line.values for line in sheet.lines if code != "B02-TS" or line.style == "bold"]
            for sheet in (whole, part)
        ]
        assert sums[0] == sums[1] != [], code


def test_those_behind_agree_with_statements_and_the_ledger(books: Books) -> None:
    for month in MONTHS:
        behind = figures(made("B03-TS", books.province, month))
        summary = figures(made("B04-TS", books.province, month), first=2)
        plain, late, evaded = behind[5:10], behind[12:17], behind[19:24]
        slow, dodged = behind[26:31], behind[32:37]
        assert [plain, late, evaded] == [summary[3:8], summary[9:14], summary[15:20]]
        assert [slow, dodged] == [summary[22:27], summary[28:33]]
        held = papers.statements(month, [e.pk for e in employers(books.province)])
        for code, got in (
            ("Đ.2.2.1", plain),
            ("Đ.2.2.2", late),
            ("Đ.2.2.3", evaded),
            ("Đ.3.1", slow),
            ("Đ.3.2", dodged),
        ):
            assert got == [sum(p.row(code).funds[i] or 0 for p in held) for i in range(5)], (month, code)
        balance = {
            a.code: closing
            for a, _, _, closing in ledger.trial_balance(unit_id=books.province.pk, month=month.index)
        }
        for i, fund in enumerate(FORM):
            assert balance.get(f"131.{fund}", 0) == plain[i] + late[i] + evaded[i]
            assert balance.get(f"132.{fund}", 0) == slow[i] + dodged[i]
    assert set(FORM) == set(FUNDS)
    assert sum(late) > 0
    assert sum(evaded) > 0
    assert sum(dodged) > 0


def test_a_status_stands_in_its_own_column(books: Books) -> None:
    lines = {line.values[2]: line.values for line in made("B03-TS", books.province, MONTHS[-1]).lines}
    for employer, state in (
        (books.late, "active"), (books.bankrupt, "bankrupt"), (books.excused, "not_evasion"), (books.gone, "dissolved"),
    ):  # fmt: skip
        marks = lines[employer.unit_code][40:51]
        assert [38 + i for i, m in enumerate(marks) if m] == [STATES[state]]
    assert books.paying.unit_code not in lines or lines[books.paying.unit_code][5] > 0
    rows = {line.values[0]: line.values for line in made("B04-TS", books.province, MONTHS[-1]).lines}
    assert rows["5.2"][2:4] == (1, 1)
    assert rows["5.8"][2:4] == (1, 2)
    assert rows["5.10"][2:4] == (1, 3)
    assert rows["V"][2] == 3
    assert rows["II"][2] is None  # not held in the books, so not zero
    by_standing = [line.values[2] for line in made("B04-TS", books.province, MONTHS[-1]).lines[1:4]]
    assert sum(by_standing) == rows["I"][2]


def test_somebody_on_maternity_leave_is_still_counted(books: Books) -> None:
    before = figures(made("C69b-HD", books.first, MONTHS[-1]))[:4]
    away = books.worker(books.paying, since=MONTHS[-1])
    WorkMonth.objects.create(
        person=away.person, employer=books.paying, month=MONTHS[-1].index, maternity_days=26
    )
    assert figures(made("C69b-HD", books.first, MONTHS[-1]))[:4] == [n + 1 for n in before]


def test_the_cost_does_not_grow_with_the_employers(books: Books) -> None:
    def cost(code: str, unit: Unit) -> int:
        with CaptureQueriesContext(connection) as seen:
            made(code, unit, MONTHS[-1])
        return len(seen)

    for code in ("C69b-HD", "C83b-HD", "B03-TS", "B04-TS"):
        assert cost(code, books.first) <= 3
        assert cost(code, books.province) <= 4


def test_a_workbook_has_its_header_and_typed_cells(books: Books) -> None:
    span = Span.of("quarter", MONTHS[-1])
    sheet = report("C69b-HD").sheet(books.first, span)
    page = load_workbook(BytesIO(workbook(sheet, books.first, span))).active
    assert page.title == "C69bq-HD"
    cells = [[c.value for c in row] for row in page.iter_rows()]
    assert any("Quý 2 năm 2026" in row for row in cells)
    numbers = next(row for row in cells if row[:4] == ["A", "B", "C", "1"])
    assert numbers[-1] == "41"
    total = next(row for row in cells if row[1] == "Tổng cộng")
    assert total[3:] == figures(sheet)
    b03 = report("B03-TS").sheet(books.second, Span.of("month", MONTHS[-1]))
    page = load_workbook(BytesIO(workbook(b03, books.second, Span.of("month", MONTHS[-1])))).active
    bankrupt = next(row for row in page.iter_rows(values_only=True) if row[2] == books.bankrupt.unit_code)
    assert bankrupt[44] == "x"
    assert isinstance(bankrupt[5], int)
