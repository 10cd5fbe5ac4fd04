"""Dữ liệu trang in: what each template is given, as plain text ready to set.

Numbers are formatted here, once, so that a page and a workbook made from one statement cannot differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from ansinh.forms.official.c12 import C12Statement
from ansinh.forms.official.d09 import D09Line, D09List
from ansinh.forms.official.layouts import Layout, Row, layout
from ansinh.forms.official.parties import date_line, short_date
from ansinh.forms.official.urge import UrgeLetter
from ansinh.forms.print import vietqr
from ansinh.forms.print.explanation import Explanation
from ansinh.forms.print.explanation import page as explanation_page
from ansinh.forms.print.letter import Letter
from ansinh.forms.print.letter import page as letter_page
from ansinh.kernel.money import format_dong

Page = dict[str, Any]
_NARROW = frozenset(" ,.;:/-()'ijlt")


def form(code: str) -> Page:
    """Khuôn mẫu cho trang in: code, title, footing, columns; empty for a paper of ours that has no form."""
    if code not in FORMS:
        return {}
    found: Layout = layout(code)
    return {
        "code": found.code,
        "title": found.title,
        "footing": found.footing,
        "unit": found.unit,
        "bases": found.bases,
        "columns": [{"number": column.number, "path": column.path} for column in found.columns],
    }


def c12(statement: C12Statement) -> Page:
    """Trang C12-TS."""
    code = statement.payment_code
    return {
        "bookmark": f"{statement.employer.unit_code} - {statement.employer.name}",
        "agency": asdict(statement.agency),
        "employer": asdict(statement.employer),
        "period": f"Tháng {statement.month.month:02d} năm {statement.month.year}",
        "basis": (
            "Căn cứ hồ sơ kê khai của đơn vị tính đến hết tháng, Thông báo chi tiết kết quả đóng "
            "BHXH, BHYT, BHTN, BHTNLĐ, BNN của đơn vị như sau:"
        ),
        "rows": [line for row in layout("C12-TS").rows for line in _c12_lines(statement, row)],
        "notes": statement.notes(),
        "transfer_text": statement.transfer_text,
        "payment": code
        and {
            "code": vietqr.svg(code),
            "account": statement.account.number,
            "bank": statement.account.bank,
            "amount": format_dong(statement.shortfall),
            "text": statement.transfer_text,
        },
        "when": date_line(statement.agency.place, statement.issued_on),
        "signature": asdict(statement.signature),
    }


def _c12_lines(statement: C12Statement, row: Row) -> list[Page]:
    got = statement.row(row.code)
    lines: list[Page] = [
        {
            "order": row.order,
            "text": row.text,
            "lines": _lines(row.text),
            "style": row.emphasis,
            "cells": [
                (_number(value), row.hatched(column))
                for column, value in enumerate((*got.funds, got.total), 1)
            ],
        }
    ]
    if row.kind == "payments":
        lines += [
            {
                "order": str(order),
                "text": (text := f"+ {payment.document}, ngày {short_date(payment.paid_on)}"),
                "lines": _lines(text),
                "style": "italic",
                "cells": [("", False)] * 5 + [(_number(payment.amount), False)],
            }
            for order, payment in enumerate(statement.payments, start=1)
        ]
    return lines


def _lines(text: str) -> int:
    """How many lines the text column of C12-TS may need, by letter widths in hundredths of an em.

    The column holds 16.1 em; after the first line a break may waste up to a long word.
    """
    width = sum(72 if letter.isupper() else 27 if letter in _NARROW else 50 for letter in text)
    return 1 if width <= 1610 else -(-width // 1300)


def d09(people: D09List) -> Page:
    """Trang D09-TS."""
    rows: list[Page] = []
    for roman, title, lines in people.groups():
        rows.append({"bold": True, "cells": [roman, title, *[""] * 10]})
        rows += [
            {"bold": False, "cells": [str(order), *_d09_cells(line)]} for order, line in enumerate(lines, 1)
        ]
    totals = [_number(total) for total in people.totals()]
    rows.append({"bold": True, "cells": ["", "Cộng", *[""] * 5, *totals, ""]})
    return {
        "bookmark": f"{people.employer.unit_code} - {people.employer.name}",
        "agency": asdict(people.agency),
        "employer": asdict(people.employer),
        "period": f"Tháng {people.month.month:02d} năm {people.month.year}",
        "rows": rows,
        "when": date_line(people.agency.place, people.issued_on),
        "signature": asdict(people.signature),
    }


def _d09_cells(line: D09Line) -> list[str]:
    born = line.born.vi() if line.born else ""
    wages = [_number(wage) for wage in line.wages]
    return [line.name, line.code, born, line.address, line.clinic, line.position, *wages, line.note]


def urge(letter: UrgeLetter) -> Page:
    """Trang 01-ĐĐ."""
    employer, agency = letter.employer, letter.agency
    month = f"{letter.month.month:02d} năm {letter.month.year}"
    return {
        "bookmark": f"{employer.unit_code} - {employer.name}",
        "agency": asdict(agency),
        "employer": asdict(employer),
        "number": letter.number or "       ",
        "when": date_line(agency.place, letter.issued_on),
        "opening": (
            f"Căn cứ Thông báo kết quả đóng Mẫu C12-TS tháng {month}, đơn vị phát sinh số tiền chậm đóng, "
            "trốn đóng BHXH, BHTN, BHYT cụ thể như sau:"
        ),
        "late": format_dong(letter.late),
        "evaded": format_dong(letter.evaded),
        "late_days": format_dong(letter.late_days),
        "evaded_days": format_dong(letter.evaded_days),
        "late_charge": format_dong(letter.late_charge),
        "evaded_charge": format_dong(letter.evaded_charge),
        "rest": [
            (
                "4",
                (
                    "Quy định của pháp luật về các biện pháp xử lý hành vi chậm đóng, trốn đóng: "
                    "Điều 40, 41 Luật Bảo hiểm xã hội 2024; Điều 49 Luật Bảo hiểm y tế."
                ),
            ),
            (
                "5",
                (
                    "Thời hạn chuyển từ hành vi chậm đóng sang hành vi trốn đóng: "
                    "Điều 39 Luật Bảo hiểm xã hội 2024; Điều 48b Luật Bảo hiểm y tế."
                ),
            ),
            ("6", f"Đề nghị {employer.name} báo cáo nguyên nhân chậm đóng, trốn đóng."),
        ],
        "closing": (
            f"Cơ quan {agency.name} thông báo để Quý đơn vị thực hiện trách nhiệm đóng BHXH, BHTN, BHYT "
            "nhằm đảm bảo quyền và lợi ích hợp pháp của người lao động./."
        ),
        "signature": asdict(letter.signature),
    }


def _number(value: int | None) -> str:
    return "" if value is None else format_dong(value)


FORMS = frozenset({"C12-TS", "D09-TS", "01-ĐĐ"})


class Paper(NamedTuple):
    """Một loại bản in: its dataclass, the page made of it, and the day that the paper itself bears."""

    data: type
    page: Callable[[Any], Page]
    dated: Callable[[Any], date]


PAGES: Mapping[str, Paper] = {
    "C12-TS": Paper(C12Statement, c12, attrgetter("issued_on")),
    "D09-TS": Paper(D09List, d09, attrgetter("issued_on")),
    "01-ĐĐ": Paper(UrgeLetter, urge, attrgetter("issued_on")),
    "DIEN-GIAI": Paper(Explanation, explanation_page, attrgetter("as_of")),
    "PHIEU": Paper(Letter, letter_page, attrgetter("issued_on")),
}
