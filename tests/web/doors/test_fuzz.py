"""Không có giá trị nào làm hỏng trang: any value of any word of a question or a form answers below 500, in time.

The words are those a page is heard to read (`heard`), so that a new one is tried without being named here.
"""

from __future__ import annotations

import os
import re
import time
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import get_resolver
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.web.doors.expected import ROLES, ROWS
from tests.web.doors.matrix import address, is_variant
from tests.web.doors.scene import MONTH, Scene
from tests.web.doors.visits import Answer, Visitors

SECONDS = 5
"""Of the processor, for one request: generous, and far from a worker's patience."""
# ANSINH_FUZZ=100 looks further, by hand
PROFILE = settings(
    max_examples=int(os.environ.get("ANSINH_FUZZ", "6")),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)

LONG = "a" * 20_000
FORM = "application/x-www-form-urlencoded"
MOST_WORDS = 60
OURS = frozenset({"csrfmiddlewaretoken"})
NASTY = (
    "²", "٣", "१२", "\0", "a\0b", "9" * 5000, "-1", "0", "00", str(2**63), str(2**63 - 1), str(10**18), "1e400",
    "NaN", "Infinity", "-0", "1.5", "0x10", "+1", " 1 ", "%", "%%", "_", "'", '"', "\\", "';--", LONG,
    "\ud800", "\udfff", "\ufeff", "\u202e", "\U0001f600", "\r\nX: y", "../..", "[]", "{}", "null", "None", "true",
    "2026-13", "0000-00", "9999-12", "2026-02-30", "31/02/2026", "1/1/0001", "31/12/9999", "99/99/9999",
    "<b>", "{{ 7 }}", "=1+1", "\t", "",
)  # fmt: skip
UNREADABLE = (b"%80%c0%af", b"%ed%a0%80", b"%f5%80%80%80", b"%fe", b"%", b"%zz", b"%u0000")
"""Over-long, surrogate and broken encodings, as they stand in a query."""


def heard(visitors: Visitors, scene: Scene, key: str, method: str) -> list[str]:
    """Every word that a page reads of its question or form, asked plainly and then with fitting values."""
    row, seat, place, found = ROWS[key], seat_of(key), scene.places["A"], set[str]()

    def listening(reads: Any) -> Any:
        def read(held: Any, name: Any, *rest: Any) -> Any:
            if isinstance(held, QueryDict) and isinstance(name, str):
                found.add(name)
            return reads(held, name, *rest)

        return read

    methods = ("get", "getlist", "__getitem__", "__contains__")
    with (
        patch.multiple(
            MultiValueDict,
            **{name: listening(getattr(MultiValueDict, name)) for name in methods if name != "__contains__"},
        ),
        patch.object(QueryDict, "__contains__", listening(dict.__contains__), create=True),
    ):
        for _deeper in range(2):
            said = {word: fit(scene, word)[0] for word in sorted(found - OURS)}
            here = address(key, place).partition("?")[0]
            if method == "GET":
                visitors.visit(seat, f"{here}?{urlencode(said)}")
            else:
                visitors.visit(seat, here, "POST", said | row.data(place))
    return sorted(found - OURS)


def test_the_words_are_heard(visitors: Visitors, scene: Scene) -> None:
    """Of an address, of a filter, of a form, of a form with a prefix, of the rows of a grid."""
    assert {"muc-dich"} <= set(heard(visitors, scene, "person", "GET"))
    assert {"ten", "xac-thuc", "co-quan", "page", "sort", "export"} <= set(
        heard(visitors, scene, "people", "GET")
    )
    assert {"tinh", "month", "confirmed"} <= set(heard(visitors, scene, "month_close", "POST"))
    assert {"xac-dinh-amount"} <= set(heard(visitors, scene, "refund_assess", "POST"))
    assert {"rows", "action", "r0-name"} <= set(heard(visitors, scene, "declaration_grid", "POST"))


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
        "confirmed": ["1"], "rows": ["3"], "action": ["send", "add", "pick", "remove:²", "save", "compare", "pdf"],
        "everything": ["1"],
    }.get(word, keys)  # fmt: skip


