"""Đối tượng hưởng chế độ ốm đau, và dưỡng sức sau thai sản."""

from ansinh.law.engine import provision, versions
from ansinh.law.sickness.facts import Insured


@provision(
    "sickness.covered",
    clause="58/2014/QH13, Điều 24",
    since="2016-01-01",
    until="2025-06-30",
    term="thuộc đối tượng hưởng chế độ ốm đau",
)
def covered_2014(worker_group: Insured) -> bool:
    """Employees and the armed forces; not yet owners of household businesses."""
    return worker_group != Insured.HOUSEHOLD_OWNER


@provision(
    "sickness.covered",
    clause="41/2024/QH15, Điều 42 khoản 1",
    since="2025-07-01",
    term="thuộc đối tượng hưởng chế độ ốm đau",
)
def covered_2024(worker_group: Insured) -> bool:
    """Employees, the armed forces, and owners of household businesses who register."""
    return worker_group in Insured


covered = versions(covered_2014, covered_2024)


@provision(
    "convalescence.covered_after_birth",
    clause="58/2014/QH13, Điều 30",
    since="2016-01-01",
    until="2025-06-30",
    term="thuộc đối tượng hưởng chế độ thai sản",
)
def covered_after_birth_2014(worker_group: Insured) -> bool:
    """Employees and the armed forces; not yet owners of household businesses."""
    return worker_group != Insured.HOUSEHOLD_OWNER


@provision(
    "convalescence.covered_after_birth",
    clause="41/2024/QH15, Điều 50 khoản 1",
    since="2025-07-01",
    term="thuộc đối tượng hưởng chế độ thai sản",
)
def covered_after_birth_2024(worker_group: Insured) -> bool:
    """Employees, the armed forces, and owners of household businesses who register."""
    return worker_group in Insured


covered_after_birth = versions(covered_after_birth_2014, covered_after_birth_2024)
