"""Thông báo hoàn trả gửi người dân qua VssID (366/QĐ-BHXH, Điều 5 khoản 1 tiết 1.3.2 điểm b; Mẫu C16-TS)."""

from __future__ import annotations

from ansinh.collection.models import Refund
from ansinh.kernel.identity import mask
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month


def vssid(refund: Refund) -> str:
    """Lời thông báo cho người nhận: as of the refund's state; "" when no person is to be told.

    One sentence each: what is given back and why, how much, to which account, and what the reader does next.
    The account's middle is masked: a notice is read on a phone.
    """
    if refund.person is None:
        return ""
    said = [f"Kính gửi ông/bà {refund.person.full_name}."]
    match Refund.State(refund.state):
        case Refund.State.REFUSED:
            said.append(f"Cơ quan BHXH không hoàn trả: {refund.reason}.")
            said.append(f"Ông/bà liên hệ {refund.office.name} nếu chưa đồng ý.")
            return " ".join(said)
        case Refund.State.APPROVED:
            month = f" trong kỳ {Month.from_index(refund.month).vi()}" if refund.month is not None else ""
            said.append(f"Cơ quan BHXH đã duyệt hoàn trả {format_dong(refund.amount)} đồng{month}.")
        case Refund.State.PREPARED if refund.amount:
            said.append(f"Cơ quan BHXH đã lập hoàn trả {format_dong(refund.amount)} đồng, đang chờ duyệt.")
        case _:
            said.append("Cơ quan BHXH đã lập hoàn trả, đang xác định số tiền.")
    said.append(f"Lý do: {refund.reason}.")
    if refund.bank_account:
        said.append(f"Tài khoản nhận: {account(refund.bank_account)}.")
    else:
        said.append("Chưa có tài khoản nhận: ông/bà ghi số tài khoản, ngân hàng vào ô [16] tờ khai TK1-TS.")
    said.append(f"Nơi giải quyết: {refund.office.name}.")
    return " ".join(said)


def account(text: str) -> str:
    """Số tài khoản che bớt: the bank's name kept.

    >>> account("102030405060 Vietinbank Lạng Sơn")
    '1•••••••5060 Vietinbank Lạng Sơn'
    """
    number, _, bank = text.partition(" ")
    return f"{mask(number)} {bank}".strip()
