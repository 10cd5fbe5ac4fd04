"""Thông tin cơ quan: address, phone, signer, the limits above which booking needs two people, archiving."""

from __future__ import annotations

from django.db import transaction

from ansinh.kernel.errors import BilingualError
from ansinh.office.rights import Actor, require
from ansinh.office.rights.units import OFFICES
from ansinh.office.security import security
from ansinh.office.units.models import Unit

VERB = "unit.edit"
LIMITS = ("booking_people", "booking_money")
PEOPLE_MOST, MONEY_MOST = 2**31 - 1, 10**15


class UnitError(BilingualError):
    """Không ghi được thông tin cơ quan."""


@transaction.atomic
def describe(
    *,
    actor: Actor,
    unit: Unit,
    address: str,
    phone: str,
    signer: str,
    signer_title: str,
    booking_people: int | None,
    booking_money: int | None,
    archives_inputs: bool,
) -> Unit:
    """Ghi thông tin của một cơ quan; a limit of None is the one of the unit above.

    Raises `Denied`, UnitError.
    """
    require(actor, VERB, at=unit)
    current = Unit.objects.select_for_update().get(pk=unit.pk)
    if current.kind not in OFFICES:
        raise UnitError("Không phải cơ quan BHXH.", "It is no office of the insurer.", code="unit.kind")
    if bool(signer.strip()) != bool(signer_title.strip()):
        raise UnitError(
            "Người ký phải đủ họ tên và chức danh.", "A signer has a name and a title.", code="unit.signer"
        )
    for value, most in ((booking_people, PEOPLE_MOST), (booking_money, MONEY_MOST)):
        if value is not None and not 0 <= value <= most:
            raise UnitError("Mức ghi nhận quá lớn.", "The limit is too large.", code="unit.limit")
    before = (current.booking_people, current.booking_money)
    current.address, current.phone = address.strip(), phone.strip()
    current.signer, current.signer_title = signer.strip(), signer_title.strip()
    current.booking_people, current.booking_money = booking_people, booking_money
    current.archives_inputs = archives_inputs
    current.save(update_fields=["address", "phone", "signer", "signer_title", *LIMITS, "archives_inputs"])
    security("unit.changed", by=actor.user.pk, unit=unit.pk)
    if before != (booking_people, booking_money):
        security("unit.limits_changed", by=actor.user.pk, unit=unit.pk)
    return current
