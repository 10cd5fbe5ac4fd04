"""Addresses of the officers' pages for targets, plans and published figures."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff import target_figures, target_grid, target_plans, target_versions, targets

urlpatterns = [
    path("chi-tieu/", require_safe(targets.page), name="targets"),
    path("chi-tieu/theo-don-vi/", require_safe(target_figures.eras), name="targets_eras"),
    path("chi-tieu/so-lieu-cong-bo/", require_safe(target_figures.published), name="targets_published"),
    path("chi-tieu/kiem-tra/", require_safe(target_figures.checks), name="targets_checks"),
    path("chi-tieu/ke-hoach/", target_plans.table, name="target_plans"),
    path("chi-tieu/ke-hoach/<key:pk>/", target_plans.page, name="target_plan"),
    path("chi-tieu/phien-ban/<key:pk>/", require_safe(target_versions.page), name="target_version"),
    path(
        "chi-tieu/phien-ban/<key:pk>/dieu-chinh/",
        require_safe(target_versions.changes),
        name="target_changes",
    ),
    path("chi-tieu/phien-ban/<key:pk>/giao/", target_grid.allocate, name="target_allocate"),
    path("chi-tieu/phien-ban/<key:pk>/nhan-bang/", target_versions.upload, name="target_upload"),
    path(
        "chi-tieu/phien-ban/<key:pk>/bang-giao.xlsx", require_safe(target_versions.sheet), name="target_sheet"
    ),
    path("chi-tieu/phien-ban/<key:pk>/quyet-dinh/", target_versions.decide, name="target_decide"),
    path("chi-tieu/phien-ban/<key:pk>/bo/", target_versions.drop, name="target_drop"),
]
