"""Runs and closing on screen: failures are tried again, runs cancelled, and what blocks leads to its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from tests.collection.month.books import Books
from tests.web.hidden import seen

from ansinh.collection.month import services
from ansinh.kernel.months import Month
from ansinh.office.models import Period, Run
from ansinh.office.runs import engine

JANUARY = Month(2026, 1)


@pytest.fixture
def client(books: Books, officer: Callable[..., Any], staff_client: Callable[..., Any]) -> Any:
    return staff_client(user=officer("director", unit=books.province))


def test_a_run_is_cancelled_after_its_page_said_what_that_does(books: Books, client: Any) -> None:
    run = services.queue(actor=None, unit=books.province, month=JANUARY)
    address = f"/ky-thu/{run.pk}/"
    assert f"{address}huy/" in client.get(address).content.decode()
    asked = client.get(f"{address}huy/").content.decode()
    assert "Lượt chạy chưa bắt đầu; không có gì được ghi." in asked
    client.post(f"{address}huy/")
    assert Run.objects.get(pk=run.pk).state == "queued"  # nobody has confirmed it
    client.post(f"{address}huy/", {"confirmed": "1"})
    assert Run.objects.get(pk=run.pk).state == "cancelled"
    page = client.get(address).content.decode()
    assert "Đã hủy" in page
    assert f"{address}huy/" not in page
    assert "không còn gì để hủy" in client.get(f"{address}huy/").content.decode()


def test_a_run_that_failed_says_why_and_is_tried_again(books: Books, client: Any) -> None:
    run = services.queue(actor=None, unit=books.province, month=JANUARY)
    for told in ({"state": "running"}, {"state": "failed", "error": "Hết đĩa", "error_en": "Disk full"}):
        Run.objects.filter(pk=run.pk).update(**told)
    address = f"/ky-thu/{run.pk}/"
    page = client.get(address).content.decode()
    assert "Hết đĩa" in page
    assert f"{address}chay-lai/" in page
    client.post(f"{address}chay-lai/")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args->'arguments'->>'run_id' = %s", [str(run.pk)]
        )
        assert cursor.fetchone()[0] >= 1
    assert engine.execute(run.pk).state == "done"
    assert f"{address}chay-lai/" not in client.get(address).content.decode()


def test_every_kind_of_run_is_listed_and_leads_to_what_it_made(books: Books, client: Any) -> None:
    client.post("/ky-thu/do-chi-tieu/", {"month": str(JANUARY)})
    measured = engine.execute(Run.objects.get(kind="targets.measure").pk)
    page = client.get("/ky-thu/luot-chay/").content.decode()
    assert "Chạy kỳ thu 01/2026" in page
    assert f"/ky-thu/{measured.pk}/" in page
    one = client.get(f"/ky-thu/{measured.pk}/").content.decode()
    assert f"/chi-tieu/?don-vi={books.province.pk}&amp;ky={JANUARY}" in one
    assert client.get("/ky-thu/luot-chay/?loai=targets.measure").content.decode().count("data-row") == 1


def test_what_blocks_closing_is_shown_with_its_rows_and_refused(books: Books, client: Any) -> None:
    address = f"/ky-thu/khoa/?month={JANUARY}&tinh={books.province.code}"
    books.worker(books.late)
    page = client.get(address)
    text = page.content.decode()
    assert "Chưa khóa sổ được" in text
    assert 'name="confirmed"' not in text
    rows = client.get(f"/ky-thu/khoa/collection.records_after/?month={JANUARY}").content.decode()
    assert f"/don-vi/{books.late.pk}/" in rows
    assert f"/don-vi/{books.paying.pk}/" not in rows
    form = {"month": str(JANUARY), "tinh": books.province.code, "confirmed": "1", "seen": "0" * 64}
    refused = client.post("/ky-thu/khoa/", form, follow=True).content.decode()
    assert "Đơn vị có dữ liệu thay đổi sau lượt chạy (1)" in refused
    assert Period.objects.get(month=JANUARY.index).state == "open"
    services.run_month(actor=None, unit=books.province, month=JANUARY)
    client.post("/ky-thu/khoa/", {**form, "seen": seen(client.get(address))})
    assert Period.objects.get(month=JANUARY.index).state == "closed"
    assert client.get(f"/ky-thu/khoa/collection.nothing/?month={JANUARY}").status_code == 404
