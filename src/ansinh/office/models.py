"""Every table of the office, from the rooms it is divided into."""

from __future__ import annotations

from ansinh.office.hands.models import Hand
from ansinh.office.reading.models import Look, Purpose, Reading
from ansinh.office.rights.models import Mandate, RoleAssignment, User
from ansinh.office.runs.models import Period, Run, RunStep
from ansinh.office.units.models import DayOff, Unit, UnitSuccession

__all__ = [
    "DayOff",
    "Hand",
    "Look",
    "Mandate",
    "Period",
    "Purpose",
    "Reading",
    "RoleAssignment",
    "Run",
    "RunStep",
    "Unit",
    "UnitSuccession",
    "User",
]
