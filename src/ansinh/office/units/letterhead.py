"""Tên cơ quan trên văn bản: what an office is called on the papers it issues, and where they are dated."""

from __future__ import annotations

import re

from ansinh.forms.official.parties import Agency
from ansinh.office.units.models import Unit

HEADQUARTERS = "Hà Nội"
_KIND = re.compile(r"^(?:BHXH )?(?:tỉnh|thành phố) ", re.IGNORECASE)


def agency(office: Unit) -> Agency:
    """Cơ quan ban hành: as it stands on a form; its full name, the office above, where it is dated."""
    parent = office.parent
    province = next((u for u in (office, parent) if u and u.kind == Unit.Kind.PROVINCE), None)
    return Agency(
        name=full_name(office),
        parent=full_name(parent) if parent else "",
        code=office.code.replace(".", ""),
        place=_KIND.sub("", province.name) if province else HEADQUARTERS,
        address=office.address,
        phone=office.phone,
    )


def full_name(office: Unit) -> str:
    """Tên cơ quan BHXH. A province's unit bears the name of its territory.

    "Tỉnh Lạng Sơn" → "Bảo hiểm xã hội tỉnh Lạng Sơn", "BHXH cơ sở Cao Lộc" → "Bảo hiểm xã hội cơ sở Cao Lộc".
    """
    name = office.name.removeprefix("BHXH ")
    if office.kind == Unit.Kind.PROVINCE and _KIND.match(name):
        name = name[0].lower() + name[1:]
    elif name == office.name:
        return name
    return f"Bảo hiểm xã hội {name}"
