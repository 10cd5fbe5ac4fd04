"""Một trường hợp thai sản: its day, its months contributed and the clauses asked about both."""

from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law.calc.contract import Slot, calculators
from ansinh.law.calc.facts import FactError, Facts, fault
from ansinh.law.calc.readings import absences
from ansinh.law.careers.readings import career
from ansinh.law.maternity import (
    BOOK,
    Contributions,
    Entitlement,
    Insured,
    Requirement,
    Window,
    amounts,
    leave,
    qualifying,
)
from ansinh.law.maternity.book import MaternityScale

__all__ = ["Case"]

RECEIVED = ("surrogate_handover", "adoption")


class Case:
    """Dữ kiện của một trường hợp: read once; the law is that of the day of the event."""

    def __init__(self, calculator: str, as_of: date, facts: Facts) -> None:
        self.calculator = calculator
        self.facts = facts
        self.event_day: date | None = facts.get("child_birth")
        if facts.get("event") in RECEIVED and "leave_from" in facts:
            self.event_day = facts["leave_from"]
        given: Month | None = facts.get("child_birth_month")
        if given is not None and self.event_day is not None and self.event_day not in given:
            raise fault(
                "child_birth_month",
                "khác tháng của child_birth",
                "not that of child_birth",
                "contradiction",
            )
        known = Month.of(self.event_day) if self.event_day is not None else given
        self.month: Month | None = known
        self.day = self._day_of_law(as_of)
        self.scale = self._scale()
        self.children: int = facts.get("children_count", 1)
        if self.children < 1:
            raise fault("children_count", "phải từ 1", "is at least 1", "range")
        self.contributions = self._contributions()

    def _day_of_law(self, as_of: date) -> date:
        if self.event_day is not None:
            return self.event_day
        if self.month is None or as_of in self.month:
            return as_of
        return self.month.first_day

    def _scale(self) -> MaternityScale:
        scale = BOOK.on(self.day)
        if "base_salary" in self.facts:
            return scale.supposing(base_salary=self.facts["base_salary"])
        return scale

    def _contributions(self) -> Contributions | None:
        known = career(self.facts)
        if known is None:
            return None
        said = self.facts.get("birth_month_contributed")
        certain = [] if said is None or self.month is None else [(self.month, said)]
        return Contributions(known, certain)

    @property
    def leave_from(self) -> date | None:
        """Ngày đầu nghỉ: as said, else the first day of the absences."""
        if "leave_from" in self.facts:
            day: date = self.facts["leave_from"]
            return day
        leaves = absences(self.facts)
        return min(one.first for one in leaves) if leaves else None

    def slot(self, name: str) -> Slot:
        """Dữ kiện theo hợp đồng."""
        return calculators()[self.calculator].facts[name]

    def missing(self, *names: str) -> FactError:
        """Return the error that asks for facts."""
        return FactError.missing(*(self.slot(name) for name in names))

    def needed(self, name: str) -> Any:
        """Dữ kiện phải có. Raises ``FactError`` where it is not given."""
        if name not in self.facts:
            raise self.missing(name)
        return self.facts[name]

    def needed_event_day(self) -> date:
        """Ngày sinh con phải có."""
        if self.event_day is None:
            raise self.missing("child_birth")
        return self.event_day

    def covered(self) -> Entitlement:
        """Thuộc đối tượng hưởng."""
        return qualifying.covered.on(self.day)(Insured(self.facts.get("worker_group", Insured.EMPLOYEE)))

    def requirement(self) -> Requirement:
        """Thời gian đóng cần có."""
        facts = self.facts
        in_all: int | None = facts.get("contributed_months")
        if in_all is None and self.contributions is not None:
            in_all = self.contributions.until(self.event_month())
        return qualifying.requirement.on(self.day)(
            facts.get("prescribed_rest", False), facts.get("infertility_treatment", False), in_all, self.scale
        )

    def event_month(self) -> Month:
        """Tháng sinh con, nhận con. Raises ``FactError`` where no fact tells it and ``as_of`` may not."""
        if self.month is None:
            if self.facts.get("event") == "pregnancy_loss":
                return Month.of(self.day)
            raise FactError.missing_one_of(self.slot("child_birth"), self.slot("child_birth_month"))
        return self.month

    def lates(self) -> tuple[bool, ...]:
        """Sinh từ ngày 15: what it may be; both where the day is not known and its month is contributed.

        A loss of the pregnancy whose day nobody told is of the day of the law.
        """
        if self.event_day is not None:
            return (self._is_late(self.event_day),)
        if not self._month_contributed(self.event_month()):
            return (False,)
        return (False, True) if self.month is not None else (self._is_late(self.day),)

    def _is_late(self, event: date) -> bool:
        return qualifying.is_late_in_month(event, self.scale)

    def window(self, months: int, late: bool | None = None) -> Window:
        """Khoảng thời gian xét; asks for the day, or whether its month is contributed, where it matters."""
        month = self.event_month()
        if late is None:
            late, *others = self.lates()
            if others:
                raise self.missing("child_birth")
        contributed = late and self._month_contributed(month)
        return qualifying.window.on(self.day)(month, late, contributed, months)

    def _month_contributed(self, month: Month) -> bool:
        said: bool | None = self.facts.get("birth_month_contributed")
        if said is not None:
            return said
        if self.contributions is None:
            raise self.missing("birth_month_contributed" if self.event_day else "child_birth")
        return month in self.contributions

    def entitled(self, counted: int, least: int) -> Entitlement:
        """Đủ tháng đóng trong khoảng thời gian xét."""
        return qualifying.entitled.on(self.day)(counted, least)

    def right(self) -> tuple[Entitlement, Fraction | None]:
        """Đủ điều kiện và mức bình quân: by the record; unsaid is entitled, an average not known is None.

        A day of birth that is not known is asked for only where the answer hangs on it.
        """
        if self.contributions is None:
            return Entitlement(eligible=True), self.average(None)
        found, *others = (self._right(self.contributions, late) for late in self.lates())
        if any(other != found for other in others):
            raise self.missing("child_birth")
        return found

    def _right(self, contributions: Contributions, late: bool) -> tuple[Entitlement, Fraction | None]:
        requirement = self.requirement()
        window = self.window(requirement.window, late)
        counted = contributions.within(window.first, window.last)
        verdict = self.entitled(counted, requirement.least)
        last, first = window.last, self.leave_from
        if first is not None:
            # Of a month alone its first day: who took leave in it is held to have worked until the event.
            event = self.event_day or self.event_month().first_day
            last = amounts.averaged_until.on(self.day)(last, first, event)
        return verdict, self.average(last)

    def months_of_leave(self) -> int | None:
        """Số tháng nghỉ khi sinh con; None where it hangs on which child this is and nobody said so."""
        if BOOK.second_child.is_known(self.day) and "child_order" not in self.facts:
            return None
        return leave.birth_months.on(self.day)(self.children, self.facts.get("child_order"), self.scale)

    def pay_month(self) -> Month:
        """Tháng trước khi nghỉ: for leaves with no window."""
        first = self.leave_from
        if first is not None:
            return Month.of(first) - 1
        return (self.month or Month.of(self.day)) - 1

    def average(self, last: Month | None, *, least: int | None = None) -> Fraction | None:
        """Mức bình quân: as given, else of the latest months; None where no fact tells it.

        With ``least`` 1 fewer months than the law averages will do, in the first month that month itself.
        """
        if "average_wage" in self.facts:
            return Fraction(self.facts["average_wage"])
        if self.contributions is None or last is None:
            return None
        number = amounts.months_averaged(self.scale)
        pays = self.contributions.latest_pays(last, number, _base_salary)
        if not pays and least is not None and not self.contributions.until(last):
            pays = self.contributions.latest_pays(last + 1, 1, _base_salary)
        enough = len(pays) >= (number if least is None else least)
        return amounts.average.on(self.day)(pays) if enough else None


def _base_salary(month: Month) -> int:
    salary: int = BOOK.base_salary.on(month)
    return salary
