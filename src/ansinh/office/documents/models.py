"""What is kept of a file beside its bytes, and to which things it belongs."""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.chain.fields import own_transaction, written_by
from ansinh.office.documents import kinds, things
from ansinh.office.privileges.declared import Grants
from ansinh.office.rights.models import User


class Document(models.Model):
    """Tài liệu: one content, kept once under its SHA-256; who sent it first and when.

    Its row stays: what was received cannot be unsaid. Only the answer of a virus scan may come later.
    """

    class Scan(models.TextChoices):
        NONE = "none", _("Chưa quét")
        CLEAN = "clean", _("Không có virus")

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the bytes, hex")
    size = models.BigIntegerField(help_text="bytes")
    kind = models.CharField(max_length=10, help_text="told by the content, see kinds")
    first_name = models.CharField(max_length=200, help_text="name it was first sent under")
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True, db_default=models.functions.Now())
    scan = models.CharField(max_length=5, choices=Scan, default=Scan.NONE, db_default=Scan.NONE)
    scanned_at = models.DateTimeField(null=True)
    xid = written_by()

    grants = Grants(update=("scan", "scanned_at"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="document_digest"),
            models.CheckConstraint(condition=Q(size__gt=0), name="document_size"),
        ]
        indexes = [models.Index(fields=["xid"], name="document_xid")]
        triggers = [
            own_transaction("document_own_transaction"),
            pgtrigger.Protect(name="document_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} ({self.digest[:12]})"

    @property
    def format(self) -> kinds.Kind:
        """What its kind means: words, media type, extension."""
        return kinds.kind(self.kind)


class Attachment(models.Model):
    """Tài liệu của một vật: a document as part of a thing ("bank_file", 17), in a role, with a name."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="attachments")
    thing = models.CharField(max_length=24)
    key = models.BigIntegerField()
    role = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200, help_text="as the sender gave it")
    attached_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    attached_at = models.DateTimeField(auto_now_add=True, db_default=models.functions.Now())
    xid = written_by()

    grants = Grants(update=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing", "key", "role", "document"], name="attachment_once")
        ]
        indexes = [models.Index(fields=["xid"], name="attachment_xid")]
        triggers = [
            own_transaction("attachment_own_transaction"),
            pgtrigger.Protect(name="attachment_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.key}: {self.file_name}"

    def places(self) -> Sequence[str]:
        """Where the thing is that it belongs to."""
        found: Sequence[str] = things.thing(self.thing).row(self.key).places()
        return found
