"""Sáu tháng của tỉnh mẫu: lists in, money in, the month's run, letters, the books closed.

Everything goes through the services that officers use; nothing here writes a table.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection

from ansinh.collection.declarations import services as declarations
from ansinh.collection.models import Declaration, Receipt
from ansinh.collection.month import closing
from ansinh.collection.month import services as month_services
from ansinh.collection.notices import services as notices
from ansinh.collection.receipts import services as receipts
from ansinh.collection.relations import STATEMENT
from ansinh.demo import accounts, changes, statements
from ansinh.demo.payments import Payer, Standing, payments, ways
from ansinh.demo.sizes import Size
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.relations import UNIT
from ansinh.office.rights import Actor, actor_of
from ansinh.office.runs.engine import Watch
from ansinh.office.runs.kinds import Step
from ansinh.registers.models import CollectingAccount
from ansinh.registers.relations import COLLECTING_ACCOUNT, EMPLOYER

START = Month(2026, 1)
MONTHS = 6
BY_HAND, CLEAR = 12, 60  # transfers looked at in a month, and points from which an officer is sure
TOO_LATE = "Kỳ đã hết: đề nghị lập lại cho kỳ sau."
Report = Callable[[str, int], None]


def months(count: int = MONTHS) -> list[Month]:
    """The months lived through, the last of them left open."""
    return [START + n for n in range(count)]


def open_books(province: Unit) -> dict[str, Any]:
    """Mở sổ: the first month of the demonstration is the start of the books."""
    month_services.open_month(unit=province, month=START)
    return {}


def lists_expected(size: Size) -> int:
    """How many lists a month brings."""
    return changes.FILES.get(size.name, changes.FILES["province"])


def declare(
    province: Unit, size: Size, month: Month, seed: int, report: Report, *, leave_some: bool
) -> dict[str, Any]:
    """Nhận và ghi nhận danh sách D02-LT: the month's; with `leave_some` three more wait on the work list.

    Those that wait are handed in today: one with everyday mistakes, two that only need a confirmation.
    """
    reception, collection, director = _actor("tiepnhan"), _actor("thu"), _actor("giamdoc")
    rows = booked = 0
    for handed in changes.submissions(province.path, month, lists_expected(size), seed):
        received = _receive(reception, handed, month, handed.dated_on)
        rows += handed.rows
        if received.state == Declaration.State.CHECKED:
            by = director if declarations.preview(received).needs_director else collection
            declarations.book(actor=by, declaration=received, seen=declarations.as_seen(received))
            booked += 1
        report("D02-LT", 1)
    waiting = 0
    if leave_some:
        wrong = changes.spoilt(province.path, month, seed)
        more = changes.submissions(province.path, month, 2, seed + 1)
        for handed in [*more, *([wrong] if wrong else [])]:
            _receive(reception, handed, month, None)
            waiting += 1
    return {"lists": booked, "rows": rows, "waiting": waiting}


def bank(province: Unit, month: Month, seed: int, report: Report) -> dict[str, Any]:
    """Đọc sao kê: of every collecting account, then match by hand a few transfers that fitted nobody."""
    finance = _actor("taichinh")
    counts: dict[str, int] = {"files": 0, "credits": 0, "matched": 0, "suspense": 0, "by_hand": 0}
    for account, name, content, _ in files(province, month, seed):
        read = receipts.read_bank_file(
            actor=finance, account=account, data=content, file_name=name, month=month
        )
        counts["files"] += 1
        for what in ("credits", "matched", "suspense"):
            counts[what] += read.counts[what]
        report(name, read.counts["credits"])
    counts["by_hand"] = _match_some(finance, province, month)
    return counts


def _match_some(finance: Actor, province: Unit, month: Month) -> int:
    """A few of the transfers left in suspense by the month before, where one proposal stands out."""
    waiting = (
        Receipt.objects.filter(
            state=Receipt.State.SUSPENSE,
            unit_id=province.pk,
            month__lt=month.index,
        )
        .select_related("account__office")
        .order_by("-booked_on", "reference")[:BY_HAND]
    )
    matched = 0
    for receipt in waiting:
        found = receipts.proposals(actor=finance, receipt=receipt, limit=1)
        if found and found[0].score >= CLEAR:
            receipts.match(
                actor=finance, receipt=receipt, employer=found[0].employer, note="Đối chiếu nội dung"
            )
            matched += 1
    return matched


def _receive(actor: Actor, handed: changes.Submission, month: Month, received_on: date | None) -> Declaration:
    return declarations.receive(
        actor=actor,
        employer=None,
        data=handed.content,
        file_name=handed.file_name,
        month=month,
        received_on=received_on,
    )


def urge(province: Unit, month: Month) -> dict[str, Any]:
    """Đôn đốc: letters of the month before, sent on the fifth."""
    if month == START:
        return {"letters": 0}
    day, before = date(month.year, month.month, 5), month - 1
    seen = notices.as_seen(province, before, day)
    sent = notices.urge(actor=_actor("thu"), unit=province, month=before, issued_on=day, seen=seen)
    return {"letters": sent}


def run(province: Unit, month: Month, report: Report) -> dict[str, Any]:
    """Chạy tháng: as an officer of the collection room."""

    class Told(Watch):
        def did(self, step: Step, what: str, count: int) -> None:
            report(f"{step.name} {what}", count)

    done = month_services.run_month(actor=_actor("thu"), unit=province, month=month, watch=Told())
    return {"run": done.pk, **done.result}


def close(province: Unit, month: Month) -> dict[str, Any]:
    """Khóa sổ: by the director; the lists left waiting in what was the last month go back first."""
    reception = _actor("tiepnhan")
    for left in Declaration.objects.filter(
        employer__office__path__startswith=province.path,
        month=month.index,
        state__in=(Declaration.State.DRAFT, Declaration.State.CHECKED),
    ).order_by("pk"):
        declarations.return_(
            actor=reception, declaration=left, reason=TOO_LATE, seen=declarations.as_seen(left)
        )
    seen = closing.as_seen(province, month)
    month_services.close_month(actor=_actor("giamdoc"), unit=province, month=month, seen=seen)
    return {}


def files(province: Unit, month: Month, seed: int) -> list[tuple[CollectingAccount, str, bytes, int]]:
    """Tệp sao kê của tháng: (account, file name, content, credits), one per collecting account with money in.

    The province's own account comes as camt.053 with those of the first offices, the rest as workbooks.
    """
    found = payers(province)
    chosen = ways(found, seed)
    first = month == START
    standings = _standings(province, month if first else month - 1)
    by_account = payments(found, chosen, standings, month, seed, first=first)
    collecting = {
        a.number: a for a in CollectingAccount.objects.filter(office__path__startswith=province.path)
    }
    made = []
    for order, (number, credits_in) in enumerate(by_account.items()):
        opening = 1_000_000 * (month - START + 1)
        if order % 2:
            name, content = (
                f"saoke-{number}-{month}.xlsx",
                statements.workbook(number, month, credits_in, opening),
            )
        else:
            name, content = (
                f"camt053-{number}-{month}.xml",
                statements.camt053(number, month, credits_in, opening),
            )
        made.append((collecting[number], name, content, len(credits_in)))
    return made


def payers(province: Unit) -> list[Payer]:
    """Every employer of the province with the account of its base office."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT e.id, e.unit_code, e.tax_code, e.name, o.code, a.number, e.cycle, e.budget
               FROM {EMPLOYER} e JOIN {UNIT} o ON o.id = e.office_id
               JOIN {COLLECTING_ACCOUNT} a ON a.office_id = o.id AND a.valid_to IS NULL
               WHERE o.path LIKE %s ORDER BY e.id""",
            [f"{province.path}%"],
        )
        return [Payer(*row) for row in cursor.fetchall()]


def _standings(province: Unit, month: Month) -> dict[int, Standing]:
    """What the statements of a month say is open, and what the month itself came to."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT DISTINCT ON (employer_id) employer_id, short + charges_open - surplus, due
               FROM {STATEMENT} s WHERE unit_id = %s AND month = %s ORDER BY employer_id, version DESC""",
            [province.pk, month.index],
        )
        return {row[0]: Standing(row[1], row[2]) for row in cursor.fetchall()}


def _actor(username: str) -> Actor:
    return actor_of(accounts.officer(username))
