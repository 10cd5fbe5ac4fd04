from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

DOCUMENT_COLUMNS = ("id", "digest", "size", "kind", "first_name", "received_by_id", "received_at", "xid")
ATTACHMENT_COLUMNS = (
    "id",
    "document_id",
    "thing",
    "key",
    "role",
    "file_name",
    "attached_by_id",
    "attached_at",
    "xid",
)


class OfficeConfig(AppConfig):
    name = "ansinh.office"
    label = "office"

    def ready(self) -> None:
        """Read what rooms declare of verbs; count with announced days off; grant after migrations."""
        from ansinh.kernel import workdays
        from ansinh.office import jobs, numbers
        from ansinh.office.cases import rights  # noqa: F401 -- beside `office.rights`, where none looks for it
        from ansinh.office.chain import chains
        from ansinh.office.privileges.applying import after_migration
        from ansinh.office.runs import services as runs
        from ansinh.office.staff import calendar

        autodiscover_modules("rights")
        jobs.register(runs.JOB, "ansinh.office.runs.engine:execute")
        numbers.register("dossier", name=_("Mã hồ sơ"), form="{value:05}/{year}/{office}")
        chains.register(
            "office_look",
            "office.Look",
            ("id", "user_id", "at", "view", "address", "purpose", "outcome", "verb", "request", "xid"),
        )
        chains.register("office_reading", "office.Reading", ("id", "look_id", "subject", "subject_id", "xid"))
        chains.register("office_document", "office.Document", DOCUMENT_COLUMNS)
        chains.register("office_attachment", "office.Attachment", ATTACHMENT_COLUMNS)
        workdays.announced(calendar.announced)
        post_migrate.connect(after_migration, dispatch_uid="ansinh.office.privileges")
