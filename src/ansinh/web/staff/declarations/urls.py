"""Addresses of the officers' pages: declarations and the grid."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from ansinh.web.staff.declarations import grid, pages

urlpatterns = [
    path("ho-so-thu/", require_safe(pages.table), name="declarations"),
    path("ho-so-thu/nhan/", pages.upload, name="declaration_upload"),
    path("ho-so-thu/luoi/", grid.start, name="declaration_grid_start"),
    path("ho-so-thu/luoi/<key:pk>/", grid.page, name="declaration_grid"),
    path("ho-so-thu/<key:pk>/", require_safe(pages.page), name="declaration"),
    path("ho-so-thu/<key:pk>/kiem-tra/", pages.check, name="declaration_check"),
    path("ho-so-thu/<key:pk>/ghi-nhan/", pages.book, name="declaration_book"),
    path("ho-so-thu/<key:pk>/tra-lai/", pages.return_, name="declaration_return"),
    path("ho-so-thu/<key:pk>/loi.xlsx", require_safe(pages.annotated), name="declaration_errors"),
    path("ho-so-thu/<key:pk>/tep", require_safe(pages.original), name="declaration_file"),
]
