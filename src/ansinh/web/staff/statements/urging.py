"""Đôn đốc 01-ĐĐ: the letters of a month, shown with their sums before they go out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.collection.month import selectors
from ansinh.collection.notices import services as notices
from ansinh.kernel.errors import BilingualError
from ansinh.web.gate import rule
from ansinh.web.staff.asking import actor_of, key
from ansinh.web.staff.asking import month as month_of
from ansinh.web.staff.doors import offices
from ansinh.web.ui.fields import said


@rule("urge.send")
def urge(request: HttpRequest) -> HttpResponse:
    """Phát hành văn bản đôn đốc 01-ĐĐ của kỳ: shows how many go where with which sums, and asks."""
    actor = actor_of(request)
    month = month_of(request.POST.get("month") or request.GET.get("month", ""))
    held = [*selectors.provinces(actor, "urge.send").order_by("code"), *offices(actor, "urge.send")]
    asked = request.POST.get("don-vi") or request.GET.get("don-vi")
    unit = next((one for one in held if asked is None or one.pk == key(asked)), None)
    if unit is None:
        raise Http404
    day = max(timezone.localdate(), (month + 1).first_day)
    if request.method == "POST" and request.POST.get("confirmed"):
        seen = request.POST.get("seen", "")
        try:
            sent = notices.urge(actor=actor, unit=unit, month=month, issued_on=day, seen=seen)
        except BilingualError as error:
            messages.error(request, said(error))
            return redirect(f"{reverse('urge')}?month={month}&don-vi={unit.pk}")
        messages.success(request, _("Đã phát hành %(n)s văn bản đôn đốc.") % {"n": sent})
        return redirect("runs")
    letters = notices.letters(unit, month)
    context = {
        "month": month,
        "unit": unit,
        "units": held,
        "letters": letters,
        "count": sum(one.letters for one in letters),
        "amount": sum(one.amount for one in letters),
        "day": day,
        "seen": notices.as_seen(unit, month, day),
        "crumbs": [(_("Kỳ thu"), reverse("runs")), (_("Đôn đốc 01-ĐĐ %(m)s") % {"m": month.vi()}, "")],
    }
    return render(request, "staff/statements/urge.html", context)
