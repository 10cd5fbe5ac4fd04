"""Thời gian, tiền lương và lần bị nạn trước của một trường hợp tai nạn lao động, bệnh nghề nghiệp."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import half_up
from ansinh.law.calc.contract import calculators
from ansinh.law.calc.facts import FactError, FactProblem, Facts, fault
from ansinh.law.careers import Spell
from ansinh.law.careers.readings import career
from ansinh.law.work_injury import BOOK, Contracts, Form, basis, benefit

__all__ = ["Basis", "points_of"]

CALCULATOR = "work_injury.benefit"


def points_of(loss_rate: Fraction, fact: str = "loss_rate") -> Fraction:
    """Số điểm phần trăm (20 of 20%). Raises ``FactError`` above 100."""
    if not 0 <= loss_rate <= 1:
        raise fault(fact, "phải từ 0% đến 100%", "is between 0% and 100%", "range")
    return loss_rate * 100


class Basis:
    """Căn cứ tính: what the facts tell of time, wage and the decision before; what they do not is None."""

    def __init__(self, day: date, facts: Facts) -> None:
        self.day = day
        self.facts = facts
        scale = BOOK.on(day)
        given = facts.get("base_salary")
        self.scale = scale if given is None else scale.supposing(base_salary=given)
        self.previous: Mapping[str, Any] = facts.get("previous", {})
        known = career(facts)
        self.contracts = None if known is None else Contracts(known)
        self.accident = self._accident()

    def _accident(self) -> Month | None:
        day, month = self.facts.get("accident_date"), self.facts.get("accident_month")
        if day is not None and month is not None and day not in month:
            raise fault("accident_month", "khác tháng của accident_date", "not its month", "contradiction")
        return Month.of(day) if day is not None else month

    def missing(self, *names: str) -> FactError:
        """Return the error that asks for facts."""
        return FactError.missing(*(calculators()[CALCULATOR].facts[name] for name in names))

    def missing_previous(self, name: str) -> FactError:
        """Return the error that asks for a part of the decision before."""
        return FactError(
            [FactProblem(f"previous.{name}", "thiếu dữ kiện", "missing fact", code="missing_fact")]
        )

    @cached_property
    def months(self) -> int | None:
        """Số tháng đóng vào quỹ đến tháng trước tháng bị nạn."""
        given: int | None = self.facts.get("injury_fund_months")
        if given is not None or self.contracts is None:
            return given
        if self.accident is None:
            raise self.missing("accident_date")
        return self.contracts.before(self.accident)

    def years(self, months: int) -> int:
        """Số năm đóng."""
        return basis.years.on(self.day)(months)

    @cached_property
    def wage(self) -> Fraction | None:
        """Tiền lương làm căn cứ: at most the ceiling; None where no fact tells it."""
        pay = self._pay()
        return None if pay is None else basis.wage.on(self.day)(pay, self.scale)

    def _pay(self) -> Fraction | None:
        facts = self.facts
        if "injury_wage" in facts:
            return Fraction(facts["injury_wage"])
        if "coefficient" in facts:
            return Fraction(facts["coefficient"] * self._state_base())
        if self.contracts is None or self.accident is None:
            return None
        before, begun = self.contracts.running(self.accident - 1), self.contracts.begun(self.accident)
        if "accident_employer" not in facts and before and begun:
            raise self.missing("accident_employer")
        employer = facts.get("accident_employer")
        taken = basis.months_taken.on(self.day)(self.contracts, self.accident, employer)
        pays: list[Fraction | None] = []
        for month in taken:
            spells = self.contracts.running(month)
            if len(taken) > 1 and month == self.accident:
                spells = [spell for spell in self.contracts.begun(month) if spell.employer == employer]
            pays += [self._pay_of(spell, month) for spell in spells]
        known = [pay for pay in pays if pay is not None]
        return sum(known, Fraction(0)) if known and len(known) == len(pays) else None

    def _pay_of(self, spell: Spell, month: Month) -> Fraction | None:
        if not spell.is_state or spell.coefficient is None or self.contracts is None:
            return spell.pay(BOOK.base_salary.on(month))
        first = self.facts.get("first_contribution", self.contracts.first)
        before = basis.joined_before_2016(first, self.scale)
        then = self.scale.base_salary if before else BOOK.base_salary.on(month)
        return spell.pay(basis.state_pay_base.on(self.day)(before, then, self.scale))

    def _state_base(self) -> int:
        """Answer the base salary of a coefficient given as a fact."""
        first = self._first_contribution()
        before = self.facts.get("sector") != "private" and basis.joined_before_2016(first, self.scale)
        if before:
            return basis.state_pay_base.on(self.day)(before, self.scale.base_salary, self.scale)
        if self.accident is None:
            raise self.missing("accident_date")
        month = self.accident if first == self.accident else self.accident - 1
        return basis.state_pay_base.on(self.day)(before, BOOK.base_salary.on(month), self.scale)

    def _first_contribution(self) -> Month:
        if "first_contribution" in self.facts:
            first: Month = self.facts["first_contribution"]
            return first
        if self.contracts is not None and self.contracts.first is not None:
            return self.contracts.first
        if self.accident is not None and "injury_fund_months" in self.facts:
            # The latest month in which so many months can have begun: enough where it is before 2016.
            latest: Month = self.accident - self.facts["injury_fund_months"]
            if basis.joined_before_2016(latest, self.scale):
                return latest
        raise self.missing("first_contribution")

    def results(self) -> dict[str, Any]:
        """Thời gian và tiền lương: as far as known."""
        found: dict[str, Any] = {}
        if self.months is not None:
            found |= {"months": self.months, "years": self.years(self.months)}
        if self.wage is not None:
            found["wage"] = half_up(self.wage)
        return found

    def previous_form(self) -> Form:
        """Hình thức trợ cấp lần trước: as said, else by the loss of then."""
        if "form" in self.previous:
            return Form(self.previous["form"])
        return benefit.form.on(self.day)(self.needed_previous_points(), self.scale)

    def needed_previous_points(self) -> Fraction:
        """Mức suy giảm lần trước. Raises ``FactError`` where it is not given."""
        if "loss_rate" not in self.previous:
            raise self.missing_previous("loss_rate")
        return points_of(self.previous["loss_rate"], "previous.loss_rate")

    def previous_month(self) -> Month | None:
        """Tháng bị nạn của lần trước."""
        if "accident_date" in self.previous:
            return Month.of(self.previous["accident_date"])
        month: Month | None = self.previous.get("accident_month")
        return month

    def needed_previous_month(self) -> Month:
        """Tháng bị nạn của lần trước; one that got worse is the accident itself."""
        found = self.previous_month() or self.accident
        if found is None:
            raise self.missing_previous("accident_date")
        return found

    def contract_numbers(self) -> tuple[int, int]:
        """Số hợp đồng khi bị nạn lần này và lần trước."""
        if self.contracts is None:
            raise self.missing("history")
        if self.accident is None:
            raise self.missing("accident_date")
        before = self.previous_month()
        if before is None:
            raise self.missing_previous("accident_date")
        return self._number(self.contracts, self.accident), self._number(self.contracts, before)

    @staticmethod
    def _number(contracts: Contracts, accident: Month) -> int:
        return contracts.number(accident - 1) or contracts.number(accident)
