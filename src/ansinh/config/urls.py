"""Addresses: the staff face at the root, sign-in under /account/."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("account/", include("ansinh.web.accounts_urls")),
    path("", include("ansinh.web.urls")),
]
