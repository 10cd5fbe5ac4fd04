from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollectionConfig(AppConfig):
    name = "ansinh.collection"
    label = "collection"

    def ready(self) -> None:
        # imported here: the queue's application is made when Django's apps are ready
        from ansinh.office import documents, jobs, numbers
        from ansinh.office.reading import Subject

        numbers.register("urge", name=_("Văn bản đôn đốc 01-ĐĐ"), form="{value}/ĐĐ-BHXH")
        jobs.register("collection.month", "ansinh.collection.month.services:execute")
        documents.register(
            "declaration",
            model="collection.Declaration",
            verb="declaration.read",
            scope="ansinh.collection.declarations.selectors:in_scope",
            subject=Subject.DECLARATION,
            note="ansinh.collection.declarations.reader:note",
        )
        documents.register(
            "bank_file",
            model="collection.BankFile",
            verb="receipt.read",
            scope="ansinh.collection.receipts.selectors:files_in_scope",
            subject=Subject.BANK_FILE,
        )
