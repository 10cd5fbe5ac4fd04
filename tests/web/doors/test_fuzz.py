"""Không có giá trị nào làm hỏng trang: any value of any word of a question or a form answers below 500, in time.

The words are those the source reads (`words_of_source`), so that a new one is tried without being named here.
"""

from __future__ import annotations

import ast
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.doors.expected import ROLES, ROWS
from tests.web.doors.matrix import address, patterns
from tests.web.doors.scene import MONTH, Scene
from tests.web.doors.visits import Answer, Visitors

WEB = Path(__file__).parents[3] / "src" / "ansinh" / "web"
SECONDS = 5
"""Of the processor, for one request: generous, and far from a worker's patience."""
settings.register_profile(
    "doors",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=8,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
PROFILE = settings.get_profile("doors")

NASTY = (
    "²", "٣", "१२", "\0", "a\0b", "9" * 5000, "-1", "0", "00", str(2**63), str(2**63 - 1), str(10**18), "1e400",
    "NaN", "Infinity", "-0", "1.5", "0x10", "+1", " 1 ", "%", "%%", "_", "'", '"', "\\", "';--", "a" * 20_000,
    "\ud800", "\udfff", "\ufeff", "\u202e", "\U0001f600", "\r\nX: y", "../..", "[]", "{}", "null", "None", "true",
    "2026-13", "0000-00", "9999-12", "2026-02-30", "31/02/2026", "1/1/0001", "31/12/9999", "99/99/9999",
    "<b>", "{{ 7 }}", "=1+1", "\t", "",
)  # fmt: skip
UNREADABLE = (b"%80%c0%af", b"%ed%a0%80", b"%f5%80%80%80", b"%fe", b"%", b"%zz", b"%u0000")
"""Over-long, surrogate and broken encodings, as they stand in a query."""


def words_of_source() -> list[str]:
    """Every name that a view, a filter, a form or a template of the faces reads from a request."""
    found: set[str] = {"page", "sort", "export", "pick", "everything", "action", "khong-ai-biet"}
    for path in WEB.rglob("*.py"):
        found |= set(_read(ast.parse(path.read_text("utf-8"))))
    for path in WEB.rglob("*.html"):
        found |= set(re.findall(r'\bname="([A-Za-z][\w-]*)"', path.read_text("utf-8")))
    return sorted(found)


def _read(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"get", "getlist", "Filter", "choice", "search", "box", "_date", "pop"}:
                found.append(node.args[0].value)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            found.append(node.slice.value)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            made = node.value.func
            kind = made.attr if isinstance(made, ast.Attribute) else getattr(made, "id", "")
            if kind.endswith("Field"):
                found += [t.id for t in node.targets if isinstance(t, ast.Name)]
        if isinstance(node, ast.keyword) and node.arg == "prefix" and isinstance(node.value, ast.Constant):
            found += [
                f"{node.value.value}-{name}" for name in ("amount", "reason", "bank_account", "last_day")
            ]
    return [word for word in found if isinstance(word, str) and re.fullmatch(r"[A-Za-z][\w-]{0,40}", word)]


WORDS = words_of_source()


def test_the_words_are_found() -> None:
    """The scan sees the words of addresses, of filters, of forms, of prefixed forms and of templates."""
    assert {"tinh", "don-vi", "ky", "muc-dich", "ten", "unit_code", "xac-dinh-amount", "confirmed"} <= set(
        WORDS
    )


def seat_of(key: str) -> str:
    """Somebody at the province who may enter: director, else collection, else the role of the row."""
    row = ROWS[key]
    letter = next((x for x in "dca" if x in row.who), row.who[0])
    return f"{ROLES[letter]}@P"


def fit(scene: Scene, word: str) -> list[str]:
    """Values that lead further than the first check: keys, months, codes of things that are there."""
    a, c = scene.places["A"], scene.places["C"]
    keys = [
        str(x.pk)
        for x in (a.office, a.province, c.office, a.people["one"], c.people["one"], a.plan, a.draft)
        if x
    ]
    return {
        "thang": [str(MONTH)], "month": [str(MONTH)], "ky": [str(MONTH), "quarter"], "export": ["xlsx"],
        "confirmed": ["1"], "rows": ["3"], "action": ["add", "send", "pick", "remove:²", "save", "compare", "pdf"],
        "everything": ["1"],
    }.get(word, keys)  # fmt: skip


@st.composite
def questions(draw: st.DrawFn, scene: Scene) -> dict[str, Any]:
    """Some words with fitting values, some with nasty ones, some more than once."""
    said: dict[str, Any] = {}
    for word in WORDS:
        what = draw(st.sampled_from(("", "", "fit", "nasty", "many")))
        if what == "fit":
            said[word] = draw(st.sampled_from(fit(scene, word)))
        elif what == "nasty":
            said[word] = draw(st.sampled_from(NASTY))
        elif what == "many":
            said[word] = draw(st.lists(st.sampled_from(NASTY), min_size=2, max_size=3))
    return said


@st.composite
def uploads(draw: st.DrawFn) -> dict[str, Any]:
    """A file where one is asked for, or where none is; empty, of another kind, with a strange name."""
    data = draw(
        st.sampled_from((b"", b"\0", b"PK\x03\x04", b"<Document/>", b"a;b\n1;2\n", b"\xff\xfe", b"%PDF-1.4"))
    )
    name = draw(st.sampled_from(("d02.xlsx", "a.csv", "a.xml", "²", "a" * 300 + ".csv", ".xlsx", "a.xls")))
    word = draw(st.sampled_from(("file", "note", "don-vi", "khong-ai-biet")))
    return {word: SimpleUploadedFile(name, data)} if draw(st.booleans()) else {}


def plain(said: dict[str, Any]) -> dict[str, Any]:
    """As it can be sent: a lone surrogate is no text on the wire, so its bytes are."""
    return {
        word: [_wire(v) for v in value] if isinstance(value, list) else value if hasattr(value, "read") else _wire(value)
        for word, value in said.items()
    }  # fmt: skip


def _wire(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def sound(visitors: Visitors, seat: str, here: str, method: str, data: Any = None, **how: Any) -> Answer:
    began = time.thread_time()
    answer = visitors.visit(seat, here, method, data, **how)
    spent = time.thread_time() - began
    said = {k: v if not isinstance(v, str | bytes) else v[:40] for k, v in (data or {}).items()}
    assert answer.status < 500, f"{seat} {method} {here[:300]} {said}\n{answer.trouble}"
    assert spent < SECONDS, f"{spent:.1f} s: {seat} {method} {here[:300]} {said}"
    return answer


@pytest.mark.parametrize("key", sorted(key for key in ROWS if not key.endswith(("export", "=xlsx"))))
def test_any_value_is_answered(visitors: Visitors, scene: Scene, key: str) -> None:
    """Each address with words of every kind, asked and sent; ² and NUL were a 500 on bcfb51c."""
    row, seat, here = ROWS[key], seat_of(key), address(key, scene.places["A"]).partition("?")[0]

    @settings(PROFILE)
    @given(
        said=questions(scene),
        file=uploads(),
        method=st.sampled_from(("GET", "POST")),
        odd=st.sampled_from(UNREADABLE),
    )
    def asked(said: dict[str, Any], file: dict[str, Any], method: str, odd: bytes) -> None:
        if method == "GET" or row.post == 405:
            few = {word: value for word, value in said.items() if value != "a" * 20_000}
            query = urlencode(plain(few), doseq=True) + "&khong-ai=" + odd.decode()
            sound(visitors, seat, f"{here}?{query}", "GET")
        else:
            sound(visitors, seat, here, "POST", plain(row.data(scene.places["A"]) | said | file))

    asked()


PARTS = (
    "9" * 18, "9" * 19, "9" * 5000, str(2**63), "0", "-1", "²", "٣", "%00", "%ff", "%c0%af", "1e9", "1.5", "a" * 5000,
    "2026-13", "9999-12", "0000-01", "2026-01", "²026-01", "..", "%2e%2e", "%2F", "'", ";", " ", "d15", "c12.pdf.pdf",
)  # fmt: skip


@pytest.mark.parametrize("seat", ["director@P", "administrator@P"])
def test_any_part_of_an_address_is_answered(visitors: Visitors, seat: str) -> None:
    """Every parameter of every route with what no key, month or word can be."""
    for route in {str(pattern) for pattern in _routes()}:
        for part in PARTS:
            sound(visitors, seat, "/" + re.sub(r"<[^>]+>", part, route), "GET")


def _routes() -> set[str]:
    found: set[str] = set()

    def down(resolver: Any, before: str) -> None:
        for entry in resolver.url_patterns:
            here = before + str(entry.pattern)
            if hasattr(entry, "url_patterns"):
                down(entry, here)
            elif "<" in here:
                found.add(here)

    down(get_resolver(), "")
    assert len(found) <= len(list(patterns(get_resolver())))
    return found
