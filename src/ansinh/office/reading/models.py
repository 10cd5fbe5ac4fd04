"""Who looked at what, and what for: one look a page, one line for each record it showed."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.office.chain.fields import own_transaction, written_by
from ansinh.office.privileges.declared import Grants
from ansinh.office.rights.models import User

APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class Purpose(models.TextChoices):
    """Mục đích xem: the list a purpose is chosen from; stored as its code, shown in the reader's language."""

    LOOKUP = "lookup", _("Tra cứu hồ sơ")
    CASE = "case", _("Giải quyết hồ sơ")
    ANSWER = "answer", _("Trả lời người tham gia")
    RECONCILE = "reconcile", _("Đối chiếu số liệu")
    INSPECT = "inspect", _("Kiểm tra, thanh tra")
    COLLECT = "collect", _("Quản lý thu")
    DECLARE = "declare", _("Tiếp nhận, xử lý tờ khai")
    AMEND = "amend", _("Điều chỉnh thông tin")
    HOUSEHOLD = "household", _("Quản lý hộ gia đình")
    COMPUTE = "compute", _("Tính chế độ")
    STATEMENT = "statement", _("Xem, in thông báo kết quả đóng")
    PAPER = "paper", _("Tải văn bản, danh sách")
    MONEY = "money", _("Xử lý tiền nộp")
    REFUND = "refund", _("Hoàn trả")
    LIST = "list", _("Xem danh sách")
    EXPORT = "export", _("Xuất danh sách")
    SEARCH = "search", _("Tìm kiếm")
    REPORT = "report", _("Lập báo cáo")
    MANDATE = "mandate", _("Giao quyền, ủy quyền")
    OWN = "own", _("Xem thông tin của mình")
    COMMAND = "command", _("Lệnh trên máy chủ")


class Look(models.Model):
    """Lượt xem: somebody opened a page, a file or a command's answer; or tried to and was not let in."""

    class Outcome(models.TextChoices):
        SHOWN = "shown", _("Đã xem")
        OUTSIDE = "outside", _("Không thấy trong phạm vi")
        REFUSED = "refused", _("Không có quyền")

    user = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField(auto_now_add=True, db_default=models.functions.Now())
    view = models.CharField(max_length=60, help_text="name of the page or command")
    address = models.CharField(max_length=200, help_text="path, without what was asked")
    purpose = models.CharField(max_length=12, choices=Purpose)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.SHOWN)
    verb = models.CharField(max_length=30, default="", blank=True, help_text="the right that was missing")
    request = models.CharField(max_length=36, default="", blank=True, help_text="request id of the log")
    xid = written_by()

    grants = Grants(update=False)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-at"], name="look_user"),
            models.Index(fields=["at", "id"], name="look_order"),
            models.Index(fields=["purpose", "at"], name="look_purpose"),
            models.Index(fields=["outcome", "at"], condition=~models.Q(outcome="shown"), name="look_refused"),
            models.Index(fields=["xid"], name="look_xid"),
        ]
        triggers = [
            own_transaction("look_own_transaction"),
            pgtrigger.Protect(name="look_append_only", operation=APPEND_ONLY),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.at:%d/%m/%Y %H:%M} {self.view}"


class Reading(models.Model):
    """Dòng nhật ký truy cập: one record that a look showed, or was asked for in vain."""

    class Subject(models.TextChoices):
        PERSON = "person", _("Người tham gia")
        EMPLOYER = "employer", _("Đơn vị")
        HOUSEHOLD = "household", _("Hộ gia đình")
        DECLARATION = "declaration", _("Hồ sơ thu")
        RECEIPT = "receipt", _("Khoản tiền thu")
        BANK_FILE = "bank_file", _("Sao kê")
        REFUND = "refund", _("Hoàn trả")
        CASE = "case", _("Hồ sơ")
        UNIT = "unit", _("Cơ quan")
        RUN = "run", _("Lượt chạy")
        DOCUMENT = "document", _("Tài liệu")
        PLAN = "plan", _("Kế hoạch chỉ tiêu")
        USER = "user", _("Tài khoản")
        NUMBER = "number", _("Số, tên tra cứu")
        PAGE = "page", _("Trang")

    look = models.ForeignKey(Look, models.PROTECT, related_name="lines")
    subject = models.CharField(max_length=12, choices=Subject)
    subject_id = models.BigIntegerField()
    xid = written_by()

    grants = Grants(update=False)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id", "-id"], name="reading_subject"),
            models.Index(fields=["xid"], name="reading_xid"),
        ]
        triggers = [
            own_transaction("reading_own_transaction"),
            pgtrigger.Protect(name="reading_append_only", operation=APPEND_ONLY),
        ]

    def __str__(self) -> str:
        return f"{self.look_id} {self.subject} {self.subject_id}"
