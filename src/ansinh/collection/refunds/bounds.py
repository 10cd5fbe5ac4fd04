"""Mức trần hoàn trả: the most that the payer's record allows, in dong, and how it was found.

What a person paid is not in the register: what the register proves is which months they were covered for, on
which income, in which group. The law's highest contribution for those months is the most that can have been
paid; the assessor takes off what the State paid and what was reduced.
"""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.kernel.words import Words
from ansinh.law import health, voluntary
from ansinh.law.engine import NotInForce
from ansinh.law.health.groups import Group

# Two-letter codes of the card (1351/QĐ-BHXH ngày 16/11/2015, Điều 2) of who pays, in whole or in part.
GROUPS = {
    "GD": Group.HOUSEHOLD_MEMBER,
    "CN": Group.NEAR_POOR,
    "HS": Group.STUDENT,
    "SV": Group.STUDENT,
    "GB": Group.AVERAGE_FARMER,
}


@dataclass(frozen=True, slots=True)
class Bound:
    """Mức trần: dong, and its explanation line by line."""

    most: int
    because: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """Thời gian đã đóng nay đóng bắt buộc: `months` from `first` (month index) on.

    `income` is the one chosen for voluntary insurance; `health_group` the code of a health card; `running`
    says that the register knows no last month, so that only months up to the one of collection are counted.
    """

    voluntary: bool
    first: int
    months: int
    income: int = 0
    health_group: str = ""
    running: bool = False


def of_cover(cover: Cover) -> Bound:
    """The most that can have been paid for the months of a cover. Zero where the register proves nothing."""
    since = Month.from_index(cover.first)
    if cover.months <= 0:
        return Bound(0, (_unproven(since),))
    try:
        found = _voluntary(cover, since) if cover.voluntary else _health(cover, since)
    except NotInForce:
        return Bound(
            0,
            (
                Words(
                    f"Chưa có quy định đóng của tháng {since.vi()} trong thư viện pháp luật.",
                    f"The law library holds no contribution for {since}.",
                ),
            ),
        )
    return Bound(found.most, (*found.because, *([_running()] if cover.running else [])))


def _voluntary(cover: Cover, since: Month) -> Bound:
    """Điều 36 khoản 1 Luật 41/2024/QH15: the rate by the income chosen, without discount or support."""
    scale = voluntary.BOOK.on(since)
    least, cap = int(scale.rural_poverty_line), int(scale.income_cap_multiple * scale.base_salary)
    income = min(max(cover.income, least), cap)
    months = min(cover.months, int(scale.prepaid_years_most) * 12)
    most = voluntary.periodic(income, months, scale)
    percent = scale.voluntary_rate * 100
    because: list[Words] = [
        Words(
            f"BHXH tự nguyện: {percent}% × thu nhập {format_dong(income)} × {months} tháng từ "
            f"{since.vi()} = {format_dong(most)} (41/2024/QH15, Điều 36 khoản 1).",
            f"Voluntary insurance: {percent}% × income {format_dong(income)} × {months} months "
            f"from {since} = {format_dong(most)}.",
        ),
        Words(
            "Chưa trừ phần Nhà nước hỗ trợ và chiết khấu khi đóng trước (159/2025/NĐ-CP, Điều 8).",
            "The State's support and the discount for paying ahead are still to be taken off.",
        ),
    ]
    if income != cover.income:
        because.append(
            Words(
                f"Thu nhập ghi trong sổ {format_dong(cover.income)} ngoài khung "
                f"{format_dong(least)}–{format_dong(cap)}; tính theo mức gần nhất.",
                f"The income on record, {format_dong(cover.income)}, is outside the law's frame "
                f"{format_dong(least)}–{format_dong(cap)}; the nearest is used.",
            )
        )
    if months != cover.months:
        because.append(
            Words(
                f"Đóng trước nhiều nhất {months} tháng (159/2025/NĐ-CP, Điều 6 khoản 1).",
                f"At most {months} months can be paid ahead.",
            )
        )
    return Bound(most, tuple(because))


def _health(cover: Cover, since: Month) -> Bound:
    """Điều 13 Luật BHYT: the monthly premium on the base salary, less the least that the State pays."""
    group = GROUPS.get(cover.health_group)
    if group is None:
        return Bound(
            0,
            (
                Words(
                    f"Nhóm thẻ “{cover.health_group}” không phải nhóm tự đóng.",
                    f"The card's group “{cover.health_group}” does not pay for itself.",
                ),
            ),
        )
    scale = health.BOOK.on(since)
    by = health.payer.on(since)(group)
    supported = health.support.on(since)(group, scale)
    base = health.premium_base(group, own_pay=False, pay=0, suspended=False, scale=scale)
    parts = health.premium_parts(base, by, supported, scale)
    most = parts.member * cover.months
    return Bound(
        most,
        (
            Words(
                f"BHYT: mức đóng {format_dong(parts.premium)} một tháng, phần người tham gia nhiều nhất "
                f"{format_dong(parts.member)} × {cover.months} tháng từ {since.vi()} = {format_dong(most)} "
                f"(25/2008/QH12, Điều 13).",
                f"Health insurance: premium {format_dong(parts.premium)} a month, of it at most "
                f"{format_dong(parts.member)} by the person × {cover.months} months from {since} "
                f"= {format_dong(most)}.",
            ),
            Words(
                "Chưa trừ phần giảm cho người thứ hai trở đi trong hộ và phần địa phương hỗ trợ thêm.",
                "Reductions within the household and local support are still to be taken off.",
            ),
        ),
    )


def _running() -> Words:
    return Words(
        "Sổ không ghi đã đóng trước đến tháng nào: chỉ tính các tháng đang tham gia đến kỳ thu.",
        "The register does not say until when it was paid: only months up to the month of collection count.",
    )


def _unproven(since: Month) -> Words:
    return Words(
        f"Sổ không chứng minh được tháng nào từ {since.vi()} đã đóng: không hoàn trả được theo hồ sơ này.",
        f"The register proves no month from {since} on as paid: nothing can be given back by this list.",
    )
