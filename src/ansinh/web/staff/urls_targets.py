"""Addresses of the targets pages."""

from __future__ import annotations

from django.urls import path

from ansinh.web.staff import targets

urlpatterns = [
    path("chi-tieu/", targets.page, name="targets"),
    path("chi-tieu/so-lieu-cong-bo/", targets.figures, name="target_figures"),
]
