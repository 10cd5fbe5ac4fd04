"""Điều khóa sổ một kỳ sẽ làm: the run whose figures become final, and the check list of every room."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import connection

from ansinh.collection.month.checks import last_run
from ansinh.kernel.months import Month
from ansinh.office import hands
from ansinh.office.models import Period, Run, Unit
from ansinh.office.runs import checklist
from ansinh.office.runs.checklist import Found, Standing


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
                """SELECT count(*), coalesce(sum(due), 0)::bigint, coalesce(sum(charged), 0)::bigint,
                          coalesce(sum(received), 0)::bigint, coalesce(sum(allocated), 0)::bigint,
                          coalesce(sum(short), 0)::bigint, coalesce(sum(surplus), 0)::bigint
                   FROM (SELECT DISTINCT ON (s.employer_id) s.* FROM collection_statement s
                         WHERE s.unit_id = %s AND s.month = %s
                         ORDER BY s.employer_id, s.version DESC) newest""",
                [unit.pk, month.index],
            )
            return cls(*cursor.fetchone())


@dataclass(frozen=True, slots=True)
class Outlook:
    """Kỳ sắp khóa: its newest finished run (none: it stays open), its figures, and the check list."""

    month: Month
    run: Run | None
    figures: Figures
    checks: list[Standing]

    @property
    def may_close(self) -> bool:
        """Whether closing will be accepted."""
        return not any(one.blocks for one in self.checks)

    def found(self, code: str) -> Found:
        """What was found of one item. Raises LookupError for a code nobody declared."""
        for one in self.checks:
            if one.item.code == code:
                return one.found
        raise LookupError(f"nobody asks {code!r}")


def outlook(unit: Unit, month: Month) -> Outlook:
    """What closing a month of a province means now; a fixed number of queries."""
    return Outlook(month, last_run(unit, month), Figures.of(unit, month), checklist.standing(unit, month))


def as_seen(unit: Unit, month: Month) -> str:
    """Dấu của trang khóa sổ: the run with its results and inputs, and everything on the check list."""
    return told(unit, outlook(unit, month))


def told(unit: Unit, now: Outlook) -> str:
    """The same, of an outlook already at hand."""
    state = Period.objects.filter(unit=unit, month=now.month.index).values_list("state", flat=True).first()
    run = (now.run.pk, now.run.result, now.run.frozen.get("files")) if now.run else None
    checks = [(one.item.code, one.found.count, one.found.amount) for one in now.checks]
    return hands.seen(unit.pk, now.month.index, state, run, asdict(now.figures), checks)
