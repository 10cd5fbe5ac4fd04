"""Tìm: one box for people, employers and cases."""

from __future__ import annotations

from ansinh.web.features import Feature

FEATURE = Feature(__name__, reached="the box at the top of every page")
