"""The pages of the law are current, whole, and lead to each other."""

import re
from pathlib import Path

import pytest

from ansinh.law.engine.check import books, written
from ansinh.law.pages import main

ROOT = Path(__file__).parents[3]
TESTS = ROOT / "tests" / "law"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The overview in ``kept`` and the built pages in ``built``."""
    folder = tmp_path_factory.mktemp("law")
    assert main(folder / "kept", TESTS, check=False, pages=folder / "built") == 0
    return folder


@pytest.fixture(scope="module")
def pages(folder):
    built = folder / "built"
    return {
        path.relative_to(built).as_posix(): path.read_text(encoding="utf-8") for path in built.rglob("*.md")
    }


def test_what_is_committed_is_current(folder):
    kept = {path.name: path.read_text(encoding="utf-8") for path in (folder / "kept").glob("*")}
    there = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "law").glob("*.*")}
    assert there.keys() == kept.keys() == {"README.md", "coverage.md", "unverified.md"}
    assert [name for name in kept if kept[name] != there[name]] == [], "ansinh law docs writes it anew"


def test_what_is_committed_leads_to_the_sources():
    for name in ("README.md", "coverage.md"):
        text = (ROOT / "docs" / "law" / name).read_text(encoding="utf-8")
        links = set(re.findall(r"\]\(([^)\s]+)", text))
        assert len(links) > 40
        assert {link for link in links if not (ROOT / "docs" / "law" / link).exists()} == set()


def test_every_clause_has_its_page(pages):
    for one in written():
        branch = one.function.__module__.split(".")[2]
        page = pages[f"{branch}/{one.id}.md"]
        assert one.clause in page
        assert f"{one.period.since:%d/%m/%Y}" in page


def test_links_lead_somewhere(pages):
    links = re.findall(r"\]\(([^)\s]+\.md)", pages["README.md"] + pages["coverage.md"])
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


def test_a_page_names_the_tests_that_are_about_its_clause(pages):
    named = {name: re.findall(r"^- `tests/law/(.+)`$", text, re.MULTILINE) for name, text in pages.items()}
    assert "luat-41-2024-qh15/dieu-024-115-thoi-han.yaml" in named["dossier/dossier.pension.md"]
    assert named["pensions/pensions.rate.md"] == ["pensions/test_awards.py"]
    # "amount" and "rate" are words of half the cases; a word is no name.
    assert "cases/sickness.yaml" not in {place for places in named.values() for place in places}
    assert max(map(len, named.values())) < 15


def test_what_is_out_of_date_is_named_and_written_anew(folder, capsys):
    kept, built = folder / "kept", folder / "built"
    text = (kept / "unverified.md").read_text(encoding="utf-8")
    (kept / "unverified.md").write_text("old", encoding="utf-8")
    (built / "gone.md").write_text("gone", encoding="utf-8")
    assert main(kept, TESTS, check=True) == 1
    assert "unverified.md" in capsys.readouterr().out
    assert main(kept, TESTS, check=False, pages=built) == 0
    assert (kept / "unverified.md").read_text(encoding="utf-8") == text
    assert not (built / "gone.md").exists()
