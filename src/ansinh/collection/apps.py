from __future__ import annotations

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "ansinh.collection"
    label = "collection"
