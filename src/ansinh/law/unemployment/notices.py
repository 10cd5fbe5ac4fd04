"""Thông báo tìm kiếm việc làm: which windows need a personal notice, and the proof that excuses one.

A window is excused when it lies wholly within the course or the moving of the benefit. From 2026 the decree
excuses nobody: notice may be given on the national portal, while moving at the new office.

Not encoded: the other excuses (age, sickness, maternity, accident, disaster, family events), which are proofs
and no dates.
"""

from datetime import date
from typing import NamedTuple

from ansinh.law.engine import provision, versions
from ansinh.law.unemployment.book import UnemploymentScale
from ansinh.law.unemployment.deadlines import Holidays, working_days_after
from ansinh.law.unemployment.periods import Period


class Transfer(NamedTuple):
    """Chuyển nơi hưởng: the days of request, of receiving the file and of filing it; None when unknown."""

    requested: date | None = None
    received: date | None = None
    filed: date | None = None


@provision(
    "unemployment.excused_by_training",
    clause="28/2015/TT-BLĐTBXH, Điều 10 khoản 2 điểm d; 15/2023/TT-BLĐTBXH, Điều 1 khoản 5",
    since="2015-01-01",
    until="2025-12-31",
    term="được miễn thông báo do đang học nghề",
)
def excused_by_training_2015(window: Period, course: Period) -> bool:
    """The window lies within a course taken with a support decision."""
    return course.first <= window.first and window.last <= course.last


@provision(
    "unemployment.excused_by_training",
    clause="74/2025/QH15, Điều 40; 374/2025/NĐ-CP, Điều 21",
    since="2026-01-01",
    term="được miễn thông báo do đang học nghề",
)
def excused_by_training_2025(window: Period, course: Period) -> bool:  # noqa: ARG001 - as its first version
    """A course excuses no more."""
    return False


excused_by_training = versions(excused_by_training_2015, excused_by_training_2025)


@provision(
    "unemployment.transfer_end",
    clause="28/2015/NĐ-CP, Điều 22 khoản 2, 5",
    since="2015-01-01",
    until="2020-07-14",
    term="ngày cuối của thủ tục chuyển nơi hưởng",
)
def transfer_end_2015(transfer: Transfer, holidays: Holidays, scale: UnemploymentScale) -> date | None:
    """The day of filing; before it is known, ten working days from the file, due three after the request."""
    if transfer.filed is not None:
        return transfer.filed
    received = transfer.received
    if received is None and transfer.requested is not None:
        received = working_days_after(transfer.requested, scale.transfer_file_working_days, holidays)
    return None if received is None else working_days_after(received, scale.transfer_working_days, holidays)


@provision(
    "unemployment.transfer_end",
    clause="28/2015/NĐ-CP, Điều 22; 61/2020/NĐ-CP, Điều 2",
    since="2020-07-15",
    until="2024-02-14",
    term="ngày cuối của thủ tục chuyển nơi hưởng",
)
def transfer_end_2020(transfer: Transfer, holidays: Holidays, scale: UnemploymentScale) -> date | None:  # noqa: ARG001 - as its first version
    """The day of filing, which has no deadline any more; None while the file is not handed in."""
    return transfer.filed


transfer_end = versions(transfer_end_2015, transfer_end_2020)


@provision(
    "unemployment.excused_by_transfer",
    clause="28/2015/TT-BLĐTBXH, Điều 10 khoản 5; 28/2015/NĐ-CP, Điều 22",
    since="2015-01-01",
    until="2024-02-14",
    term="được miễn thông báo do chuyển nơi hưởng",
)
def excused_by_transfer_2015(window: Period, transfer: Transfer, end: date | None) -> bool:
    """The window lies within the moving: from the request, or the file where no request is told, to `end`."""
    begun = transfer.requested or transfer.received
    if begun is None or window.first < begun:
        return False
    return end is None or window.last <= end


@provision(
    "unemployment.excused_by_transfer",
    clause="15/2023/TT-BLĐTBXH, Điều 1 khoản 5",
    since="2024-02-15",
    until="2025-12-31",
    term="được miễn thông báo do chuyển nơi hưởng",
)
def excused_by_transfer_2023(window: Period, transfer: Transfer, end: date | None) -> bool:
    """The window lies within 15 working days of receiving the file, up to `end`, and before filing it."""
    if transfer.received is None or end is None:
        return False
    before_filing = transfer.filed is None or window.last < transfer.filed
    return transfer.received <= window.first and window.last <= end and before_filing


@provision(
    "unemployment.excused_by_transfer",
    clause="74/2025/QH15, Điều 40; 374/2025/NĐ-CP, Điều 21 khoản 3",
    since="2026-01-01",
    term="được miễn thông báo do chuyển nơi hưởng",
)
def excused_by_transfer_2025(window: Period, transfer: Transfer, end: date | None) -> bool:  # noqa: ARG001 - as its first version
    """Moving excuses no more: notice is given to the office of the new place."""
    return False


excused_by_transfer = versions(excused_by_transfer_2015, excused_by_transfer_2023, excused_by_transfer_2025)


@provision(
    "unemployment.transfer_excuse_end",
    clause="15/2023/TT-BLĐTBXH, Điều 1 khoản 5",
    since="2024-02-15",
    until="2025-12-31",
    term="ngày cuối được miễn thông báo sau khi nhận hồ sơ chuyển nơi hưởng",
)
def transfer_excuse_end(received: date, holidays: Holidays, scale: UnemploymentScale) -> date:
    """15 working days from receiving the file."""
    return working_days_after(received, scale.transfer_exempt_working_days, holidays)


@provision(
    "unemployment.notice_required",
    clause="38/2013/QH13, Điều 52 khoản 1; 28/2015/TT-BLĐTBXH, Điều 10 khoản 1; "
    "74/2025/QH15, Điều 40 khoản 1; 374/2025/NĐ-CP, Điều 21 khoản 1",
    since="2015-01-01",
    term="phải thông báo về việc tìm kiếm việc làm",
)
def notice_required(in_training: bool, in_transfer: bool) -> bool:
    """Every month, unless excused; without a notice that is due the benefit is suspended."""
    return not (in_training or in_transfer)


@provision(
    "unemployment.certificate_deadline",
    clause="28/2015/TT-BLĐTBXH, Điều 10 khoản 2",
    since="2015-01-01",
    until="2024-02-14",
    term="ngày cuối nộp xác nhận đang học nghề",
)
def certificate_deadline_2015(
    course: Period,
    window: Period,  # noqa: ARG001 - as the other version
    holidays: Holidays,
    scale: UnemploymentScale,
) -> date:
    """Three working days from the first day of the course."""
    return working_days_after(course.first, scale.proof_working_days, holidays)


@provision(
    "unemployment.certificate_deadline",
    clause="15/2023/TT-BLĐTBXH, Điều 1 khoản 5",
    since="2024-02-15",
    until="2025-12-31",
    term="ngày cuối nộp xác nhận đang học nghề",
)
def certificate_deadline_2023(
    course: Period,  # noqa: ARG001 - as the other version
    window: Period,
    holidays: Holidays,
    scale: UnemploymentScale,
) -> date:
    """Three working days from the last day of the window excused."""
    return working_days_after(window.last, scale.proof_working_days, holidays)


certificate_deadline = versions(certificate_deadline_2015, certificate_deadline_2023)
