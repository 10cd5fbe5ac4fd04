"""Trang của một quy định: term, article, formula in words, figures over time, a worked example, tests."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from ansinh.law.calc.explained import name_words, said
from ansinh.law.engine import Parameter, ParameterBook, Provision, Scale
from ansinh.law.pages.evidence import Evidence, Example

EXAMPLES_NAMED = 12
FACTS_SHOWN = 12


def clause_pages(
    written: list[Provision[..., Any]], books: dict[str, ParameterBook[Any]], evidence: Evidence
) -> dict[PurePosixPath, str]:
    """Mọi trang: by path below the folder of the pages, ``retirement/retirement.rate.md``."""
    pages = {}
    for id_, versions in groupby(sorted(written, key=lambda one: one.id), key=lambda one: one.id):
        held = list(versions)
        pages[path_of(held[0])] = "\n".join(_page(id_, held, books, evidence)).rstrip() + "\n"
    return pages


def path_of(one: Provision[..., Any]) -> PurePosixPath:
    """Chỗ của trang: in the folder of the branch."""
    return PurePosixPath(branch_of(one)) / f"{one.id}.md"


def branch_of(one: Provision[..., Any]) -> str:
    """Ngành: the room of `ansinh.law` that holds the clause."""
    return str(one.function.__module__).split(".")[2]


def figures_of(one: Provision[..., Any], books: dict[str, ParameterBook[Any]]) -> list[Parameter]:
    """Các tham số mà quy định đọc: attributes of its `Scale` arguments, in order of reading."""
    hints = inspect.signature(one.function).parameters
    scales = {
        name
        for name, given in hints.items()
        if isinstance(given.annotation, type) and issubclass(given.annotation, Scale)
    }
    tree = ast.parse(textwrap.dedent(inspect.getsource(one.function)))
    names = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in scales
    ]
    book = books.get(branch_of(one))
    return [book.parameters[name] for name in dict.fromkeys(names) if book and name in book.parameters]


def _page(
    id_: str, held: list[Provision[..., Any]], books: dict[str, ParameterBook[Any]], evidence: Evidence
) -> Iterator[str]:
    held = sorted(held, key=lambda one: one.period.since)
    yield f"# {held[-1].term}"
    yield ""
    yield f"`{id_}` · {' · '.join(dict.fromkeys(one.function.__module__ for one in held))}"
    for one in held:
        yield from _version(one, evidence)
    figures = list(dict.fromkeys(figure for one in held for figure in figures_of(one, books)))
    if figures:
        yield "\n## Tham số / Figures\n"
        yield "| tên / name | từ / since | giá trị / value | đơn vị / unit | nguồn / source |"
        yield "|---|---|---:|---|---|"
        for figure in figures:
            yield from _figure_rows(figure)
    yield "\n## Kiểm thử / Tests\n"
    files = evidence.files.get(id_, [])
    yield from (f"- `tests/law/{place}`" for place in files)
    names = list(dict.fromkeys(example.name for one in held for example in evidence.of(one)))
    if names:
        more = f" … ({len(names)})" if len(names) > EXAMPLES_NAMED else ""
        yield f"- trường hợp / cases: {'; '.join(names[:EXAMPLES_NAMED])}{more}"


def _version(one: Provision[..., Any], evidence: Evidence) -> Iterator[str]:
    until = f" – {one.period.until:%d/%m/%Y}" if one.period.until else ""
    yield f"\n## {one.period.since:%d/%m/%Y}{until or ' –'}\n"
    yield f"**{one.clause}**\n"
    yield from _prose(inspect.getdoc(one.function) or "")
    facts = [name for name in one.described.inputs if name != "scale"]
    if facts:
        told = "; ".join(f"`{name}` {name_words(name).vi}" for name in facts)
        yield f"\nDữ kiện / facts: {told}"
    examples = evidence.of(one)
    if examples:
        yield from _example(examples[0])


def _prose(text: str) -> Iterator[str]:
    """The words of a docstring: what runs as an example is left to the doctests."""
    for line in text.splitlines():
        if line.startswith(">>>"):
            return
        yield line


def _example(example: Example) -> Iterator[str]:
    case = example.case
    title = case.get("title") or example.name
    cite = f" ({case['cite']})" if case.get("cite") else ""
    yield f"\n### Ví dụ / Worked example: {title}{cite}\n"
    for line in example.told.given[:FACTS_SHOWN]:
        yield f"- {line.words.vi} (`{line.name}`): {line.value.vi}"
    given = "; ".join(f"{line.words.vi} {line.value.vi}" for line in example.step.given)
    yield f"\n{example.step.words.vi} = **{example.step.value.vi}**" + (f" (từ: {given})" if given else "")


def _figure_rows(figure: Parameter) -> Iterator[str]:
    for number, dated in enumerate(figure.values):
        until = f" – {dated.period.until:%d/%m/%Y}" if dated.period.until else ""
        name = f"{figure.term} (`{figure.name}`)" if number == 0 else ""
        is_share = "%" in figure.unit or figure.unit.startswith("share")
        mark = " **chưa đối chiếu / unverified**" if dated.unverified else ""
        value = said(dated.value, is_share=is_share).vi
        period = f"{dated.period.since:%d/%m/%Y}{until}"
        yield f"| {name} | {period} | {value} | {figure.unit} | {dated.source}{mark} |"
