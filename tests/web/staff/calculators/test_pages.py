"""The calculators as pages: found, filled in, answered with every step, compared, printed; errors at the box."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from tests.collection.month.books import Books

from ansinh.kernel.workdays import Announced, Announcement, supposing
from ansinh.law.calc import calculators
from ansinh.law.calc.contract import groups
from ansinh.office.models import Reading
from ansinh.web.staff.calculators.form import _boxes, blank, read
from ansinh.web.staff.calculators.pages import for_people

MONTH = {"as_of": "30/06/2025", "wages": "4.000.000; 60.000.000", "region": "I", "action": "answer"}
ADDRESS = "/tinh/contribution.compulsory/"

pytestmark = pytest.mark.django_db


@pytest.mark.browser
def test_a_clerk_computes_compares_and_prints(staff_page: Any, axe: Any, screenshot: Any) -> None:
    page = staff_page("benefits")
    page.get_by_role("link", name="Tính theo luật").click()
    axe(page)
    screenshot(page, "calculators")
    page.get_by_label("Tìm theo tên chế độ hoặc điều luật").fill("bat buoc")
    page.get_by_role("main").get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name="Mức đóng BHXH bắt buộc").click()
    page.get_by_label("Theo luật có hiệu lực ngày").fill("30/06/2025")
    page.get_by_role("button", name="Tính", exact=True).click()
    page.get_by_role("alert").wait_for()
    axe(page)
    screenshot(page, "calculator-errors")
    page.get_by_label("Tiền lương tháng làm căn cứ đóng của từng người lao động").fill(
        "4.000.000; 60.000.000"
    )
    page.get_by_label("Vùng lương tối thiểu của nơi làm việc").select_option("I")
    page.get_by_role("button", name="Tính", exact=True).click()
    page.get_by_role("heading", name="Kết quả theo luật ngày 30/06/2025").wait_for()
    page.get_by_text("Từ đâu ra").nth(3).click()
    axe(page)
    screenshot(page, "calculator-answer")
    page.get_by_text("So sánh theo luật của hai ngày").click()
    page.get_by_role("button", name="So sánh", exact=True).click()
    page.get_by_role("heading", name="Hai ngày cạnh nhau").wait_for()
    axe(page)
    screenshot(page, "calculator-comparison")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Bản diễn giải PDF").click()
    assert waited.value.suggested_filename == "contribution.compulsory-2025-06-30.pdf"


@pytest.mark.browser
def test_a_record_becomes_a_pension(books: Books, staff_page: Any, axe: Any, screenshot: Any) -> None:
    """From a person's page to a calculator filled in, rows added, every branch readable."""
    person = books.paying.participation_set.first().person
    page = staff_page("director")
    page.goto(f"/nguoi/{person.pk}/")
    page.get_by_role("heading", name="Tính chế độ từ hồ sơ này").wait_for()
    axe(page)
    screenshot(page, "calculators-of-person")
    page.goto(f"/nguoi/{person.pk}/tinh/retirement.average_wage/")
    page.get_by_role("button", name="Thêm dòng").first.click()
    page.get_by_label("Dòng 2: Từ", exact=True).fill("01/2012")
    page.get_by_label("Dòng 2: Đến", exact=True).fill("12/2015")
    page.get_by_label("Dòng 2: Tiền lương tháng", exact=True).fill("4.200.000")
    page.get_by_role("button", name="Tính", exact=True).click()
    page.get_by_role("heading", name="Các bước tính").wait_for()
    axe(page)
    screenshot(page, "calculator-record")
    for name in ("survivors.monthly", "maternity.benefit", "health.visit"):
        page.goto(f"/tinh/{name}/")
        axe(page)
        screenshot(page, f"calculator-{name}")


def test_the_answer_shows_steps_articles_and_sources(staff_client: Callable[..., Any]) -> None:
    body = staff_client("benefits").post(ADDRESS, MONTH).content.decode()
    assert "Tiền lương đóng thấp nhất" in body
    assert "595/QĐ-BHXH, Điều 6" in body
    assert "74/2024/NĐ-CP, Điều 3" in body
    assert "16.827.200" in body


def test_groups_stand_in_the_order_their_folders_say(staff_client: Callable[..., Any]) -> None:
    page = staff_client("benefits").get("/tinh/").content.decode()
    titles = [f"<h2>{html.escape(group.vi)}</h2>" for group in groups().values()]
    assert [page.count(title) for title in titles] == [1] * len(titles)
    assert sorted(titles, key=page.index) == titles


def test_it_speaks_english(staff_client: Callable[..., Any]) -> None:
    client = staff_client("benefits")
    client.cookies["django_language"] = "en"
    body = client.post(ADDRESS, MONTH).content.decode()
    assert "Earnings subject to social insurance" in body
    assert "The regional minimum wage where the employer fixes the pay" in body


