"""Quyền vào các trang chung: the work list, the calculators of law, the component stories."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ansinh.office.models import RoleAssignment
from ansinh.office.rights import declare

Role = RoleAssignment.Role
EVERYBODY = tuple(Role.values)
OFFICERS = tuple(role for role in Role.values if role != Role.ADMINISTRATOR)

declare("work.read", _("Xem việc cần làm"), roles=EVERYBODY)
declare(
    "case.work",
    _("Xem, nhận hồ sơ cần giải quyết"),
    roles=(Role.RECEPTION, Role.COLLECTION, Role.FINANCE, Role.DIRECTOR),
)
declare("law.read", _("Tính theo luật"), roles=OFFICERS)
if settings.DEVELOPER:
    declare("ui.read", _("Xem mẫu giao diện"), roles=EVERYBODY)
