"""Tìm: one box that is posted; an exact hit opens at once. The address has only a key of what was asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ansinh.kernel.errors import BilingualError
from ansinh.registers import search
from ansinh.web.gate import rule
from ansinh.web.staff import asked
from ansinh.web.staff.asking import actor_of
from ansinh.web.ui.fields import said


@rule("search.use")
def page(request: HttpRequest) -> HttpResponse:
    """Kết quả tìm kiếm; one exact hit leads straight to its page."""
    if asked.posted(request):
        return asked.away(request)
    text, refused = asked.text(request), ""
    hits: list[search.Hit] = []
    try:
        hits = search.search(actor_of(request), text)
    except BilingualError as error:
        refused = said(error)
    if len(hits) == 1 and hits[0].exact:
        return redirect(hits[0].kind, pk=hits[0].pk)
    context = {
        "text": text,
        "hits": hits,
        "refused": refused,
        "old": asked.PARAMETER in request.GET and not text,
    }
    return render(request, "staff/search/hits.html", context)
