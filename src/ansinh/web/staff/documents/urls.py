"""Addresses of the officers' pages: documents."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.documents import pages

urlpatterns = [
    path("tai-lieu/<key:pk>/", require_safe(pages.download), name="document"),
]
