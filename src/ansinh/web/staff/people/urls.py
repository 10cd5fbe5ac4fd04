"""Addresses of the officers' pages: people, households and TK1-TS."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.people import households, pages, tk1

urlpatterns = [
    path("nguoi/", require_safe(pages.table), name="people"),
    path("nguoi/<key:pk>/", require_safe(pages.page), name="person"),
    path("nguoi/<key:pk>/ho-gia-dinh/", households.begin, name="household_begin"),
    path("ho-gia-dinh/<key:pk>/", require_safe(households.page), name="household"),
    path("ho-gia-dinh/<key:pk>/them/", households.add, name="household_add"),
    path("ho-gia-dinh/<key:pk>/dia-chi/", households.settle, name="household_settle"),
    path("ho-gia-dinh/<key:pk>/<key:person>/quan-he/", households.relate, name="household_relate"),
    path("ho-gia-dinh/<key:pk>/<key:person>/ra-khoi-ho/", households.remove, name="household_remove"),
    path("to-khai/tk1/", tk1.tk1_new, name="tk1_new"),
    path("nguoi/<key:pk>/tk1/", tk1.tk1, name="tk1"),
]
