"""The month's run on a real Postgres: once, twice, corrected, killed, closed; forms and ledger agree."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import Error, connection
from django.db.models import Sum
from tests.collection.month.books import Books

from ansinh.collection.models import Allocation, Due, OpenItem, Statement
from ansinh.collection.month import closing, posting, services
from ansinh.collection.month.columns import CLOSING, FUNDS
from ansinh.collection.notices import papers
from ansinh.collection.notices import services as notices
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.office.hands import HandError
from ansinh.office.models import Period, Run, Unit, User
from ansinh.office.rights import Actor, Held
from ansinh.office.runs import engine, inputs
from ansinh.steering.reports.catalog import Span, report

JANUARY = Month(2026, 1)
SHARES = {  # dong per 10,000,000 of wage; Luật 41/2024/QH15, Điều 33, 34; Luật 74/2025; NĐ 188/2025, 58/2020
    "sickness_maternity": 300_000,
    "pension_survivors": 2_200_000,
    "health": 450_000,
    "unemployment": 200_000,
    "work_injury": 50_000,
}
WHOLE = sum(SHARES.values())


@pytest.fixture
def books(transactional_db: None) -> Books:
    from ansinh.ledger.models import Account

    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
    )
    made = Books()
    services.open_month(unit=made.province, month=JANUARY)
    return made


@pytest.fixture
def director(books: Books) -> Actor:
    user = User.objects.create(username="gd", full_name="Giám đốc", kind="staff")
    return Actor(user, held=(Held("director", books.province.path, "province"),))


def run(books: Books, month: Month = JANUARY) -> Run:
    return services.run_month(actor=None, unit=books.province, month=month)


def balance(books: Books, month: Month, employer: int) -> dict[str, int]:
    return ledger.balances(unit_id=books.province.pk, month=month.index, party_id=employer)


def test_a_month_from_wage_to_statement(books: Books) -> None:
    employer = books.employer(workers=2)
    books.pay(employer, date(2026, 1, 20), 2 * WHOLE - 1_000_000)
    run(books)
    dues = Due.objects.aggregate(**{f: Sum(f) for f in FUNDS})
    assert dues == {f: 2 * amount for f, amount in SHARES.items()}
    [paper] = papers.statements(JANUARY, [employer.pk])
    assert paper.check() == []
    assert paper.row("Đ.2.2").total == 1_000_000
    assert paper.row("Đ.2.2.1").total == 1_000_000
    assert paper.row("D").total == 2 * WHOLE - 1_000_000
    assert paper.shortfall == 1_000_000


def test_the_same_month_again_posts_nothing(books: Books) -> None:
    employer = books.employer(workers=3)
    books.pay(employer, date(2026, 1, 5), 4_000_000)
    run(books)
    again = run(books)
    assert set(again.result.values()) == {0}


def test_a_correction_posts_only_the_difference(books: Books) -> None:
    employer = books.employer(workers=2)
    run(books)
    span = employer.participation_set.first()
    span.wage = 11_000_000
    span.save()
    second = run(books)
    assert second.result["collection_due"] == 1
    assert Due.objects.filter(run=second).get().health == 45_000
    assert Due.objects.aggregate(s=Sum("health"))["s"] == 945_000
    assert balance(books, JANUARY, employer.pk)["131.health"] == 945_000
    [paper] = papers.statements(JANUARY, [employer.pk])
    assert paper.check() == []
    assert Statement.objects.filter(employer_id=employer.pk).count() == 2


def test_months_chain_and_forms_agree_with_the_ledger(books: Books, director: Actor) -> None:
    paying, late, over = books.employer(), books.employer(workers=4), books.employer(workers=1)
    months = [JANUARY + i for i in range(6)]
    before: dict[int, object] = {}
    lines_before: dict[tuple[int, str], object] = {}
    for month in months:
        books.pay(paying, month.first_day.replace(day=20), 2 * WHOLE)
        books.pay(over, month.first_day.replace(day=12), WHOLE + 50_000)
        if month.month in {3, 5}:
            books.pay(late, month.first_day.replace(day=10), 5_555_555)
        run(books, month)
        notices.urge(
            actor=None,
            seen=None,
            unit=books.province,
            month=month,
            issued_on=(month + 1).first_day.replace(day=8),
        )
        for paper, employer in zip(
            papers.statements(month, [paying.pk, late.pk, over.pk]), (paying, late, over), strict=True
        ):
            assert paper.check(before.get(employer.pk)) == [], (month, employer)
            before[employer.pk] = paper
            held = balance(books, month, employer.pk)
            for name, fund in papers.CELLS.items():
                assert held.get(f"131.{fund}", 0) == (getattr(paper.row("Đ.2.2"), name) or 0)
                assert held.get(f"132.{fund}", 0) == (getattr(paper.row("Đ.3"), name) or 0)
            assert -held.get("338.surplus", 0) == (paper.row("Đ.2.1").total or 0)
            people = papers.people(director, month, employer)
            for owed, given in people:
                assert owed.check(lines_before.get((employer.pk, owed.code))) == []
                assert given.check(owed) == []
                lines_before[employer.pk, owed.code] = given
            rest = papers.unallocated(month, employer)
            assert rest.check() == []
            assert sum(g.received for _, g in people) + rest.received == (paper.row("C").total or 0)
        services.close_month(
            actor=director, unit=books.province, month=month, seen=closing.as_seen(books.province, month)
        )
    trial = ledger.trial_balance(unit_id=books.province.pk, month=months[-1].index)
    assert sum(closing for *_, closing in trial) == 0
    last = before[late.pk]
    assert last.row("Đ.2.2.3").total > 0  # urged and more than sixty days late
    assert last.row("Đ.3.2").total > 0
    assert before[over.pk].row("Đ.2.1").total == 300_000


def test_a_back_payment_of_a_closed_month_is_posted_in_the_open_one(books: Books, director: Actor) -> None:
    employer = books.employer(workers=1)
    run(books)
    services.close_month(
        actor=director, unit=books.province, month=JANUARY, seen=closing.as_seen(books.province, JANUARY)
    )
    books.worker(employer, since=JANUARY, declared=True)
    february = JANUARY + 1
    run(books, february)
    back = Due.objects.get(month=february.index, for_month=JANUARY.index)
    assert (back.kind, back.health) == (Due.Kind.INCREASE, 450_000)
    assert Due.objects.filter(month=JANUARY.index).count() == 1
    [paper] = papers.statements(february, [employer.pk])
    assert paper.check() == []


def test_health_of_an_earlier_year_stands_in_its_own_columns(books: Books, director: Actor) -> None:
    employer = books.employer(workers=1)
    books.worker(employer, since=JANUARY - 1, declared=True)
    books.pay(employer, JANUARY.first_day, 3 * WHOLE)
    run(books)
    lines = papers.people(director, JANUARY, employer)
    assert sorted(owed.health_of_past_years for owed, _ in lines) == [0, 450_000]
    assert sorted(given.health_years for _, given in lines) == [(0, 450_000, 0), (450_000, 450_000, 0)]
    assert [text for owed, given in lines for text in (*owed.check(), *given.check(owed))] == []
    span = Span.of("month", JANUARY)
    owed, given = (report(code).sheet(books.office, span).lines[-1].values for code in ("C69b-HD", "C83b-HD"))
    assert owed[7 + 23] == 450_000
    assert given[3 + 13 : 3 + 16] == (450_000, 900_000, 0)


def test_the_charge_of_a_back_payment_is_shown_beside_it_everywhere(books: Books, director: Actor) -> None:
    employer = books.employer(workers=1)
    for month in (JANUARY, JANUARY + 1):
        books.pay(employer, month.first_day, WHOLE)
        run(books, month)
        services.close_month(
            actor=director, unit=books.province, month=month, seen=closing.as_seen(books.province, month)
        )
    books.worker(employer, since=JANUARY, declared=True)
    march = JANUARY + 2
    run(books, march)
    [paper] = papers.statements(march, [employer.pk])
    assert paper.check() == []
    # January was due by 28/2: 31 days; February is not due before 31/3
    charge = WHOLE * 31 * 3 // 10_000
    assert paper.amount("B.4.1.1") == paper.amount("B.4.1.2.1") == WHOLE
    assert paper.amount("B.4.1.3") == paper.amount("B.4.1.3.1") == charge
    assert paper.amount("B.5") == 0
    assert paper.amount("B.4.1") == 2 * WHOLE + charge
    assert Statement.objects.get(employer_id=employer.pk, month=march.index).charged == charge
    held = balance(books, march, employer.pk)
    assert sum(held[f"132.{f}"] for f in FUNDS) == paper.amount("Đ.3") == charge


def test_a_statement_of_which_nothing_is_left_does_not_stand(books: Books) -> None:
    employer = books.employer(workers=1)
    run(books)
    employer.participation_set.update(to_month=JANUARY.index - 1)
    run(books)
    [paper] = papers.statements(JANUARY, [employer.pk])
    assert (paper.check(), paper.rows) == ([], {})
    assert Statement.objects.filter(employer_id=employer.pk).count() == 2
    assert set(run(books).result.values()) == {0}


def test_a_leaver_reported_late_releases_what_was_paid(books: Books, director: Actor) -> None:
    employer = books.employer(workers=2)
    books.pay(employer, date(2026, 1, 20), 2 * WHOLE)
    run(books)
    services.close_month(
        actor=director, unit=books.province, month=JANUARY, seen=closing.as_seen(books.province, JANUARY)
    )
    span = employer.participation_set.first()
    span.to_month = JANUARY.index - 1
    span.save()
    run(books, JANUARY + 1)
    back = Due.objects.get(month=JANUARY.index + 1, for_month=JANUARY.index)
    assert (back.kind, back.health) == (Due.Kind.DECREASE, -450_000)
    [paper] = papers.statements(JANUARY + 1, [employer.pk])
    assert paper.check() == []
    # the money freed pays February of the one who stays
    assert (paper.row("Đ.2.2").total or 0) == 0
    assert balance(books, JANUARY + 1, employer.pk)["338.surplus"] == 0


def test_killed_before_the_posting_commits_nothing_is_written(books: Books) -> None:
    books.employer(workers=2)
    queued = services.queue(actor=None, unit=books.province, month=JANUARY)
    with (
        mock.patch.object(posting.ledger, "post_columns", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        engine.execute(queued.pk)
    assert not Due.objects.exists()
    assert Run.objects.get(pk=queued.pk).state == "running"
    frozen = Run.objects.get(pk=queued.pk).frozen["files"]
    done = engine.execute(queued.pk)
    assert done.state == "done"
    assert done.frozen["files"] == frozen
    assert Due.objects.count() == 2


def test_a_closed_month_takes_nothing_more(books: Books, director: Actor) -> None:
    employer = books.employer()
    run(books)
    services.close_month(
        actor=director, unit=books.province, month=JANUARY, seen=closing.as_seen(books.province, JANUARY)
    )
    with pytest.raises(services.MonthError):
        services.queue(actor=None, unit=books.province, month=JANUARY)
    with pytest.raises(Error, match="khóa sổ"):
        books.pay(employer, date(2026, 1, 31), 1_000)


def frozen(var: Path) -> list[str]:
    return sorted(str(p.relative_to(var)) for p in var.rglob("*.parquet"))


@pytest.mark.parametrize("archives", [False, True])
def test_frozen_inputs_go_when_the_month_closes(
    books: Books, director: Actor, tmp_path: Path, settings: Any, archives: bool
) -> None:
    """Everybody's wages of every run stayed in var/ for good; a digest is enough to tell what was read."""
    settings.VAR = tmp_path
    Unit.objects.filter(pk=books.province.pk).update(archives_inputs=archives)
    books.employer()
    first, second = run(books), run(books)
    open_folder = inputs.folder_of(second)
    assert stat.S_IMODE(open_folder.stat().st_mode) == 0o700
    assert len(frozen(tmp_path)) == len(first.frozen["files"]) + len(second.frozen["files"])
    close(books, director, JANUARY)
    run(books, JANUARY + 1)
    kept = [name for name in frozen(tmp_path) if name.startswith("archive/")]
    assert not open_folder.exists()
    running = [name for name in frozen(tmp_path) if name.startswith("runs/")]
    assert len(running) == len(first.frozen["files"])  # of February, which is open
    if not archives:
        assert kept == []
    else:
        assert len(kept) == 2 * len(first.frozen["files"])
        for one in (first, second):
            folder = inputs.archive_of(one)
            assert inputs.intact(folder, one.frozen["files"])
            for part in (folder, folder.parent, tmp_path / "archive"):
                assert stat.S_IMODE(part.stat().st_mode) == 0o700
            assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}
    assert Run.objects.get(pk=first.pk).frozen["files"] == first.frozen["files"]


