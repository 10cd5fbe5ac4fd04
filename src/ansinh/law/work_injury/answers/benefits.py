"""Các bộ tính ``work_injury.*``: facts to the clauses, results back by name."""

from datetime import date
from fractions import Fraction
from typing import Any

from ansinh.kernel.rounding import half_up
from ansinh.law.calc.facts import Facts
from ansinh.law.calc.readings import REGIONS
from ansinh.law.work_injury import BOOK, Entitlement, Form, benefit, employer, renewed, voluntary
from ansinh.law.work_injury.answers.basis import Basis, points_of

__all__ = ["employer_payment", "fund_benefit", "voluntary_benefit"]

Results = dict[str, Any]


def fund_benefit(as_of: date, facts: Facts) -> Results:
    """Trợ cấp từ quỹ: first, renewed or combined assessment; time and wage alone where no loss is given."""
    basis = Basis(as_of, facts)
    if "loss_rate" not in facts:
        found = basis.results()
        if not found:
            raise basis.missing("loss_rate")
        return found
    points = points_of(facts["loss_rate"])
    form = benefit.form.on(as_of)(points, basis.scale)
    if facts["assessment"] == "reassessment" and "previous" not in facts:
        raise basis.missing("previous")
    if facts["assessment"] == "reassessment" and basis.previous_form() != Form.NONE:
        if renewed.is_before_law_2006(basis.needed_previous_month(), basis.scale):
            return _risen_before_2007(basis, points, form)
        return _risen(basis, points, form)
    verdict = renewed.entitled.on(as_of)(form)
    if not verdict.eligible:
        return _refused(verdict)
    return _anew(basis, points, form, combined=facts["assessment"] == "combined")


def _anew(basis: Basis, points: Fraction, form: Form, *, combined: bool = False) -> Results:
    """Compute both parts anew; after a later accident the years part that is drawn may be kept."""
    multiple = benefit.loss_multiple.on(basis.day)(points, form, basis.scale)
    loss_part = benefit.by_loss.on(basis.day)(multiple, basis.scale)
    results: Results = {"form": form.value, "multiple": multiple, "by_loss": half_up(loss_part)}
    results |= basis.results()
    months, wage = basis.months, basis.wage
    if months is None or wage is None:
        return results
    years_part = benefit.by_years.on(basis.day)(basis.years(months), wage, form, basis.scale)
    if combined:
        results["by_years_new"] = half_up(years_part)
        years_part = _kept_or_new(basis, years_part, form)
    results["by_years"] = half_up(years_part)
    return results | _total(form, loss_part + years_part)


def _kept_or_new(basis: Basis, new: Fraction, form: Form) -> Fraction:
    running: int | None = basis.previous.get("by_years")
    if running is None or form != Form.MONTHLY or new >= running:
        return new
    numbers = basis.contract_numbers()
    keeps = renewed.keeps_running_years_part.on(basis.day)(new, running, *numbers)
    return Fraction(running) if keeps else new


def _risen(basis: Basis, points: Fraction, form: Form) -> Results:
    """Answer an injury that got worse, first paid under a law since 2007."""
    if basis.previous_form() == Form.MONTHLY:
        verdict = renewed.still_monthly.on(basis.day)(form)
        if not verdict.eligible:
            return _refused(verdict)
        if "by_years" not in basis.previous:
            raise basis.missing_previous("by_years")
        multiple = benefit.loss_multiple.on(basis.day)(points, form, basis.scale)
        loss_part = benefit.by_loss.on(basis.day)(multiple, basis.scale)
        years_part = renewed.running_years_part.on(basis.day)(basis.previous["by_years"])
        found = {
            "form": form.value,
            "multiple": multiple,
            "by_loss": half_up(loss_part),
            "by_years": years_part,
        }
        return found | _total(form, loss_part + years_part)
    before = basis.needed_previous_points()
    verdict = renewed.increase.on(basis.day)(points, before)
    if not verdict.eligible:
        return _refused(verdict)
    if form == Form.MONTHLY:
        return _anew(basis, points, form)
    multiple = renewed.added_multiple.on(basis.day)(
        benefit.loss_multiple.on(basis.day)(points, form, basis.scale),
        benefit.loss_multiple.on(basis.day)(before, form, basis.scale),
    )
    amount = benefit.by_loss.on(basis.day)(multiple, basis.scale)
    found = {"form": form.value, "multiple": multiple, "by_loss": half_up(amount)}
    return found | _total(form, amount)


