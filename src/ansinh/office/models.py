"""Every table of the office, from the rooms it is divided into."""

from __future__ import annotations

from ansinh.office.alarms.models import Alert, MismatchCounter
from ansinh.office.cases.models import (
    Case,
    CaseDue,
    CaseEvent,
    CaseParty,
    CaseQuestion,
    CaseStep,
    CaseWait,
)
from ansinh.office.cases.papers import CaseBar, CaseLetter, CaseStandIn, CaseVerdict
from ansinh.office.chain.models import Seal
from ansinh.office.documents.models import Attachment, Document
from ansinh.office.hands.models import Hand
from ansinh.office.numbers.models import OfficialNumber, Series
from ansinh.office.reading.models import Look, Purpose, Reading
from ansinh.office.rights.models import Mandate, RoleAssignment, User
from ansinh.office.runs.models import Period, Run, RunStep
from ansinh.office.signin.models import Invitation, SignInCounter, SignInSession, UsedStep
from ansinh.office.staff.models import AccountAct
from ansinh.office.units.models import DayOff, Unit, UnitSuccession

__all__ = [
    "AccountAct",
    "Alert",
    "Attachment",
    "Case",
    "CaseBar",
    "CaseDue",
    "CaseEvent",
    "CaseLetter",
    "CaseParty",
    "CaseQuestion",
    "CaseStandIn",
    "CaseStep",
    "CaseVerdict",
    "CaseWait",
    "DayOff",
    "Document",
    "Hand",
    "Invitation",
    "Look",
    "Mandate",
    "MismatchCounter",
    "OfficialNumber",
    "Period",
    "Purpose",
    "Reading",
    "RoleAssignment",
    "Run",
    "RunStep",
    "Seal",
    "Series",
    "SignInCounter",
    "SignInSession",
    "Unit",
    "UnitSuccession",
    "UsedStep",
    "User",
]
