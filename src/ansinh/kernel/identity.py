"""Số định danh: numbers that name people, employers and collecting points, and what they say.

Every reader here takes what people type, drops spaces, dots and invisible characters, and returns the number
in its one stored form, or raises `BilingualError` saying what is wrong with it.
"""

import re
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

import yaml

from ansinh.kernel.errors import BilingualError, excerpt

Sex = Literal["male", "female"]

# Fourth digit of a personal number: the century of birth and the sex. Digits from 4 on belong to births
# after 2099, so today they are typing errors.
_CENTURY_SEX: dict[str, tuple[int, Sex]] = {
    "0": (1900, "male"),
    "1": (1900, "female"),
    "2": (2000, "male"),
    "3": (2000, "female"),
}
_CHECK_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_NOISE = re.compile(r"[\s.\u00ad\u200b-\u200d\u2060\ufeff]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")

_UNIT_CODE = re.compile(r"^(?P<dd>[0-9]{10}|[0-9]{7})(?P<group>[A-Z]{2})(?P<industry>[A-Z][0-9]{2})?$")
_COLLECTING_POINT = re.compile(
    r"^(?P<dd>[0-9]{10}|[0-9]{7})TH(?P<province>[0-9]{2})(?P<commune>[0-9]{5})(?P<number>[0-9]{3})$"
)
_BULLET = "•"


class CitizenIdFacts(NamedTuple):
    """Điều số định danh nói về một người: province (or country) of birth registration, sex, year of birth."""

    province: str
    sex: Sex
    birth_year: int


class UnitCode(NamedTuple):
    """Mã đơn vị ĐD+ĐT+LH: who the unit is, its health-insurance group, its line of business.

    `dd` is an enterprise number (10 digits) or a budget code (7); `group` two letters such as DN, HC, CN;
    `industry` a letter and two digits, or empty.
    """

    dd: str
    group: str
    industry: str = ""

    def __str__(self) -> str:
        return f"{self.dd}{self.group}{self.industry}"


class CollectingPoint(NamedTuple):
    """Mã điểm thu ĐD+TH+HC+ĐT: the collecting organisation, where the point is, its number (1-999)."""

    dd: str
    province: str
    commune: str
    number: int

    def __str__(self) -> str:
        return f"{self.dd}TH{self.province}{self.commune}{self.number:03d}"


@cache
def provinces() -> dict[str, str]:
    """Mã tỉnh trong số định danh: the 63 three-digit codes with the names of the time."""
    source = resources.files("ansinh.kernel").joinpath("provinces.yaml").read_text(encoding="utf-8")
    codes: dict[str, str] = yaml.safe_load(source)["codes"]
    return codes


def citizen_id(text: str, *, registered_abroad: bool = False) -> str:
    """Số định danh cá nhân / số căn cước: 12 digits, of a known province and century.

    People whose birth was registered abroad carry a country code instead of a province code; three digits
    from 100 on are taken only with `registered_abroad`, so that a typing slip is not read as a country.
    Source: 137/2015/NĐ-CP, Điều 13; codes 07/2016/TT-BCA, phụ lục 1. Raises `BilingualError` with code
    ``citizen_id.digits``, ``.length``, ``.province``, ``.abroad`` or ``.century``.

    >>> citizen_id("001 180 001 234")
    '001180001234'
    >>> citizen_id("1180001234")
    Traceback (most recent call last):
    ...
    ansinh.kernel.errors.BilingualError: Số định danh cá nhân phải có 12 chữ số, đây có 10 (có thể ô \
bảng tính đã làm mất số 0 ở đầu) / A citizen ID has 12 digits, this has 10 (a spreadsheet may have dropped \
the leading zeros)
    """
    number = _digits(text, "Số định danh cá nhân", "A citizen ID", "citizen_id")
    if len(number) != 12:
        vi_hint, en_hint = "", ""
        if len(number) == 9:
            vi_hint, en_hint = " (số chứng minh nhân dân cũ?)", " (an old identity card number?)"
        elif len(number) in {10, 11}:
            vi_hint = " (có thể ô bảng tính đã làm mất số 0 ở đầu)"
            en_hint = " (a spreadsheet may have dropped the leading zeros)"
        raise BilingualError(
            f"Số định danh cá nhân phải có 12 chữ số, đây có {len(number)}{vi_hint}",
            f"A citizen ID has 12 digits, this has {len(number)}{en_hint}",
            code="citizen_id.length",
        )
    if number[:3] not in provinces() and not (registered_abroad and number[0] != "0"):
        if number[0] != "0":
            raise BilingualError(
                f"Số định danh {number}: {number[:3]} không phải mã tỉnh (khai sinh ở nước ngoài?)",
                f"Citizen ID {number}: {number[:3]} is no province code (birth registered abroad?)",
                code="citizen_id.abroad",
            )
        raise BilingualError(
            f"Số định danh {number}: không có mã tỉnh {number[:3]}",
            f"Citizen ID {number}: there is no province code {number[:3]}",
            code="citizen_id.province",
        )
    if number[3] not in _CENTURY_SEX:
        raise BilingualError(
            f"Số định danh {number}: chữ số thứ tư ({number[3]}) không ứng với thế kỷ sinh nào đến nay",
            f"Citizen ID {number}: the fourth digit ({number[3]}) names no century of birth so far",
            code="citizen_id.century",
        )
    return number


