"""Screens that numbers can be tried on: upload, grid, search, household, TK1; and what is written of a look."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook
from tests.collection.declarations.scenery import NOW, Scenery, row, workbook
from tests.collection.declarations.test_strangers import NO_MATCH, Town, invented, secrets

from ansinh.collection.declarations import services
from ansinh.collection.models import Declaration
from ansinh.office import documents
from ansinh.office.models import Alert, MismatchCounter, Reading
from ansinh.registers import households
from ansinh.web.staff import asked

GRID = {"job": "May", "wage": "9.000.000", "from_month": NOW.vi(), "change": "Tăng mới"}


@pytest.fixture
def town(scene: Scenery) -> Town:
    return Town(scene)


@pytest.fixture
def near(town: Town, officer: Callable[..., Any], staff_client: Callable[..., Any]) -> Any:
    """A client of a collection officer of our office only."""
    return staff_client(user=officer("collection", unit=town.scene.office))


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def typed(*rows: dict[str, str], **more: str) -> dict[str, str]:
    found = {f"r{n}-{code}": value for n, r in enumerate(rows) for code, value in {**GRID, **r}.items()}
    return {"rows": str(len(rows)), "action": "send", **found, **more}


def seen(user: Any, view: str) -> set[int]:
    lines = Reading.objects.filter(subject="person", look__user=user, look__view=view)
    return set(lines.values_list("subject_id", flat=True))


def test_the_grid_tells_nothing_of_strangers_and_counts_what_it_rolls_back(town: Town, near: Any) -> None:
    """Before, every row of a grid sent again and again answered with name and birth date, and left no trace."""
    person = town.stranger()
    address = f"/ho-so-thu/luoi/{town.employer.pk}/"
    rows = [
        {"name": "Tên Bịa Đặt", "si_number": number, "birth": birth}
        for number in (person.si_number, "9911223344")
        for birth in ("01/01/1970", "1983")
    ] + [{"name": "", "si_number": person.si_number, "birth": "29/11/1983"}]
    page = text_of(near.post(address, typed(*rows)))
    assert page.count(f'field__error" id="r0-si_number-error">{NO_MATCH}') == 1
    for secret in set(secrets(person)) - {"29/11/1983"}:
        assert secret not in page
    assert not Declaration.objects.exists()
    assert MismatchCounter.objects.get(whose="user").count == 5
    for _ in range(3):
        near.post(address, typed(*rows))
    assert MismatchCounter.objects.get(whose="user").count == 20
    assert Alert.objects.filter(level="slow").count() == 2
    refused = text_of(near.post(address, typed(*rows)))
    assert "được đối chiếu tiếp từ" in refused
    assert NO_MATCH not in refused
    assert MismatchCounter.objects.get(whose="user").count == 20


def test_an_upload_of_two_hundred_invented_rows(town: Town, near: Any) -> None:
    """Before, this page printed two hundred strangers' names and births."""
    people = [
        town.stranger(f"Nông Thị Bí Mật {'ABCDEGHIKL'[n % 10]}{'abcdeghikl'[n // 10]}") for n in range(60)
    ]
    file = SimpleUploadedFile("d02.xlsx", workbook(town.employer, [invented(p) for p in people]))
    answer = near.post("/ho-so-thu/nhan/", {"file": file}, follow=True)
    page = text_of(answer)
    assert "không trả lời từng dòng" in page
    taken = Declaration.objects.get()
    red = near.get(f"/ho-so-thu/{taken.pk}/loi.xlsx").content
    sheets = CalamineWorkbook.from_filelike(BytesIO(red))
    cells = str([sheets.get_sheet_by_name(name).to_python() for name in sheets.sheet_names])
    export = near.get(f"/ho-so-thu/{taken.pk}/", {"export": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(export.streaming_content)))
    cells += str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert "Bí Mật" not in page + cells
    assert not any(p.citizen_id in page + cells for p in people)


