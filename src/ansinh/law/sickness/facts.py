"""Dữ kiện của chế độ ốm đau: who is insured, where they work, what the absence was for."""

from enum import StrEnum


class Insured(StrEnum):
    """Nhóm đối tượng."""

    EMPLOYEE = "employee"
    ARMED_FORCES = "armed_forces"
    HOUSEHOLD_OWNER = "household_owner"


class Conditions(StrEnum):
    """Điều kiện lao động của công việc vào lúc nghỉ."""

    NORMAL = "normal"
    HEAVY = "heavy"
    EXTREMELY_HEAVY = "extremely_heavy"
    COAL_UNDERGROUND = "coal_underground"


class Illness(StrEnum):
    """Lần ốm đau cuối cùng trước khi nghỉ dưỡng sức."""

    LONG_TERM = "long_term"
    SURGERY = "surgery"
    OTHER = "other"


class Delivery(StrEnum):
    """Cách sinh con."""

    NORMAL = "normal"
    SURGERY = "surgery"
    MULTIPLE = "multiple"
