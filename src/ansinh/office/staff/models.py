"""What administrators did with accounts, and why."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ansinh.office.privileges.declared import Grants
from ansinh.office.rights.models import User


class AccountAct(models.Model):
    """Việc đã làm với tài khoản: one line for each act of an administrator; nobody's on the server's own."""

    class Act(models.TextChoices):
        OPEN = "open", _("Mở tài khoản")
        INVITE = "invite", _("Mời lại")
        FACTOR = "factor", _("Cấp lại xác thực hai lớp")
        PASSWORD = "password", _("Đặt lại mật khẩu")
        SUSPEND = "suspend", _("Tạm ngừng")
        RESTORE = "restore", _("Mở lại")
        SESSIONS = "sessions", _("Kết thúc phiên làm việc")
        FORGIVE = "forgive", _("Bỏ thời gian chờ đăng nhập")

    user = models.ForeignKey(User, models.PROTECT, related_name="acts")
    act = models.CharField(max_length=8, choices=Act)
    reason = models.CharField(max_length=200, default="", blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    grants = Grants(update=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by__isnull=True) | ~models.Q(by=models.F("user")), name="act_by_another"
            ),
        ]
        triggers = [pgtrigger.Protect(name="act_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_act_display()}"