@pytest.mark.parametrize(("language", "said"), [("vi", "Diễn giải cách tính"), ("en", "How it was computed")])
def test_the_paper_says_the_same(staff_client: Callable[..., Any], language: str, said: str) -> None:
    client = staff_client("benefits")
    client.cookies["django_language"] = language
    answer = client.post(ADDRESS, {**MONTH, "action": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(" ".join(p.extract_text().split()) for p in PdfReader(BytesIO(answer.content)).pages)
    assert said in text
    assert "16.827.200" in text
    assert "595/QĐ-BHXH, Điều 6" in text
    assert "4.960.000" in text


def test_every_error_is_at_its_box_and_nothing_typed_is_lost(staff_client: Callable[..., Any]) -> None:
    wrong = {"as_of": "30/06/2025", "wages": "4 triệu", "region": "V", "action": "answer"}
    answer = staff_client("benefits").post(ADDRESS, wrong)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "4 triệu" in body
    assert 'href="#wages"' in body
    assert 'href="#region"' in body


def test_rows_are_read_by_their_place(staff_client: Callable[..., Any]) -> None:
    rows = {
        "as_of": "2024-01-31",
        "items[0].month": "07/2023",
        "items[0].amount": "1.000.000",
        "items[2].month": "hôm qua",
        "items[2].amount": "5",
        "action": "answer",
    }
    answer = staff_client("benefits").post("/tinh/contribution.late_interest/", rows)
    assert answer.status_code == 422
    assert 'href="#items[1].month"' in answer.content.decode()


def test_holidays_left_empty_are_those_of_the_calendar(staff_client: Callable[..., Any]) -> None:
    leave = {
        "as_of": "14/04/2016",
        "contributed_months": "60",
        "absences[0].from": "14/04/2016",
        "absences[0].to": "18/04/2016",
        "action": "answer",
    }
    body = staff_client("benefits").post("/tinh/sickness.benefit/", leave).content.decode()
    assert 'value="16/04/2016"' in body
    assert "3 ngày" in body


def test_holidays_of_a_fathers_leave_are_filled_in(staff_client: Callable[..., Any]) -> None:
    birth = {
        "as_of": "27/04/2026",
        "event": "wife_birth",
        "claimant": "father",
        "child_birth": "27/04/2026",
        "child_order": "1",
        "leave_from": "28/04/2026",
        "average_wage": "9.600.000",
        "action": "answer",
    }
    body = staff_client("benefits").post("/tinh/maternity.benefit/", birth).content.decode()
    assert "30/04/2026; 01/05/2026" in body


def test_days_the_office_announced_move_the_clock_of_a_dossier(staff_client: Callable[..., Any]) -> None:
    off = Announcement(date(2026, 10, 7), "off", "Nghỉ chống bão", "thông báo của tỉnh")
    asked = {"as_of": "05/10/2026", "procedure": "1.001742", "received_on": "05/10/2026", "action": "answer"}
    client = staff_client("benefits")
    assert "12/10/2026" in client.post("/tinh/dossier.clock/", asked).content.decode()
    with supposing(Announced({off.day: off})):
        body = client.post("/tinh/dossier.clock/", asked).content.decode()
    assert "07/10/2026" in body
    assert "13/10/2026" in body


def test_a_form_made_blank_reads_as_nothing() -> None:
    from django.http import QueryDict

    for calculator in calculators().values():
        assert len(blank(calculator, {}, english=False).parts) == len(calculator.facts)
        assert read(calculator, QueryDict(""), english=True).facts == {}


def test_facts_drawn_are_facts_read(books: Books, staff_client: Callable[..., Any]) -> None:
    """What the page fills in from a record goes to the law as the record had it."""
    person = books.paying.participation_set.first().person
    client = staff_client("director")
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(f"/nguoi/{person.pk}/tinh/retirement.age/")
    assert answer.status_code == 200
    assert person.full_name in answer.content.decode()
    assert len(seen) < 25
    assert Reading.objects.filter(subject="person", subject_id=person.pk).exists()
    assert client.get(f"/nguoi/{person.pk}/tinh/no.such/").status_code == 404


def test_every_calculator_opens_filled_in_and_answers_or_asks(
    books: Books, staff_client: Callable[..., Any]
) -> None:
    person = books.paying.participation_set.first().person
    client = staff_client("director")
    able = for_people()
    assert len(able) > 20
    for one in able:
        address = f"/nguoi/{person.pk}/tinh/{one['id']}/"
        page = client.get(address)
        assert page.status_code == 200, one["id"]
        boxes = {box.name: box.value for part in page.context["parts"] for box in _boxes(part) if box.value}
        answer = client.post(address, {**boxes, "as_of": "25/11/2026", "action": "answer"})
        assert answer.status_code in {200, 422}, one["id"]
        assert ("told" in answer.context) == (answer.status_code == 200), one["id"]


def test_a_person_elsewhere_is_not_found(books: Books, staff_client: Callable[..., Any]) -> None:
    elsewhere = Books("27")
    stranger = elsewhere.employer(workers=1).participation_set.first().person
    client = staff_client("collection")
    assert client.get(f"/nguoi/{stranger.pk}/tinh/retirement.age/").status_code == 404