def questions(scene: Scene, words: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Some words with fitting values, some with nasty ones, some more than once, and one nobody reads."""
    nasty = st.sampled_from(NASTY)
    value = {
        word: st.one_of(
            st.none(),
            nasty,
            nasty,
            st.sampled_from(fit(scene, word)),
            st.lists(nasty, min_size=2, max_size=3),
        )
        for word in words[:MOST_WORDS]
    }
    return st.fixed_dictionaries(value, optional={"khong-ai-biet": nasty}).map(
        lambda said: {word: given for word, given in said.items() if given is not None}
    )


@st.composite
def uploads(draw: st.DrawFn) -> dict[str, Any]:
    """A file where one is asked for, or where none is; empty, of another kind, with a strange name."""
    data = draw(
        st.sampled_from((b"", b"\0", b"PK\x03\x04", b"<Document/>", b"a;b\n1;2\n", b"\xff\xfe", b"%PDF-1.4"))
    )
    name = draw(st.sampled_from(("d02.xlsx", "a.csv", "a.xml", "²", "a" * 300 + ".csv", ".xlsx", "a.xls")))
    word = draw(st.sampled_from(("file", "file", "note", "don-vi")))
    return {word: SimpleUploadedFile(name, data)} if draw(st.booleans()) else {}


def encoded(said: dict[str, Any]) -> str:
    """As it goes over the wire: a lone surrogate is no text there, so its bytes are."""
    pairs = [
        (word, text) for word, held in said.items() for text in (held if isinstance(held, list) else [held])
    ]
    return urlencode([(word, str(text).encode("utf-8", "surrogatepass")) for word, text in pairs])


def in_parts(said: dict[str, Any]) -> dict[str, Any]:
    """The same with a file beside: what can be text."""
    return {
        word: [v.encode("utf-8", "replace").decode() for v in held] if isinstance(held, list)
        else held.encode("utf-8", "replace").decode() if isinstance(held, str) else held
        for word, held in said.items()
    }  # fmt: skip


def sound(visitors: Visitors, seat: str, here: str, method: str, data: Any = None, **how: Any) -> Answer:
    began = time.thread_time()
    answer = visitors.visit(seat, here, method, data, **how)
    spent = time.thread_time() - began
    not_ready = answer.status == 503 and here.startswith("/readyz")  # which is what it is asked for
    assert answer.status < 500 or not_ready, (
        f"{seat} {method} {here[:600]} {str(data)[:600]}\n{answer.trouble}"
    )
    assert spent < SECONDS, f"{spent:.1f} s: {seat} {method} {here[:600]} {str(data)[:600]}"
    return answer


@pytest.mark.parametrize("key", sorted(key for key in ROWS if not is_variant(key)))
def test_any_value_is_answered(visitors: Visitors, scene: Scene, key: str) -> None:
    """Each address with words of every kind, asked and sent; ² and NUL were a 500 on bcfb51c."""
    row, seat, here = ROWS[key], seat_of(key), address(key, scene.places["A"]).partition("?")[0]
    asks = questions(scene, heard(visitors, scene, key, "GET")) if row.get != 405 else st.just({})
    sends = questions(scene, heard(visitors, scene, key, "POST")) if row.post != 405 else st.just({})

    @settings(PROFILE)
    @given(asked=asks, sent=sends, file=uploads(), odd=st.sampled_from(UNREADABLE))
    def answered(asked: dict[str, Any], sent: dict[str, Any], file: dict[str, Any], odd: bytes) -> None:
        if row.get != 405:
            few = {word: value for word, value in asked.items() if value != LONG}
            sound(visitors, seat, f"{here}?{encoded(few)}&khong-ai={odd.decode()}", "GET")
        if row.post != 405:
            given = row.data(scene.places["A"]) | sent
            if file:
                sound(visitors, seat, here, "POST", in_parts(given) | file)
            else:
                sound(visitors, seat, here, "POST", encoded(given), content_type=FORM)

    answered()


PARTS = (
    "9" * 18, "9" * 5000, str(2**63), "-1", "²", "%00", "%c0%af", "2026-13", "2026-01", "%2F",
)  # fmt: skip


def test_any_part_of_an_address_is_answered(visitors: Visitors) -> None:
    """Every parameter of every route with what no key, month or word can be."""
    for route in sorted(_routes()):
        seat = "administrator@P" if route.startswith("quan-tri/") else "director@P"
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
    return found
