"""Addresses of the faces: the officers' pages, the components' stories, the start page."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.http import require_safe

from ansinh.web import home
from ansinh.web.ui import stories

urlpatterns = [
    path("ui/", stories.page, name="ui"),
    path("ui/table/", stories.table_page, name="ui_table"),
    path("ui/job/", require_safe(stories.job), name="ui_job"),
    path("ui/form/", stories.form_page, name="ui_form"),
    path("", include("ansinh.web.staff.urls")),
    path("", require_safe(home.page), name="home"),
]
