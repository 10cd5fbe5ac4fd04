"""Điều khóa sổ một kỳ sẽ làm: the run whose figures become final, and what is still open or came after it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from ansinh.collection.models import BankFile, Declaration, Receipt, Refund
from ansinh.collection.month import KIND
from ansinh.kernel.months import Month
from ansinh.office import hands
from ansinh.office.models import Period, Run, Unit
from ansinh.office.relations import UNIT
from ansinh.registers.relations import EMPLOYER

PENDING = ("draft", "checked")
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""Later than anything: without a run nothing came after it."""


@dataclass(frozen=True, slots=True)
class Open:
    """Việc còn mở của kỳ: how many lists wait, how much money nobody claimed, refunds and statements that
    wait; and what was done after the run had read its inputs, which the next month's run takes up.
    """

    lists: int
    suspense: int
    suspense_money: int
    refunds: int
    refunds_money: int
    files: int
    booked_after: int
    matched_after: int
    matched_money: int
    refunded_after: int

    @property
    def nothing_after(self) -> bool:
        """Whether the run has seen everything that was done in the month."""
        return not (self.booked_after or self.matched_after or self.refunded_after)


@dataclass(frozen=True, slots=True)
class Figures:
    """Số liệu của kỳ trên thông báo C12 đang có hiệu lực: dong, over all employers of the province."""

    statements: int
    due: int
    charged: int
    received: int
    allocated: int
    short: int
    surplus: int

    @classmethod
    def of(cls, unit: Unit, month: Month) -> Figures:
        """One query."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT count(*), coalesce(sum(due), 0)::bigint, coalesce(sum(charged), 0)::bigint,
                          coalesce(sum(received), 0)::bigint, coalesce(sum(allocated), 0)::bigint,
                          coalesce(sum(short), 0)::bigint, coalesce(sum(surplus), 0)::bigint
                   FROM (SELECT DISTINCT ON (s.employer_id) s.* FROM collection_statement s
                         JOIN {EMPLOYER} e ON e.id = s.employer_id
                         JOIN {UNIT} o ON o.id = e.office_id
                         WHERE s.month = %s AND starts_with(o.path, %s)
                         ORDER BY s.employer_id, s.version DESC) newest""",
                [month.index, unit.path],
            )
            return cls(*cursor.fetchone())


@dataclass(frozen=True, slots=True)
class Outlook:
    """Kỳ sắp khóa: its newest finished run (none: it stays open), whether one is under way, what is open."""

    month: Month
    run: Run | None
    under_way: bool
    figures: Figures
    open: Open

    @property
    def may_close(self) -> bool:
        """Whether closing will be accepted."""
        return self.run is not None and not self.under_way


def outlook(unit: Unit, month: Month) -> Outlook:
    """What closing a month of a province means now; a fixed number of queries."""
    runs = Run.objects.filter(kind=KIND, unit=unit)
    run = runs.filter(month=month.index, state=Run.State.DONE).order_by("-pk").first()
    under_way = runs.filter(state__in=[Run.State.QUEUED, Run.State.RUNNING]).exists()
    return Outlook(month, run, under_way, Figures.of(unit, month), _open(unit, month, run))


def as_seen(unit: Unit, month: Month) -> str:
    """Dấu của trang khóa sổ: the run with its results and inputs, and everything that is open."""
    now = outlook(unit, month)
    state = Period.objects.filter(unit=unit, month=month.index).values_list("state", flat=True).first()
    run = (now.run.pk, now.run.result, now.run.frozen.get("files")) if now.run else None
    return hands.seen(unit.pk, month.index, state, run, now.under_way, asdict(now.figures), asdict(now.open))


def _open(unit: Unit, month: Month, run: Run | None) -> Open:
    since = run.started_at if run else None
    lists = Declaration.objects.filter(office__path__startswith=unit.path).aggregate(
        waiting=Count("pk", filter=Q(state__in=PENDING)),
        after=Count("pk", filter=Q(state="booked", month=month.index, booked_at__gt=since or NEVER)),
    )
    matched = Q(state="matched", matched_month=month.index, told_at__gt=since or NEVER)
    money = (
        Receipt.objects.filter(account__office__path__startswith=unit.path)
        .annotate(told_at=Coalesce("matched_at", "bank_file__confirmed_at", "bank_file__read_at"))
        .aggregate(
            n=Count("pk", filter=Q(state="suspense")),
            held=Sum("amount", filter=Q(state="suspense")),
            after=Count("pk", filter=matched),
            after_held=Sum("amount", filter=matched),
        )
    )
    refunds = Refund.objects.filter(office__path__startswith=unit.path).aggregate(
        n=Count("pk", filter=Q(state="prepared")),
        held=Sum("amount", filter=Q(state="prepared")),
        after=Count("pk", filter=Q(state="approved", month=month.index, approved_at__gt=since or NEVER)),
    )
    files = BankFile.objects.filter(account__office__path__startswith=unit.path, state="waiting").count()
    return Open(
        lists=lists["waiting"],
        suspense=money["n"],
        suspense_money=int(money["held"] or 0),
        refunds=refunds["n"],
        refunds_money=int(refunds["held"] or 0),
        files=files,
        booked_after=lists["after"],
        matched_after=money["after"],
        matched_money=int(money["after_held"] or 0),
        refunded_after=refunds["after"],
    )
