"""Điều người ta tìm: a name or number looked for, kept in the session; the address has a short key of it.

    <form method="post">{% csrf_token %}<input name="q" …>      # staff/employer_box.html, or a box of its own

    if asked.posted(request):
        return asked.away(request)       # to the same page, with ?k=ab12cd instead of what was typed
    text = asked.text(request)           # "" without a key, with an old one, or one of another session

No name or number then stands in an address, a history or the log of a proxy.
"""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.crypto import get_random_string

BOX = "q"
PARAMETER = "k"
KEPT_FOR = 15 * 60  # seconds
MOST = 20  # of one session; the oldest goes first
LONGEST = 200
SESSION = "asked"


def keep(request: HttpRequest, text: str) -> str:
    """Giữ điều được tìm: in the session; returns its key."""
    now = time.time()
    kept = {k: v for k, v in request.session.get(SESSION, {}).items() if v[1] > now}
    key = get_random_string(8)
    kept[key] = [_plain(text), now + KEPT_FOR]
    latest = sorted(kept.items(), key=lambda item: item[1][1])[-MOST:]
    request.session[SESSION] = dict(latest)
    return key


def recall(request: HttpRequest, key: str) -> str:
    """Đọc lại điều được tìm; "" for a key that is unknown, of another session, or older than 15 minutes."""
    found = request.session.get(SESSION, {}).get(key)
    return str(found[0]) if found and found[1] > time.time() else ""


def posted(request: HttpRequest) -> bool:
    """Whether the search box of the page was sent."""
    return request.method == "POST" and BOX in request.POST


def away(request: HttpRequest) -> HttpResponseRedirect:
    """To the same page with the key of what was typed; the rest of the address stays."""
    query = request.GET.copy()
    query.pop(BOX, None)
    query[PARAMETER] = keep(request, request.POST[BOX])
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")


def text(request: HttpRequest) -> str:
    """What the key of this address stands for."""
    return recall(request, request.GET.get(PARAMETER, ""))


def _plain(text: str) -> str:
    """Without signs that nobody types and a database refuses."""
    return "".join(sign for sign in text if sign.isprintable()).strip()[:LONGEST]
