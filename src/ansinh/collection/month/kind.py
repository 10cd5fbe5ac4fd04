"""Loại lượt chạy “kỳ thu”: what the engine of runs is told of a month's run."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.collection.month import KIND
from ansinh.collection.month.posting import WRITTEN
from ansinh.office.runs.kinds import Inputs, Kind, Step

STEPS = "ansinh.collection.month.steps"
WORDS = {
    "employer": _("Đơn vị"),
    "span": _("Quá trình tham gia"),
    "work_month": _("Ngày nghỉ trong tháng"),
    "dirty": _("Người có thay đổi của các tháng trước"),
    "posted": _("Số phải thu đã ghi của họ"),
    "stopped": _("Thời gian tạm dừng của đơn vị"),
    "receipt": _("Tiền nộp"),
    "surplus": _("Tiền thừa chuyển sang"),
    "open_before": _("Số còn thiếu chuyển sang"),
    "workers_before": _("Lao động kỳ trước"),
    "priority": _("Người được phân bổ trước"),
    "due_month": _("Số phải thu đã ghi của kỳ"),
    "charge_month": _("Xử lý chậm đóng đã ghi của kỳ"),
    "allocation_month": _("Phân bổ đã ghi của kỳ"),
    "open_month": _("Số còn thiếu đã ghi của kỳ"),
    "statement_month": _("Thông báo C12 đã lập của kỳ"),
    "reread": _("Người được đọc lại, vì dữ liệu khôi phục từ máy chủ khác"),
    **WRITTEN,
}
MONTH = Kind(
    code=KIND,
    name=_("Chạy kỳ thu"),
    steps=(
        Step("freeze", _("Đọc dữ liệu"), f"{STEPS}:freeze_inputs", atomic=False),
        Step("compute", _("Tính"), f"{STEPS}:compute_month", atomic=False, lasting=False),
        Step("post", _("Ghi sổ"), f"{STEPS}:post"),
    ),
    read="run.read",
    start="run.start",
    stop="run.start",
    inputs=Inputs("freeze", f"{STEPS}:fate"),
    check=f"{STEPS}:check",
    unit_of_count=_("dòng"),
    words=WORDS,
)
"""One at a time in a province: the next month's run reads what this one posts."""
