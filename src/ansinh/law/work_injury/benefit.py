"""Trợ cấp một lần, hằng tháng: by the points of loss and by the years in the fund, exact.

Rounding: half up to the dong, once, on each figure answered; the total is rounded from the exact sum. The
texts state no rounding and their examples come out even.
"""

from fractions import Fraction

from ansinh.law.engine import provision, versions
from ansinh.law.work_injury.book import WorkInjuryScale
from ansinh.law.work_injury.facts import Form

FORM_TERM = "hình thức trợ cấp"
LOSS_TERM = "số lần mức lương cơ sở tính theo mức suy giảm khả năng lao động"
BY_LOSS_TERM = "mức trợ cấp tính theo mức suy giảm khả năng lao động"
BY_YEARS_TERM = "mức trợ cấp tính theo số năm đóng vào quỹ"


@provision(
    "work_injury.form",
    clause="58/2014/QH13, Điều 46 khoản 1, Điều 47 khoản 1",
    since="2016-01-01",
    until="2016-06-30",
    term=FORM_TERM,
)
def form_2014(points: Fraction, scale: WorkInjuryScale) -> Form:
    """Nothing below 5 points of loss, once below 31, monthly from 31 on."""
    return _form(points, scale)


@provision(
    "work_injury.form",
    clause="84/2015/QH13, Điều 48 khoản 1, Điều 49 khoản 1",
    since="2016-07-01",
    term=FORM_TERM,
)
def form_2015(points: Fraction, scale: WorkInjuryScale) -> Form:
    """Nothing below 5 points of loss, once below 31, monthly from 31 on."""
    return _form(points, scale)


form = versions(form_2014, form_2015)


def _form(points: Fraction, scale: WorkInjuryScale) -> Form:
    if points < scale.least_points:
        return Form.NONE
    return Form.LUMP_SUM if points < scale.monthly_least_points else Form.MONTHLY


@provision(
    "work_injury.loss_multiple",
    clause="58/2014/QH13, Điều 46 khoản 2 điểm a, Điều 47 khoản 2 điểm a",
    since="2016-01-01",
    until="2016-06-30",
    term=LOSS_TERM,
)
def loss_multiple_2014(points: Fraction, form: Form, scale: WorkInjuryScale) -> Fraction:
    """Once: 5 at 5 points and 0.5 a point more; monthly: 0.3 at 31 points and 0.02 a point more."""
    return _loss_multiple(points, form, scale)


@provision(
    "work_injury.loss_multiple",
    clause="84/2015/QH13, Điều 48 khoản 2 điểm a, Điều 49 khoản 2 điểm a; 28/2021/TT-BLĐTBXH, Điều 9",
    since="2016-07-01",
    term=LOSS_TERM,
)
def loss_multiple_2015(points: Fraction, form: Form, scale: WorkInjuryScale) -> Fraction:
    """Once: 5 at 5 points and 0.5 a point more; monthly: 0.3 at 31 points and 0.02 a point more."""
    return _loss_multiple(points, form, scale)


loss_multiple = versions(loss_multiple_2014, loss_multiple_2015)


def _loss_multiple(points: Fraction, form: Form, scale: WorkInjuryScale) -> Fraction:
    if form == Form.LUMP_SUM:
        over = points - scale.least_points
        return Fraction(scale.lump_sum_first_levels + over * scale.lump_sum_levels_a_point)
    over = points - scale.monthly_least_points
    return Fraction(scale.monthly_first_level + over * scale.monthly_level_a_point)


@provision(
    "work_injury.by_loss",
    clause="58/2014/QH13, Điều 46 khoản 2 điểm a, Điều 47 khoản 2 điểm a",
    since="2016-01-01",
    until="2016-06-30",
    term=BY_LOSS_TERM,
)
def by_loss_2014(multiple: Fraction, scale: WorkInjuryScale) -> Fraction:
    """At the base salary of the benefit month."""
    return Fraction(multiple * scale.base_salary)


@provision(
    "work_injury.by_loss",
    clause="84/2015/QH13, Điều 48 khoản 2 điểm a, Điều 49 khoản 2 điểm a; 28/2021/TT-BLĐTBXH, Điều 9, 10, 11",
    since="2016-07-01",
    term=BY_LOSS_TERM,
)
def by_loss_2015(multiple: Fraction, scale: WorkInjuryScale) -> Fraction:
    """At the base salary of the benefit month, renewed assessments at that of the board's conclusion."""
    return Fraction(multiple * scale.base_salary)


by_loss = versions(by_loss_2014, by_loss_2015)


@provision(
    "work_injury.by_years",
    clause="58/2014/QH13, Điều 46 khoản 2 điểm b, Điều 47 khoản 2 điểm b",
    since="2016-01-01",
    until="2016-06-30",
    term=BY_YEARS_TERM,
)
def by_years_2014(years: int, wage: Fraction, form: Form, scale: WorkInjuryScale) -> Fraction:
    """Once: 0.5 wages for the first year and 0.3 a year more; monthly: 0.5% and 0.3%."""
    return _by_years(years, wage, form, scale)


@provision(
    "work_injury.by_years",
    clause="84/2015/QH13, Điều 48 khoản 2 điểm b, Điều 49 khoản 2 điểm b; 28/2021/TT-BLĐTBXH, Điều 9",
    since="2016-07-01",
    term=BY_YEARS_TERM,
)
def by_years_2015(years: int, wage: Fraction, form: Form, scale: WorkInjuryScale) -> Fraction:
    """Once: 0.5 wages for the first year and 0.3 a year more; monthly: 0.5% and 0.3%."""
    return _by_years(years, wage, form, scale)


by_years = versions(by_years_2014, by_years_2015)


def _by_years(years: int, wage: Fraction, form: Form, scale: WorkInjuryScale) -> Fraction:
    if form == Form.LUMP_SUM:
        first, further = scale.lump_sum_first_year, scale.lump_sum_further_year
    else:
        first, further = scale.monthly_first_year, scale.monthly_further_year
    return Fraction((first + (years - 1) * further) * wage)
