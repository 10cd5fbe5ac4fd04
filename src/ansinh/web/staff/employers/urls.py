"""Addresses of the officers' pages: employers and TK3-TS."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.employers import pages, tk3

urlpatterns = [
    path("don-vi/", require_safe(pages.table), name="employers"),
    path("don-vi/<key:pk>/", require_safe(pages.page), name="employer"),
    path("to-khai/tk3/", tk3.tk3_new, name="tk3_new"),
    path("don-vi/<key:pk>/tk3/", tk3.tk3, name="tk3"),
    path("don-vi/<key:pk>/tinh-trang/", tk3.status, name="employer_status"),
]
