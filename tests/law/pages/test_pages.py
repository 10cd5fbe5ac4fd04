"""The pages of the law are current, whole, and lead to each other."""

import re
from pathlib import Path

import pytest

from ansinh.law.engine.check import books, written
from ansinh.law.pages import main

ROOT = Path(__file__).parents[3]
TESTS = ROOT / "tests" / "law"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    assert main(folder, TESTS, check=False) == 0
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")
    }


def test_what_is_committed_is_current():
    assert main(ROOT / "docs" / "law", TESTS, check=True) == 0, "ansinh law docs writes them anew"


def test_every_clause_has_its_page(pages):
    for one in written():
        branch = one.function.__module__.split(".")[2]
        page = pages[f"{branch}/{one.id}.md"]
        assert one.clause in page
        assert f"{one.period.since:%d/%m/%Y}" in page


def test_links_lead_somewhere(pages):
    links = re.findall(r"\]\(([^)\s]+\.md)", pages["README.md"])
    assert len(links) > 300
    assert {link for link in links if link not in pages} == set()


def test_every_unverified_value_is_listed(pages):
    for book in books().values():
        for figure in book:
            if any(dated.unverified for dated in figure.values):
                assert f"`{figure.name}`" in pages["unverified.md"]


def test_almost_every_clause_has_a_worked_example(pages):
    clauses = [text for name, text in pages.items() if "/" in name]
    shown = sum("### Ví dụ / Worked example" in text for text in clauses)
    assert shown / len(clauses) > 0.8


def test_a_page_out_of_date_is_named(tmp_path, capsys):
    assert main(tmp_path, TESTS, check=False) == 0
    (tmp_path / "unverified.md").write_text("old", encoding="utf-8")
    (tmp_path / "gone.md").write_text("gone", encoding="utf-8")
    assert main(tmp_path, TESTS, check=True) == 1
    said = capsys.readouterr().out
    assert "unverified.md" in said
    assert "gone.md" in said
    assert main(tmp_path, TESTS, check=False) == 0
    assert not (tmp_path / "gone.md").exists()
