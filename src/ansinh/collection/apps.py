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
        from ansinh.office.marks import tables
        from ansinh.office.reading import Subject
        from ansinh.office.runs import checklist, kinds
        from ansinh.registers.relations import COLLECTING_ACCOUNT, OF_EMPLOYER

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
        of_account = f"(SELECT a.office_id FROM {COLLECTING_ACCOUNT} a WHERE a.id = t.account_id)"
        tables.register(
            tables.Table("collection_declaration", "t.office_id"),
            tables.Table("collection_receipt", of_account),
            tables.Table("collection_refund", "t.office_id"),
            tables.Table("collection_priorityflag", OF_EMPLOYER),
            tables.Table("collection_urge", OF_EMPLOYER),
        )
        declarations.register()
        refunds.register()
