"""Statements of a month in one archive: every one of them, as each file would be alone, or a clear refusal."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from tests.collection.month.books import Books

from ansinh.collection.models import Statement
from ansinh.collection.notices import papers
from ansinh.forms.print.documents import render_batch
from ansinh.kernel.months import Month
from ansinh.web.staff.statements import pages

JANUARY = Month(2026, 1)
ADDRESS = "/thong-bao/2026-01/c12.pdf"


@pytest.fixture
def client(books: Books, officer: Callable[..., Any], staff_client: Callable[..., Any]) -> Any:
    return staff_client(user=officer("director", unit=books.province))


def test_of_many_there_is_an_archive_of_files(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "BATCH_LIMIT", 1)
    monkeypatch.setattr(pages, "FILE", 1)
    answer = client.get(f"{ADDRESS}?sort=name")
    assert answer["Content-Type"] == "application/zip"
    employers = Statement.objects.filter(month=JANUARY.index).values_list("employer_id", flat=True)
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        made = {archive.read(name) for name in names}
    assert names == [f"C12-2026-01-{n:03d}.pdf" for n in range(1, len(employers) + 1)]
    assert len(names) > 1
    assert made == {render_batch("C12-TS", papers.statements(JANUARY, [pk])) for pk in employers}


def test_more_than_an_archive_holds_are_refused_and_not_cut(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ARCHIVE_LIMIT", 1)
    answer = client.get(ADDRESS, follow=True)
    assert answer.redirect_chain[0][0].startswith("/thong-bao/2026-01/")
    assert "hãy lọc bớt" in answer.content.decode()
