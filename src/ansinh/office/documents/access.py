"""Cửa đọc tài liệu: whoever may read the thing may read its files; each time is a line of the log."""

from __future__ import annotations

from django.db.models import Q

from ansinh.office import reading
from ansinh.office.documents import things
from ansinh.office.documents.models import Attachment
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor


def attachment(actor: Actor, pk: int) -> Attachment:
    """One file of a thing, and a line for it, for the thing and for whom it shows.

    Raises Attachment.DoesNotExist outside the scope, for a foreign key as for one that nothing has.
    """
    scope = Q(pk__in=[])
    for thing in things.registered():
        scope |= Q(thing=thing.name, key__in=thing.within(actor).order_by().values("pk"))
    found = reading.one(
        actor,
        Attachment.objects.filter(scope).select_related("document"),
        pk,
        subject=Subject.DOCUMENT,
        purpose=Purpose.PAPER,
        verb="document.read",
    )
    thing = things.thing(found.thing)
    reading.shown(actor, thing.subject, [found.key], purpose=Purpose.PAPER)
    thing.tell(actor, found.key)
    return found
