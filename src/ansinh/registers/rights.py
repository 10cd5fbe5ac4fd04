"""Quyền về sổ đăng ký: people and employers; whoever holds a mandate reads their own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.office.rights import declare

OFFICERS = ("reception", "collection", "benefits", "checks", "director")

declare("search.use", _("Dùng ô tìm kiếm"), roles=(*OFFICERS, "health_review", "finance", "planning"))
declare(
    "person.read",
    _("Xem hồ sơ người tham gia"),
    roles=(*OFFICERS, "health_review"),
    mandates=("clerk", "self", "parent", "proxy"),
)
declare("person.edit", _("Sửa hồ sơ người tham gia, hộ gia đình"), roles=("collection",))
declare("employer.read", _("Xem hồ sơ đơn vị"), roles=(*OFFICERS, "finance"), mandates=("clerk",))
declare("employer.edit", _("Sửa hồ sơ, tình trạng đơn vị"), roles=("collection",))
