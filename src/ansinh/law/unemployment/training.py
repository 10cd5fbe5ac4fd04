"""Hỗ trợ học nghề: this, and support to employers for retraining, who, from when, how many months, how much.

Fees are cut at their most and rounded half up to the dong once, at the end.
Not encoded: nine contributed months in the window (38/2013/QH13, Điều 55 khoản 2; 74/2025/QH15, Điều 37
khoản 2 điểm d), the one support of a lifetime, and what an employer must show to be supported.
"""

from datetime import date, timedelta
from fractions import Fraction

from ansinh.kernel.rounding import half_up
from ansinh.law.engine import provision, versions
from ansinh.law.unemployment.book import UnemploymentScale
from ansinh.law.unemployment.deadlines import Holidays, first_working_day, working_days_after
from ansinh.law.unemployment.periods import Length, Period, last_day_of, length, months_after, with_halves


@provision(
    "unemployment.training_job_free_until",
    clause="38/2013/QH13, Điều 55 khoản 1, Điều 49 khoản 4; 15/2023/TT-BLĐTBXH, Điều 1 khoản 6",
    since="2015-01-01",
    until="2025-12-31",
    term="ngày cuối phải chưa tìm được việc làm",
)
def training_job_free_until_2013(requested: date, holidays: Holidays, scale: UnemploymentScale) -> date:  # noqa: ARG001 - as its second version
    """15 calendar days from the request."""
    return requested + timedelta(days=scale.job_free_days)


@provision(
    "unemployment.training_job_free_until",
    clause="74/2025/QH15, Điều 37 khoản 2 điểm c",
    since="2026-01-01",
    term="ngày cuối phải chưa tìm được việc làm",
)
def training_job_free_until_2025(requested: date, holidays: Holidays, scale: UnemploymentScale) -> date:
    """Ten working days from the request."""
    return working_days_after(requested, scale.job_free_days, holidays)


training_job_free_until = versions(training_job_free_until_2013, training_job_free_until_2025)


@provision(
    "unemployment.training_decision_from",
    clause="38/2013/QH13, Điều 55 khoản 1; 15/2023/TT-BLĐTBXH, Điều 1 khoản 6; "
    "374/2025/NĐ-CP, Điều 13 khoản 3",
    since="2015-01-01",
    term="ngày đầu trình quyết định hỗ trợ học nghề",
)
def training_decision_from(job_free_until: date, holidays: Holidays) -> date:
    """The first working day after the days in which no job may be found."""
    return first_working_day(job_free_until + timedelta(days=1), holidays)


@provision(
    "unemployment.training_decision_to",
    clause="28/2015/NĐ-CP, Điều 25 khoản 4; 61/2020/NĐ-CP, Điều 1; 15/2023/TT-BLĐTBXH, Điều 1 khoản 6; "
    "374/2025/NĐ-CP, Điều 13 khoản 3",
    since="2015-01-01",
    term="ngày cuối quyết định hỗ trợ học nghề",
)
def training_decision_to(requested: date, holidays: Holidays, scale: UnemploymentScale) -> date:
    """15 working days from the request; 20 from 15 July 2020 to 2025."""
    return working_days_after(requested, scale.training_decision_working_days, holidays)


@provision(
    "unemployment.training_job_refusal",
    clause="38/2013/QH13, Điều 55 khoản 1; 15/2023/TT-BLĐTBXH, Điều 1 khoản 6",
    since="2015-01-01",
    until="2025-12-31",
    term="lý do không được hỗ trợ học nghề",
)
def training_job_refusal_2013(job_found: date, job_free_until: date, on_benefit: bool) -> str:  # noqa: ARG001 - as its second version
    """A job found within the days excludes support, on benefit or not."""
    return "found_job" if job_found <= job_free_until else ""


@provision(
    "unemployment.training_job_refusal",
    clause="74/2025/QH15, Điều 37 khoản 1, 2 điểm c",
    since="2026-01-01",
    term="lý do không được hỗ trợ học nghề",
)
def training_job_refusal_2025(job_found: date, job_free_until: date, on_benefit: bool) -> str:
    """Those who draw the benefit are supported without this condition."""
    return "found_job" if job_found <= job_free_until and not on_benefit else ""


training_job_refusal = versions(training_job_refusal_2013, training_job_refusal_2025)


@provision(
    "unemployment.course_refusal",
    clause="28/2015/TT-BLĐTBXH, Điều 12 khoản 1",
    since="2015-01-01",
    until="2020-07-14",
    term="lý do khóa học không được hỗ trợ",
)
def course_refusal_2015(
    course_from: date, decided: date, benefit_end: date | None, scale: UnemploymentScale
) -> str:
    """The course begins after the decision, at most three months after the end of the benefit."""
    if course_from < decided:
        return "course_begun_before_decision"
    late = benefit_end is not None and course_from > months_after(benefit_end, scale.course_start_months)
    return "course_begins_too_late" if late else ""


@provision(
    "unemployment.course_refusal",
    clause="61/2020/NĐ-CP, Điều 1; 28/2015/NĐ-CP, Điều 25 khoản 4; 15/2023/TT-BLĐTBXH, Điều 1 khoản 6; "
    "374/2025/NĐ-CP, Điều 13 khoản 3",
    since="2020-07-15",
    term="lý do khóa học không được hỗ trợ",
)
def course_refusal_2020(
    course_from: date, decided: date, benefit_end: date | None, scale: UnemploymentScale
) -> str:
    """A running course is supported if begun at most one month before the decision.

    Else it begins within three months of the end of the benefit, or of the decision without benefit.
    """
    if months_after(course_from, scale.running_course_months) < decided:
        return "course_begun_too_early"
    counted_from = decided if benefit_end is None else max(decided, benefit_end)
    late = course_from > months_after(counted_from, scale.course_start_months)
    return "course_begins_too_late" if late else ""


