"""Nơi khám bệnh, chữa bệnh: how the patient came, the facility's level, and what it was before 2025."""

from enum import IntEnum


class Route(IntEnum):
    """Cách đến khám bệnh."""

    RIGHT = 1  # đúng nơi đăng ký, được chuyển (Điều 26, Điều 27)
    EMERGENCY = 2  # cấp cứu (Điều 22 khoản 5)
    MOVED = 3  # thay đổi nơi tạm trú, lưu trú (Điều 22 khoản 3)
    SELF = 4  # tự đi không đúng (Điều 22 khoản 4)


class FacilityLevel(IntEnum):
    """Cấp khám bệnh, chữa bệnh: from 01/2025."""

    PRIMARY = 1  # cấp ban đầu
    BASIC = 2  # cấp cơ bản
    SPECIALISED = 3  # cấp chuyên sâu


class FormerTier(IntEnum):
    """Tuyến chuyên môn kỹ thuật, until 31/12/2024."""

    NONE = 0  # chưa xác định
    COMMUNE = 1
    DISTRICT = 2
    PROVINCIAL = 3
    CENTRAL = 4


class Direct(IntEnum):
    """Lý do thanh toán trực tiếp."""

    NO_CONTRACT = 1  # cơ sở không có hợp đồng bảo hiểm y tế
    CARD_NOT_SHOWN = 2  # không xuất trình thẻ hoặc xuất trình muộn


UNPOINTED = 0  # được tạm xếp cấp, chưa chấm điểm
