"""Trạng thái hồ sơ: the ten of the National Public Service Portal, verbatim, with tag and turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Status:
    """Label, tag tone and whose turn; finished things have no colour."""

    label: str | Promise
    tone: Literal["blue", "red", "yellow", "green", "grey", "plain"]
    turn: Literal["office", "citizen", ""]


PORTAL: dict[int, Status] = {
    1: Status(_("Mới đăng ký"), "blue", "office"),
    2: Status(_("Được tiếp nhận"), "blue", "office"),
    3: Status(_("Không được tiếp nhận"), "red", "citizen"),
    4: Status(_("Đang xử lý"), "blue", "office"),
    5: Status(_("Yêu cầu bổ sung giấy tờ"), "yellow", "citizen"),
    6: Status(_("Yêu cầu thực hiện nghĩa vụ tài chính"), "yellow", "citizen"),
    7: Status(_("Công dân yêu cầu rút hồ sơ"), "grey", "office"),
    8: Status(_("Dừng xử lý"), "red", ""),
    9: Status(_("Đã xử lý xong"), "green", "office"),
    10: Status(_("Đã trả kết quả"), "plain", ""),
}


def portal(code: int | str) -> Status:
    """The status of a code 1..10; KeyError for an eleventh."""
    return PORTAL[int(code)]
