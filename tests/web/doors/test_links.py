"""Không có ngõ cụt: every link and button a page draws for somebody leads somewhere, for everybody."""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from tests.web.doors.scene import SEATS
from tests.web.doors.visits import Visitors

MOST = 220
"""Pages a seat looks at; far more than there are kinds of pages."""
PLAIN, ASKED = 2, 1
"""Pages of one kind that are looked at: without a question, and with the same words of a question."""
KINDS = (
    *(name for name in SEATS if name.endswith("@P")), "reception@A", "collection@A", "director@A", "mixed",
    "nobody", "clerk", "citizen",
)  # fmt: skip
"""The kinds of accounts the demonstration has, and who holds two rights or none."""
DEAD = frozenset({403, 404, 405, 500})
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#][^"]*)"', re.DOTALL)
POLL = re.compile(r'\bhx-get="([^"]+)"')
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
FIELD = re.compile(r"<(?:input|button|textarea|select)\b([^>]*)>")
SAME = re.compile(r"[?&](?:export|sort|page)=")
"""The same page in another order, or as a workbook: it asks what the page asks, and leads nowhere else."""
SUBMIT = re.compile(r'<button(?![^>]*type="(?:button|reset)")|type="submit"')
LEAVE = frozenset({"account_logout", "language"})


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found.group(1)) if found else ""


def kind(address: str) -> tuple[str, str]:
    """The page behind an address and the names of what it asks; "" for what is no page of ours."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).url_name or ""
    except Resolver404:
        return "", parts.path
    return name, "&".join(sorted(re.findall(r"(?:^|&)([^=&]+)=", parts.query)))


def links(text: str, here: str) -> Iterator[str]:
    for found in (*LINK.findall(text), *POLL.findall(text)):
        address = urljoin(here, html.unescape(found))
        if address.startswith("/") and not address.startswith("/static/"):
            yield address.partition("#")[0]


def forms(text: str, here: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Forms that are posted, as they stand when the page is opened; a button adds its own word."""
    for tag, inside in FORM.findall(text):
        if attribute(tag, "method").lower() != "post" or not SUBMIT.search(inside):
            continue
        fields = {attribute(f, "name"): attribute(f, "value") for f in FIELD.findall(inside)}
        yield urljoin(here, attribute(tag, "action") or here), {k: v for k, v in fields.items() if k}


@pytest.mark.parametrize("seat", KINDS)
def test_no_page_leads_to_a_closed_door(visitors: Visitors, seat: str) -> None:
    """Links led roles into 403 on bcfb51c: where a role lacks the right the page now says it in words."""
    waiting, known = deque([("/", "start")]), {"/"}
    sent: Counter[tuple[str, str]] = Counter()
    pages: Counter[tuple[str, str]] = Counter()
    dead, looked = [], 0
    while waiting and looked < MOST:
        here, source = waiting.popleft()
        of_kind = kind(here)
        if of_kind[0] in LEAVE or pages[of_kind] >= (ASKED if of_kind[1] else PLAIN) or SAME.search(here):
            continue
        pages[of_kind] += 1
        looked += 1
        answer = visitors.visit(seat, here)
        if answer.status in DEAD:
            dead.append(f"{here} ({answer.status}), linked from {source} {answer.trouble}")
        if answer.location:
            waiting.append((urljoin(here, answer.location), here))
        if not answer.kind.startswith("text/html") or answer.status != 200:
            continue
        for address in links(answer.text, here):
            if address not in known:
                known.add(address)
                waiting.append((address, here))
        for address, data in forms(answer.text, here):
            form = (kind(address)[0], ",".join(sorted(data)))
            if kind(address)[0] in LEAVE or sent[form] >= 1:
                continue
            sent[form] += 1
            posted = visitors.visit(seat, address, "POST", data)
            if posted.status in DEAD:
                dead.append(f"form of {here} to {address} ({posted.status}) {posted.trouble}")
    assert dead == [], "\n" + "\n".join(dead)
    assert looked > 1
