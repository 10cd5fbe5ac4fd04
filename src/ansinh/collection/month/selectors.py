"""Đọc kết quả tháng: statements, a person's paid months, runs and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from ansinh.collection.models import Statement
from ansinh.collection.month import KIND
from ansinh.collection.month.columns import FUNDS, added
from ansinh.kernel.months import Month
from ansinh.office.models import Period, Run, Unit
from ansinh.office.relations import PERIOD
from ansinh.office.rights import Actor
from ansinh.office.runs import selectors
from ansinh.registers import access
from ansinh.registers.models import Employer
from ansinh.registers.relations import PARTICIPATION, PARTICIPATION_TAKEN_BACK


def provinces(actor: Actor, verb: str) -> QuerySet[Unit]:
    """Các tỉnh có sổ: those at which the actor holds the verb."""
    return _with_books().filter(actor.within(verb, "path"))


def provinces_above(actor: Actor, verb: str) -> QuerySet[Unit]:
    """Các tỉnh có sổ: those at which the actor holds the verb, or at an office of which.

    For what an office may know of its province: which months there are, in which communes people live.
    Nothing of the province's figures or people follows from it.
    """
    return _with_books().filter(_at_or_above(actor, verb))


def _at_or_above(actor: Actor, verb: str) -> Q:
    """Units at which the verb is held, below those, and above them."""
    held = [int(p) for path in actor.paths(verb) for p in path.strip("/").split("/") if p]
    return Q(actor.within(verb, "path") | Q(pk__in=held))


def _with_books() -> QuerySet[Unit]:
    return Unit.objects.filter(
        kind=Unit.Kind.PROVINCE, valid_to__isnull=True, period__isnull=False
    ).distinct()


def periods(unit: Unit) -> QuerySet[Period]:
    """Các kỳ của tỉnh: newest first."""
    return Period.objects.filter(unit=unit).select_related("closed_by").order_by("-month")


def runs(actor: Actor) -> QuerySet[Run]:
    """Các lượt chạy kỳ thu: those in the actor's provinces, newest first."""
    return selectors.in_scope(actor).filter(kind=KIND)


def months_run(unit: Unit) -> set[int]:
    """Các kỳ đã chạy xong của tỉnh: months that have statements. Which, not what."""
    done = Run.objects.filter(kind=KIND, unit=unit, state=Run.State.DONE)
    return {run for run in done.values_list("month", flat=True).distinct() if run is not None}


def current_month(unit: Unit) -> Month | None:
    """Kỳ đang mở: the newest month of the books."""
    newest = Period.objects.filter(unit=unit).order_by("-month").values_list("month", flat=True).first()
    return None if newest is None else Month.from_index(newest)


def statements(actor: Actor, month: Month) -> QuerySet[Statement]:
    """Thông báo C12: in force of a month in the actor's scope, each with its employer's name and code."""
    newer = Statement.objects.filter(
        unit_id=OuterRef("unit_id"),
        month=OuterRef("month"),
        employer_id=OuterRef("employer_id"),
        version__gt=OuterRef("version"),
    )
    employer = Employer.objects.filter(pk=OuterRef("employer_id"))
    found = Statement.objects.filter(
        month=month.index, employer_id__in=access.employers(actor, "statement.read").values("pk")
    )
    if not actor.parties("statement.read", "employer"):  # an officer's are in the books of their provinces
        books = Unit.objects.filter(_at_or_above(actor, "statement.read"), kind=Unit.Kind.PROVINCE)
        found = found.filter(unit_id__in=list(books.values_list("pk", flat=True)))
    return found.filter(~Exists(newer)).annotate(
        name=Subquery(employer.values("name")[:1]),
        name_fold=Subquery(employer.values("name_fold")[:1]),
        name_sort=Subquery(employer.values("name_sort")[:1]),
        unit_code=Subquery(employer.values("unit_code")[:1]),
        late_total=F("short_late") + F("short_evaded"),
    )


def statements_of(employer: Employer) -> list[Statement]:
    """Thông báo: in force of an employer, month by month, newest first."""
    return list(
        Statement.objects.filter(employer_id=employer.pk).order_by("-month", "-version").distinct("month")
    )


@dataclass(frozen=True)
class PaidMonth:
    """Tháng của một người tại một đơn vị: what was due and what of it is paid, in dong."""

    month: Month
    employer_id: int
    base: int
    due: int
    paid: int
    counted: bool

    @property
    def state(self) -> str:
        """One of paid, part, unpaid, nothing (nothing was due)."""
        if self.due <= 0:
            return "nothing"
        if self.paid >= self.due:
            return "paid"
        return "part" if self.paid > 0 else "unpaid"


def months_of(person_id: int) -> list[PaidMonth]:
    """Các tháng phải đóng và đã đóng của một người: newest first (one query).

    Something can be due only where somebody works or worked, so the spans tell of which employers to look for
    it, in the books that there are; and money is given only for what was due.
    """
    principal = added(FUNDS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH d AS MATERIALIZED (
                SELECT * FROM collection_due
                WHERE unit_id = ANY(ARRAY(SELECT p.unit_id FROM {PERIOD} p GROUP BY p.unit_id))
                  AND month = ANY(ARRAY(SELECT p.month FROM {PERIOD} p GROUP BY p.month))
                  AND employer_id = ANY(ARRAY(
                    SELECT employer_id FROM {PARTICIPATION} t
                    WHERE person_id = %(p)s AND employer_id IS NOT NULL
                    UNION SELECT employer_id FROM {PARTICIPATION_TAKEN_BACK} t WHERE person_id = %(p)s))
                  AND person_id = %(p)s)
            SELECT for_month, employer_id, sum(base)::bigint, sum(due)::bigint, sum(paid)::bigint,
                   bool_or(counted)
            FROM (
                SELECT for_month, employer_id, si_base AS base, {principal} AS due, 0 AS paid, counted
                FROM d
                UNION ALL
                SELECT for_month, employer_id, 0, 0, {principal}, FALSE
                FROM collection_allocation
                WHERE unit_id = ANY(ARRAY(SELECT unit_id FROM d GROUP BY unit_id))
                  AND month = ANY(ARRAY(SELECT p.month FROM {PERIOD} p
                    WHERE p.month >= (SELECT min(month) FROM d) GROUP BY p.month))
                  AND employer_id = ANY(ARRAY(SELECT employer_id FROM d GROUP BY employer_id))
                  AND person_id = %(p)s
            ) x GROUP BY 1, 2 ORDER BY 1 DESC, 2""",
            {"p": person_id},
        )
        return [
            PaidMonth(Month.from_index(m), e, base, due, paid, counted)
            for m, e, base, due, paid, counted in cursor.fetchall()
        ]
