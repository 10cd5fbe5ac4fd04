"""Ngoài phạm vi như không có: a foreign key and one that nothing has are answered alike, and both are written."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from tests.web.doors.expected import ROLES, ROWS
from tests.web.doors.matrix import is_named
from tests.web.doors.names import SIGN
from tests.web.doors.scene import Scene
from tests.web.doors.visits import Answer, Visitors

NOBODYS = 987_654_321_987
NAMED = sorted(key for key, row in ROWS.items() if is_named(row))


def plain(answer: Answer, address: str) -> str:
    """The body without what differs between two requests for the same page."""
    text = answer.text.replace(address, "")
    text = re.sub(r"\b[a-z]{4}-[a-z]{4}-[a-z]{4}\b", "", text)
    return re.sub(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]*"', "", text)


def asked(key: str, kwargs: dict[str, Any]) -> str:
    return reverse(key.partition(":")[0], kwargs=kwargs) + ROWS[key].query


@pytest.mark.parametrize("key", NAMED)
def test_foreign_and_unknown_are_answered_alike(visitors: Visitors, scene: Scene, key: str) -> None:
    """Same status, same body, same statements, and a line for both; on bcfb51c none was left, because the
    transaction of the refusal took it along.
    """
    row = ROWS[key]
    seat = f"{ROLES[row.who[0]]}@{'P' if row.at == 'province-object' else 'A'}"
    method, data = ("POST", row.data(scene.places["C"])) if row.get == 405 else ("GET", None)
    theirs = row.name(scene.places["C"])  # type: ignore[misc]
    nobodys = {**theirs, "pk": NOBODYS}
    got = []
    for kwargs in (theirs, nobodys):
        address = asked(key, kwargs)
        answer = visitors.visit(seat, address, method, data)
        assert answer.status == 404, (address, answer.trouble)
        assert answer.outcomes == {"outside"}, address
        assert answer.shown == set()
        got.append((plain(answer, address), answer.statements, len(answer.lines)))
    assert got[0] == got[1]


@pytest.mark.parametrize("seat", ["planning@P", "citizen"])
def test_a_refusal_leaves_a_line_though_its_transaction_is_undone(
    visitors: Visitors, scene: Scene, seat: str
) -> None:
    answer = visitors.visit(seat, reverse("person", args=[scene.places["A"].people["one"].pk]))
    assert answer.status == 403
    assert {(line.outcome, line.verb, line.subject) for line in answer.lines} == {
        ("refused", "person.read", "page")
    }


def test_a_service_that_refuses_leaves_a_line_too(visitors: Visitors, scene: Scene) -> None:
    """A decision of the province's plan by an office: the page is there, the deed is not theirs."""
    draft = scene.places["A"].draft
    assert draft
    answer = visitors.visit("planning@A", reverse("target_allocate", args=[draft.pk]))
    assert answer.status == 200
    foreign = visitors.visit(
        "planning@A", reverse("target_decide", args=[scene.places["B"].draft.pk]), "POST", {}
    )  # type: ignore[union-attr]
    assert foreign.status == 404
    assert foreign.outcomes == {"outside"}


class TestSearch:
    """A hit is a line; a number of somebody else's, or of nobody, is the same empty answer."""

    def found(self, visitors: Visitors, seat: str, text: str) -> Answer:
        client = visitors.client(seat)
        away = client.post(reverse("search"), {"q": text})
        return visitors.visit(seat, away["Location"])

    def test_hits_are_written(self, visitors: Visitors, scene: Scene) -> None:
        answer = self.found(visitors, "collection@A", "Nguyễn Thị")
        assert len(answer.shown) > 1
        assert answer.shown == answer.logged
        assert answer.inserts == 1

    def test_foreign_and_unknown_numbers_are_alike(self, visitors: Visitors, scene: Scene) -> None:
        foreign = scene.places["C"].people["one"].si_number
        got = []
        for number in (foreign, "9912345678"):
            answer = self.found(visitors, "collection@A", number)
            assert not SIGN.search(answer.text), "a name, beside the number that was typed"
            assert answer.outcomes == {"outside"}
            text = re.sub(r"k=\w{8}", "", plain(answer, "")).replace(number, "")
            got.append((answer.status, text, answer.statements))
        assert got[0] == got[1]


def test_a_long_list_is_one_statement(visitors: Visitors) -> None:
    """A page of people costs the log one insert, however many it shows."""
    answer = visitors.visit("director@P", reverse("people"))
    assert len(answer.shown) > 20
    assert answer.inserts == 1
    assert answer.looks == 1