def test_a_household_takes_no_number_of_a_stranger(town: Town, near: Any) -> None:
    person, head = town.stranger(), town.scene.person("Hoàng Văn Chủ")
    made = households.begin(actor=town.officer, head=head, address="", commune=town.scene.office)
    pages = [
        text_of(near.post(f"/ho-gia-dinh/{made.pk}/them/", {"number": number, "relation": "child"}))
        for number in (person.si_number, "9911223344", person.citizen_id)
    ]
    assert all("Mã số không khớp với cơ sở dữ liệu." in page for page in pages)
    assert "Bí Mật" not in "".join(pages)
    assert MismatchCounter.objects.get(whose="user").count == 3
    MismatchCounter.objects.update(count=19)
    near.post(f"/ho-gia-dinh/{made.pk}/them/", {"number": "9911223344", "relation": "child"})
    stopped = text_of(
        near.post(f"/ho-gia-dinh/{made.pk}/them/", {"number": head.si_number, "relation": "child"})
    )
    assert "được đối chiếu tiếp từ" in stopped


def test_a_page_a_grid_and_files_write_whom_they_show(
    town: Town, officer: Callable[..., Any], staff_client: Callable[..., Any]
) -> None:
    """Before, a declaration's page, its export, its files and the grid left no line for anybody."""
    people = [town.scene.person(f"Vi Thị {'ABCDEGHIKL'[n % 10]}{'abcdeghikl'[n // 10]}") for n in range(55)]
    for person in people[:40]:
        town.scene.works(person, town.employer)
    joins = [row(p, wage=None if n == 0 else 9_000_000) for n, p in enumerate(people)]
    taken = town.take(joins)
    user = officer("collection", unit=town.scene.office)
    client = staff_client(user=user)
    pks = [p.pk for p in people]
    text_of(client.get(f"/ho-so-thu/{taken.pk}/"))
    assert seen(user, "declaration") == set(pks[:50])
    text_of(client.get(f"/ho-so-thu/{taken.pk}/?page=2"))
    assert seen(user, "declaration") == set(pks)
    client.get(f"/ho-so-thu/{taken.pk}/", {"export": "xlsx"})
    exported = Reading.objects.filter(look__user=user, look__purpose="export", subject="person")
    assert set(exported.values_list("subject_id", flat=True)) == set(pks)
    for name in ("loi.xlsx", "tep"):
        assert client.get(f"/ho-so-thu/{taken.pk}/{name}").content.startswith(b"PK")
    assert seen(user, "declaration_errors") == seen(user, "declaration_file") == set(pks)
    text_of(client.get(f"/ho-so-thu/luoi/{town.employer.pk}/"))
    assert len(seen(user, "declaration_grid")) == 30
    assert seen(user, "declaration_grid") <= set(pks[:40])
    services.check(actor=town.officer, declaration=taken)
    text_of(client.get(f"/ho-so-thu/luoi/{town.employer.pk}/?ho-so={taken.pk}"))
    assert seen(user, "declaration_grid") == set(pks)


def test_picking_a_worker_into_the_grid_writes_a_line(town: Town, near: Any) -> None:
    people = [town.scene.person(f"Vi Thị {'ABCDEGHIKL'[n % 10]}{'abcdeghikl'[n // 10]}") for n in range(35)]
    spans = [town.scene.works(person, town.employer) for person in people]
    address = f"/ho-so-thu/luoi/{town.employer.pk}/"
    near.post(address, {"rows": "0", "action": "pick", "pick": str(spans[34].pk), "pick_change": "Nghỉ việc"})
    lines = Reading.objects.filter(subject="person", look__view="declaration_grid")
    assert people[34].pk in lines.values_list("subject_id", flat=True)


