"""Bốn mắt: whoever wrote a row or figure of a thing is its maker, and no maker decides it.

    hands.wrote(actor, "refund", refund.pk, act="assess")
    hands.decided(actor, "refund", refund.pk, act="approve", seen=seen)

A decision carries the digest of what its page showed (`seen`), taken again under the decision's locks; where
the two differ the thing has changed since, and the decision is refused. What was seen is kept with the hand.
Business tables carry the triggers of `hands.triggers`, so that no other way leads to a decided row.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from ansinh.kernel.errors import BilingualError
from ansinh.office.hands.models import Hand
from ansinh.office.rights import Actor

Part = Hand.Part


class HandError(BilingualError):
    """Không quyết định được: code ``hands.maker`` or ``hands.changed``."""


def wrote(actor: Actor, thing: str, key: int, *, act: str) -> None:
    """Ghi người lập: the caller's transaction. Raises HandError for somebody who decided the thing before."""
    _refuse_both(actor, thing, key, Part.MAKER)
    Hand.objects.create(thing=thing, key=key, user=actor.user, part=Part.MAKER, act=act)


def wrote_many(actor: Actor, thing: str, keys: Iterable[int], *, act: str) -> None:
    """Ghi người lập của nhiều vật cùng loại vừa lập: in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO office_hand (thing, key, user_id, part, act)
               SELECT %s, k, %s, 'maker', %s FROM unnest(%s::bigint[]) AS k""",
            [thing, actor.user.pk, act, list(keys)],
        )


def inherit(of: str, key: int, thing: str, keys: Iterable[int]) -> None:
    """Người lập của vật gốc cũng là người lập của những vật vừa lập từ nó: a refund drawn up from a list.

    One statement; whoever is a maker of the new thing already stays so.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO office_hand (thing, key, user_id, part, act)
               SELECT DISTINCT ON (k, h.user_id) %s, k, h.user_id, 'maker', h.act
               FROM office_hand h CROSS JOIN unnest(%s::bigint[]) AS k
               WHERE h.thing = %s AND h.key = %s AND h.part = 'maker'
                 AND NOT EXISTS (SELECT 1 FROM office_hand o WHERE o.thing = %s AND o.key = k
                   AND o.user_id = h.user_id AND o.part = 'maker')
               ORDER BY k, h.user_id, h.id""",
            [thing, list(keys), of, key, thing],
        )


def decided(actor: Actor, thing: str, key: int, *, act: str, seen: str = "") -> None:
    """Ghi người quyết định. Raises HandError, code ``hands.maker``, for whoever wrote any of it."""
    _refuse_both(actor, thing, key, Part.DECIDER)
    Hand.objects.create(thing=thing, key=key, user=actor.user, part=Part.DECIDER, act=act, seen=seen)


def made(actor: Actor, thing: str, key: int) -> bool:
    """Người này đã lập hoặc sửa một phần của vật."""
    return Hand.objects.filter(thing=thing, key=key, user=actor.user, part=Part.MAKER).exists()


def mine(actor: Actor, thing: str, key: str = "pk") -> Exists:
    """Điều kiện của một danh sách: rows of which the actor is a maker, to leave them out of a queue."""
    return Exists(Hand.objects.filter(thing=thing, key=OuterRef(key), user=actor.user, part=Part.MAKER))


def makers(thing: str, key: int) -> list[tuple[int, str]]:
    """Ai đã lập, sửa gì: (user key, act) of every maker, in order; a part of what a decision has seen."""
    found = Hand.objects.filter(thing=thing, key=key, part=Part.MAKER)
    return list(found.order_by("pk").values_list("user_id", "act"))


def of(thing: str, key: int) -> list[Hand]:
    """Mọi người đã làm: the first first."""
    return list(Hand.objects.filter(thing=thing, key=key).select_related("user").order_by("pk"))


def seen(*facts: Any) -> str:
    """Dấu của điều trang đã cho xem: a digest of plain values (numbers, texts, dates, lists, dicts)."""
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def require_seen(given: str, current: str) -> None:
    """Raise HandError, code ``hands.changed``, unless what was seen is what stands now."""
    if not hmac.compare_digest(given.encode(), current.encode()):
        raise HandError(
            "Nội dung đã thay đổi từ lúc ông/bà xem, hoặc chưa được xem; hãy xem lại rồi quyết định.",
            "It has changed since you looked at it, or was not looked at; look again, then decide.",
            code="hands.changed",
        )


def _refuse_both(actor: Actor, thing: str, key: int, part: str) -> None:
    """Say it in words before the database does, whatever happens at the same moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s || ':' || %s, 0))", [thing, str(key)]
        )
    other = Part.DECIDER if part == Part.MAKER else Part.MAKER
    if Hand.objects.filter(thing=thing, key=key, user=actor.user, part=other).exists():
        raise HandError(
            "Ông/bà đã lập hoặc sửa hồ sơ này nên không được quyết định; người khác phải quyết định."
            if part == Part.DECIDER
            else "Ông/bà đã quyết định hồ sơ này nên không được sửa nữa.",
            "You wrote some of it, so somebody else must decide."
            if part == Part.DECIDER
            else "You decided it, so you cannot change it.",
            code="hands.maker",
        )
