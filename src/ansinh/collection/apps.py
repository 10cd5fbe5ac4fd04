from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollectionConfig(AppConfig):
    name = "ansinh.collection"
    label = "collection"

    def ready(self) -> None:
        # imported here: the queue's application is made when Django's apps are ready
        from ansinh.office import jobs, numbers

        numbers.register("urge", name=_("Văn bản đôn đốc 01-ĐĐ"), form="{value}/ĐĐ-BHXH")
        jobs.register("collection.month", "ansinh.collection.month.services:execute")
