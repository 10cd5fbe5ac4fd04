"""What an office is called on the papers it issues, and where they are dated."""

from __future__ import annotations

import pytest

from ansinh.office.models import Unit
from ansinh.office.units.letterhead import agency, full_name

NATION = Unit(kind="vss", code="0", name="Bảo hiểm xã hội Việt Nam")
LANG_SON = Unit(kind="province", code="20", name="Tỉnh Lạng Sơn", parent=NATION)
HA_NOI = Unit(kind="province", code="01", name="Thành phố Hà Nội", parent=NATION)
OFFICE = Unit(kind="base_office", code="20.04", name="BHXH cơ sở Cao Lộc", parent=LANG_SON)


@pytest.mark.parametrize(
    ("unit", "name", "parent", "place"),
    [
        (OFFICE, "Bảo hiểm xã hội cơ sở Cao Lộc", "Bảo hiểm xã hội tỉnh Lạng Sơn", "Lạng Sơn"),
        (LANG_SON, "Bảo hiểm xã hội tỉnh Lạng Sơn", "Bảo hiểm xã hội Việt Nam", "Lạng Sơn"),
        (HA_NOI, "Bảo hiểm xã hội thành phố Hà Nội", "Bảo hiểm xã hội Việt Nam", "Hà Nội"),
        (NATION, "Bảo hiểm xã hội Việt Nam", "", "Hà Nội"),
    ],
)
def test_names_of_offices(unit: Unit, name: str, parent: str, place: str) -> None:
    shown = agency(unit)
    assert (shown.name, shown.parent, shown.place) == (name, parent, place)


def test_an_office_recorded_by_its_short_name_is_told_in_full() -> None:
    assert full_name(Unit(kind="province", name="BHXH tỉnh Lạng Sơn")) == "Bảo hiểm xã hội tỉnh Lạng Sơn"
