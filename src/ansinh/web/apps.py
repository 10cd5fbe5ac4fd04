"""The faces of the office: pages for officers, and the shell they share."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ansinh.web"
    label = "web"
    verbose_name = "An Sinh"
