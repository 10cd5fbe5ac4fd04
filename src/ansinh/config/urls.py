"""Addresses: the staff face at the root, sign-in under /account/."""

from __future__ import annotations

from django.urls import include, path

from ansinh.web import wellknown
from ansinh.web.watch import views as watch

handler500 = "ansinh.web.unreachable.failed"

urlpatterns = [
    *watch.addresses(),
    path(".well-known/security.txt", wellknown.security_txt, name="security_txt"),
    path("account/", include("ansinh.web.accounts_urls")),
    path("", include("ansinh.web.urls")),
]