def citizen_id_facts(cid: str) -> CitizenIdFacts:
    """Đọc số định danh: province code (3 digits), sex and year of birth it carries.

    A country code of a birth registered abroad is returned as `province` too; it is not in `provinces()`.


    >>> citizen_id_facts("079305012345")
    CitizenIdFacts(province='079', sex='female', birth_year=2005)
    """
    number = citizen_id(cid, registered_abroad=True)
    century, sex = _CENTURY_SEX[number[3]]
    return CitizenIdFacts(number[:3], sex, century + int(number[4:6]))


def si_number(text: str) -> str:
    """Mã số BHXH: 10 digits. Raises `BilingualError`, code ``si_number.digits`` or ``si_number.length``.

    >>> si_number("0123 456 789")
    '0123456789'
    """
    return _fixed(text, 10, "Mã số BHXH", "A social insurance number", "si_number")


def budget_code(text: str) -> str:
    """Mã đơn vị quan hệ ngân sách: 7 digits. Raises `BilingualError`, code ``budget_code.*``.

    >>> budget_code("1234567")
    '1234567'
    """
    return _fixed(text, 7, "Mã quan hệ ngân sách", "A budget code", "budget_code")


def enterprise_number(text: str) -> str:
    """Mã số doanh nghiệp / mã số thuế: 10 digits, the last a check digit; a branch adds "-001" … "-999".

    Check digit = 10 - (Σ digit × weight mod 11), weights 31 29 23 19 17 13 7 5 3; a first nine for which this
    gives 10 are never issued. Branches may be typed without the hyphen (13 digits).
    Raises `BilingualError` with code ``enterprise_number.format``, ``.check`` or ``.branch``.

    >>> enterprise_number("0100109106"), enterprise_number("0100109106001")
    ('0100109106', '0100109106-001')
    """
    compact = _compact(text)
    match = re.fullmatch(r"([0-9]{10})(?:-?([0-9]{3}))?", compact)
    if match is None:
        raise BilingualError(
            f"Mã số doanh nghiệp phải có 10 chữ số, hoặc 10 số và 3 số chi nhánh: {excerpt(text)}",
            f"An enterprise number has 10 digits, or 10 and 3 for a branch: {excerpt(text)}",
            code="enterprise_number.format",
        )
    number, branch = match[1], match[2]
    if not has_check_digit(number):
        raise BilingualError(
            f"Mã số doanh nghiệp {number}: sai số kiểm tra",
            f"Enterprise number {number}: the check digit is wrong",
            code="enterprise_number.check",
        )
    if branch == "000":
        raise BilingualError(
            f"Mã chi nhánh bắt đầu từ 001: {excerpt(text)}",
            f"Branches are numbered from 001: {excerpt(text)}",
            code="enterprise_number.branch",
        )
    return f"{number}-{branch}" if branch else number


def has_check_digit(number: str) -> bool:
    """Đúng số kiểm tra: whether ten digits end in the check digit of an enterprise number.

    >>> has_check_digit("0100109106"), has_check_digit("0123456789")
    (True, False)
    """
    if not re.fullmatch(r"[0-9]{10}", number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:9], _CHECK_WEIGHTS, strict=True))
    return 10 - total % 11 == int(number[9])


