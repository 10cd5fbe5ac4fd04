"""Hoàn trả là một hồ sơ: how the engine of cases carries a refund: facts, opening, what it says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone

from ansinh.collection.models import Refund
from ansinh.kernel.money import format_dong
from ansinh.kernel.words import Words
from ansinh.office.cases import procedures, services
from ansinh.office.cases.models import Case
from ansinh.office.cases.services import Matter
from ansinh.office.rights import Actor
from ansinh.registers.models import Participation

PROCEDURE = "collection.refund"
THING = "refund"
COVER = "cover"
PREPARED = Words("Lập hoàn trả.", "Refund prepared.")


def open_many(actor: Actor, refunds: Sequence[Refund]) -> list[Case]:
    """Mở hồ sơ cho những hoàn trả vừa lập; whoever prepared them is their maker. The caller's transaction."""
    today = timezone.localdate()
    matters = [Matter(refund.pk, refund.office_id, today, parties=_parties(refund)) for refund in refunds]
    return services.open_many(
        actor=actor, procedure=PROCEDURE, matters=matters, act="prepare", words=PREPARED
    )


def assessed(actor: Actor, refund: Refund) -> Case:
    """Đã có số tiền từ lúc lập: what was prepared with an amount only waits for approval."""
    return services.settle(
        of(refund),
        "assess",
        {"amount": refund.amount},
        by=actor,
        words=Words(f"Số tiền {format_dong(refund.amount)}.", f"Amount {format_dong(refund.amount)}."),
    )


def of(refund: Refund) -> Case:
    """Hồ sơ của một hoàn trả."""
    return services.of_thing(THING, refund.pk)


def looked(refund: Refund) -> Case:
    """Mở trang của hoàn trả: its facts are read again, and what no longer holds goes back."""
    return services.look(of(refund))


def facts(keys: Sequence[int], names: Collection[str]) -> procedures.Facts:
    """Dữ kiện của nhiều hoàn trả: at most two queries."""
    rows = list(
        Refund.objects.filter(pk__in=keys).values_list("pk", "person_id", "bank_account", "person__died_on")
    )
    people = {person for _, person, _, _ in rows if person}
    covers = _covers(people) if COVER in names and people else {}
    told = {
        key: {
            "account": account,
            "died": died.isoformat() if died else None,
            COVER: covers.get(person, []),
        }
        for key, person, account, died in rows
    }
    return {key: {name: one[name] for name in names} for key, one in told.items()}


def closed(_: Actor, case: Case) -> None:
    """Hồ sơ dừng, rút hoặc trả lại thì không hoàn trả: what was prepared no longer holds the money."""
    Refund.objects.filter(pk=case.thing_id).update(state=Refund.State.REFUSED)


def words(key: int) -> dict[str, str]:
    """Hoàn trả nói gì trong văn bản: to whom, how much, why."""
    refund = Refund.objects.get(pk=key)
    return {"payee": refund.payee, "amount": format_dong(refund.amount), "for": refund.reason}


def _covers(people: Collection[int]) -> dict[int, list[list[Any]]]:
    """Thời gian đã tự đóng của từng người: as the register has it now, what the bound was found from."""
    spans = Participation.objects.filter(person_id__in=people).exclude(scheme=Participation.Scheme.COMPULSORY)
    found: dict[int, list[list[Any]]] = {}
    for person, *span in spans.order_by("from_month", "pk").values_list(
        "person_id", "scheme", "from_month", "to_month", "wage", "health_group"
    ):
        found.setdefault(person, []).append(span)
    return found


def _parties(refund: Refund) -> list[tuple[str, int]]:
    named = (("person", refund.person_id), ("employer", refund.employer_id))
    return [(kind, key) for kind, key in named if key is not None]
