"""Điều phải kiểm trước khi khóa sổ kỳ thu: what is asked, what is found, and the rows behind it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from ansinh.collection.models import BankFile, Declaration, Receipt, Refund
from ansinh.collection.month import KIND, newer
from ansinh.collection.notices import services as notices
from ansinh.kernel.months import Month
from ansinh.office.marks.marks import mark_of
from ansinh.office.models import Run, Unit
from ansinh.office.runs.checklist import MOST, Found, Item, Line, Weight

HERE = "ansinh.collection.month.checks"
RERUN = _("Chạy lại kỳ, rồi khóa sổ.")


def _item(code: str, name: Any, weight: Weight, then: Any) -> Item:
    return Item(f"collection.{code}", name, weight, f"{HERE}:{code}", then, f"{HERE}:{code}_rows")


ITEMS = (
    _item("run_missing", _("Kỳ chưa chạy xong"), Weight.BLOCKS, _("Chạy kỳ, rồi khóa sổ.")),
    _item("under_way", _("Lượt chạy chưa xong"), Weight.BLOCKS, _("Chờ lượt chạy xong hoặc hủy.")),
    _item(
        "moved",
        _("Dữ liệu khôi phục từ máy chủ khác, lượt chạy chưa đọc lại"),
        Weight.BLOCKS,
        RERUN,
    ),
    _item("lists_checked", _("Hồ sơ của kỳ chờ ghi nhận"), Weight.BLOCKS, _("Ghi nhận hoặc trả lại hồ sơ.")),
    _item("files", _("Sao kê chờ xác nhận"), Weight.BLOCKS, _("Xác nhận hoặc từ chối sao kê.")),
    _item("lists_after", _("Hồ sơ ghi nhận sau lượt chạy"), Weight.BLOCKS, RERUN),
    _item("matched_after", _("Khoản tiền khớp sau lượt chạy"), Weight.BLOCKS, RERUN),
    _item("refunded_after", _("Hoàn trả duyệt sau lượt chạy"), Weight.BLOCKS, RERUN),
    _item("records_after", _("Đơn vị có dữ liệu thay đổi sau lượt chạy"), Weight.BLOCKS, RERUN),
    _item("lists_draft", _("Hồ sơ chưa kiểm xong"), Weight.KNOW, _("Ghi nhận trong kỳ sau.")),
    _item("suspense", _("Khoản tiền treo"), Weight.KNOW, _("Khớp sau thì tính vào kỳ đang mở.")),
    _item("refunds", _("Hoàn trả chờ duyệt"), Weight.KNOW, _("Duyệt sau thì ghi vào kỳ đang mở.")),
    _item(
        "letters",
        _("Văn bản đôn đốc chưa phát hành"),
        Weight.KNOW,
        _("Phát hành trong mười ngày đầu tháng sau."),
    ),
)


def last_run(unit: Unit, month: Month) -> Run | None:
    """Lượt chạy xong gần nhất của kỳ: the one whose figures would become final."""
    done = Run.objects.filter(kind=KIND, unit=unit, month=month.index, state=Run.State.DONE)
    return done.order_by("-pk").first()


def run_missing(unit: Unit, month: Month) -> Found:
    """Whether the month has no finished run."""
    return Found(0 if last_run(unit, month) else 1)


def run_missing_rows(_unit: Unit, _month: Month) -> list[Line]:
    """What is not there has no rows."""
    return []


def _going(unit: Unit) -> QuerySet[Run]:
    return Run.objects.filter(kind=KIND, unit=unit, state__in=Run.UNDER_WAY).order_by("pk")


def under_way(unit: Unit, _month: Month) -> Found:
    """Lượt chạy đang chờ hoặc đang chạy."""
    return Found(_going(unit).count())


def under_way_rows(unit: Unit, _month: Month) -> list[Line]:
    """The runs themselves."""
    return [Line("run", run.pk, str(run), run.requested_at.date()) for run in _going(unit)[:MOST]]


def moved(unit: Unit, month: Month) -> Found:
    """Whether the record came here from another server after the run, and nobody set its marks again."""
    run = last_run(unit, month)
    return Found(0 if run is None or mark_of(run).here else 1)


def moved_rows(unit: Unit, month: Month) -> list[Line]:
    """The run that cannot tell what is new."""
    run = last_run(unit, month)
    if run is None or mark_of(run).here:
        return []
    return [Line("run", run.pk, str(run), run.requested_at.date())]


def _lists(unit: Unit, month: Month, state: str) -> QuerySet[Declaration]:
    """Lists of the month or one before it: none of them may come into a month that is closed."""
    return Declaration.objects.filter(
        office__path__startswith=unit.path, state=state, month__lte=month.index
    ).order_by("pk")


def lists_checked(unit: Unit, month: Month) -> Found:
    """Hồ sơ đã kiểm của kỳ, chờ ghi nhận."""
    return Found(_lists(unit, month, "checked").count())


def lists_checked_rows(unit: Unit, month: Month) -> list[Line]:
    """The lists."""
    return [_list(one) for one in _lists(unit, month, "checked")[:MOST]]


def lists_draft(unit: Unit, month: Month) -> Found:
    """Hồ sơ còn lỗi hoặc chưa kiểm."""
    return Found(_lists(unit, month, "draft").count())


def lists_draft_rows(unit: Unit, month: Month) -> list[Line]:
    """The lists."""
    return [_list(one) for one in _lists(unit, month, "draft")[:MOST]]


def _list(one: Declaration) -> Line:
    return Line("declaration", one.pk, str(one), one.received_at.date(), None, one.employer_id)


def _files(unit: Unit) -> QuerySet[BankFile]:
    return BankFile.objects.filter(unit_id=unit.pk, state=BankFile.State.WAITING).order_by("pk")


def files(unit: Unit, _month: Month) -> Found:
    """Sao kê chờ người thứ hai: whatever is in it may be money of the month."""
    return Found(_files(unit).count())


def files_rows(unit: Unit, _month: Month) -> list[Line]:
    """The files."""
    return [Line("bank_file", file.pk, str(file), file.read_at.date()) for file in _files(unit)[:MOST]]


def _after(what: newer.Newer, unit: Unit, month: Month, *, money: bool = False) -> Found:
    count, amount = newer.count(what, unit=unit, month=month, run=last_run(unit, month))
    return Found(count, amount if money else None)


def _after_rows(what: newer.Newer, thing: str, unit: Unit, month: Month) -> list[Line]:
    found = newer.changes(what, unit=unit, month=month, run=last_run(unit, month), most=MOST)
    return [Line(thing, one.key, one.text, one.on, one.amount, one.employer) for one in found]


def lists_after(unit: Unit, month: Month) -> Found:
    """Hồ sơ ghi nhận mà lượt chạy chưa đọc."""
    return _after(newer.lists, unit, month)


def lists_after_rows(unit: Unit, month: Month) -> list[Line]:
    """The lists."""
    return _after_rows(newer.lists, "declaration", unit, month)


def matched_after(unit: Unit, month: Month) -> Found:
    """Tiền khớp mà lượt chạy chưa đọc."""
    return _after(newer.receipts, unit, month, money=True)


def matched_after_rows(unit: Unit, month: Month) -> list[Line]:
    """The receipts."""
    return _after_rows(newer.receipts, "receipt", unit, month)


def refunded_after(unit: Unit, month: Month) -> Found:
    """Hoàn trả duyệt mà lượt chạy chưa đọc."""
    return _after(newer.refunds, unit, month, money=True)


def refunded_after_rows(unit: Unit, month: Month) -> list[Line]:
    """The refunds."""
    return _after_rows(newer.refunds, "refund", unit, month)


def records_after(unit: Unit, month: Month) -> Found:
    """Đơn vị có quá trình, ngày công, tình trạng, văn bản mà lượt chạy chưa đọc."""
    return _after(newer.records, unit, month)


def records_after_rows(unit: Unit, month: Month) -> list[Line]:
    """The employers."""
    return _after_rows(newer.records, "employer", unit, month)


def _suspense(unit: Unit, month: Month) -> QuerySet[Receipt]:
    return Receipt.objects.filter(
        unit_id=unit.pk, state=Receipt.State.SUSPENSE, month__lte=month.index
    ).order_by("pk")


def suspense(unit: Unit, month: Month) -> Found:
    """Tiền chưa rõ của ai."""
    told = _suspense(unit, month).aggregate(n=Count("pk"), held=Sum("amount"))
    return Found(told["n"], int(told["held"] or 0))


def suspense_rows(unit: Unit, month: Month) -> list[Line]:
    """The receipts."""
    return [
        Line("receipt", one.pk, one.reference, one.booked_on, one.amount)
        for one in _suspense(unit, month)[:MOST]
    ]


def _refunds(unit: Unit) -> QuerySet[Refund]:
    return Refund.objects.filter(office__path__startswith=unit.path, state=Refund.State.PREPARED).order_by(
        "pk"
    )


def refunds(unit: Unit, _month: Month) -> Found:
    """Hoàn trả đã lập, chưa duyệt."""
    told = _refunds(unit).aggregate(n=Count("pk"), held=Sum("amount"))
    return Found(told["n"], int(told["held"] or 0))


def refunds_rows(unit: Unit, _month: Month) -> list[Line]:
    """The refunds."""
    return [
        Line("refund", one.pk, str(one), None, one.amount, one.employer_id) for one in _refunds(unit)[:MOST]
    ]


def letters(unit: Unit, month: Month) -> Found:
    """01-ĐĐ phải phát hành theo số liệu của kỳ."""
    due = notices.letters(unit, month)
    return Found(sum(one.letters for one in due), sum(one.amount for one in due))


def letters_rows(unit: Unit, month: Month) -> list[Line]:
    """The employers that get one."""
    return [
        Line("employer", one.employer_id, one.unit_code, None, one.amount, one.employer_id)
        for one in notices.due(unit, month)[:MOST]
    ]
