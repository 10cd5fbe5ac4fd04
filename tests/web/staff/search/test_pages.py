"""The search box: an exact number opens at once, names are listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.collection.declarations.scenery import Scenery

Desk = Callable[[str], Any]


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_one_box_opens_an_exact_number_and_lists_names(scene: Scenery, desk: Desk) -> None:
    person = scene.person("Đặng Thị Ánh", phone="0912345678")
    employer = scene.employer("Công ty Ánh Dương", tax_code="4900123456")
    scene.person("Đặng Thị Ánh")
    client = desk("reception")
    for text in (person.si_number, person.citizen_id, "0912 345 678"):
        assert client.get(client.post("/tim/", {"q": text}).url).url == f"/nguoi/{person.pk}/", text
    for text in (employer.unit_code, employer.unit_code.lower(), "4900123456"):
        assert client.get(client.post("/tim/", {"q": text}).url).url == f"/don-vi/{employer.pk}/", text
    for text in ("Đặng Thị Ánh", "dang thi anh"):
        found = text_of(client.post("/tim/", {"q": text}, follow=True))
        assert found.count("Đặng Thị Ánh</a>") == 2
        assert person.si_number not in found
