"""Dữ kiện về người nghỉ hưu: codes that are the same for one person and for columns."""

from enum import IntEnum


class Sex(IntEnum):
    """Giới tính."""

    MALE = 1
    FEMALE = 2


class Group(IntEnum):
    """Nhóm đối tượng ngay trước khi nghỉ việc."""

    EMPLOYEE = 1
    ARMED_FORCES = 2
    CONSCRIPT = 3
    COMMUNE_FULL_TIME = 4
    COMMUNE_PART_TIME = 5


class Conditions(IntEnum):
    """Điều kiện lao động được xét, đủ thời gian quy định."""

    NORMAL = 0
    HEAVY = 1
    EXTREMELY_HEAVY = 2
    COAL_UNDERGROUND = 3


ARMED = (Group.ARMED_FORCES, Group.CONSCRIPT)
