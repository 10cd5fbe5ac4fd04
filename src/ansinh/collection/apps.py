from __future__ import annotations

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "ansinh.collection"
    label = "collection"

    def ready(self) -> None:
        # imported here: the queue's application is made when Django's apps are ready
        from ansinh.office import jobs

        jobs.register("collection.month", "ansinh.collection.month.services:execute")
