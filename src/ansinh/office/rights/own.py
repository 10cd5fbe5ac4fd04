"""Quyền của phòng quản trị: what concerns accounts, rights, the reading log and the office's own data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.office.rights.verbs import declare

declare("staff.manage", _("Quản lý tài khoản, đề nghị phân quyền"), roles=("administrator",))
declare("rights.grant", _("Đồng ý cấp quyền do người khác đề nghị"), roles=("administrator", "director"))
declare("unit.edit", _("Sửa thông tin cơ quan, tài khoản chuyên thu"), roles=("administrator",))
declare(
    "unit.confirm",
    _("Xác nhận tài khoản chuyên thu do người khác đề nghị"),
    roles=("administrator", "director"),
)
declare("calendar.edit", _("Ghi ngày nghỉ, ngày làm bù đã thông báo"), roles=("administrator",))
declare(
    "document.read",
    _("Tải tài liệu của hồ sơ được xem"),
    roles=("reception", "collection", "finance", "checks", "director"),
)
declare("reading.read", _("Xem nhật ký truy cập"), roles=("administrator",))
declare("alert.read", _("Xem và xử lý cảnh báo an toàn"), roles=("administrator",))
declare("number.read", _("Xem sổ văn bản"), roles=("checks", "director", "administrator"))
declare("history.read", _("Xem lịch sử thay đổi, ai đã xem"), roles=("checks", "director"))
