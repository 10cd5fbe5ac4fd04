"""Addresses of the officers' pages: targets, plans and published figures."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.targets import figures, grid, plans, progress, versions

urlpatterns = [
    path("chi-tieu/", require_safe(progress.page), name="targets"),
    path("chi-tieu/theo-don-vi/", require_safe(figures.eras), name="targets_eras"),
    path("chi-tieu/so-lieu-cong-bo/", require_safe(figures.published), name="targets_published"),
    path("chi-tieu/kiem-tra/", require_safe(figures.checks), name="targets_checks"),
    path("chi-tieu/ke-hoach/", plans.table, name="target_plans"),
    path("chi-tieu/ke-hoach/<key:pk>/", plans.page, name="target_plan"),
    path("chi-tieu/phien-ban/<key:pk>/", require_safe(versions.page), name="target_version"),
    path(
        "chi-tieu/phien-ban/<key:pk>/dieu-chinh/",
        require_safe(versions.changes),
        name="target_changes",
    ),
    path("chi-tieu/phien-ban/<key:pk>/giao/", grid.allocate, name="target_allocate"),
    path("chi-tieu/phien-ban/<key:pk>/nhan-bang/", versions.upload, name="target_upload"),
    path("chi-tieu/phien-ban/<key:pk>/bang-giao.xlsx", require_safe(versions.sheet), name="target_sheet"),
    path("chi-tieu/phien-ban/<key:pk>/quyet-dinh/", versions.decide, name="target_decide"),
    path("chi-tieu/phien-ban/<key:pk>/bo/", versions.drop, name="target_drop"),
]
