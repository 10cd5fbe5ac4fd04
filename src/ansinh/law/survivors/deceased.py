"""Người chết: whether the funeral allowance is due and whether relatives may draw monthly."""

from ansinh.law.engine import provision, versions
from ansinh.law.one_time import MonthlyBenefit
from ansinh.law.survivors.book import SurvivorsScale
from ansinh.law.survivors.facts import Deceased, FactNeededError


@provision(
    "survivors.funeral_due",
    clause=(
        "58/2014/QH13, Điều 66 khoản 1, Điều 71 khoản 1 điểm c, Điều 80 khoản 1; "
        "115/2015/NĐ-CP, Điều 12 khoản 2, Điều 13; 134/2015/NĐ-CP, Điều 8 khoản 2; "
        "59/2015/TT-BLĐTBXH, Điều 24; 105/2016/TTLT-BQP-BCA-BLĐTBXH, Điều 20"
    ),
    since="2016-01-01",
    until="2025-06-30",
    term="được trợ cấp mai táng",
)
def funeral_due_2014(deceased: Deceased, scale: SurvivorsScale) -> bool:
    """Death by work, a monthly benefit drawn, 12 compulsory months, or 60 months of both schemes."""
    return _funeral_due(deceased, scale)


@provision(
    "survivors.funeral_due",
    clause=(
        "41/2024/QH15, Điều 85 khoản 1, Điều 109 khoản 1, Điều 111 khoản 1 điểm c; "
        "158/2025/NĐ-CP, Điều 19 khoản 1 điểm a, Điều 21 khoản 2, Điều 33; 159/2025/NĐ-CP, Điều 12 khoản 2; "
        "88/2025/TT-BCA, Điều 18"
    ),
    since="2025-07-01",
    term="được trợ cấp mai táng",
)
def funeral_due_2024(deceased: Deceased, scale: SurvivorsScale) -> bool:
    """Death by work, a monthly benefit drawn, 12 compulsory months, or 60 months of both schemes."""
    return _funeral_due(deceased, scale)


funeral_due = versions(funeral_due_2014, funeral_due_2024)


def _funeral_due(deceased: Deceased, scale: SurvivorsScale) -> bool:
    if (deceased.cause is not None and deceased.cause.of_work) or deceased.benefit_kind is not None:
        return True
    if deceased.compulsory is None:
        raise FactNeededError("contributed_months")
    if deceased.compulsory >= scale.funeral_compulsory_months:
        return True
    return bool(deceased.compulsory + deceased.voluntary >= scale.funeral_total_months)


@provision(
    "survivors.funeral",
    clause="58/2014/QH13, Điều 66 khoản 2, Điều 80 khoản 2; 41/2024/QH15, Điều 85 khoản 2, Điều 109 khoản 2",
    since="2016-01-01",
    term="trợ cấp mai táng",
)
def funeral(scale: SurvivorsScale) -> int:
    """Ten base salaries (reference levels) of the month of the death."""
    return int(scale.funeral_multiple * scale.base_salary)


@provision(
    "survivors.monthly_due",
    clause=(
        "58/2014/QH13, Điều 67 khoản 1, Điều 71 khoản 1 điểm b; 115/2015/NĐ-CP, Điều 12 khoản 4, Điều 13; "
        "134/2015/NĐ-CP, Điều 8 khoản 3; 59/2015/TT-BLĐTBXH, Điều 25 khoản 1, 2, 3; "
        "33/2016/NĐ-CP, Điều 13 khoản 4"
    ),
    since="2016-01-01",
    until="2025-06-30",
    term="thân nhân thuộc diện xét tuất hằng tháng",
)
def monthly_due_2014(deceased: Deceased, scale: SurvivorsScale) -> bool:
    """Death by work, a pension with compulsory time, an allowance, or 15 compulsory years."""
    return _monthly_due(deceased, scale)


@provision(
    "survivors.monthly_due",
    clause=(
        "41/2024/QH15, Điều 86 khoản 1, Điều 111 khoản 1 điểm b; 158/2025/NĐ-CP, Điều 19, "
        "Điều 21 khoản 3, Điều 33; 159/2025/NĐ-CP, Điều 12 khoản 3; 12/2025/TT-BNV, Điều 18 khoản 1"
    ),
    since="2025-07-01",
    term="thân nhân thuộc diện xét tuất hằng tháng",
)
def monthly_due_2024(deceased: Deceased, scale: SurvivorsScale) -> bool:
    """Death by work, a pension with compulsory time, an allowance, or 15 compulsory years."""
    return _monthly_due(deceased, scale)


monthly_due = versions(monthly_due_2014, monthly_due_2024)


def _monthly_due(deceased: Deceased, scale: SurvivorsScale) -> bool:
    compulsory = deceased.compulsory
    if deceased.cause is not None and deceased.cause.of_work:
        return True
    if compulsory is not None and _completed(compulsory, deceased, scale) >= scale.monthly_years * 12:
        return True
    if deceased.benefit_kind == MonthlyBenefit.PENSION:
        # A pension with voluntary time in it needs the 15 compulsory years, just refused above.
        return deceased.voluntary == 0
    if deceased.benefit_kind == MonthlyBenefit.WORK_INJURY_ALLOWANCE:
        if deceased.loss_rate is None:
            raise FactNeededError("loss_rate")
        return bool(deceased.loss_rate >= scale.injury_loss_rate)
    if deceased.benefit_kind is not None:
        return True
    if compulsory is None:
        raise FactNeededError("contributed_months")
    return False


def _completed(compulsory: int, deceased: Deceased, scale: SurvivorsScale) -> int:
    """Compulsory months with those that the relatives paid in one sum, at most six."""
    paid = deceased.missing_months_paid
    return compulsory + (paid if paid <= scale.most_missing_months else 0)
