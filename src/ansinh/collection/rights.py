"""Quyền về thu: lists, money, months, notices, refunds, reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.office.rights import declare

READERS = ("collection", "finance", "checks", "director")

declare("declaration.read", _("Xem hồ sơ thu"), roles=("reception", *READERS), mandates=("clerk",))
declare("declaration.hand_in", _("Nộp hồ sơ thu"), roles=("reception", "collection"), mandates=("clerk",))
declare("declaration.receive", _("Nhận, kiểm tra, trả lại hồ sơ thu"), roles=("reception", "collection"))
declare("declaration.book", _("Ghi nhận hồ sơ thu"), roles=("collection", "director"))
declare("declaration.approve_back", _("Ghi nhận truy thu thuộc thẩm quyền giám đốc"), roles=("director",))
declare("statement.read", _("Xem thông báo kết quả đóng"), roles=("benefits", *READERS), mandates=("clerk",))
declare("receipt.read", _("Xem tiền nộp, sao kê, hoàn trả"), roles=READERS, mandates=("clerk",))
declare("receipt.match", _("Khớp tiền nộp với đơn vị"), roles=("collection", "finance"))
declare("bank.read_file", _("Nạp sao kê ngân hàng"), roles=("finance",))
declare("bank.confirm", _("Xác nhận sao kê lập bằng tay"), roles=("finance", "director"))
declare("refund.prepare", _("Lập, xác định hoàn trả"), roles=("collection", "finance"))
declare("refund.approve", _("Duyệt hoàn trả"), roles=("director",))
declare("run.read", _("Xem kỳ thu, lượt chạy"), roles=(*READERS, "planning"))
declare("run.start", _("Chạy kỳ thu"), roles=("collection", "finance", "director"))
declare("month.close", _("Khóa sổ kỳ thu"), roles=("director",))
declare("urge.send", _("Phát hành văn bản đôn đốc"), roles=("collection",))
declare("report.read", _("Xem báo cáo"), roles=(*READERS, "planning"))
# the ledger knows of nobody; the room that keeps a province's books says who reads them
declare("ledger.read", _("Xem sổ cái"), roles=("finance", "director"))
