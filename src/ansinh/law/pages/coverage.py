"""Trang đầu, bảng phủ, giá trị chưa đối chiếu: what the law holds, article by article."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from ansinh.law.calc.explained import said
from ansinh.law.engine import ParameterBook, Provision, citations, instruments
from ansinh.law.pages.clauses import branch_of
from ansinh.law.pages.evidence import Evidence

_ARTICLE = re.compile(r"(?:Điều|mục|phụ lục)\s+([0-9]+[a-zđ]?|[IVX]+)", re.IGNORECASE)


Link = Callable[[Provision[..., Any]], PurePosixPath]
"""Where a clause is shown: its page among the built ones, or its source for who reads the repository."""


def index_page(written: list[Provision[..., Any]], evidence: Evidence, link: Link) -> str:
    """Trang đầu: how much there is, and the clauses of each branch."""
    return "\n".join(_index(written, evidence, link)).rstrip() + "\n"


def coverage_page(written: list[Provision[..., Any]], evidence: Evidence, link: Link) -> str:
    """Bảng phủ: article → clause → number of cases that applied it."""
    return "\n".join(_coverage(written, evidence, link)).rstrip() + "\n"


def source_of(one: Provision[..., Any]) -> PurePosixPath:
    """Tệp nguồn của một quy định: seen from ``docs/law``."""
    return PurePosixPath("../../src", *one.function.__module__.split(".")).with_suffix(".py")


def unverified_page(books: dict[str, ParameterBook[Any]]) -> str:
    """Các giá trị chưa đọc thấy trong văn bản chính thức."""
    return "\n".join(_unverified(books)).rstrip() + "\n"


def _index(written: list[Provision[..., Any]], evidence: Evidence, link: Link) -> Iterator[str]:
    ids = {one.id for one in written}
    yield "# Luật trong An Sinh / The law in An Sinh\n"
    yield "Made by `ansinh law docs` from the clauses, their parameters and the cases of `tests/law`."
    yield "`make docs` builds a page for each clause in `docs/law/pages/`: figures, an example, tests.\n"
    yield f"{len(ids)} clauses in {len(written)} versions; {evidence.cases} cases.\n"
    yield "[Bảng phủ / coverage](coverage.md) · [giá trị chưa đối chiếu / unverified values](unverified.md)\n"
    yield "## Theo ngành / By branch\n"
    for branch, own in groupby(sorted(written, key=branch_of), key=branch_of):
        links = []
        for id_, versions in groupby(sorted(own, key=lambda one: one.id), key=lambda one: one.id):
            newest = list(versions)[-1]
            links.append(f'[{newest.term}]({link(newest)} "{id_}")')
        yield f"- **{branch}**: {', '.join(links)}"


def _coverage(written: list[Provision[..., Any]], evidence: Evidence, link: Link) -> Iterator[str]:
    yield "# Bảng phủ / Coverage: điều luật → quy định → trường hợp"
    for number, articles in _by_instrument(written).items():
        known = instruments()[number]
        yield f"\n### {number} {known.title}\n"
        yield "| điều / article | quy định / clause | trường hợp / cases |"
        yield "|---|---|---|"
        for article, held in sorted(articles.items(), key=lambda item: _order(item[0])):
            named = ", ".join(f"[{one.id}]({link(one)})" for one in held)
            names = {example.name for one in held for example in evidence.of(one)}
            yield f"| {article} | {named} | {len(names)} |"


def _by_instrument(
    written: list[Provision[..., Any]],
) -> dict[str, dict[str, list[Provision[..., Any]]]]:
    found: dict[str, dict[str, list[Provision[..., Any]]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(written, key=lambda one: one.id):
        for cited in citations(one.clause):
            articles = [f"Điều {number}" for number in _ARTICLE.findall(cited.place)] or [cited.place or "–"]
            for article in articles:
                held = found[cited.instrument.number][article]
                if all(other.id != one.id for other in held):
                    held.append(one)
    order = {number: place for place, number in enumerate(instruments())}
    return dict(sorted(found.items(), key=lambda item: order[item[0]]))


def _order(article: str) -> tuple[int, str]:
    digits = re.search(r"\d+", article)
    return (int(digits[0]) if digits else 0, article)


def _unverified(books: dict[str, ParameterBook[Any]]) -> Iterator[str]:
    yield "# Giá trị chưa đối chiếu / Unverified values\n"
    yield "Values nobody has read in an official text. Every answer that used one says so.\n"
    yield "| ngành / branch | tham số / parameter | từ / since | giá trị / value | nguồn / source |"
    yield "|---|---|---|---:|---|"
    seen = set()
    for branch, book in sorted(books.items(), key=lambda item: (item[0] != "levels", item[0])):
        for figure in book:
            for dated in figure.values:
                if dated.unverified and (figure.name, dated.period.since, dated.source) not in seen:
                    seen.add((figure.name, dated.period.since, dated.source))
                    is_share = "%" in figure.unit or figure.unit.startswith("share")
                    value = said(dated.value, is_share=is_share).vi
                    name = f"{figure.term} (`{figure.name}`)"
                    yield f"| {branch} | {name} | {dated.period.since:%d/%m/%Y} | {value} | {dated.source} |"
