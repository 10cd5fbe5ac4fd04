"""Lệnh ``ansinh law docs``: writes the overview of the law and its pages, or says what is out of date."""

import sys
from pathlib import Path

from ansinh.law.engine.check import books, written
from ansinh.law.pages.clauses import clause_pages, path_of
from ansinh.law.pages.coverage import coverage_page, index_page, source_of, unverified_page
from ansinh.law.pages.evidence import gather


def main(folder: Path, tests: Path, *, check: bool, pages: Path | None = None) -> int:
    """Viết tổng quan vào `folder`: a page for each clause goes into `pages` where that is asked for.

    The overview (README, coverage, unverified) leads to the sources and is kept beside them.
    With `check` nothing is written: 1 and a line for each file of the overview that is out of date.
    """
    held, clauses = books(), written()
    evidence = gather(tests, clauses)
    unverified = unverified_page(held)
    stale = _stale(
        {
            folder / "README.md": index_page(clauses, evidence, source_of),
            folder / "coverage.md": coverage_page(clauses, evidence, source_of),
            folder / "unverified.md": unverified,
        }
    )
    if check:
        for path in stale:
            sys.stdout.write(f"{path}: đã cũ, chạy ansinh law docs / out of date\n")
        return 1 if stale else 0
    built = 0
    if pages is not None:
        texts = {pages / path: text for path, text in clause_pages(clauses, held, evidence).items()}
        built = len(texts)
        texts |= {
            pages / "README.md": index_page(clauses, evidence, path_of),
            pages / "coverage.md": coverage_page(clauses, evidence, path_of),
            pages / "unverified.md": unverified,
        }
        for gone in set(pages.rglob("*.md")) - texts.keys():
            gone.unlink()
        stale |= _stale(texts)
    for path, text in stale.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{built} trang quy định / pages of clauses, {len(stale)} tệp mới / files written\n")
    return 0


def _stale(texts: dict[Path, str]) -> dict[Path, str]:
    return {
        path: text
        for path, text in texts.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    }
