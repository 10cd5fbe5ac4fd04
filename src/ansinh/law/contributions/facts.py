"""Dữ kiện của một người trong một tháng: with what comes out, the same for one person and for columns."""

from fractions import Fraction
from typing import Annotated, NamedTuple

from ansinh.kernel.months import Month
from ansinh.law.contributions.groups import PayKind, WorkerGroup
from ansinh.law.engine.columns import Column

FIRST_MONTH = Month(2016, 1)
LAST_MONTH = Month(2035, 12)

# Limits of what a row may hold: beyond them it is a typing error, refused before anything is computed.
_DONG = 1_000_000_000_000
_COEFFICIENT = 20_000
_PERCENT = 10_000


class Facts(NamedTuple):
    """Dữ kiện đóng của một người, một tháng, một nơi làm việc."""

    month: Annotated[
        int,
        Column("INTEGER", FIRST_MONTH.index, LAST_MONTH.index, "tháng đóng: year * 12 + month - 1", key=True),
    ]
    worker_group: Annotated[int, Column("SMALLINT", 1, len(WorkerGroup), "nhóm: WorkerGroup", key=True)]
    region: Annotated[
        int, Column("SMALLINT", 1, 4, "vùng lương tối thiểu nơi làm việc: 1-4 = I-IV", key=True)
    ]
    pay_kind: Annotated[int, Column("SMALLINT", 0, len(PayKind) - 1, "cách ghi lương: PayKind")]
    wage: Annotated[int, Column("BIGINT", 0, _DONG, "tiền lương tháng, đồng (pay_kind 0)")]
    coefficient_milli: Annotated[
        int,
        Column("INTEGER", 0, _COEFFICIENT, "hệ số lương, phần nghìn; nhóm nghĩa vụ: số lần mức tham chiếu"),
    ]
    reserve_milli: Annotated[int, Column("INTEGER", 0, _COEFFICIENT, "hệ số chênh lệch bảo lưu, phần nghìn")]
    position_milli: Annotated[int, Column("INTEGER", 0, _COEFFICIENT, "hệ số phụ cấp chức vụ, phần nghìn")]
    beyond_frame_bp: Annotated[int, Column("INTEGER", 0, _PERCENT, "phụ cấp thâm niên vượt khung, phần vạn")]
    seniority_bp: Annotated[int, Column("INTEGER", 0, _PERCENT, "phụ cấp thâm niên nghề, phần vạn")]
    other_pay: Annotated[int, Column("BIGINT", 0, _DONG, "phụ cấp và khoản bổ sung khác tính đóng, đồng")]
    part_time: Annotated[bool, Column("BOOLEAN", 0, 1, "làm việc không trọn thời gian")]
    low_injury_rate: Annotated[
        bool, Column("BOOLEAN", 0, 1, "được duyệt mức đóng tai nạn lao động thấp hơn", key=True)
    ]
    budget_employer: Annotated[
        bool, Column("BOOLEAN", 0, 1, "đơn vị do ngân sách nhà nước bảo đảm", key=True)
    ]
    ui_relief: Annotated[
        bool, Column("BOOLEAN", 0, 1, "người khuyết tật mới tuyển, trong 12 tháng đầu", key=True)
    ]
    unpaid_days: Annotated[int, Column("SMALLINT", 0, 31, "ngày làm việc nghỉ không hưởng lương")]
    sick_days: Annotated[int, Column("SMALLINT", 0, 31, "ngày làm việc nghỉ hưởng chế độ ốm đau")]
    maternity_days: Annotated[int, Column("SMALLINT", 0, 31, "ngày làm việc nghỉ hưởng chế độ thai sản")]
    agreed: Annotated[bool, Column("BOOLEAN", 0, 1, "hai bên thỏa thuận vẫn đóng tháng này")]
    first_month: Annotated[bool, Column("BOOLEAN", 0, 1, "tháng đầu làm việc hoặc đầu trở lại làm việc")]
    si: Annotated[bool, Column("BOOLEAN", 0, 1, "đóng bảo hiểm xã hội ở nơi này")]
    hi: Annotated[bool, Column("BOOLEAN", 0, 1, "đóng bảo hiểm y tế ở nơi này")]
    ui: Annotated[bool, Column("BOOLEAN", 0, 1, "đóng bảo hiểm thất nghiệp ở nơi này")]
    wi: Annotated[bool, Column("BOOLEAN", 0, 1, "đóng quỹ tai nạn lao động ở nơi này")]


class Rates(NamedTuple):
    """Tỷ lệ đóng của một quỹ: the shares of the base paid by the worker and by the employer."""

    worker: Fraction
    employer: Fraction


class FundDue(NamedTuple):
    """Tiền đóng vào một quỹ: what both payers owe together, and the worker's part of it; dong."""

    total: int
    worker: int


class MonthDue(NamedTuple):
    """Tháng phải đóng: whether it is due, and whether it counts as contributed time."""

    due: bool
    counted: bool


class Dues(NamedTuple):
    """Số phải đóng của một người, một tháng; dong. Each fund's column is what both payers owe it.

    A base is 0 where nothing is due to that fund. `worker_total + employer_total == total ==` the five funds.
    """

    si_base: int
    hi_base: int
    ui_base: int
    wi_base: int
    sickness_maternity: int
    pension_survivors: int
    work_injury: int
    unemployment: int
    health: int
    worker_total: int
    employer_total: int
    total: int
    counted: bool
