"""B01-TS, B02-TS, B06-TS against the books of a real run: they chain, add up, and agree with C12, C83a, ledger."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from io import BytesIO

import pytest
from django.db.models import F, Sum
from python_calamine import CalamineWorkbook
from tests.collection.month.books import Books
from tests.office.seats import seat

from ansinh.collection.measures.books import CELLS, FUNDS_OF
from ansinh.collection.models import Allocation, Due, OpenItem, Receipt, Statement
from ansinh.collection.month import closing, services
from ansinh.collection.month.columns import EVADED, FUNDS, LATE
from ansinh.collection.notices import papers
from ansinh.collection.notices import services as notices
from ansinh.forms.official import b01 as form01
from ansinh.forms.official import b02 as form02
from ansinh.forms.official import b06 as form06
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Account, Line
from ansinh.office.models import Unit, User
from ansinh.office.rights import Actor, Held
from ansinh.office.units.letterhead import agency
from ansinh.registers.models import Employer, EmployerStatus, HealthCard, Participation, WorkMonth
from ansinh.steering.reports import b01, b02, b06, catalog

MONTHS = [Month(2026, 1) + i for i in range(5)]
LAST = MONTHS[-1]
WHOLE = 3_200_000  # of a wage of 10,000,000 in January 2026
BALANCES = ("units", "people", "women", "wages", "short", "charges")
STANDINGS = tuple(
    f"{s}{e}" for s in ("in_time", "late", "evaded") for e in ("", ".units", ".in_time", ".late", ".evaded")
)


class Province(Books):
    """Năm tháng sổ: two offices, employers that pay, pay late, pay too much; one person at two of them."""

    def live(self) -> None:
        self.first = self.office
        self.second = self._unit("base_office", "20.02", self.province, date(2025, 7, 1))
        services.open_month(unit=self.province, month=MONTHS[0])
        self.paying, self.late, self.over = (
            self.employer(),
            self.employer(workers=4),
            self.employer(workers=1),
        )
        Employer.objects.filter(pk=self.paying.pk).update(health_group="HC")
        self.office = self.second
        self.far = self.employer(workers=3)
        self.office = self.first
        shared = Participation.objects.filter(employer=self.paying).earliest("pk")
        self.both = shared.person
        Participation.objects.create(
            person=self.both,
            employer=self.far,
            scheme=Participation.Scheme.COMPULSORY,
            from_month=Month(2025, 10).index,
            worker_group=shared.worker_group,
            wage=8_000_000,
        )
        self._register()
        director = Actor(
            User.objects.create(username="gd", full_name="Giám đốc", kind="staff"),
            held=(Held("director", self.province.path, "province"),),
        )
        for month in MONTHS:
            self._happen(month)
            services.run_month(actor=None, unit=self.province, month=month)
            notices.urge(
                actor=None,
                seen=None,
                unit=self.province,
                month=month,
                issued_on=(month + 1).first_day.replace(day=8),
            )
            services.close_month(
                actor=director, unit=self.province, month=month, seen=closing.as_seen(self.province, month)
            )

    def _register(self) -> None:
        alone = self.worker(self.far).person
        Participation.objects.filter(person=alone).delete()
        Participation.objects.create(
            person=alone, scheme=2, from_month=MONTHS[1].index, to_month=MONTHS[3].index, worker_group=1
        )
        HealthCard.objects.create(
            person=alone,
            number="GD4200000000001",
            payer="self",
            valid_from=MONTHS[0].first_day,
            valid_to=date(2026, 12, 31),
        )
        away = Participation.objects.filter(employer=self.late).latest("pk").person
        WorkMonth.objects.create(person=away, employer=self.late, month=MONTHS[1].index, maternity_days=28)

    def _happen(self, month: Month) -> None:
        self.pay(self.paying, month.first_day.replace(day=20), 2 * WHOLE)
        self.pay(self.over, month.first_day.replace(day=12), WHOLE + 50_000)
        self.pay(self.far, month.first_day.replace(day=25), 5_000_000)
        if month in {MONTHS[2], MONTHS[4]}:
            self.pay(self.late, month.first_day.replace(day=10), 5_555_555)
        if month == MONTHS[2]:
            self.worker(self.over, since=Month(2025, 12), declared=True)
            leaver = Participation.objects.filter(employer=self.paying).latest("pk")
            leaver.to_month = MONTHS[1].index
            leaver.save()
        if month == MONTHS[3]:
            EmployerStatus.objects.create(
                employer=self.late, state="in_bankruptcy", valid_from=date(2026, 4, 10), evidence="Quyết định"
            )

    @property
    def offices(self) -> list[Unit]:
        return [self.first, self.second]


@pytest.fixture
def province(transactional_db: None) -> Province:
    """The runs read through a connection of their own, so the books are committed and flushed after each test."""
    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
    )
    made = Province()
    made.live()
    return made


def amounts(unit: Unit, month: Month) -> dict[str, tuple[int | None, ...]]:
    """Every row of B06 as columns 4-7, by code."""
    return {x.row.code: (x.before, x.up, x.down, x.after) for x in b06.lines(unit, month)}


def test_b01_chains_and_agrees_with_c12_c83a_and_the_ledger(province: Province) -> None:
    chains_from_month_to_month_in_every_section(province)
    money_by_fund_is_c12_is_c83a_is_the_ledger(province)


def test_b02_adds_up_over_time_over_offices_and_on_paper(province: Province) -> None:
    a_year_of_b02_is_its_quarters(province)
    the_province_is_the_sum_of_its_offices(province)
    official_workbooks_carry_the_same_figures(province)


def chains_from_month_to_month_in_every_section(province: Province) -> None:
    for unit in (province.province, *province.offices):
        before: b01.Measures = {}
        for month in MONTHS:
            found = b01.measures(unit, month)
            form = form01.B01(
                agency=agency(unit),
                month=month,
                lines=b01.lines(unit, month),
                issued_on=month.last_day,
            )
            assert form.check() == []
            for section in CELLS:
                of = {name: f for (s, name), f in found.items() if s == section}
                assert (
                    of["opening"].before + of["due"].net + of["back"].net - of["fallen"].net - of["paid"].net
                    == of["short"].after
                ), (unit, month, section)
                assert (
                    of["charges.opening"].before
                    + of["charged"].net
                    + of["charged.back"].net
                    - of["charges.paid"].net
                    == of["charges"].after
                )
                assert of["short"].after == sum(of[s].after for s in ("in_time", "late", "evaded"))
                assert of["charges"].after == of["charges.late"].after + of["charges.evaded"].after
                assert of["back.past"].net <= of["back"].net
                if before:
                    for name in (*BALANCES, *STANDINGS):
                        assert of[name].before == before[section, name].after, (month, section, name)
                    for name in ("people", "women", "units", "wages", "due"):
                        step = of[f"{name}.up"].net - of[f"{name}.down"].net if f"{name}.up" in of else 0
                        was, now = before[section, name], of[name]
                        moved = now.net - was.net if name == "due" else now.after - was.after
                        assert name == "women" or moved == step, (month, section, name)
                    assert of["opening"].before == before[section, "short"].after
                else:
                    assert of["people"].before is None
                    assert of["wages"].before is None
                    assert of["units"].before is None
            if before:
                assert found["all", "surplus.opening"].before == before["all", "surplus"].after
            before = found
    late = b01.measures(province.province, LAST)["si", "evaded"]
    assert late.after > 0
    march = b01.measures(province.province, MONTHS[2])
    assert march["hi", "back.past"].net > 0
    assert march["hi", "charged.back"].net > 0


def money_by_fund_is_c12_is_c83a_is_the_ledger(province: Province) -> None:
    unit = province.province
    employers = list(Employer.objects.values_list("pk", flat=True))
    reader = seat(("director", unit))
    for month in MONTHS:
        found = b01.measures(unit, month)
        statements = papers.statements(month, employers)
        given = [g for e in Employer.objects.all() for _, g in papers.people(reader, month, e)]
        closing = ledger.balances(unit_id=unit.pk, month=month.index)
        moved = dict(
            Line.objects.filter(unit_id=unit.pk, month=month.index, entry__kind="allocation")
            .values_list("account_id")
            .annotate(total=Sum("amount"))
        )
        cells = {v: k for k, v in papers.CELLS.items()}
        for section, funds in FUNDS_OF.items():
            c12 = sum(getattr(s.row("D.1"), cells[f]) or 0 for s in statements for f in funds)
            c83 = sum(getattr(g.allocated, f"due_{cells[f]}") for g in given for f in funds)
            book = -sum(moved.get(f"131.{f}", 0) for f in funds)
            assert found[section, "paid"].net == c12 == c83 == book, (month, section)
            charges = sum(getattr(g.allocated, f"charge_{cells[f]}") for g in given for f in funds)
            assert (
                found[section, "charges.paid"].net == charges == -sum(moved.get(f"132.{f}", 0) for f in funds)
            )
            assert found[section, "short"].after == sum(closing.get(f"131.{f}", 0) for f in funds)
            assert found[section, "charges"].after == sum(closing.get(f"132.{f}", 0) for f in funds)
            owed = OpenItem.objects.filter(month=month.index).aggregate(**{f: Sum(f) for f in funds})
            assert found[section, "short"].after == sum(owed.values())
        assert found["all", "surplus"].after == -closing["338.surplus"]


def test_b06_accumulates_and_counts_people_once(province: Province) -> None:
    accumulates_and_collects_what_the_ledger_received(province)
    people_are_counted_once_and_those_on_leave_beside(province)


def accumulates_and_collects_what_the_ledger_received(province: Province) -> None:
    unit = province.province
    before: dict[str, tuple[int | None, ...]] = {}
    for month in MONTHS:
        rows = amounts(unit, month)
        form = form06.B06(
            agency=agency(unit), month=month, lines=b06.lines(unit, month), issued_on=month.last_day
        )
        assert form.check() == []
        received = Line.objects.filter(
            unit_id=unit.pk, month=month.index, account_id="338.surplus", entry__kind__in=["receipt", "match"]
        ).aggregate(s=Sum("amount"))["s"]
        assert rows["02"][1] == -received
        assert (
            rows["02"][3]
            == -(
                Line.objects.filter(unit_id=unit.pk, account_id="338.surplus", month__lte=month.index)
                .exclude(entry__kind="allocation")
                .aggregate(s=Sum("amount"))["s"]
            )
        )
        given = Allocation.objects.filter(month=month.index)
        total = sum(given.aggregate(**{f: Sum(f) for f in (*FUNDS, *LATE, *EVADED)}).values())
        assert (rows["03"][1] or 0) - (rows["03"][2] or 0) == total
        for code, values in rows.items():
            assert values[3] is None or values[0] is None or values[0] + values[1] - values[2] == values[3], (
                code
            )
            if before and values[0] is not None:
                assert values[0] == before[code][3], (month, code)
        before = rows
    assert before["53"][3] > 0
    unable = OpenItem.objects.filter(month=LAST.index, state=2, employer_id=province.late.pk)
    assert before["61"][3] == unable.aggregate(s=Sum(F("sickness_maternity") + F("pension_survivors")))["s"]
    assert 0 < before["61"][3] < before["60"][3]  # another evades and is not in bankruptcy
    assert amounts(unit, MONTHS[2])["61"][3] == 0
    assert before["20"] == before["43"] == (None,) * 4
    assert before["82"][3] == 1  # who left in March has not come back


def people_are_counted_once_and_those_on_leave_beside(province: Province) -> None:
    unit, february = province.province, MONTHS[1]
    paying = Due.objects.filter(month=february.index, for_month=february.index, si_base__gt=0)
    people = set(paying.values_list("person_id", flat=True))
    assert province.both.pk in people
    assert paying.values("employer_id", "person_id").distinct().count() == len(people) + 1
    found = b01.measures(unit, february)
    assert found["si", "people"].after == len(people)
    offices = [b01.measures(o, february)["si", "people"].after for o in province.offices]
    assert sum(offices) == len(people) + 1  # the one who works in both offices' areas
    rows = amounts(unit, february)
    assert rows["06"][3] == 1
    assert rows["05"][3] == len(people) + 1
    assert found["si", "people.down"].net == 1
    assert rows["05"][2] == 0
    assert rows["82"][3] == 0  # on leave is not stopped
    assert [amounts(unit, m)["09"][3] for m in MONTHS] == [0, 1, 1, 1, 0]
    assert amounts(unit, LAST)["83"][3] == 1
    assert found["household", "people"].after == 1
    assert rows["28"][3] == found["hi", "people"].after + 1


def total_line(unit: Unit, quarter: int, members: b02.Members) -> form02.B02Line:
    """The closing line of a B02 of 2026."""
    return b02.lines(unit, 2026, quarter, members=members)[-1]


def a_year_of_b02_is_its_quarters(province: Province) -> None:
    unit = province.province
    year, first, second = (total_line(unit, q, "employer") for q in (0, 1, 2))
    flows = [*range(18, 46)]  # arising and allocated
    figures = [x.figures() for x in (year, first, second)]
    for column in flows:
        assert figures[0][column - 1] == figures[1][column - 1] + figures[2][column - 1], column
    assert figures[0][4:17] == figures[1][4:17]
    assert figures[1][45:58] == (*figures[2][5:17], figures[2][4])
    assert figures[0][45:58] == figures[2][45:58]
    assert figures[0][28] > 0
    assert figures[0][41] > 0
    for quarter in (0, 1, 2):
        lines = b02.lines(unit, 2026, quarter, members="employer")
        assert [t for x in lines for t in x.check()] == []
        kinds = [x for x in lines if x.depth == "kind"]
        members = [x for x in lines if x.depth == "member"]
        for column in range(5, 59):
            total = lines[-1].figures()[column - 1]
            assert (
                total
                == sum(x.figures()[column - 1] for x in kinds)
                == sum(x.figures()[column - 1] for x in members)
            )
    assert {x.code for x in kinds} == {"DN", "HC"}


def the_province_is_the_sum_of_its_offices(province: Province) -> None:
    unit = province.province
    for month in MONTHS:
        whole, parts = b01.measures(unit, month), [b01.measures(o, month) for o in province.offices]
        for key, figure in whole.items():
            if key[1].startswith(("people", "women")):
                continue
            for column in ("before", "net", "after"):
                expected = [getattr(p[key], column) for p in parts]
                if column == "net" and key[1] in {"short", "charges", "in_time", "late", "evaded"}:
                    continue
                assert getattr(figure, column) == (None if None in expected else sum(expected)), (month, key)
        rows = amounts(unit, month)
        below = [amounts(o, month) for o in province.offices]
        for line in form06.plan():
            values = [b[line.code][3] for b in below]
            if line.money and None not in values:
                assert rows[line.code][3] == sum(values), (month, line.code)
    by_office = b02.lines(unit, 2026, 0, members="office")
    offices = [total_line(o, 0, "employer").money for o in province.offices]
    assert by_office[-1].money == offices[0] + offices[1]
    assert {x.text for x in by_office if x.depth == "member"} == {o.name for o in province.offices}


def test_statements_and_queries_do_not_grow_with_employers(
    province: Province, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        b01.lines(province.province, LAST)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        b06.lines(province.province, LAST)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        b02.lines(province.province, 2026, 0, members="employer")
    assert Statement.objects.filter(month=LAST.index).count() == 4
    assert Receipt.objects.exists()


def official_workbooks_carry_the_same_figures(province: Province) -> None:
    unit = province.province
    issuer = agency(unit)
    issued = date(2026, 6, 5)
    one = form01.to_xlsx(
        form01.B01(agency=issuer, month=LAST, lines=b01.lines(unit, LAST), issued_on=issued, level="b")
    )
    six = form06.to_xlsx(
        form06.B06(agency=issuer, month=LAST, lines=b06.lines(unit, LAST), issued_on=issued, level="b")
    )
    lines = b02.lines(unit, 2026, 0, members="office")
    two = form02.to_xlsx(
        form02.B02(agency=issuer, year=2026, quarter=0, lines=lines, issued_on=issued, level="b")
    )
    read: dict[str, list[list[object]]] = defaultdict(list)
    for data in (one, six, two):
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        read[book.sheet_names[0]] = book.get_sheet_by_index(0).to_python()
    assert set(read) == {"B01b-TS", "B02bn-TS", "B06b-TS"}
    rows = {r[2]: r[3:7] for r in read["B06b-TS"] if r[2] in {"02", "09", "20", "55"}}
    collected = amounts(unit, LAST)["02"]
    assert [round(v * 1_000_000) for v in rows["02"]] == list(collected)
    assert rows["20"] == ["", "", "", ""]
    paid = next(r for r in read["B01b-TS"] if r[1] == "Số đã thu phải đóng")
    assert paid[5] == b01.measures(unit, LAST)["si", "paid"].net
    total = next(r for r in read["B02bn-TS"] if r[1] == "Cộng (A+B+C+D):")
    assert total[3:61] == [v if v is not None else "" for v in lines[-1].figures()]


def test_closed_months_keep_their_figures(province: Province) -> None:
    unit, april = province.province, MONTHS[3]
    kept = (b01.lines(unit, april), b06.lines(unit, april), b02.lines(unit, 2026, 1, members="employer"))
    june = LAST + 1
    province.pay(province.late, june.first_day.replace(day=3), 9_000_000)
    province.worker(province.paying, since=Month(2026, 2), declared=True)
    span = Participation.objects.filter(employer=province.far).earliest("pk")
    span.wage = 12_000_000
    span.save()
    services.run_month(actor=None, unit=unit, month=june)
    assert Due.objects.filter(month=june.index, for_month__lt=june.index).exists()
    assert kept == (
        b01.lines(unit, april),
        b06.lines(unit, april),
        b02.lines(unit, 2026, 1, members="employer"),
    )


def test_the_catalogue_offers_them_at_every_level(province: Province) -> None:
    spans = {
        "B01-TS": catalog.Span.of("month", LAST),
        "B02-TS": catalog.Span.of("quarter", LAST),
        "B06-TS": catalog.Span.of("month", LAST),
    }
    codes = {}
    for unit in (province.first, province.province):
        for code, span in spans.items():
            report = catalog.report(code)
            assert span.length in report.lengths
            made = report.sheet(unit, span)
            assert {len(line.values) for line in made.lines} == {len(made.layout.columns)}
            assert any("Sổ chưa" in str(line.values[-1]) for line in made.lines)
            read = CalamineWorkbook.from_filelike(BytesIO(catalog.workbook(made, unit, span)))
            codes[code, unit.kind] = read.sheet_names[0]
            assert made.layout.code == read.sheet_names[0]
    assert list(codes.values()) == ["B01a-TS", "B02aq-TS", "B06a-TS", "B01b-TS", "B02bq-TS", "B06b-TS"]