def unit_code(text: str, *, strict: bool = False) -> UnitCode:
    """Mã đơn vị: ĐD (enterprise number or budget code) + ĐT (group) + LH (line of business, if any).

    Only the structure is checked, because codes given out before tax numbers were verified do not all carry
    the check digit, nor do the printed samples; `strict` also checks the digit of a 10-digit ĐD.
    Raises `BilingualError` with code ``unit_code.format`` or ``unit_code.check``.

    >>> unit_code("0123456789DNA03")
    UnitCode(dd='0123456789', group='DN', industry='A03')
    >>> str(unit_code("1234567hc"))
    '1234567HC'
    """
    match = _UNIT_CODE.match(_compact(text))
    if match is None:
        raise BilingualError(
            f"Mã đơn vị không đúng cấu trúc: {excerpt(text)} "
            "(10 hoặc 7 chữ số, 2 chữ cái, thêm loại hình như A03)",
            f"Not a unit code: {excerpt(text)} "
            "(10 or 7 digits, 2 letters, perhaps a line of business such as A03)",
            code="unit_code.format",
        )
    if strict:
        _check(match["dd"], text, "unit_code")
    return UnitCode(match["dd"], match["group"], match["industry"] or "")


def collecting_point(text: str, *, strict: bool = False) -> CollectingPoint:
    """Mã điểm thu: ĐD + "TH" + province (2) and commune (5) + number of the point (001-999).

    The structure is checked; `strict` also checks the digit of a 10-digit ĐD, as in `unit_code`.
    Raises `BilingualError` with code ``collecting_point.format`` or ``collecting_point.check``.

    >>> collecting_point("3456789000TH0100070003")
    CollectingPoint(dd='3456789000', province='01', commune='00070', number=3)
    """
    match = _COLLECTING_POINT.match(_compact(text))
    if match is None or int(match["number"]) == 0:
        raise BilingualError(
            f"Mã điểm thu không đúng cấu trúc: {excerpt(text)} (như 3456789000TH0100070003)",
            f"Not a collecting point code: {excerpt(text)} (such as 3456789000TH0100070003)",
            code="collecting_point.format",
        )
    if strict:
        _check(match["dd"], text, "collecting_point")
    return CollectingPoint(match["dd"], match["province"], match["commune"], int(match["number"]))


def mask(number: str) -> str:
    """Số đã che để hiện trong danh sách: the first and the last four characters, bullets between.

    Up to eight characters only the last two show, so that a short number is not given away.

    >>> mask("001080001234"), mask("1234567")
    ('0•••••••1234', '•••••67')
    """
    if len(number) > 8:
        return number[0] + _BULLET * (len(number) - 5) + number[-4:]
    shown = number[-2:] if len(number) > 4 else ""
    return _BULLET * (len(number) - len(shown)) + shown


def group(number: str) -> str:
    """Số được tách nhóm để đọc: 12 digits as 3-3-3-3, 10 as 4-3-3; anything else is left as it is.

    >>> group("001080001234"), group("0123456789"), group("0100109106-001")
    ('001 080 001 234', '0123 456 789', '0100 109 106-001')
    """
    if re.fullmatch(r"[0-9]{12}", number):
        return " ".join(number[i : i + 3] for i in range(0, 12, 3))
    if re.fullmatch(r"[0-9]{10}(-[0-9]{3})?", number):
        return f"{number[:4]} {number[4:7]} {number[7:]}"
    return number


def _compact(text: str) -> str:
    return _DASHES.sub("-", _NOISE.sub("", text)).upper()


def _digits(text: str, vi: str, en: str, code: str) -> str:
    compact = _compact(text).replace("-", "")
    if not re.fullmatch(r"[0-9]+", compact):
        raise BilingualError(
            f"{vi} chỉ gồm chữ số: {excerpt(text)}" if compact else f"{vi}: chưa nhập",
            f"{en} is made of digits only: {excerpt(text)}" if compact else f"{en} is missing",
            code=f"{code}.digits",
        )
    return compact


def _fixed(text: str, length: int, vi: str, en: str, code: str) -> str:
    number = _digits(text, vi, en, code)
    if len(number) != length:
        raise BilingualError(
            f"{vi} phải có {length} chữ số, đây có {len(number)}",
            f"{en} has {length} digits, this has {len(number)}",
            code=f"{code}.length",
        )
    return number


def _check(dd: str, text: str, code: str) -> None:
    if len(dd) == 10 and not has_check_digit(dd):
        raise BilingualError(
            f"{excerpt(text)}: mã số doanh nghiệp {dd} sai số kiểm tra",
            f"{excerpt(text)}: the check digit of enterprise number {dd} is wrong",
            code=f"{code}.check",
        )
