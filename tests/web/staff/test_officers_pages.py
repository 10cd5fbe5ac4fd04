"""The officers' pages on real books: every page answers, reads well, and costs a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.collection.month.books import Books
from tests.web.hidden import seen

from ansinh.collection.models import Receipt, Statement
from ansinh.collection.month import services
from ansinh.collection.notices import services as notices
from ansinh.kernel.months import Month
from ansinh.office.models import Reading
from ansinh.office.runs import engine

JANUARY = Month(2026, 1)


@pytest.fixture
def books(books: Books) -> Books:
    notices.urge(actor=None, seen=None, unit=books.province, month=JANUARY, issued_on=date(2026, 2, 5))
    return books


def pages(books: Books) -> dict[str, str]:
    person = books.paying.participation_set.first().person_id
    return {
        "search": "/tim/",
        "people": "/nguoi/",
        "person": f"/nguoi/{person}/",
        "employers": "/don-vi/",
        "employer": f"/don-vi/{books.paying.pk}/",
        "statement": f"/don-vi/{books.paying.pk}/c12/2026-01/",
        "statements": "/thong-bao/2026-01/",
        "runs": "/ky-thu/",
        "run": "/ky-thu/1/",
        "ledger": "/so-cai/",
        "numbers": "/so-van-ban/",
    }


@pytest.mark.browser
def test_pages_read_well(books: Books, staff_page: Any, axe: Any, screenshot: Any) -> None:
    page = staff_page("director")
    run = books.province.run_set.get().pk
    for name, address in pages(books).items():
        page.goto(address.replace("/ky-thu/1/", f"/ky-thu/{run}/"))
        axe(page)
        screenshot(page, f"staff-{name}")


@pytest.mark.browser
def test_a_run_is_followed_to_its_end(books: Books, staff_page: Any, axe: Any) -> None:
    page = staff_page("director")
    page.goto("/ky-thu/")
    page.get_by_role("button", name="Chạy kỳ 01/2026").click()
    page.get_by_text("Chờ chạy", exact=True).wait_for()
    axe(page)
    engine.execute(books.province.run_set.order_by("-pk").first().pk)
    page.locator(".progress-job--done").wait_for()
    page.locator("#announcer", has_text="Hoàn thành").wait_for(state="attached")
    axe(page)
    page.get_by_role("link", name="Xem kết quả").click()
    page.get_by_role("heading", name="Thông báo kết quả đóng tháng 01/2026").wait_for()


@pytest.mark.browser
def test_statements_are_picked_and_printed(books: Books, staff_page: Any, axe: Any) -> None:
    page = staff_page("collection")
    page.goto("/thong-bao/2026-01/?dien=thieu")
    count = page.locator("[data-bulk-count]")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert count.inner_text().startswith("Đã chọn 1 · tổng ")
    page.keyboard.press("j")
    page.keyboard.press("x")
    short = sum(Statement.objects.filter(month=JANUARY.index, short__gt=0).values_list("short", flat=True))
    assert f"{short:,}".replace(",", ".") in count.inner_text()
    axe(page)
    with page.expect_download() as waited:
        page.get_by_role("button", name="In C12 các dòng đã chọn").click()
    assert Path(waited.value.path()).read_bytes().startswith(b"%PDF")


def test_nothing_picked_prints_nothing(books: Books, staff_client: Callable[..., Any]) -> None:
    client = staff_client("collection")
    answer = client.post("/thong-bao/2026-01/c12.pdf?dien=thieu", {"action": "print"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/thong-bao/2026-01/?dien=thieu"
    assert "Chưa chọn dòng nào." in answer.content.decode()
    every = client.post("/thong-bao/2026-01/c12.pdf", {"action": "print", "everything": "1"})
    assert every.content.startswith(b"%PDF")


@pytest.mark.browser
def test_lists_and_cases_print_without_the_screen(books: Books, staff_page: Any) -> None:
    page = staff_page("director")
    for name, address in pages(books).items():
        if name in {"run", "search"}:
            continue
        page.goto(address)
        page.emulate_media(media="print")
        assert page.locator(".print-header").is_visible(), name
        for gone in (".masthead", ".service-nav", ".filter-bar", ".bulk-bar", ".footer"):
            assert not page.locator(gone).first.is_visible(), (name, gone)
        page.emulate_media(media="screen")


def test_papers_download(books: Books, staff_client: Callable[..., Any]) -> None:
    client = staff_client("collection")
    for form, kind, mark in (
        ("c12", "pdf", b"%PDF"),
        ("c12", "xlsx", b"PK"),
        ("d09", "pdf", b"%PDF"),
        ("d09", "xlsx", b"PK"),
        ("c69a", "xlsx", b"PK"),
        ("c83a", "xlsx", b"PK"),
    ):
        answer = client.get(f"/don-vi/{books.late.pk}/van-ban/2026-01/{form}.{kind}")
        assert answer.status_code == 200, form
        assert answer.content.startswith(mark), form
    assert client.get("/thong-bao/2026-01/c12.pdf").content.startswith(b"%PDF")
    for form in ("b10a", "d15"):
        assert client.get(f"/bao-cao/2026-01/{form}.xlsx").content.startswith(b"PK")
    assert client.get(f"/don-vi/{books.late.pk}/van-ban/2026-01/none.pdf").status_code == 404


def test_every_read_of_a_person_is_written_down(books: Books, staff_client: Callable[..., Any]) -> None:
    client = staff_client("collection")
    person = books.paying.participation_set.first().person_id
    client.get(f"/nguoi/{person}/?muc-dich=reconcile")
    [read] = Reading.objects.filter(subject="person", subject_id=person)
    assert (read.look.purpose, read.look.view, read.look.address) == (
        "reconcile", "person", f"/nguoi/{person}/"
    )  # fmt: skip
    client.get(f"/nguoi/{person}/?muc-dich=Đối chiếu C12")  # not on the list: a purpose is no free text
    assert Reading.objects.filter(subject_id=person).order_by("-pk")[0].look.purpose == "lookup"


def test_numbers_are_masked_in_lists(books: Books, staff_client: Callable[..., Any]) -> None:
    number = books.paying.participation_set.first().person.si_number
    text = staff_client("collection").get("/nguoi/").content.decode()
    assert number not in text
    assert number[-4:] in text


def test_search_opens_an_exact_hit_at_once(books: Books, staff_client: Callable[..., Any]) -> None:
    client = staff_client("collection")
    answer = client.get(client.post("/tim/", {"q": books.paying.unit_code}).url)
    assert answer.url == f"/don-vi/{books.paying.pk}/"
    number = books.paying.participation_set.first().person.si_number
    assert "/nguoi/" in client.get(client.post("/tim/", {"q": number}).url).url
    assert "Đơn vị" in client.post("/tim/", {"q": "don vi"}, follow=True).content.decode()


def test_lists_cost_a_constant_number_of_queries(
    books: Books, staff_client: Callable[..., Any], django_db_blocker: Any
) -> None:
    from django.db import connection

    client = staff_client("director")
    client.get("/viec/")  # the session's own first writes are not the lists'

    def cost(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    before = {
        name: cost(a) for name, a in pages(books).items() if name in {"people", "employers", "statements"}
    }
    for _ in range(5):
        books.employer(workers=4)
    services.run_month(actor=None, unit=books.province, month=JANUARY)
    after = {name: cost(a) for name, a in pages(books).items() if name in before}
    assert after == before


def test_an_export_holds_what_is_filtered(books: Books, staff_client: Callable[..., Any]) -> None:
    from python_calamine import CalamineWorkbook

    answer = staff_client("collection").get("/don-vi/", {"ten": books.paying.name_fold, "export": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert [r[0] for r in rows[1:]] == [books.paying.name]


def test_run_from_the_page_goes_to_the_queue_and_closes(
    books: Books, staff_client: Callable[..., Any]
) -> None:
    client = staff_client("director")
    answer = client.post("/ky-thu/chay/", {"month": "2026-01"})
    run = books.province.run_set.order_by("-pk").first()
    assert answer.url == f"/ky-thu/{run.pk}/"
    assert run.state == "queued"
    engine.execute(run.pk)
    assert "Hoàn thành" in client.get(f"/ky-thu/{run.pk}/").content.decode()
    page = client.get("/ky-thu/khoa/?month=2026-01")
    assert f"#{run.pk}" in page.content.decode()
    mark = seen(page)
    Receipt.objects.create(
        unit_id=books.province.pk, account=books.account, reference="sau", booked_on=date(2026, 1, 30), value_on=date(2026, 1, 30),
        month=JANUARY.index, amount=1_000, state="matched", employer=books.late, matched_at=timezone.now(),
        matched_month=JANUARY.index,
    )  # fmt: skip
    form = {"month": "2026-01", "confirmed": "1"}
    said = client.post("/ky-thu/khoa/", {**form, "seen": mark}, follow=True).content.decode()
    assert "Khoản tiền khớp sau lượt chạy (1)" in said  # a payment came in since the run
    run = services.run_month(actor=None, unit=books.province, month=JANUARY)
    for old in ("", "0" * 64, mark):  # and the page was shown before it was run again
        said = client.post("/ky-thu/khoa/", {**form, "seen": old}, follow=True).content.decode()
        assert "Nội dung đã thay đổi" in said
    assert books.province.period_set.get(month=JANUARY.index).state == "open"
    page = client.get("/ky-thu/khoa/?month=2026-01")
    client.post("/ky-thu/khoa/", {"month": "2026-01", "confirmed": "1", "seen": seen(page)})
    assert books.province.period_set.get(month=JANUARY.index).state == "closed"
    assert "chỉ còn dấu SHA-256" in client.get(f"/ky-thu/{run.pk}/").content.decode()


def test_outside_the_scope_nothing_exists(
    books: Books, officer: Callable[..., Any], staff_client: Callable[..., Any]
) -> None:
    elsewhere = Books("24")
    stranger = officer("collection", unit=elsewhere.office)
    client = staff_client(user=stranger)
    assert client.get(f"/don-vi/{books.paying.pk}/").status_code == 404
    assert books.paying.name not in client.get("/don-vi/").content.decode()
    reception = staff_client("reception")
    assert reception.post("/ky-thu/chay/", {"month": "2026-01"}).status_code == 403


def test_a_change_is_shown_with_what_it_was(books: Books, staff_client: Callable[..., Any]) -> None:
    span = books.paying.participation_set.first()
    span.wage = 12_345_678
    span.save()
    client = staff_client("director")
    text = client.get(f"/nguoi/{span.person_id}/").content.decode()
    assert "Tiền lương: 10.000.000 → 12.345.678" in text
    books.paying.address = "Số 5"
    books.paying.save()
    assert "Địa chỉ: trống → Số 5" in client.get(f"/don-vi/{books.paying.pk}/").content.decode()


def test_targets_answer_without_a_plan_and_published_figures_hold(
    books: Books, staff_client: Callable[..., Any]
) -> None:
    from ansinh.steering.targets import services as targets

    targets.load_indicators()
    targets.measure(JANUARY, unit=books.province)
    client = staff_client("planning")
    assert books.province.name in client.get("/chi-tieu/").content.decode()
    assert client.get("/chi-tieu/kiem-tra/").status_code == 200


def test_people_paid_by_coefficient_are_shown_and_exported(books: Books, staff_client: Any) -> None:
    span = books.paying.participation_set.first()
    books.paying.participation_set.filter(pk=span.pk).update(pay_kind=1, coefficient_milli=2067, wage=0)
    client = staff_client("director")
    for address in (f"/don-vi/{books.paying.pk}/", f"/nguoi/{span.person_id}/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "2,067" in answer.content.decode()
    assert client.get(f"/don-vi/{books.paying.pk}/?export=xlsx").status_code == 200
