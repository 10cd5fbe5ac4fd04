from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollectionConfig(AppConfig):
    name = "ansinh.collection"
    label = "collection"

    def ready(self) -> None:
        # imported here: models are there when Django's apps are ready
        from ansinh.collection.declarations import procedure as declarations
        from ansinh.collection.month.checks import ITEMS
        from ansinh.collection.month.kind import MONTH
        from ansinh.collection.refunds import procedure as refunds
        from ansinh.office import documents, numbers
        from ansinh.office.reading import Subject
        from ansinh.office.runs import checklist, kinds

        numbers.register("urge", name=_("Văn bản đôn đốc 01-ĐĐ"), form="{value}/ĐĐ-BHXH")
        kinds.register(MONTH)
        for item in ITEMS:
            checklist.register(item)
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
        declarations.register()
        refunds.register()
