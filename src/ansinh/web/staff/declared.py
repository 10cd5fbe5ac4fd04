"""Tờ khai TK1-TS, TK3-TS trên web: typed, checked once more, saved; an employer's status with evidence.

What was typed waits in the session until it is saved, so that "Thay đổi" leads back to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ansinh.kernel.errors import BilingualError
from ansinh.office.models import Unit
from ansinh.web.staff.asking import actor_of, key
from ansinh.web.staff.doors import communes, offices
from ansinh.web.ui.fields import said

CHECK = "kiem-tra"


class Declared(forms.Form):
    """Tờ khai: commune and office are chosen among those of the officer's province."""

    def __init__(self, *args: Any, places: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units: dict[str, Unit] = {str(u.pk): u for u in (*places, *agencies)}
        self.fields["commune"].choices = [("", ""), *((str(u.pk), u.name) for u in places)]  # type: ignore[attr-defined]
        self.fields["office"].choices = [("", ""), *((str(u.pk), u.name) for u in agencies)]  # type: ignore[attr-defined]

    def clean_commune(self) -> Unit:
        """The unit itself."""
        return self.units[self.cleaned_data["commune"]]

    def clean_office(self) -> Unit:
        """The unit itself."""
        return self.units[self.cleaned_data["office"]]

    def shown(self, name: str) -> str:
        """A value in words, for the check page."""
        value = self.cleaned_data.get(name)
        if isinstance(value, Unit):
            return value.name
        if isinstance(value, bool):
            return _("Có") if value else _("Không")
        choices = getattr(self.fields[name], "choices", None)
        if choices:
            return str(dict(choices).get(value, value or ""))
        return str(self.fields[name].prepare_value(value) or "")


def phone(text: str) -> str:
    plain = "".join(sign for sign in text if (sign.isascii() and sign.isdigit()) or sign == "+")
    if text.strip() and not 8 <= len(plain) <= 15:
        raise forms.ValidationError(_("Số điện thoại có 8 đến 15 chữ số."))
    return plain


@dataclass(frozen=True)
class Paper:
    """Một tờ khai đang nhập: form, what stands in the register, and how it is saved."""

    code: str
    title: str | Promise
    submit: str | Promise
    form: type[Declared]
    key: str
    here: str
    known: dict[str, Any]
    save: Callable[[dict[str, Any]], str]
    crumbs: list[tuple[str, str]]
    fixed: tuple[str, ...] = ()


def page(request: HttpRequest, paper: Paper, verb: str) -> HttpResponse:
    """Type, check the answers, save."""
    actor = actor_of(request)
    known = (key(paper.known.get("commune")), key(paper.known.get("office")))
    lists = {"places": communes(actor, verb, known[0]), "agencies": offices(actor, verb, known[1])}
    typed = request.session.get(paper.key)
    if request.GET.get("buoc") == CHECK:
        return _check(request, paper, typed, lists)
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in paper.form.base_fields}
        values |= {name: paper.known[name] for name in paper.fixed}
        form = paper.form(values, **lists)
        if form.is_valid():
            request.session[paper.key] = values
            return redirect(f"{paper.here}?buoc={CHECK}")
    else:
        form = paper.form(initial=typed or paper.known, **lists)
    for name in paper.fixed:
        form.fields[name].disabled = True
    context = {"form": form, "paper": paper, "crumbs": paper.crumbs}
    return render(request, "staff/declared.html", context)


def _check(
    request: HttpRequest, paper: Paper, typed: dict[str, Any] | None, lists: dict[str, Any]
) -> HttpResponse:
    """The answers once more, what differs marked; the button saves."""
    form = paper.form(typed, **lists) if typed is not None else None
    if form is None or not form.is_valid():
        return redirect(paper.here)
    refused = ""
    if request.method == "POST":
        try:
            target = paper.save(dict(form.cleaned_data))
        except BilingualError as error:
            refused = said(error)
        else:
            del request.session[paper.key]
            messages.success(request, _("Đã lưu tờ khai %(code)s.") % {"code": paper.code})
            return redirect(target)
    before = paper.form(paper.known, **lists) if paper.known else None
    if before is not None:
        before.is_valid()
    rows = [_answer(form, before, name, paper) for name in form.fields]
    context = {
        "paper": paper,
        "sections": [{"title": paper.code, "rows": rows}],
        "page_errors": [{"text": refused, "href": ""}] if refused else [],
        "changes": sum(row["changed"] for row in rows) if before is not None else 0,
        "compared": before is not None,
        "crumbs": paper.crumbs,
    }
    return render(request, "staff/declared_check.html", context)


def _answer(form: Declared, before: Declared | None, name: str, paper: Paper) -> dict[str, Any]:
    now = form.shown(name)
    old = before.shown(name) if before is not None and name in before.cleaned_data else ""
    place = form[name].id_for_label or f"id_{name}_0"
    changed = before is not None and name not in {"request", "papers"} and now != old
    return {
        "label": form.fields[name].label,
        "value": now,
        "changed": changed,
        "note": _("đang ghi: %(old)s") % {"old": old or _("Chưa khai")} if changed else "",
        "change_url": "" if name in paper.fixed else f"{paper.here}#{place}",
    }
