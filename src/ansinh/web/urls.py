"""Addresses of the faces: those of every feature, and the start page."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe

from ansinh.web import features, home


def addresses() -> list[URLPattern | URLResolver]:
    """One table a feature, then the start page."""
    tables: list[URLPattern | URLResolver] = [
        path("", include(one.urls)) for one in features.every() if one.urls
    ]
    return [*tables, path("", require_safe(home.page), name="home")]


urlpatterns = addresses()
