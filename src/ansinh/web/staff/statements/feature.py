"""Thông báo C12-TS, mẫu của kỳ, văn bản đôn đốc."""

from __future__ import annotations

from ansinh.web.features import Feature

FEATURE = Feature(__name__, reached="each month on the page of months leads to its papers")
