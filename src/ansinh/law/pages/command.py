"""Lệnh ``ansinh law docs``: writes the pages of the law, or says which are out of date."""

import sys
from collections.abc import Iterator
from pathlib import Path

from ansinh.law.engine.check import books, written
from ansinh.law.pages.clauses import clause_pages
from ansinh.law.pages.coverage import index_page, unverified_page
from ansinh.law.pages.evidence import gather


def main(folder: Path, tests: Path, *, check: bool) -> int:
    """Viết mọi trang vào `folder`, or with `check` only compare: 1 and a line for each page out of date."""
    pages = {folder / path: text for path, text in _pages(tests)}
    there = set(folder.rglob("*.md")) if folder.is_dir() else set()
    stale = [
        path for path, text in pages.items() if path not in there or path.read_text(encoding="utf-8") != text
    ]
    gone = sorted(there - pages.keys())
    if check:
        for path in (*stale, *gone):
            sys.stdout.write(f"{path}: đã cũ, chạy ansinh law docs / out of date\n")
        return 1 if stale or gone else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], encoding="utf-8")
    for path in gone:
        path.unlink()
    sys.stdout.write(f"{len(pages)} trang / pages, {len(stale)} mới / written, {len(gone)} bỏ / removed\n")
    return 0


def _pages(tests: Path) -> Iterator[tuple[Path, str]]:
    held = books()
    clauses = written()
    evidence = gather(tests, clauses)
    yield Path("README.md"), index_page(clauses, evidence)
    yield Path("unverified.md"), unverified_page(held)
    for path, text in clause_pages(clauses, held, evidence).items():
        yield Path(path), text
