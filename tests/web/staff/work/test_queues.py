"""Queues are drawn as they are registered, and counted together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.collection.declarations.scenery import Scenery

from ansinh.office.rights import actor_of
from ansinh.office.staff import selectors
from ansinh.web import queues
from ansinh.web.features import Queue


def counted(address: str, client: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.django_db(transaction=True)
def test_pages_cost_the_same_for_more_queues(
    scene: Scenery, desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work list and the start page draw whatever is registered, with one statement for all counts."""
    client = desk("director")
    for address in ("/", "/viec/cua-phong/"):
        client.get(address)  # the session's own first writes
        before = counted(address, client)
        more = [
            replace(one, name=f"{one.name}-{n}", label=f"Thêm {n}") for one in queues.every() for n in "12"
        ]
        known = queues.every()
        with monkeypatch.context() as patch:
            patch.setattr(queues, "every", lambda: [*known, *more])  # noqa: B023 -- called before the next turn
            assert counted(address, client) == before
            assert "Thêm 2" in client.get(address).content.decode()


@pytest.mark.django_db
def test_sets_are_counted_each_with_its_own(officer: Callable[..., Any]) -> None:
    actor = actor_of(officer("administrator"))
    sets = selectors.waiting_sets(actor)
    some = selectors.roles(actor, "rights.grant")
    none = some.none()

    def queue(name: str, **given: Any) -> Queue:
        return Queue(name, name, "rights.grant", draw=None, **given)  # type: ignore[arg-type]

    asked = [
        queue("none", rows=lambda _actor: none),
        queue("some", rows=lambda _actor: some),
        queue("twice", rows=lambda _actor: [*some, *some], counted=lambda _actor: [some, some]),
        queue("waiting", rows=selectors.waiting, counted=selectors.waiting_sets),
    ]
    count = some.count()
    assert count
    assert queues.counts(actor, asked) == {
        "none": 0,
        "some": count,
        "twice": 2 * count,
        "waiting": sum(one.count() for one in sets),
    }
    assert queues.counts(actor, []) == {}
    assert queues.counts(actor, asked[:1]) == {"none": 0}
