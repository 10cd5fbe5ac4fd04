"""Mã VietQR: a request to pay, in the EMVCo merchant-presented format as NAPAS uses it.

Source: EMVCo QR Code Specification for Payment Systems (merchant-presented mode) v1.1; NAPAS 247 VietQR:
template 38 with GUID A000000727, the bank's BIN and the account number, service QRIBFTTA (to an account).
"""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import segno

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.text import fold

NAPAS_GUID = "A000000727"
TRANSFER_TO_ACCOUNT = "QRIBFTTA"
DONG = "704"


@dataclass(frozen=True, slots=True)
class Request:
    """Yêu cầu chuyển khoản đọc từ mã: amount in dong, None when the payer types it."""

    bank_bin: str
    account: str
    amount: int | None
    text: str
    beneficiary: str = ""


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, nothing reflected.

    >>> f"{crc16(b'123456789'):04X}"
    '29B1'
    """
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
        value &= 0xFFFF
    return value


def _field(tag: str, value: str) -> str:
    if not 1 <= len(value) <= 99:
        raise BilingualError(
            f"Trường {tag} của mã VietQR phải có từ 1 đến 99 ký tự",
            f"VietQR field {tag} must have 1 to 99 characters",
            code="vietqr.length",
        )
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if len(head) < 4 or not (head.isascii() and head.isdigit()):
            raise _damaged()
        end = at + 4 + int(head[2:])
        if end > len(text):
            raise _damaged()
        yield head[:2], text[at + 4 : end]
        at = end


def _damaged() -> BilingualError:
    return BilingualError("Mã VietQR bị hỏng", "The VietQR code is damaged", code="vietqr.damaged")


def payload(bank_bin: str, account: str, amount: int | None, text: str, beneficiary: str = "") -> str:
    """Nội dung mã VietQR: `amount` in dong or None to let the payer type it; `text` is the transfer text.

    The text and the beneficiary's name are folded to plain ASCII, as banks pass nothing else through. Raises
    BilingualError on a BIN that is not six digits, an account with anything but letters and digits, an amount
    that is not positive, or a text over 95 characters (99 with its own tag and length).
    """
    if not (bank_bin.isascii() and bank_bin.isdigit() and len(bank_bin) == 6):
        raise BilingualError(
            "Mã BIN ngân hàng phải có 6 chữ số", "A bank BIN has 6 digits", code="vietqr.bin"
        )
    if not (account.isascii() and account.isalnum() and len(account) <= 19):
        raise BilingualError(
            "Số tài khoản chỉ gồm chữ và số, không quá 19 ký tự",
            "An account number has letters and digits only, at most 19",
            code="vietqr.account",
        )
    if amount is not None and amount <= 0:
        raise BilingualError("Số tiền phải lớn hơn 0", "The amount must be above zero", code="vietqr.amount")
    target = _field("00", bank_bin) + _field("01", account)
    merchant = _field("00", NAPAS_GUID) + _field("01", target) + _field("02", TRANSFER_TO_ACCOUNT)
    body = (
        _field("00", "01")
        + _field("01", "12" if amount else "11")
        + _field("38", merchant)
        + _field("53", DONG)
        + (_field("54", str(amount)) if amount else "")
        + _field("58", "VN")
        + (_field("59", _plain(beneficiary)[:25].strip()) if beneficiary else "")
        + (_field("62", _field("08", _plain(text))) if text else "")
        + "6304"
    )
    return f"{body}{crc16(body.encode('ascii')):04X}"


def _plain(text: str) -> str:
    """Vietnamese letters lose their marks and keep their case; everything else stays."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(letter if letter.isascii() else _bare(letter) for letter in composed)


def _bare(letter: str) -> str:
    folded = fold(letter)
    return folded.upper() if letter.isupper() else folded


def parse(code: str) -> Request:
    """Đọc mã VietQR: raises BilingualError if the checksum is wrong or it is no NAPAS account transfer."""
    if not code.isascii() or len(code) < 8 or code[-8:-4] != "6304":
        raise _damaged()
    if f"{crc16(code[:-4].encode('ascii')):04X}" != code[-4:].upper():
        raise BilingualError(
            "Mã kiểm tra CRC của VietQR sai", "The VietQR checksum is wrong", code="vietqr.crc"
        )
    top = dict(_fields(code))
    merchant = dict(_fields(top.get("38", "")))
    if merchant.get("00") != NAPAS_GUID:
        raise BilingualError(
            "Không phải mã VietQR chuyển khoản", "Not a VietQR transfer code", code="vietqr.scheme"
        )
    target = dict(_fields(merchant.get("01", "")))
    if "00" not in target or "01" not in target:
        raise _damaged()
    amount = top.get("54")
    if amount is not None and not amount.isdigit():
        raise _damaged()
    text = dict(_fields(top.get("62", ""))).get("08", "")
    return Request(target["00"], target["01"], int(amount) if amount else None, text, top.get("59", ""))


def svg(code: str) -> str:
    """Hình SVG của mã: error correction M, a quiet zone of four modules, one path."""
    buffer = io.BytesIO()
    _symbol(code).save(buffer, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None)
    return buffer.getvalue().decode()


def png(code: str, scale: int = 3) -> bytes:
    """Hình PNG của mã: for workbooks."""
    buffer = io.BytesIO()
    _symbol(code).save(buffer, kind="png", border=4, scale=scale)
    return buffer.getvalue()


def _symbol(code: str) -> segno.QRCode:
    """A fixed mask: every mask reads alike, and comparing all eight takes most of a statement's time."""
    return segno.make_qr(code, error="m", mask=3)
