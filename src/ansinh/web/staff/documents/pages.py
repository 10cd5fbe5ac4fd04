"""Tài liệu: a file that came in, taken away by whoever may read what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from ansinh.forms.intake import inert
from ansinh.kernel.errors import BilingualError
from ansinh.office import documents
from ansinh.office.documents import access, kinds
from ansinh.office.documents.models import Attachment
from ansinh.web.gate import rule
from ansinh.web.staff.asking import opened
from ansinh.web.ui.fields import said

REWRITTEN = {"xlsx", "xlsb", "xls", "csv"}
"""Sheets are served as new workbooks of values: what an outsider sent may act when it is opened."""


@rule("document.read")
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tải một tài liệu. Never shown in the page's own place, whatever it is."""
    attached = opened(request, access.attachment, pk)
    document = attached.document
    kind = document.format
    try:
        if kind.code in REWRITTEN:
            copy = inert.values_copy(documents.content(document), f"tep{kind.extension}")
            return _attached([copy], len(copy), attached, kinds.kind("xlsx"))
        return _attached(documents.pieces(document), document.size, attached, kind)
    except BilingualError as error:
        messages.error(request, said(error))
        return redirect("work")


def _attached(
    pieces: Iterable[bytes], size: int, attached: Attachment, kind: kinds.Kind
) -> StreamingHttpResponse:
    """The bytes under their name, with the extension of what they are."""
    name = f"{PurePath(attached.file_name).stem or attached.pk}{kind.extension}"
    answer = StreamingHttpResponse(pieces, content_type=kind.media)
    answer["Content-Length"] = str(size)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