def test_the_search_box_leaves_nothing_in_an_address(town: Town, near: Any) -> None:
    """Before, the number stood in /tim/?q=…, and so in the history and every log on the way."""
    ours = town.scene.person("Đặng Thị Ánh", phone="0912345678")
    town.scene.person("Đặng Thị Ánh")
    for text in (ours.si_number, ours.citizen_id, "0912 345 678"):
        first = near.post("/tim/", {"q": text})
        assert first.url.startswith("/tim/?k=")
        assert len(first.url) == len("/tim/?k=") + 8
        assert near.get(first.url).url == f"/nguoi/{ours.pk}/"
    listed = near.post("/tim/", {"q": "dang thi anh"})
    page = text_of(near.get(listed.url))
    assert page.count("Đặng Thị Ánh</a>") == 2
    assert 'value="dang thi anh"' in page
    assert near.get("/tim/", {"q": ours.si_number}).status_code == 200, "an old address finds nothing"
    assert text_of(near.get("/tim/", {"q": "dang thi anh"})).count("Đặng Thị Ánh</a>") == 0
    assert "đã cũ" in text_of(near.get("/tim/?k=khongco1"))
    assert near.post("/tim/", {"q": "²³ \u200b"}, follow=True).status_code == 200


def test_a_key_dies_after_a_quarter_of_an_hour_and_with_its_session(
    town: Town, near: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.scene.person("Đặng Thị Ánh")
    url = near.post("/tim/", {"q": "dang thi anh"}).url
    assert "Đặng Thị Ánh</a>" in text_of(near.get(url))
    then = asked.time.time()
    monkeypatch.setattr(asked.time, "time", lambda: then + 15 * 60 + 1)
    assert "Đặng Thị Ánh</a>" not in text_of(near.get(url))
    monkeypatch.undo()
    for n in range(asked.MOST):
        near.post("/tim/", {"q": f"ten {n}"})
    assert len(near.session[asked.SESSION]) == asked.MOST
    assert "Đặng Thị Ánh</a>" not in text_of(near.get(url))


def test_a_search_stopped_by_too_many_misses_says_until_when(town: Town, near: Any) -> None:
    for n in range(60):
        near.post("/tim/", {"q": f"99{n:08d}"}, follow=True)
    page = text_of(near.post("/tim/", {"q": town.stranger().si_number}, follow=True))
    assert "được đối chiếu tiếp từ" in page
    assert Alert.objects.get().kind == "search"


def test_the_grid_finds_employers_without_an_address(town: Town, near: Any) -> None:
    answer = near.post("/ho-so-thu/luoi/", {"q": town.employer.unit_code})
    assert answer.url.startswith("/ho-so-thu/luoi/?k=")
    assert f"/ho-so-thu/luoi/{town.employer.pk}/" in text_of(near.get(answer.url))
    lost = near.post("/ho-so-thu/luoi/", {"q": town.theirs.unit_code}, follow=True)
    assert "Không tìm thấy đơn vị nào" in text_of(lost)


@pytest.mark.parametrize("address", ["/nguoi/", "/don-vi/", "/ho-so-thu/"])
def test_a_box_for_names_takes_no_number(town: Town, near: Any, address: str) -> None:
    ours = town.scene.person("Đặng Thị Ánh")
    page = text_of(near.get(address, {"ten": f" {ours.si_number[:5]} {ours.si_number[5:]} ", "sort": "name"}))
    assert "tìm theo mã số ở ô tìm kiếm đầu trang" in page
    leads = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert not [link for link in leads if ours.si_number[:5] in link]
    assert "pattern=" in page


def test_the_kept_original_is_named_by_its_digest_and_served_as_values(town: Town, near: Any) -> None:
    import hashlib

    taken = town.take([row(town.scene.person("Vi Thị Nhà"))])
    data = documents.content(documents.of("declaration", taken.pk).document)
    assert hashlib.sha256(data).hexdigest() in text_of(near.get(f"/ho-so-thu/{taken.pk}/"))
    answer = near.get(f"/ho-so-thu/{taken.pk}/tep")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.content != data
    assert "Vi Thị Nhà" in str(
        CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    )
