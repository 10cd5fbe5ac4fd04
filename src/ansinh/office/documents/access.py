"""Cửa đọc tài liệu: whoever may read the thing may read its files; each time is a line of the log."""

from __future__ import annotations

from django.db.models import Q

from ansinh.office import reading
from ansinh.office.documents import things
from ansinh.office.documents.models import Attachment
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.office.rights.actors import parties_of


def attachment(actor: Actor, pk: int) -> Attachment:
    """One file of a thing, and a line for it, for the thing, whose it is and whom it shows.

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
    row = thing.row(found.key)
    lines = [(thing.subject, found.key), *(p for p in parties_of(row) if p[0] in Subject.values)]
    for told, key in lines:
        reading.shown(actor, told, [key], purpose=Purpose.PAPER)
    thing.tell(actor, row)
    return found
