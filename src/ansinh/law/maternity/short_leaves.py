"""Nghỉ khám thai, thực hiện biện pháp tránh thai: the most days, by occasion."""

from enum import StrEnum

from ansinh.law.engine import provision, versions
from ansinh.law.maternity.book import MaternityScale

CHECKUP_TERM = "số ngày nghỉ khám thai"
CONTRACEPTION_TERM = "số ngày nghỉ tối đa khi thực hiện biện pháp tránh thai"


class Contraception(StrEnum):
    """Biện pháp tránh thai."""

    INTRAUTERINE_DEVICE = "intrauterine_device"
    STERILISATION = "sterilisation"


@provision(
    "maternity.checkup_days",
    clause="58/2014/QH13, Điều 32 khoản 1; 115/2015/NĐ-CP, Điều 3 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term=CHECKUP_TERM,
)
def checkup_days_2014(visits: int, far_or_abnormal: bool, scale: MaternityScale) -> int:
    """5 visits of 1 working day, of 2 where the clinic is far or the pregnancy not normal."""
    days = scale.checkup_days_far if far_or_abnormal else scale.checkup_days
    found: int = min(visits, scale.checkup_visits) * days
    return found


@provision(
    "maternity.checkup_days",
    clause="41/2024/QH15, Điều 51 khoản 1",
    since="2025-07-01",
    term=CHECKUP_TERM,
)
def checkup_days_2024(visits: int, far_or_abnormal: bool, scale: MaternityScale) -> int:  # noqa: ARG001 - as its first version
    """5 visits of at most 2 working days, whatever the reason."""
    found: int = min(visits, scale.checkup_visits) * scale.checkup_days_far
    return found


checkup_days = versions(checkup_days_2014, checkup_days_2024)


@provision(
    "maternity.contraception_days",
    clause="58/2014/QH13, Điều 37 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term=CONTRACEPTION_TERM,
)
def contraception_days_2014(method: Contraception, scale: MaternityScale) -> int:
    """7 days for an intrauterine device, 15 for sterilisation; rest days and holidays included."""
    found: int = scale.contraception_days[method.value]
    return found


@provision(
    "maternity.contraception_days",
    clause="41/2024/QH15, Điều 57 khoản 1",
    since="2025-07-01",
    term=CONTRACEPTION_TERM,
)
def contraception_days_2024(method: Contraception, scale: MaternityScale) -> int:
    """7 days for an intrauterine device, 15 for sterilisation; rest days and holidays included."""
    found: int = scale.contraception_days[method.value]
    return found


contraception_days = versions(contraception_days_2014, contraception_days_2024)
