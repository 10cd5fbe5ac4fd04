"""Quyền của phần mềm trên các bảng: what the application's role may do in its own database, table by table.

A model says it beside its fields (`grants = Grants(update=False)`); one that says nothing may be read, added
to and changed, never deleted from. The owner applies it after each migration.
"""

from __future__ import annotations

from ansinh.office.privileges.applying import Applied, apply
from ansinh.office.privileges.declared import Grants
from ansinh.office.privileges.doubts import Problem, problems

__all__ = ["Applied", "Grants", "Problem", "apply", "problems"]
