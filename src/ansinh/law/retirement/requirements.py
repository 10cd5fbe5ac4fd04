"""Điều kiện hưởng lương hưu: how many months of which scheme, and how far below the retirement age.

The age itself is in `age`. Not encoded, as no fact tells of them: HIV by an accident at work (no age); 25 or
20 years of service in the armed forces that no longer need the person (33/2016/NĐ-CP, Điều 8 khoản 2).
"""

from ansinh.law.engine import provision, versions
from ansinh.law.retirement.age import lower_age
from ansinh.law.retirement.book import RetirementScale
from ansinh.law.retirement.facts import ARMED, COMMUNE, Insured, Requirement, Sex
from ansinh.law.retirement.work import conditions_that_count


@provision(
    "retirement.requirement",
    clause="58/2014/QH13, Điều 54, Điều 71 khoản 1 điểm a, Điều 73; 115/2015/NĐ-CP, Điều 11 khoản 1, 2, 5; "
    "134/2015/NĐ-CP, Điều 5 khoản 2; 33/2016/NĐ-CP, Điều 8 khoản 1, Điều 12; "
    "59/2015/TT-BLĐTBXH, Điều 15 khoản 3; 01/2016/TT-BLĐTBXH, Điều 4",
    since="2016-01-01",
    until="2025-06-30",
    term="điều kiện hưởng lương hưu",
)
def requirement_2014(insured: Insured, scale: RetirementScale) -> Requirement:
    """20 years of both schemes; the lower age needs 20 years of compulsory ones.

    Women who served in communes: from 15 to under 20 years of compulsory contributions, at the normal age.
    """
    full = scale.required_years * 12
    commune = scale.commune_required_years * 12
    if insured.worker_group in COMMUNE and insured.sex == Sex.FEMALE and commune <= insured.compulsory < full:
        return Requirement(commune, insured.total, 0)
    if _by_compulsory(insured, full):
        return Requirement(full, insured.total, _lower(insured, scale))
    mixed = scale.lower_armed_mixed if insured.worker_group in ARMED and insured.compulsory else 0
    return Requirement(full, insured.total, mixed)


@provision(
    "retirement.requirement",
    clause="41/2024/QH15, Điều 64, Điều 98, Điều 111 khoản 1 điểm a, Điều 141 khoản 9; "
    "158/2025/NĐ-CP, Điều 12, Điều 17 khoản 1, 2; 159/2025/NĐ-CP, Điều 11 khoản 1, 2; "
    "157/2025/NĐ-CP, Điều 12",
    since="2025-07-01",
    term="điều kiện hưởng lương hưu",
)
def requirement_2024(insured: Insured, scale: RetirementScale) -> Requirement:
    """15 years of both schemes; the lower age needs 15 years of compulsory ones.

    Who took part in the voluntary scheme before 2021 and has 20 years of it: men at 60, women at 55.
    """
    full = scale.required_years * 12
    if _by_compulsory(insured, full) and (lower := _lower(insured, scale)):
        return Requirement(full, insured.total, lower)
    early = insured.voluntary_since.year < scale.early_voluntary_before
    if early and insured.voluntary >= scale.early_voluntary_years * 12:
        return Requirement(full, insured.total, 0, scale.early_voluntary_age[insured.sex])
    return Requirement(full, insured.total, 0)


requirement = versions(requirement_2014, requirement_2024)


def _by_compulsory(insured: Insured, full: int) -> bool:
    # Time short of the minimum is still to be filled: then by the scheme in which the pension is asked.
    return insured.compulsory >= full or (insured.total < full and not insured.voluntary_first)


def _lower(insured: Insured, scale: RetirementScale) -> int:
    conditions = conditions_that_count(insured.hazard, scale)
    return lower_age(insured.sex, insured.worker_group, conditions, False, scale)