def test_what_an_interrupted_closing_left_goes_with_the_next(
    books: Books, director: Actor, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR = tmp_path
    first = run(books)
    monkeypatch.setattr(inputs, "put_away", mock.Mock(side_effect=OSError("full")))
    close(books, director, JANUARY)
    assert Period.objects.get(month=JANUARY.index).state == "closed"
    assert inputs.folder_of(first).is_dir()
    monkeypatch.undo()
    settings.VAR = tmp_path
    run(books, JANUARY + 1)
    close(books, director, JANUARY + 1)
    assert frozen(tmp_path) == []


def test_a_month_that_changed_since_it_was_shown_stays_open(books: Books, director: Actor) -> None:
    """A month was closed whatever had come in, or been run again, since somebody had looked at it."""
    books.employer()
    run(books)
    seen = closing.as_seen(books.province, JANUARY)
    run(books)
    for old in (seen, "", "0" * 64):
        with pytest.raises(HandError) as error:
            services.close_month(actor=director, unit=books.province, month=JANUARY, seen=old)
        assert error.value.code == "hands.changed"
    now = closing.outlook(books.province, JANUARY)
    assert now.figures.due == 2 * WHOLE
    assert (now.found("collection.suspense").count, now.may_close) == (0, True)
    close(books, director, JANUARY)


def close(books: Books, director: Actor, month: Month) -> None:
    shown = closing.as_seen(books.province, month)
    services.close_month(actor=director, unit=books.province, month=month, seen=shown)


def test_the_ledger_refuses_what_does_not_balance_and_what_changes(books: Books) -> None:
    day = date(2026, 1, 2)
    with pytest.raises(Error, match="không cân"):
        ledger.post(
            key="x",
            kind="due",
            unit_id=books.province.pk,
            month=JANUARY.index,
            posted_on=day,
            sides=[ledger.Side(ledger.BANK, 1)],
        )
    run_with = books.employer(workers=1)
    run(books)
    for table in ("ledger_line", "ledger_entry", "collection_due", "collection_openitem"):
        with connection.cursor() as cursor, pytest.raises(Error):
            cursor.execute(f"DELETE FROM {table}")
    assert balance(books, JANUARY, run_with.pk)["131.health"] == 450_000


def test_one_run_at_a_time(books: Books) -> None:
    first = services.queue(actor=None, unit=books.province, month=JANUARY)
    assert services.queue(actor=None, unit=books.province, month=JANUARY).pk == first.pk


def test_open_items_are_what_is_due_less_what_was_given(books: Books) -> None:
    employer = books.employer(workers=5)
    books.pay(employer, date(2026, 1, 3), 7_654_321)
    run(books)
    due = sum(Due.objects.aggregate(**{f: Sum(f) for f in FUNDS}).values())
    given = sum(Allocation.objects.aggregate(**{f: Sum(f) for f in CLOSING}).values())
    left = sum(OpenItem.objects.aggregate(**{f: Sum(f) for f in CLOSING}).values())
    assert given == 7_654_321
    assert left == due - given
