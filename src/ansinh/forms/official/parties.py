"""Các bên trên văn bản: who issues a form, to whom, who signs, and where money is sent."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """Cơ quan BHXH: the issuing office, its superior, and its code in transfer texts.

    `place` is the place name of the date line; `code` the agency code (mã cơ quan BHXH).
    """

    name: str
    parent: str
    code: str
    place: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """Đơn vị: the employer or body addressed, with its unit code (mã đơn vị)."""

    name: str
    unit_code: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Tài khoản chuyên thu: `bank_bin` is the 6-digit NAPAS code, empty for the State Treasury."""

    number: str
    bank: str
    bank_bin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Chữ ký: title and name of the signer; `on_behalf` is a line such as "KT. GIÁM ĐỐC"."""

    title: str = "GIÁM ĐỐC"
    name: str = ""
    on_behalf: str = ""


def date_line(place: str, day: date) -> str:
    """Địa danh, ngày tháng năm (NĐ 30/2020): days below 10 and months 1, 2 carry a leading zero."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """Ngày dạng dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"


def transfer_text(unit_code: str, agency_code: str) -> str:
    """Nội dung chuyển tiền: the text by which a payment finds its employer.

    >>> transfer_text("TZ0123Z", "02001")
    '+BHXH+103+00+TZ0123Z+02001+dong BHXH+'
    """
    return f"+BHXH+103+00+{unit_code}+{agency_code}+dong BHXH+"
