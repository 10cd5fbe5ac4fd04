"""Addresses of the stories of components, on a developer's site."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.stories import pages

urlpatterns = [
    path("ui/", pages.page, name="ui"),
    path("ui/table/", pages.table_page, name="ui_table"),
    path("ui/job/", require_safe(pages.job), name="ui_job"),
    path("ui/form/", pages.form_page, name="ui_form"),
]
