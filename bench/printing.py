"""Statements C12-TS set as PDF/A in batches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

from ansinh.forms.official.c12 import C12Row, C12Statement
from ansinh.forms.official.parties import Account, Agency, Employer
from ansinh.forms.print import documents
from ansinh.kernel.months import Month


def measure(*, quick: bool) -> Iterator[str]:
    """Statements a second, one file of many."""
    count = 40 if quick else 400
    items = [
        C12Statement(
            agency=Agency(name="BHXH cơ sở", parent="BHXH tỉnh", code="02001", place="Lạng Sơn"),
            employer=Employer(name=f"Đơn vị {i}", unit_code=f"TZ{i:05d}Z"),
            month=Month(2026, 6),
            rows={
                code: C12Row.money(i, 2 * i, 3 * i, 4 * i, 5 * i)
                for code in ("B.3.1.1", "B.3.1", "B.3", "D.1", "D")
            },
            account=Account(number="1234567890", bank="Ngân hàng", bank_bin="970405"),
            issued_on=date(2026, 7, 1),
        )
        for i in range(count)
    ]
    documents.render_batch("C12-TS", items[:5])
    start = time.perf_counter()
    documents.render_batch("C12-TS", items)
    yield f"{count / (time.perf_counter() - start):.0f} statements a second (goal ≥ 40)"
