"""Giám định lại, giám định tổng hợp: what a worse injury adds, what a later accident makes anew."""

from fractions import Fraction

from ansinh.kernel.months import Month
from ansinh.law.engine import provision, versions
from ansinh.law.work_injury.book import WorkInjuryScale
from ansinh.law.work_injury.facts import Entitlement, Form

INCREASE_TERM = "mức suy giảm khả năng lao động tăng so với lần trước"


@provision(
    "work_injury.increase",
    clause="28/2021/TT-BLĐTBXH, Điều 10 khoản 1, 2",
    since="2016-01-01",
    term=INCREASE_TERM,
)
def increase_2021(points: Fraction, previous_points: Fraction) -> Entitlement:
    """A one-time benefit is added to only where the loss has grown. Accidents since 2007 alike."""
    if points <= previous_points:
        return Entitlement(eligible=False, reason="no_increase")
    return Entitlement(eligible=True)


increase = versions(increase_2021)


@provision(
    "work_injury.added_multiple",
    clause="28/2021/TT-BLĐTBXH, Điều 10 khoản 2 điểm a",
    since="2016-01-01",
    term="số lần mức lương cơ sở chênh lệch",
)
def added_multiple_2021(new: Fraction, previous: Fraction) -> Fraction:
    """One-time benefits since 2007: the loss part of the new points less that of the points before."""
    return new - previous


added_multiple = versions(added_multiple_2021)


@provision(
    "work_injury.running_years_part",
    clause="28/2021/TT-BLĐTBXH, Điều 10 khoản 3",
    since="2016-01-01",
    term="mức trợ cấp tính theo số năm đóng đang hưởng",
)
def running_years_part_2021(by_years: int) -> int:
    """A monthly benefit reassessed keeps the years part that is being drawn."""
    return by_years


running_years_part = versions(running_years_part_2021)


@provision(
    "work_injury.kept_years_part",
    clause="28/2021/TT-BLĐTBXH, Điều 11 khoản 2",
    since="2016-01-01",
    term="giữ mức trợ cấp tính theo số năm đóng đang hưởng",
)
def keeps_running_years_part_2021(new: Fraction, running: int, contracts: int, contracts_before: int) -> bool:
    """Kept where the years part made anew is lower and there are fewer contracts than at the time before."""
    return new < running and contracts < contracts_before


keeps_running_years_part = versions(keeps_running_years_part_2021)


@provision(
    "work_injury.group_multiple",
    clause="28/2021/TT-BLĐTBXH, Điều 10 khoản 1 điểm b",
    since="2016-01-01",
    term="số lần mức lương cơ sở theo nhóm",
)
def group_multiple_2021(points: Fraction, scale: WorkInjuryScale) -> Fraction:
    """First benefit before 2007, 31 points or more now: groups from 0.4 (31-40) to 1.6 (91-100) monthly."""
    groups = scale.groups_before_2007
    found: Fraction = Fraction(groups[max(first for first in groups if first <= points)])
    return found


group_multiple = versions(group_multiple_2021)


@provision(
    "work_injury.band_multiple",
    clause="28/2021/TT-BLĐTBXH, Điều 10 khoản 1 điểm a",
    since="2016-01-01",
    term="số lần mức lương cơ sở trợ cấp một lần theo bậc",
)
def band_multiple_2021(points: Fraction, previous_points: Fraction, scale: WorkInjuryScale) -> Fraction:
    """First benefit before 2007, below 31 points now: 4 base salaries for each band (11-20, 21-30) risen."""
    bands = scale.bands_before_2007
    risen = _band(points, bands) - _band(previous_points, bands)
    return Fraction(scale.levels_a_band_before_2007 * max(risen, 0))


band_multiple = versions(band_multiple_2021)


@provision(
    "work_injury.band_risen",
    clause="28/2021/TT-BLĐTBXH, Điều 10 khoản 1 điểm a",
    since="2016-01-01",
    term="được hưởng khoản trợ cấp mới",
)
def band_risen_2021(multiple: Fraction) -> Entitlement:
    """First benefit before 2007: nothing new while the loss stays in its band."""
    if not multiple:
        return Entitlement(eligible=False, reason="no_increase")
    return Entitlement(eligible=True)


band_risen = versions(band_risen_2021)


def is_before_law_2006(accident: Month, scale: WorkInjuryScale) -> bool:
    """Được hưởng lần đầu theo pháp luật trước ngày 01/01/2007."""
    before: bool = accident.year < scale.first_year_of_law_2006
    return before


def _band(points: Fraction, bands: tuple[int, ...]) -> int:
    return sum(points >= first for first in bands)


@provision(
    "work_injury.monthly_lost",
    clause="84/2015/QH13, Điều 49 khoản 1; 28/2021/TT-BLĐTBXH, Điều 10 khoản 3",
    since="2016-01-01",
    term="còn đủ mức suy giảm để hưởng hằng tháng",
)
def still_monthly_2021(form: Form) -> Entitlement:
    """A monthly benefit reassessed below 31 points ends; the texts give nothing in its stead."""
    if form != Form.MONTHLY:
        return Entitlement(eligible=False, reason="insufficient_capacity_loss")
    return Entitlement(eligible=True)


still_monthly = versions(still_monthly_2021)


@provision(
    "work_injury.entitled",
    clause="84/2015/QH13, Điều 45 khoản 2, Điều 46 khoản 1, Điều 48 khoản 1",
    since="2016-01-01",
    term="đủ mức suy giảm khả năng lao động để hưởng",
)
def entitled_2015(form: Form) -> Entitlement:
    """5 points of loss are needed."""
    if form == Form.NONE:
        return Entitlement(eligible=False, reason="insufficient_capacity_loss")
    return Entitlement(eligible=True)


entitled = versions(entitled_2015)
