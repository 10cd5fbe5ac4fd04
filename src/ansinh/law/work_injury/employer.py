"""Bồi thường, trợ cấp của người sử dụng lao động: the least, in months of wage."""

from fractions import Fraction

from ansinh.law.engine import provision, versions
from ansinh.law.work_injury.book import WorkInjuryScale
from ansinh.law.work_injury.facts import Entitlement


@provision(
    "work_injury.employer_pays",
    clause="84/2015/QH13, Điều 38 khoản 4, 5; 28/2021/TT-BLĐTBXH, Điều 3 khoản 1, Điều 4 khoản 1",
    since="2016-07-01",
    term="được bồi thường, trợ cấp",
)
def employer_pays_2015(points: Fraction, scale: WorkInjuryScale) -> Entitlement:
    """5 points of loss are needed."""
    if points < scale.least_points:
        return Entitlement(eligible=False, reason="insufficient_capacity_loss")
    return Entitlement(eligible=True)


employer_pays = versions(employer_pays_2015)


@provision(
    "work_injury.compensation",
    clause="84/2015/QH13, Điều 38 khoản 4; 28/2021/TT-BLĐTBXH, Điều 3 khoản 3",
    since="2016-07-01",
    term="mức bồi thường",
)
def compensation_2015(points: Fraction, scale: WorkInjuryScale) -> Fraction:
    """1.5 months up to 10 points, 0.4 a point more up to 80, 30 from 81 on."""
    if points >= scale.compensation_highest_points:
        return Fraction(scale.compensation_highest_months)
    over = max(points - scale.compensation_first_points, Fraction(0))
    return Fraction(scale.compensation_first_months + over * scale.compensation_months_a_point)


compensation = versions(compensation_2015)


@provision(
    "work_injury.added_compensation",
    clause="28/2021/TT-BLĐTBXH, Điều 3 khoản 2 điểm b",
    since="2016-07-01",
    term="mức bồi thường phần tăng thêm",
)
def added_compensation_2021(points: Fraction, previous_points: Fraction, scale: WorkInjuryScale) -> Fraction:
    """An occupational disease assessed again: 0.4 months for each point added."""
    added = max(points - previous_points, Fraction(0))
    return Fraction(added * scale.compensation_months_a_point)


added_compensation = versions(added_compensation_2021)


@provision(
    "work_injury.allowance",
    clause="84/2015/QH13, Điều 38 khoản 5; 28/2021/TT-BLĐTBXH, Điều 4 khoản 3",
    since="2016-07-01",
    term="mức trợ cấp của người sử dụng lao động",
)
def allowance_2015(compensation: Fraction, scale: WorkInjuryScale) -> Fraction:
    """An accident wholly the worker's own fault: 40% of the compensation, each accident by itself."""
    return Fraction(compensation * scale.allowance_share)


allowance = versions(allowance_2015)
