"""Quan hệ công bố của sổ đăng ký: people, employers and what they take part in, to be read in sets.

Nothing here is a door: whoever shows people of these to somebody asks for the right and notes the reading.
"""

from __future__ import annotations

from ansinh.kernel.relations import Relation, of_table
from ansinh.office.relations import UNIT

PERSON = of_table(
    "registers_person",
    "id",
    "si_number",
    "citizen_id",
    "full_name",
    "name_sort",
    "birth_year",
    "birth_month",
    "birth_day",
    "sex",
    "address",
    "commune_id",
    "office_id",
    "identity",
    "died_on",
)
EMPLOYER = of_table(
    "registers_employer",
    "id",
    "unit_code",
    "tax_code",
    "name",
    "name_sort",
    "address",
    "commune_id",
    "office_id",
    "region",
    "cycle",
    "budget",
    "low_injury_rate",
    "health_group",
)
EMPLOYER_STATUS = of_table("registers_employerstatus", "employer_id", "state", "valid_from", "valid_to")
PARTICIPATION = of_table(
    "registers_participation",
    "id",
    "person_id",
    "employer_id",
    "scheme",
    "from_month",
    "to_month",
    "worker_group",
    "health_group",
    "si",
    "hi",
    "ui",
    "wi",
    "pay_kind",
    "wage",
    "coefficient_milli",
    "reserve_milli",
    "position_milli",
    "beyond_frame_bp",
    "seniority_bp",
    "other_pay",
    "part_time",
    "ui_relief",
    "job_title",
    "hospital",
    "declaration_id",
    "written",
)
PARTICIPATION_TAKEN_BACK = Relation(
    "participation_taken_back",
    ("person_id", "employer_id", "scheme", "written"),
    "SELECT person_id, employer_id, scheme, pgh_written AS written "
    "FROM registers_participationevent WHERE starts_with(pgh_label, 'delete')",
)
"""Quá trình đã bị xóa khỏi sổ: rows that are no more, and in which transaction they went."""
WORK_MONTH = of_table(
    "registers_workmonth",
    "person_id",
    "employer_id",
    "month",
    "unpaid_days",
    "sick_days",
    "maternity_days",
    "agreed",
    "first_month",
    "declaration_id",
    "written",
)
EMPLOYER_WRITTEN = Relation(
    "employer_written",
    ("employer_id", "month", "written"),
    """
    SELECT id AS employer_id, NULL::int AS month, written FROM registers_employer
    UNION ALL SELECT employer_id, NULL, written FROM registers_employerstatus
    UNION ALL SELECT employer_id, from_month, written FROM registers_participation WHERE scheme = 1
    UNION ALL SELECT employer_id, from_month, pgh_written FROM registers_participationevent
        WHERE scheme = 1 AND starts_with(pgh_label, 'delete')
    UNION ALL SELECT employer_id, month, written FROM registers_workmonth""",
)
"""Giao dịch đã ghi: the transaction that last wrote each thing on record of an employer and its workers, with
the month from which it counts where it has one."""
HEALTH_CARD = of_table("registers_healthcard", "person_id", "payer", "valid_from", "valid_to", "closed_on")
COLLECTING_ACCOUNT = of_table(
    "registers_collectingaccount", "id", "office_id", "number", "valid_from", "valid_to"
)


OF_EMPLOYER = f"(SELECT e.office_id FROM {EMPLOYER} e WHERE e.id = t.employer_id)"
"""Cơ sở quản lý đơn vị của một dòng `t`: the id of the office of the employer a row is of, in SQL."""


def employers_below(path: str) -> str:
    """Đơn vị của một cây: the ids of employers whose office lies under `path`, a prefix in SQL.

    `path` is a parameter or a quoted text, with its own sign for "and everything below".
    """
    return f"SELECT e.id FROM {EMPLOYER} e JOIN {UNIT} o ON o.id = e.office_id WHERE o.path LIKE {path}"
