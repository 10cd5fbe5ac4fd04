"""Tài liệu: what came in as a file."""

from __future__ import annotations

from ansinh.web.features import Feature

FEATURE = Feature(__name__, reached="the page of what a file belongs to links to it")
