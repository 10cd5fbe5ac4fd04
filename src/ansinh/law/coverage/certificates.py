"""Giấy chứng nhận tham gia bảo hiểm xã hội: whose law a worker sent abroad stays under, and for how long."""

from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from ansinh.kernel.months import Month
from ansinh.law.coverage.book import CoverageScale
from ansinh.law.engine import provision

LOCAL_HIRE = "locally_hired"
NOT_INSURED = "not_insured_at_home"
EMPLOYER_CHANGED = "employer_changed"
NO_EXTENSION = "no_extension"
ABOVE_MAXIMUM = "above_maximum"
BEFORE_AGREEMENT = "before_agreement"


class Worker(IntEnum):
    """Người lao động của Hiệp định."""

    SENT_TO_KOREA = 1  # doanh nghiệp Việt Nam phái cử sang Hàn Quốc
    SENT_TO_VIETNAM = 2  # doanh nghiệp Hàn Quốc phái cử sang Việt Nam
    KOREAN_HIRED_IN_VIETNAM = 3  # công dân Hàn Quốc được tuyển dụng tại Việt Nam
    VIETNAMESE_HIRED_IN_KOREA = 4  # công dân Việt Nam được tuyển dụng tại Hàn Quốc


class Country(IntEnum):
    """Nước ký kết."""

    VIETNAM = 1
    KOREA = 2


class Posting(NamedTuple):
    """Đợt phái cử và những ngày xin chứng nhận; a new posting after coming home is another one."""

    worker: int
    sent: date
    first: date
    until: date
    insured: bool
    same_employer: bool
    extension: bool


class Certificate(NamedTuple):
    """Giấy chứng nhận: refused with a reason, or the days it covers and the last day it may ever cover."""

    eligible: bool
    reason: str
    certificate_from: date | None = None
    certificate_to: date | None = None
    latest_day: date | None = None


@provision(
    "coverage.legislation",
    clause="50/2023/TB-LPQT; 862/BHXH-TST",
    since="2024-01-01",
    term="pháp luật áp dụng trong thời hạn giấy chứng nhận",
)
def home_country(worker: int) -> int:
    """The country whose law a certificate keeps the worker under; those hired in Korea are under its law."""
    return Country.VIETNAM if worker == Worker.SENT_TO_KOREA else Country.KOREA


@provision(
    "coverage.count_from",
    clause="50/2023/TB-LPQT; 862/BHXH-TST",
    since="2024-01-01",
    term="ngày bắt đầu tính thời gian phái cử",
)
def count_from(sent: date, scale: CoverageScale) -> date:
    """The day of posting; for those sent before the agreement the day it took effect."""
    return max(sent, date.fromisoformat(scale.agreement_start))


@provision(
    "coverage.months",
    clause="50/2023/TB-LPQT; 862/BHXH-TST",
    since="2024-01-01",
    term="thời gian tối đa của giấy chứng nhận",
)
def certificate_months(worker: int, extended: bool, scale: CoverageScale) -> int:
    """60 months, 36 more by extension; 60 for Koreans hired in Viet Nam."""
    if worker == Worker.KOREAN_HIRED_IN_VIETNAM:
        return int(scale.local_hire_months)
    months: int = scale.detached_months
    return months + int(scale.extension_months) if extended else months


@provision(
    "coverage.certificate",
    clause="50/2023/TB-LPQT; 862/BHXH-TST",
    since="2024-01-01",
    term="giấy chứng nhận tham gia bảo hiểm xã hội",
)
def certificate(posting: Posting, counted_from: date, months: int) -> Certificate:
    """Granted to who stays insured at home, not beyond the longest time; extended with the same employer."""
    if posting.worker == Worker.VIETNAMESE_HIRED_IN_KOREA:
        return Certificate(eligible=False, reason=LOCAL_HIRE)
    if not posting.insured:
        return Certificate(eligible=False, reason=NOT_INSURED)
    if posting.extension and posting.worker == Worker.KOREAN_HIRED_IN_VIETNAM:
        return Certificate(eligible=False, reason=NO_EXTENSION)
    if posting.extension and not posting.same_employer:
        return Certificate(eligible=False, reason=EMPLOYER_CHANGED)
    latest = _months_after(counted_from, months) - timedelta(days=1)
    first = max(posting.first, counted_from)
    if first > latest:
        return Certificate(eligible=False, reason=ABOVE_MAXIMUM)
    if posting.until < first:
        return Certificate(eligible=False, reason=BEFORE_AGREEMENT)
    return Certificate(
        eligible=True,
        reason="",
        certificate_from=first,
        certificate_to=min(posting.until, latest),
        latest_day=latest,
    )


def _months_after(day: date, months: int) -> date:
    month = Month.of(day) + months
    return date(month.year, month.month, min(day.day, month.days))
