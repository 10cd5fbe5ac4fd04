"""Tìm: one box; an exact hit opens at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ansinh.registers import search
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of


@rule("search.use")
def page(request: HttpRequest) -> HttpResponse:
    """Kết quả tìm kiếm; one exact hit leads straight to its page."""
    text = request.GET.get("q", "").strip()
    hits = search.search(actor_of(request), text) if text else []
    if len(hits) == 1 and hits[0].exact:
        return redirect(hits[0].kind, pk=hits[0].pk)
    return render(request, "staff/search.html", {"text": text, "hits": hits})
