"""Phụ lục I, II Nghị định 135/2020: every month of birth that the annexes list, and the months around them."""

import csv
from pathlib import Path

import pytest

from ansinh.kernel.months import Month
from ansinh.law.retirement import Conditions, Sex, retirement_age

ANNEX = Path(__file__).parents[1] / "nd-135-2020" / "phu-luc.csv"
SEX = {"M": Sex.MALE, "F": Sex.FEMALE}
CONDITIONS = {"I": Conditions.NORMAL, "II": Conditions.HEAVY}


def rows():
    with ANNEX.open(encoding="utf-8") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            yield (
                row["annex"],
                row["sex"],
                Month(int(row["birth_year"]), int(row["birth_month"])),
                int(row["age_years"]) * 12 + int(row["age_months"]),
                Month(int(row["pension_year"]), int(row["pension_month"])),
            )


ROWS = list(rows())


def test_every_row():
    assert len(ROWS) == 350
    for annex, sex, born, months, start in ROWS:
        found = retirement_age(SEX[sex], born, conditions=CONDITIONS[annex])
        assert (found.months, found.start) == (months, start), (annex, sex, born)


@pytest.mark.parametrize(
    ("annex", "sex", "before", "after"),
    [("I", "M", 720, 744), ("I", "F", 660, 720), ("II", "M", 660, 684), ("II", "F", 600, 660)],
)
def test_outside_the_annex(annex, sex, before, after):
    months = [born for one, other, born, *_ in ROWS if (one, other) == (annex, sex)]
    earlier = retirement_age(SEX[sex], min(months) - 1, conditions=CONDITIONS[annex])
    later = retirement_age(SEX[sex], max(months) + 1, conditions=CONDITIONS[annex])
    assert (earlier.months, later.months) == (before, after)
    assert earlier.start == Month(2021, 1)
