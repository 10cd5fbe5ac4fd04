"""B04a, b, c-TS: tổng hợp tình hình chậm đóng, trốn đóng (366/QĐ-BHXH, guide of B04-TS).

The employers of B03-TS by the worst they stand in, and again by the unit's status. Sections II-IV (voluntary
insurance, cards paid or supported by the budget) have no statement in the books and stay empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from ansinh.collection.measures.debtors import Debtor, debtors
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.periodic import Line
from ansinh.office.models import Unit
from ansinh.steering.reports.behind import LETTER, added
from ansinh.steering.reports.catalog import Report, Sheet, Span, level, register

STANDINGS = (("1", "Chưa đến hạn xử lý", "plain"), ("2", "Chậm đóng", "late"), ("3", "Trốn đóng", "evaded"))
NOT_HELD = (
    ("II", "Tham gia BHYT do NSNN đóng, hỗ trợ đóng; tự đóng", "bold"),
    ("1", "Đối tượng đóng, hỗ trợ khác", "plain"),
    ("2", "NSNN đóng, hỗ trợ đóng", "plain"),
    ("III", "Tham gia BHXH tự nguyện", "bold"),
    ("1", "Đối tượng đóng, hỗ trợ khác", "plain"),
    ("2", "NSNN đóng, hỗ trợ đóng", "plain"),
    ("IV", "Tham gia BHTNLĐBNN tự nguyện", "bold"),
    ("1", "Đối tượng đóng", "plain"),
    ("2", "NSNN đóng, hỗ trợ đóng", "plain"),
)
STATES = (
    ("5.1", "Tạm ngừng SXKD", "suspended"),
    ("5.2", "Đã phá sản", "bankrupt"),
    ("5.3", "Đang làm thủ tục phá sản", "in_bankruptcy"),
    ("5.4", "Đang làm thủ tục giải thể", "dissolving"),
    ("5.5", "Không còn hoạt động KD tại địa chỉ đã đăng ký", "not_at_address"),
    ("5.6", "Bị thu hồi Giấy chứng nhận đăng ký DN", "certificate_withdrawn"),
    ("5.7", "Không có người đại diện theo pháp luật", "no_representative"),
    ("5.8", "Đã giải thể", "dissolved"),
    ("5.9", "Tạm dừng đóng vào quỹ HTTT", "pension_suspension"),
    ("5.10", "Chậm đóng không bị coi là trốn đóng", "not_evasion"),
)


def sheet(unit: Unit, span: Span) -> Sheet:
    """Biểu B04: that of the unit's subtree."""
    found = debtors(unit, span.last)
    form = layout("B04a-TS")
    empty = (None,) * (len(form.columns) - 2)
    lines = [_line("I", "Đơn vị, đối tượng đóng", found, bold=True)]
    lines += [
        _line(order, text, [d for d in found if d.standing == standing])
        for order, text, standing in STANDINGS
    ]
    for order, text, style in NOT_HELD:
        lines.append(Line((order, text, *empty), "bold" if style == "bold" else "plain"))
    listed = [d for d in found if d.state != "active"]
    lines.append(_line("V", "Trong đó, phân loại theo tình trạng đơn vị", listed, bold=True))
    lines += [_line(order, text, [d for d in listed if d.state == state]) for order, text, state in STATES]
    lines.append(_line(None, "Cộng", found, bold=True))
    return Sheet(replace(form, code=f"B04{LETTER[level(unit)]}-TS"), lines)


def _line(order: str | None, text: str, group: Sequence[Debtor], *, bold: bool = False) -> Line:
    """Cột 1-35."""
    whole = added(group)
    plain, late, evaded = (whole.amounts[n] for n in ("plain", "late", "evaded"))
    slow, dodged = whole.charges["late"], whole.charges["evaded"]
    return Line(
        (
            order,
            text,
            len(group),
            whole.workers,
            sum(plain),
            *plain,
            sum(late),
            *late,
            sum(evaded),
            *evaded,
            sum(late) + sum(evaded),
            sum(slow),
            *slow,
            sum(dodged),
            *dodged,
            sum(slow) + sum(dodged),
            None,
        ),
        "bold" if bold else "plain",
    )


register(
    Report(
        code="B04-TS",
        title=_("Tổng hợp tình hình chậm đóng, trốn đóng"),
        lengths=("month",),
        sheet=sheet,
    )
)