course_refusal = versions(course_refusal_2015, course_refusal_2020)


@provision(
    "unemployment.training_period",
    clause="38/2013/QH13, Điều 56 khoản 1; 15/2023/TT-BLĐTBXH, Điều 1 khoản 6; "
    "74/2025/QH15, Điều 37 khoản 3; 374/2025/NĐ-CP, Điều 13 khoản 3",
    since="2015-01-01",
    term="thời gian hỗ trợ học nghề",
)
def training_period(course: Period, scale: UnemploymentScale) -> Period:
    """The course from its first day, six months at most."""
    return Period(course.first, min(course.last, last_day_of(course.first, scale.most_training_months)))


@provision(
    "unemployment.training_months",
    clause="38/2013/QH13, Điều 56; 77/2014/QĐ-TTg, Điều 3; 17/2021/QĐ-TTg, Điều 3 khoản 1; "
    "374/2025/NĐ-CP, Điều 11 khoản 3",
    since="2015-01-01",
    term="số tháng hỗ trợ học nghề",
)
def training_months(supported: Period, scale: UnemploymentScale) -> Fraction:
    """Whole months from day to day; 14 odd days and less are half a month, more are one."""
    months = with_halves(length(supported.first, supported.last), scale.half_month_days)
    return min(months, Fraction(scale.most_training_months))


@provision(
    "unemployment.training_fee",
    clause="38/2013/QH13, Điều 56 khoản 2; 77/2014/QĐ-TTg, Điều 3",
    since="2015-01-01",
    until="2021-05-14",
    term="học phí được hỗ trợ",
)
def training_fee_2014(course: Length, months: Fraction, monthly_fee: int, scale: UnemploymentScale) -> int:  # noqa: ARG001 - as its later versions
    """The fee, at most one million a month."""
    return half_up(months * min(monthly_fee, scale.monthly_fee_most))


@provision(
    "unemployment.training_fee",
    clause="17/2021/QĐ-TTg, Điều 3 khoản 1",
    since="2021-05-15",
    until="2025-12-31",
    term="học phí được hỗ trợ",
)
def training_fee_2021(course: Length, months: Fraction, monthly_fee: int, scale: UnemploymentScale) -> int:
    """Courses up to three months: the fee, at most 4.5 million a course; longer ones 1.5 million a month."""
    if course <= (scale.short_course_months, 0):
        return half_up(min(months * monthly_fee, Fraction(scale.short_course_fee_most)))
    return half_up(months * min(monthly_fee, scale.monthly_fee_most))


@provision(
    "unemployment.training_fee",
    clause="374/2025/NĐ-CP, Điều 11 khoản 1",
    since="2026-01-01",
    term="học phí được hỗ trợ",
)
def training_fee_2025(course: Length, months: Fraction, monthly_fee: int, scale: UnemploymentScale) -> int:
    """Courses under three months: the fee, at most 4.5 million a course; longer ones 1.5 million a month."""
    if course < (scale.short_course_months, 0):
        return half_up(min(months * monthly_fee, Fraction(scale.short_course_fee_most)))
    return half_up(months * min(monthly_fee, scale.monthly_fee_most))


training_fee = versions(training_fee_2014, training_fee_2021, training_fee_2025)


@provision(
    "unemployment.training_meals",
    clause="74/2025/QH15, Điều 37 khoản 4 điểm b; 374/2025/NĐ-CP, Điều 11 khoản 2",
    since="2026-01-01",
    term="tiền ăn khi học nghề",
)
def training_meals(days_attended: int, scale: UnemploymentScale) -> int:
    """A fixed sum for each day attended."""
    meals: int = days_attended * scale.meal_per_day
    return meals


@provision(
    "unemployment.employer_training_months",
    clause="38/2013/QH13, Điều 47 khoản 2; 28/2015/NĐ-CP, Điều 4 khoản 1; "
    "28/2015/TT-BLĐTBXH, Điều 15 khoản 3; 74/2025/QH15, Điều 42 khoản 3; 374/2025/NĐ-CP, Điều 23 khoản 2",
    since="2015-01-01",
    term="số tháng hỗ trợ người sử dụng lao động đào tạo",
)
def employer_training_months(course: Period, scale: UnemploymentScale) -> Fraction:
    """Whole months from day to day; odd days under 15 are half a month, 15 and more one; at most six."""
    months = with_halves(length(course.first, course.last), scale.employer_whole_month_days - 1)
    return min(months, Fraction(scale.most_employer_training_months))


@provision(
    "unemployment.employer_training",
    clause="28/2015/NĐ-CP, Điều 4; 374/2025/NĐ-CP, Điều 23 khoản 1, 4",
    since="2015-01-01",
    term="kinh phí hỗ trợ người sử dụng lao động đào tạo",
)
def employer_training(
    workers: int, support_per_month: int, months: Fraction, scale: UnemploymentScale
) -> int:
    """Workers times months times the support granted, of which one million a month at most is borne."""
    return half_up(workers * months * min(support_per_month, scale.employer_support_most))
