"""Hồ sơ bằng lời và số: findings by cell, people and money of a declaration, as its page draws them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.collection.declarations.findings import Finding, Level
from ansinh.collection.declarations.preview import Pay, PersonChange, Preview
from ansinh.collection.models import Declaration, DeclarationRow
from ansinh.forms.intake.d02 import D02Row
from ansinh.forms.intake.layouts import layout
from ansinh.kernel.identity import mask
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.kernel.text import fold
from ansinh.office.reading import Purpose, Subject
from ansinh.web.staff.declarations import writing
from ansinh.web.staff.doors import english
from ansinh.web.ui.tables import Column, Filter, Table
from ansinh.web.ui.words import coefficient

FUNDS: dict[str, str | Promise] = {
    "sickness_maternity": gettext_lazy("Ốm đau, thai sản"),
    "pension_survivors": gettext_lazy("Hưu trí, tử tuất"),
    "health": gettext_lazy("BHYT"),
    "unemployment": gettext_lazy("BHTN"),
    "work_injury": gettext_lazy("TNLĐ, BNN"),
}
DIRECTIONS: dict[str, str | Promise] = {
    "increase": gettext_lazy("Tăng"),
    "decrease": gettext_lazy("Giảm"),
    "suspend": gettext_lazy("Tạm nghỉ"),
    "adjust": gettext_lazy("Điều chỉnh"),
    "back_pay": gettext_lazy("Truy thu, truy giảm"),
}
LEVELS: dict[str, tuple[str | Promise, str]] = {
    Level.ERROR: (gettext_lazy("Lỗi"), "red"),
    Level.RETURNED: (gettext_lazy("Trả lại dòng"), "red"),
    Level.WARNING: (gettext_lazy("Lưu ý"), "yellow"),
    Level.INFO: (gettext_lazy("Thông tin"), "grey"),
}
OUTCOME_TONES = {"accepted": "green", "returned": "red", "error": "red", "no_change": "grey"}
SHOWN = 200


def words(finding: Finding) -> str:
    """The finding in the reader's language."""
    return finding.en if english() else finding.vi


def column_title(code: str) -> str:
    """[14] Từ tháng/ năm; empty for a finding about the whole list."""
    if not code:
        return ""
    column = layout("d02-lt").column(code)
    return f"[{column.number}] {column.title}" if column.number else column.title


def problems(found: Sequence[Finding], rows: Sequence[D02Row] = ()) -> list[dict[str, Any]]:
    """Findings as lines: place, column, value, words; errors first, at most SHOWN.

    A value the checks did not quote is taken from `rows`, the list as it was read.
    """
    held = {row.row: row for row in rows}
    order = list(LEVELS)
    listed = sorted(
        (f for f in found if f.code != "declaration.returned"),
        key=lambda f: (order.index(Level(f.level)), f.row),
    )
    return [
        {
            "cell": f.cell,
            "row": f.row,
            "column": column_title(f.column),
            "value": f.value or (writing.of_row(held[f.row]).get(f.column, "") if f.row in held else ""),
            "words": words(f),
            "level": LEVELS[f.level][0],
            "tone": LEVELS[f.level][1],
        }
        for f in listed[:SHOWN]
    ]


def change_title(code: str) -> str:
    """Tăng mới, Nghỉ việc…: the kind of column 18 in the reader's language."""
    if not code:
        return ""
    change = layout("d02-lt").change(code)
    return change.en if english() else change.vi


def pay(given: Pay | None) -> str:
    """12.345.678, or the coefficient with a comma; other pay beside it."""
    if given is None:
        return "–"
    text = coefficient(given.coefficient_milli) or format_dong(given.wage)
    return f"{text} + {format_dong(given.other_pay)}" if given.other_pay else text


def months(change: PersonChange) -> str:
    """07/2026, or 01/2026 – 05/2026."""
    ends = [Month.parse(m).vi() for m in (change.from_month, change.to_month) if m]
    return " – ".join(ends)


