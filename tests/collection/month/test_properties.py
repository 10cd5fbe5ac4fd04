"""What must be true of any province in any month: random lists, payments, letters and corrections, for real.

Everything goes the officers' way: lists through `declarations`, money through bank files and the matching
desk, letters through `notices`, refunds by two people, the month through the run. `test_runs` shows single
stories; here nothing is known of the story but its laws.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from tests.collection.declarations.scenery import NOW, Scenery, row, workbook
from tests.collection.receipts.test_receipts import camt, text_for
from tests.office.seats import seat

from ansinh.collection.declarations import services as declarations
from ansinh.collection.models import Receipt
from ansinh.collection.month import closing, services
from ansinh.collection.month.columns import CLOSING, FUNDS, each
from ansinh.collection.notices import papers
from ansinh.collection.notices import services as notices
from ansinh.collection.receipts import services as receipts
from ansinh.collection.refunds import services as refunds
from ansinh.forms.official.funds import Position
from ansinh.kernel.months import Month, months_between
from ansinh.law.contributions.compulsory import one_month
from ansinh.ledger import services as ledger
from ansinh.registers.models import Employer, Participation, Person, WorkMonth

pytestmark = pytest.mark.django_db(transaction=True)

PROVINCES = count(31)
MARKS = count(1)
WAGES = st.sampled_from([4_000_000, 8_765_432, 9_000_000, 20_000_001, 70_000_000])
WHICH = st.integers(0, 7)
BACK = st.integers(0, 3)

joins = st.tuples(st.just("join"), WHICH, WHICH, BACK, WAGES)
raises = st.tuples(st.just("wage_change"), WHICH, WHICH, BACK, WAGES)
leaves = st.tuples(st.just("leave_job"), WHICH, WHICH, BACK, WAGES)
rests = st.tuples(st.just("unpaid_leave"), WHICH, WHICH, BACK, WAGES)
lists = st.one_of(joins, raises, leaves, rests)
payments = st.tuples(
    st.sampled_from(["pays", "pays", "pays_unknown"]),
    WHICH,
    st.integers(1, 28),
    st.sampled_from([1, 777_777, 2_900_001, 6_000_000, 50_000_000]),
)
desk = st.one_of(
    st.tuples(st.just("matches"), WHICH),
    st.tuples(st.just("refunds"), WHICH, st.integers(1, 1_000_000)),
)
anything = st.one_of(lists, lists, payments, payments, desk)
months = st.tuples(st.lists(anything, max_size=5), st.lists(anything, max_size=2), st.booleans())


@dataclass
class Province:
    """Một tỉnh nhỏ and what its last month left, to hold the next one against."""

    scene: Scenery
    employers: list[Employer] = field(default_factory=list)
    month: Month = NOW
    papers: dict[int, Any] = field(default_factory=dict)
    lines: dict[tuple[int, str], Any] = field(default_factory=dict)
    closed: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.officer = self.scene.officer()
        self.director = self.scene.officer("director")
        self.finance = self.scene.officer("finance")

    def act(self, action: tuple[Any, ...]) -> None:
        """One thing somebody does in the month."""
        kind, which, *rest = action
        employer = self.employers[which % len(self.employers)]
        if kind in {"pays", "pays_unknown"}:
            self.bank(employer if kind == "pays" else None, *rest)
        elif kind == "matches":
            waiting = Receipt.objects.filter(account=self.scene.account, state="suspense").first()
            if waiting:
                receipts.match(actor=self.officer, receipt=waiting, employer=employer)
        elif kind == "refunds":
            self.give_back(employer, *rest)
        else:
            self.declare(kind, employer, *rest)

    def bank(self, employer: Employer | None, day: int, amount: int) -> None:
        text = text_for(employer) if employer else "chuyen tien bao hiem"
        paid_on = self.month.first_day.replace(day=day)
        data = camt(self.scene.account.number, [(f"Q{next(MARKS)}", amount, text, "")])
        receipts.read_bank_file(
            actor=self.finance,
            account=self.scene.account,
            data=data.replace(b"2026-06-12", str(paid_on).encode()),
            file_name="sao-ke.xml",
            month=self.month,
        )

    def give_back(self, employer: Employer, most: int) -> None:
        amount = min(most, refunds.surplus(employer))
        if amount <= 0:
            return
        made = refunds.prepare(
            actor=self.officer,
            amount=amount,
            reason="Nộp thừa",
            payee="Đơn vị",
            bank_account="123 VCB",
            employer=employer,
        )
        refunds.approve(actor=self.director, refund=made, seen=refunds.as_seen(made))

    def declare(self, kind: str, employer: Employer, which: int, back: int, wage: int) -> None:
        """A list of one row; what the checks refuse is simply not booked."""
        since = max(self.month - back, NOW)
        known = Participation.objects.filter(employer=employer).values("person_id")
        people = list(Person.objects.filter(pk__in=known).order_by("pk"))
        direction = {"join": "increase", "wage_change": "adjust", "leave_job": "decrease"}
        person = self.scene.person() if kind == "join" or not people else people[which % len(people)]
        line = row(
            person,
            kind,
            direction.get(kind, "suspend"),
            wage=wage if kind in {"join", "wage_change"} else None,
            effective_on=since.first_day,
            from_month=since,
            to_month=since if kind == "unpaid_leave" else None,
        )
        taken = declarations.receive(
            actor=self.officer,
            employer=employer,
            data=workbook(employer, [line], f"{next(MARKS)}/D02"),
            file_name="d02.xlsx",
            received_on=self.month.first_day.replace(day=10),
        )
        if taken.state == "checked":
            declarations.book(actor=self.officer, declaration=taken, seen=declarations.as_seen(taken))

    def run(self) -> dict[str, int]:
        result: dict[str, int] = services.run_month(
            actor=None, unit=self.scene.province, month=self.month
        ).result
        return result

    def close(self, urge: bool) -> None:
        after = self.month + 1
        if urge:
            notices.urge(
                actor=None,
                seen=None,
                unit=self.scene.province,
                month=self.month,
                issued_on=after.first_day.replace(day=8),
            )
        services.close_month(
            actor=self.director,
            unit=self.scene.province,
            month=self.month,
            seen=closing.as_seen(self.scene.province, self.month),
        )
        self.closed[self.month.index] = self.print_of(self.month)
        self.month = after

    def print_of(self, month: Month) -> str:
        """Everything posted for a month, as one text: the same text is the same books."""
        ours = "employer_id = ANY(%(ours)s)"
        queries = [
            f"SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM collection_{t} t "
            f"WHERE month = %(m)s AND {ours}"
            for t in ("due", "charge", "allocation", "openitem", "statement")
        ]
        queries.append(
            "SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM ledger_line t "
            "WHERE month = %(m)s AND unit_id = %(unit)s"
        )
        return str([rows(sql, m=month.index, ours=self.ids, unit=self.scene.province.pk) for sql in queries])

    @property
    def ids(self) -> list[int]:
        return [e.pk for e in self.employers]


def rows(sql: str, **facts: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return cursor.fetchall()


@pytest.fixture
def var(tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path


@settings(
    max_examples=4,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    staff=st.lists(
        st.tuples(st.sampled_from([1, 1, 3]), st.lists(WAGES, min_size=1, max_size=3)), min_size=2, max_size=3
    ),
    story=st.lists(months, min_size=2, max_size=3),
)
@example(  # too little money, twice; matched late; a raise, a late comer, a leaver
    staff=[(1, [9_000_000, 8_765_432]), (3, [20_000_001])],
    story=[
        ([("pays", 0, 20, 2_900_001)], [("wage_change", 0, 0, 0, 70_000_000)], True),
        ([("pays_unknown", 0, 5, 6_000_000), ("join", 0, 0, 1, 9_000_000)], [("matches", 0)], True),
        ([("pays", 0, 12, 777_777), ("leave_job", 0, 1, 1, 1)], [("pays", 0, 25, 2_900_001)], False),
    ],
)
def test_whatever_happens_the_books_agree(var: None, staff: list[Any], story: list[Any]) -> None:
    province = Province(Scenery(str(next(PROVINCES)), books=NOW))
    for cycle, wages in staff:
        employer = province.scene.employer(cycle=cycle)
        province.employers.append(employer)
        for wage in wages:
            province.scene.works(province.scene.person(), employer, since=NOW - 1, wage=wage)
    for first, corrections, urge in story:
        for action in first:
            province.act(action)
        province.run()
        for action in corrections:
            province.act(action)
        again = province.run()
        assert corrections or set(again.values()) == {0}
        forms_chain(province)
        ledger_balances(province)
        dues_are_the_plain_clause(province)
        nothing_is_negative(province)
        nobody_is_there_twice(province)
        order_is_kept(province)
        for month, was in province.closed.items():
            assert province.print_of(Month.from_index(month)) == was
        province.close(urge)


def forms_chain(province: Province) -> None:
    """C12 opens with the last closing; C69a(1..12) = the last C83a(18..29); col. 30; forms agree."""
    found = {e.pk: p for e in province.employers for p in papers.statements(province.month, [e.pk])}
    reader = seat(("director", province.scene.province))
    for employer in province.employers:
        paper, before = found.get(employer.pk), province.papers.get(employer.pk)
        carried = before and any(before.amount(c) for c in ("Đ.2.1", "Đ.2.2", "Đ.3"))
        assert paper or not carried
        held = ledger.balances(
            unit_id=province.scene.province.pk, month=province.month.index, party_id=employer.pk
        )
        people = papers.people(reader, province.month, employer)
        names = set()
        for owed, paid in people:
            key = (employer.pk, owed.code)
            assert owed.check(province.lines.get(key)) == []
            assert paid.check(owed) == []
            assert paid.short == owed.opening + owed.arising - paid.allocated
            names.add(key)
        for key, line in province.lines.items():
            assert key in names or key[0] != employer.pk or not any(line.short.figures())
        province.lines = {k: v for k, v in province.lines.items() if k[0] != employer.pk}
        province.lines |= {(employer.pk, owed.code): paid for owed, paid in people}
        short = Position.sum(paid.short for _, paid in people)
        owing = sum(held.get(f"{account}.{f}", 0) for account in ("131", "132") for f in FUNDS)
        assert owing == short.total
        if paper is None:
            assert not any(held.values())
            continue
        assert paper.check(before) == []
        for name, fund in papers.CELLS.items():
            assert held.get(f"131.{fund}", 0) == paper.amount("Đ.2.2", name)
            assert held.get(f"132.{fund}", 0) == paper.amount("Đ.3", name)
        assert -held.get("338.surplus", 0) == paper.amount("Đ.2.1")
        assert paper.amount("Đ.2.1") >= 0
        province.papers[employer.pk] = paper


def ledger_balances(province: Province) -> None:
    """Every entry balances; the sum of the funds is the total; suspense is what nobody has matched."""
    unit = province.scene.province.pk
    assert rows("SELECT entry_id FROM ledger_line GROUP BY 1 HAVING sum(amount) <> 0") == []
    trial = ledger.trial_balance(unit_id=unit, month=province.month.index)
    assert sum(closing for *_, closing in trial) == 0
    held = ledger.balances(unit_id=unit, month=province.month.index)
    waiting = Receipt.objects.filter(account=province.scene.account, state="suspense")
    assert -held.get("338.suspense", 0) == sum(r.amount for r in waiting)
    of_employers: dict[str, int] = defaultdict(int)
    for employer in province.ids:
        for account, amount in ledger.balances(
            unit_id=unit, month=province.month.index, party_id=employer
        ).items():
            of_employers[account] += amount
    for account, amount in of_employers.items():
        assert held[account] == amount


def dues_are_the_plain_clause(province: Province) -> None:
    """One person computed alone is that person in the run, to the dong, whatever way the record went."""
    posted = {
        (e, p, m): tuple(int(x) for x in funds)
        for e, p, m, *funds in rows(
            f"""SELECT employer_id, person_id, for_month, {each("sum({})")} FROM collection_due
                WHERE employer_id = ANY(%(ours)s) GROUP BY 1, 2, 3""",
            ours=province.ids,
        )
    }
    expected = {}
    days = {
        (w.employer_id, w.person_id, w.month): w
        for w in WorkMonth.objects.filter(employer_id__in=province.ids)
    }
    for span in Participation.objects.filter(employer_id__in=province.ids, scheme=1):
        last = min(province.month.index, province.month.index if span.to_month is None else span.to_month)
        for month in months_between(
            Month.from_index(max(span.from_month, NOW.index)), Month.from_index(last)
        ):
            key = (span.employer_id, span.person_id, month.index)
            work = days.get(key)
            alone = one_month(
                month,
                span.wage,
                region=3,
                unpaid_days=work.unpaid_days if work else 0,
                sick_days=work.sick_days if work else 0,
                maternity_days=work.maternity_days if work else 0,
                agreed=work.agreed if work else False,
                first_month=work.first_month if work else False,
                si=span.si,
                hi=span.hi,
            )
            expected[key] = tuple(getattr(alone, f) for f in FUNDS)
    nothing = (0,) * len(FUNDS)
    for key in posted.keys() | expected.keys():
        assert posted.get(key, nothing) == expected.get(key, nothing), (key, Month.from_index(key[2]))


def nothing_is_negative(province: Province) -> None:
    """No charge and nothing owed falls below zero, for anybody's month and fund."""
    for table, columns in (("charge", FUNDS), ("openitem", CLOSING)):
        assert (
            rows(
                f"""SELECT employer_id, person_id, for_month FROM collection_{table}
                    WHERE employer_id = ANY(%(ours)s) GROUP BY month, 1, 2, 3
                    HAVING {each("sum({}) < 0", columns, " OR ")}""",
                ours=province.ids,
            )
            == []
        )