def _risen_before_2007(basis: Basis, points: Fraction, form: Form) -> Results:
    """Answer an injury that got worse, first paid under a law before 2007: groups and bands."""
    if form == Form.MONTHLY:
        multiple = renewed.group_multiple.on(basis.day)(points, basis.scale)
    elif basis.previous_form() == Form.MONTHLY:
        return _refused(renewed.still_monthly.on(basis.day)(form))
    else:
        before = basis.needed_previous_points()
        multiple = renewed.band_multiple.on(basis.day)(points, before, basis.scale)
        verdict = renewed.band_risen.on(basis.day)(multiple)
        if not verdict.eligible:
            return _refused(verdict)
        form = Form.LUMP_SUM
    amount = benefit.by_loss.on(basis.day)(multiple, basis.scale)
    found = {"form": form.value, "multiple": multiple, "by_loss": half_up(amount)}
    return found | _total(form, amount)


def voluntary_benefit(as_of: date, facts: Facts) -> Results:
    """Trợ cấp tai nạn lao động tự nguyện: first or renewed assessment."""
    scale = BOOK.on(as_of)
    points = points_of(facts["loss_rate"])
    before = points_of(facts["previous_loss_rate"]) if "previous_loss_rate" in facts else None
    verdict = voluntary.voluntary_entitled.on(as_of)(points, before, scale)
    if not verdict.eligible:
        return _refused(verdict)
    wage: int = facts["min_wage"] if "min_wage" in facts else scale.minimum_wage[REGIONS["IV"]]
    if before is not None and before >= scale.least_points:
        added = half_up(voluntary.voluntary_added.on(as_of)(points, before, wage, scale))
        return {"eligible": True, "by_loss": added, "amount": added}
    by_loss = voluntary.voluntary_by_loss.on(as_of)(points, wage, scale)
    results: Results = {"eligible": True, "by_loss": half_up(by_loss)}
    if "injury_fund_months" not in facts:
        return results
    by_years = voluntary.voluntary_by_years.on(as_of)(facts["injury_fund_months"], wage, scale)
    return results | {"by_years": half_up(by_years), "amount": half_up(by_loss + by_years)}


def employer_payment(as_of: date, facts: Facts) -> Results:
    """Bồi thường, trợ cấp của người sử dụng lao động: in months of wage.

    A loss assessed before counts for compensation only, of an occupational disease assessed again.
    """
    scale = BOOK.on(as_of)
    points = points_of(facts["loss_rate"])
    verdict = employer.employer_pays.on(as_of)(points, scale)
    if not verdict.eligible:
        return _refused(verdict)
    is_allowance = facts["kind"] == "allowance"
    if "previous_loss_rate" in facts and not is_allowance:
        before = points_of(facts["previous_loss_rate"])
        if before >= scale.least_points:
            months = employer.added_compensation.on(as_of)(points, before, scale)
            return {"eligible": True, "months_of_wage": months}
    months = employer.compensation.on(as_of)(points, scale)
    if is_allowance:
        months = employer.allowance.on(as_of)(months, scale)
    return {"eligible": True, "months_of_wage": months}


def _total(form: Form, amount: Fraction) -> Results:
    return {"eligible": True, form.value: half_up(amount)}


def _refused(verdict: Entitlement) -> Results:
    return {"eligible": False, "reason": verdict.reason}