def people(request: HttpRequest, shown: Preview) -> Table:
    """Từng người: who, what, from which month, old and new pay, and what was decided."""
    outcomes = dict(DeclarationRow.Outcome.choices)
    return Table(
        request,
        name="changes",
        caption=_("Từng dòng của danh sách"),
        rows=shown.people,
        columns=[
            Column("position", _("STT"), "number", sort="position", frozen=True),
            Column("name", _("Họ và tên"), value=lambda p: p.name or "—", frozen=True),
            Column("code", _("Mã số"), "code", value=lambda p: mask(p.si_number or p.citizen_id) or _("mới")),
            Column("change", _("Loại"), value=lambda p: change_title(p.change), sort="change"),
            Column("months", _("Từ tháng"), value=months),
            Column("old", _("Lương cũ"), "code", value=lambda p: pay(p.old)),
            Column("new", _("Lương mới"), "code", value=lambda p: pay(p.new)),
            Column(
                "outcome",
                _("Kết quả"),
                "tag",
                value=lambda p: str(outcomes.get(p.outcome, p.outcome)),
                tone=lambda p: OUTCOME_TONES[p.outcome],
            ),
            Column(
                "said", _("Giải thích"), value=lambda p: " ".join(words(f) for f in p.findings), hidden=True
            ),
        ],
        filters=[
            Filter(
                "ten",
                _("Họ và tên"),
                lambda rows, v: [p for p in rows if fold(v) in fold(p.name)],
                names=True,
            ),
            Filter(
                "ket-qua",
                _("Kết quả"),
                lambda rows, v: [p for p in rows if p.outcome == v],
                "choice",
                DeclarationRow.Outcome.choices,
            ),
        ],
        sort="position",
        key=lambda p: p.position,
        page_size=50,
        shows=lambda p: [(Subject.PERSON, p.person)],
        purpose=Purpose.DECLARE,
        empty=_("Danh sách không có dòng nào đọc được"),
    )


def counts(shown: Preview) -> list[tuple[str, int]]:
    """Accepted rows by direction, those that there are."""
    return [
        (str(label), shown.counts.get(code, 0))
        for code, label in DIRECTIONS.items()
        if shown.counts.get(code)
    ]


def outcomes(shown: Preview) -> list[tuple[str, str, int]]:
    """Rows by what was decided: label, tone, how many."""
    return [
        (str(label), OUTCOME_TONES[code], shown.outcomes[code])
        for code, label in DeclarationRow.Outcome.choices
        if shown.outcomes.get(code)
    ]


def money(shown: Preview) -> dict[str, Any]:
    """Số phải thu thay đổi: one line a month, by fund, then this month, earlier months and all."""
    lines = [
        {
            "label": Month.parse(m.month).vi(),
            "back": m.back,
            "cells": [m.funds.get(fund, 0) for fund in FUNDS],
            "total": m.total,
        }
        for m in shown.months
    ]
    sums = []
    for label, funds in (
        (_("Kỳ này"), shown.current),
        (_("Các tháng trước"), shown.back),
        (_("Cộng"), {f: shown.current[f] + shown.back[f] for f in FUNDS}),
    ):
        cells = [funds.get(fund, 0) for fund in FUNDS]
        sums.append({"label": label, "cells": cells, "total": sum(cells)})
    return {"funds": [str(label) for label in FUNDS.values()], "lines": lines, "sums": sums}


def answers(declaration: Declaration, shown: Preview) -> list[dict[str, Any]]:
    """What is confirmed by booking: people, then money."""
    rows = [{"label": label, "value": count, "kind": "number"} for label, count in counts(shown)]
    for label, count in (
        (_("Người được cấp mã số mới"), shown.newcomers),
        (_("Thẻ BHYT cấp mới"), shown.cards_opened),
        (_("Thẻ BHYT dừng"), shown.cards_closed),
        (_("Hoàn trả lập sẵn"), shown.refunds),
    ):
        if count:
            rows.append({"label": label, "value": count, "kind": "number"})
    employer = declaration.employer.name if declaration.employer else ""
    sums: list[dict[str, Any]] = [
        {"label": label, "value": signed(sum(funds.values()))}
        for label, funds in (
            (_("Số phải thu kỳ này"), shown.current),
            (_("Số phải thu các tháng trước"), shown.back),
        )
    ]
    sums.append({"label": _("Cộng"), "value": signed(shown.total)})
    return [
        {"title": _("Người, %(employer)s") % {"employer": employer}, "rows": rows},
        {"title": _("Tiền thay đổi"), "rows": sums},
    ]


def signed(amount: int) -> str:
    """+ 1.234.567 đ: a change has a sign."""
    sign = "+" if amount > 0 else ""
    return f"{sign}{format_dong(amount, unit=True)}"