def nobody_is_there_twice(province: Province) -> None:
    """No two spans of a person in one scheme at one employer share a month, whatever the lists said."""
    assert (
        rows(
            """SELECT a.id FROM registers_participation a JOIN registers_participation b
               ON a.person_id = b.person_id AND a.employer_id = b.employer_id AND a.scheme = b.scheme
                  AND a.id < b.id AND a.from_month <= coalesce(b.to_month, a.from_month)
                  AND b.from_month <= coalesce(a.to_month, b.from_month)
               WHERE a.employer_id = ANY(%(ours)s)""",
            ours=province.ids,
        )
        == []
    )


def order_is_kept(province: Province) -> None:
    """QĐ 595, Điều 43: of those who stay, no fund takes money while one before it in line is short."""
    in_line = (("health",), ("unemployment",), ("work_injury",), ("sickness_maternity", "pension_survivors"))
    facts = {"ours": province.ids, "m": province.month.index}
    given = rows(
        f"""SELECT a.employer_id, {each("coalesce(max(a.{}), 0)")} FROM (
                SELECT employer_id, person_id, for_month, {each("sum({}) AS {}")} FROM collection_allocation
                WHERE month = %(m)s AND employer_id = ANY(%(ours)s) GROUP BY 1, 2, 3) a
            WHERE EXISTS (SELECT 1 FROM registers_participation q WHERE q.employer_id = a.employer_id
                    AND q.person_id = a.person_id AND q.scheme = 1 AND q.from_month <= %(m)s
                    AND (q.to_month IS NULL OR q.to_month >= %(m)s))
            GROUP BY 1""",
        **facts,
    )
    owed = {
        e: dict(zip(FUNDS, sums, strict=True))
        for e, *sums in rows(
            f"""SELECT employer_id, {each("sum({})")} FROM collection_openitem
                WHERE month = %(m)s AND employer_id = ANY(%(ours)s) GROUP BY 1""",
            **facts,
        )
    }
    for employer, *most in given:
        got = dict(zip(FUNDS, most, strict=True))
        short = owed.get(employer, {})
        for place, funds in enumerate(in_line):
            if any(short.get(f, 0) > 0 for f in funds):
                assert all(got[f] <= 0 for later in in_line[place + 1 :] for f in later), (
                    employer,
                    got,
                    short,
                )
