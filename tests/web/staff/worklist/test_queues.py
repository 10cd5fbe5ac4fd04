"""Queues are drawn as they are registered, and counted together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.collection.declarations.scenery import Scenery
from tests.web.staff.waiting import declared, suspense

from ansinh.kernel.workdays import add_working_days
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
    sums = some.annotate(places=Count("unit__children"))
    asked += [
        queue("list", rows=lambda _actor: list(some)),
        queue("union", rows=lambda _actor: some.union(some, all=True)),
        queue("slice", rows=lambda _actor: some.order_by("pk")[:1]),
        queue("distinct", rows=lambda _actor: some.distinct()),
        queue("sums", rows=lambda _actor: sums),
        queue("marked", rows=lambda _actor: some.annotate(mark=F("unit__code")).select_related("unit")),
    ]
    count = some.count()
    assert count
    assert queues.counts(actor, asked) == {
        "none": 0,
        "some": count,
        "twice": 2 * count,
        "waiting": sum(one.count() for one in sets),
        "list": count,
        "union": 2 * count,
        "slice": 1,
        "distinct": count,
        "sums": count,
        "marked": count,
    }
    assert queues.counts(actor, []) == {}
    assert queues.counts(actor, asked[:1]) == {"none": 0}


def test_queues_count_what_waits(scene: Scenery, desk: Callable[..., Any]) -> None:
    client = desk("collection")
    today = timezone.localdate()
    far = add_working_days(today, 7)
    late = declared(scene, received_on=add_working_days(today, -5))
    wrong, _far = declared(scene, wrong=True, received_on=far), declared(scene, received_on=far)
    suspense(scene)
    answer = client.get("/viec/", follow=True)
    counts = {q["label"]: q["count"] for q in answer.context["queues"]}
    assert counts == {
        "Việc của tôi": 0,
        "Của phòng": 3,
        "Sắp quá hạn": 1,
        "Chờ bổ sung": 1,
        "Tiền chờ khớp": 1,
        "Hoàn trả chờ xác định": 0,
    }
    text = client.get("/viec/cua-phong/").content.decode()
    assert "quá hạn 2 ngày làm việc" in text
    assert text.index(late.employer.name) < text.index(wrong.employer.name)
    assert client.get("/viec/", follow=True).redirect_chain == [("/viec/cua-phong/", 302)]
    assert client.get("/viec/hoan-tra-cho-duyet/").status_code == 404


Desk = Callable[[str], Any]


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_the_work_list_comes_back_as_it_was_left(scene: Scenery, desk: Desk) -> None:
    client = desk("collection")
    assert client.get("/viec/").url == "/viec/cua-toi/"
    text_of(client.get("/viec/cua-phong/", {"ten": "ánh dương", "sort": "-due", "page": "2"}))
    assert client.get("/viec/").url == "/viec/cua-phong/?ten=%C3%A1nh+d%C6%B0%C6%A1ng&sort=-due"
    text_of(client.get("/viec/sap-qua-han/"))
    assert client.get("/viec/").url == "/viec/sap-qua-han/"
