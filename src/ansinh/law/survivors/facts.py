"""Dữ kiện của chế độ tử tuất: the person who died, the relatives, a fact found to be needed."""

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.one_time import MonthlyBenefit
from ansinh.law.retirement import Sex


class Cause(StrEnum):
    """Nguyên nhân chết; an accident is one outside work."""

    WORK_ACCIDENT = "work_accident"
    OCCUPATIONAL_DISEASE = "occupational_disease"
    ACCIDENT = "accident"
    DISEASE = "disease"

    @property
    def of_work(self) -> bool:
        """Do tai nạn lao động, bệnh nghề nghiệp."""
        return self in {Cause.WORK_ACCIDENT, Cause.OCCUPATIONAL_DISEASE}


class Relation(StrEnum):
    """Quan hệ với người chết."""

    CHILD = "child"
    SPOUSE = "spouse"
    FATHER = "father"
    MOTHER = "mother"
    FATHER_IN_LAW = "father_in_law"
    MOTHER_IN_LAW = "mother_in_law"


class Deceased(NamedTuple):
    """Người chết: months of each scheme, cause, benefit drawn; None is not known.

    `loss_rate` belongs to a monthly work-injury allowance; `missing_months_paid` were paid by the relatives.
    """

    compulsory: int | None = None
    voluntary: int = 0
    cause: Cause | None = None
    benefit_kind: MonthlyBenefit | None = None
    loss_rate: Fraction | None = None
    missing_months_paid: int = 0


class Relative(NamedTuple):
    """Thân nhân: in the month of the death; an age is known by the month of birth or in whole years.

    `other_children` are living adult children, apart from the one who died, able to care for a parent (or for
    the spouse). A fact that is None is not known.
    """

    relation: Relation
    sex: Sex | None = None
    born: Month | None = None
    age_years: int | None = None
    income: int | None = None
    loss_rate: Fraction | None = None
    both_parents_dead: bool = False
    spouse_dead: bool = False
    other_children: int | None = None


class FactNeededError(BilingualError):
    """Thiếu dữ kiện: the law asks for a fact that is not known; `name` is the fact."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"thiếu dữ kiện {name}", f"missing fact {name}", code="missing_fact")

    def __reduce__(self) -> tuple[type["FactNeededError"], tuple[str]]:  # type: ignore[override]
        return type(self), (self.name,)
