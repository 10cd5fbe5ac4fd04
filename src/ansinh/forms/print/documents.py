"""Văn bản in: official documents as PDF/A-2b, one or a whole batch in one file with bookmarks.

Only our own fonts and templates are read, and a file bears the day of its paper, not that of its printing:
the same data gives the same bytes on every machine and on any day. A batch is one typst document: fonts,
templates and layouts are loaded once, every item gets a bookmark and page 1 anew. A single document is tagged
for screen readers; a batch is for the printer and is not, as tags would make it ten times as large.
"""

import json
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from ansinh.forms.print.pages import PAGES, form
from ansinh.kernel.errors import BilingualError

PDF_STANDARD = "a-2b"
NOON = time(12)  # the same day in UTC and in Viet Nam


class _Compilers(threading.local):
    """One compiler per thread: it keeps the fonts it has read, and refuses to serve two callers at once."""

    def __init__(self) -> None:
        fonts = Path(__file__).with_name("fonts")
        self.own: Any = typst.Compiler(font_paths=[fonts], ignore_system_fonts=True)


_compilers = _Compilers()


@cache
def _sources(name: str) -> dict[str, bytes]:
    folder = Path(__file__).with_name("templates")
    main = f'#import "{name}": document\n#document(json("form.json"), json("items.json"))\n'
    return {
        "main.typ": main.encode(),
        **{part: (folder / part).read_bytes() for part in ("base.typ", name)},
    }


def render(document: str, data: Any) -> bytes:
    """Một văn bản: `document` is a key of `PAGES`, `data` its dataclass; the PDF/A-2b file.

    Raises BilingualError for an unknown document or data of another form.
    """
    return render_batch(document, [data])


def render_batch(document: str, items: Sequence[Any]) -> bytes:
    """Nhiều văn bản trong một tệp: one bookmark each ("mã đơn vị - tên đơn vị"), pages numbered anew."""
    if document not in PAGES:
        raise BilingualError(
            f"Không có bản in cho mẫu {document}", f"No printed form: {document}", code="print.unknown"
        )
    expected, shape, dated = PAGES[document]
    if not items:
        raise BilingualError("Không có văn bản nào để in", "Nothing to print", code="print.empty")
    if any(not isinstance(item, expected) for item in items):
        raise BilingualError(
            f"Dữ liệu không phải của mẫu {document}", f"The data is not that of {document}", code="print.data"
        )
    name = document.lower().replace("đ", "d") + ".typ"
    parts = {
        **_sources(name),
        "form.json": json.dumps(form(document), ensure_ascii=False).encode(),
        "items.json": json.dumps([shape(item) for item in items], ensure_ascii=False).encode(),
    }
    return cast(
        bytes,
        _compilers.own.compile(
            input=parts,
            format="pdf",
            pdf_standards=PDF_STANDARD,
            pdf_tags=len(items) == 1,
            timestamp=datetime.combine(max(map(dated, items)), NOON, UTC),
        ),
    )
