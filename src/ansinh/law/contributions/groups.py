"""Nhóm người tham gia: codes of the groups whose contributions differ, and of the ways pay is fixed."""

from enum import IntEnum


class WorkerGroup(IntEnum):
    """Nhóm người tham gia bảo hiểm xã hội bắt buộc (Luật 58/2014 Điều 2; Luật 41/2024 Điều 2)."""

    EMPLOYEE = (
        1  # hợp đồng lao động, người quản lý có hưởng lương: lương do người sử dụng lao động quyết định
    )
    STATE_SCALE = 2  # cán bộ, công chức, viên chức: chế độ tiền lương do Nhà nước quy định
    ARMED_FORCES = 3  # sĩ quan, quân nhân chuyên nghiệp, công an, cơ yếu hưởng lương
    FOREIGN = 4  # công dân nước ngoài làm việc theo hợp đồng lao động
    HOUSEHOLD_OWNER = 5  # chủ hộ kinh doanh có đăng ký kinh doanh
    UNPAID_MANAGER = 6  # người quản lý doanh nghiệp, hợp tác xã không hưởng tiền lương
    CONSCRIPT = 7  # hạ sĩ quan, chiến sĩ nghĩa vụ, học viên hưởng sinh hoạt phí
    COMMUNE_PART_TIME = 8  # người hoạt động không chuyên trách
    ABROAD = 9  # đi làm việc ở nước ngoài theo hợp đồng; vợ, chồng theo nhiệm kỳ


class PayKind(IntEnum):
    """Cách ghi tiền lương."""

    DONG = 0  # số tiền
    COEFFICIENT = 1  # hệ số nhân với lương cơ sở (mức tham chiếu)
