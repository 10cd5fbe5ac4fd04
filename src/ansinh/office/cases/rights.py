"""Quyền về hồ sơ: giving out work, keeping away, standing in; steps have the verbs of their branch."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.office.rights.verbs import declare

declare("case.assign", _("Giao việc, dừng, mở lại hồ sơ"), roles=("director",))
declare("case.bar", _("Ghi người phải tránh hồ sơ"), roles=("director", "administrator"))
declare("case.stand_in", _("Cử người thay viên chức vắng mặt"), roles=("director",))
