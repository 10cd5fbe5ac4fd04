"""Đọc ô: what people type into a cell, as typed values.

Each reading takes a raw cell and answers a value, None for an empty cell, or raises ``BilingualError``
that says what was expected. Nothing is guessed: a cell with two plausible meanings is an error.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from ansinh.forms.intake.files import CellValue
from ansinh.kernel.dates import PartialDate, parse_date
from ansinh.kernel.errors import BilingualError, excerpt
from ansinh.kernel.money import parse_dong
from ansinh.kernel.months import Month
from ansinh.kernel.numbers import is_bounded, is_digits
from ansinh.kernel.text import clean_name, fold

EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(61, 80_000)
"""Excel day numbers after the leap day that never was, up to the year 2119."""
BIRTH_YEARS = range(1900, 2101)
MONTH_YEARS = range(1960, 2101)
COEFFICIENT_BELOW = 100
MONEY_FROM = 100_000
MONEY_BELOW = 10_000_000_000
MILLI = 1000
LONGEST_NAME = 100
LONGEST_DATE = 200
"""Signs of a date, blanks and words included; what is longer is cut and then read as none."""
SLACK = Decimal("0.000001")
"""A number typed as 2.34 may come back from a formula as 2.3400000000000003."""
T = TypeVar("T")


def is_empty(value: CellValue) -> bool:
    """Ô trống: nothing, blanks, or a lone dash."""
    return value is None or (isinstance(value, str) and value.strip(" \u00a0\t\r\n-–—") == "")


def is_number(value: CellValue) -> bool:
    """Ô kiểu số: typed as a number, finite and below 10¹⁸ (true and false are none, nor is 1e300)."""
    return isinstance(value, int | float) and not isinstance(value, bool) and is_bounded(value)


def shown(value: CellValue) -> str:
    """Giá trị như người nhập thấy: whole numbers without ".0", dates as dd/mm/yyyy."""
    if value is None:
        return ""
    if isinstance(value, float) and abs(value) < 1e15 and value == int(value):
        return str(int(value))
    if isinstance(value, int):
        return excerpt(value)
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M") if value.time() != time() else value.strftime("%d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def quoted(value: CellValue) -> str:
    """Giá trị để trích trong thông báo: as people see it, one line, at most sixty signs."""
    return excerpt(shown(value))


def text(value: CellValue, most: int | None = None) -> str:
    """Chữ: NFC, single spaces; numbers as people see them; "" when empty; of the first ``most`` signs."""
    return "" if value is None else clean_name(shown(value)[:most].removeprefix("'"))


def name(value: CellValue) -> str:
    """Họ và tên. Raises when it holds digits or no letter, or more than a hundred signs."""
    words = text(value)
    if not words:
        return ""
    if len(words) > LONGEST_NAME or any(c.isdigit() for c in words) or not any(c.isalpha() for c in words):
        raise BilingualError(
            f"Họ và tên không hợp lệ: “{excerpt(words)}”.",
            f"Not a person's name: “{excerpt(words)}”.",
            code="name",
        )
    return words


def _serial(number: float) -> date | None:
    return EXCEL_EPOCH + timedelta(days=int(number)) if int(number) in SERIALS else None


def _compact_dates(digits: str) -> set[date]:
    """Readings of 7 or 8 bare digits: yyyymmdd, ddmmyyyy, or ddmmyyyy that lost its zero."""
    shapes = []
    if len(digits) == 8:
        shapes = [(digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2])]
    elif len(digits) == 7:
        shapes = [(digits[3:], digits[1:3], digits[:1])]
    readings = set()
    for year, month, day in shapes:
        try:
            if int(year) in BIRTH_YEARS:
                readings.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return readings


def _only(readings: set[T], value: CellValue, vi: str, en: str) -> T:
    if len(readings) == 1:
        return next(iter(readings))
    if readings:
        vi, en = f"{vi} (có nhiều cách hiểu)", f"{en} (it can be read in several ways)"
    raise BilingualError(
        f"“{quoted(value)}” không phải {vi}.", f"“{quoted(value)}” is not {en}.", code="date"
    )


def _date_text(value: str) -> str:
    """Strip "ngày … tháng … năm …", time of day, and unify separators to "/"."""
    plain = fold(value[:LONGEST_DATE]).strip()
    plain = re.sub(r"([0-9])[ t]+00:00(:00(\.0+)?)?$", r"\1", plain)
    plain = re.sub(r"\b(ngay|thang|nam)\b", "/", plain)
    plain = re.sub(r"^t\s*(?=[0-9])", "", plain)
    return re.sub(r"[/\s]*[/.\-][/\s]*", "/", plain.strip("/ ,;")).strip("/ ")


def full_date(value: CellValue) -> date | None:
    """Ngày: date cells, Excel day numbers, yyyymmdd, dd/mm/yyyy and its kin (day first)."""
    if is_empty(value):
        return None
    wanted = ("ngày (dd/mm/yyyy)", "a date (dd/mm/yyyy)")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if is_number(value):
        whole = _whole(value, *wanted)
        readings = _compact_dates(str(whole))
        serial = _serial(whole)
        return _only(readings | ({serial} if serial and not readings else set()), value, *wanted)
    if not isinstance(value, str):
        raise _only_error(value, *wanted)
    plain = _date_text(value)
    if is_digits(plain):
        return _only(_compact_dates(plain) if len(plain) == 8 else set(), value, *wanted)
    return parse_date(plain)


def _whole(value: CellValue, vi: str, en: str) -> int:
    number = float(value)  # type: ignore[arg-type]  # callers have asked is_number
    if number != int(number) or number <= 0:
        raise _only_error(value, vi, en)
    return int(number)


def _only_error(value: CellValue, vi: str, en: str) -> BilingualError:
    return BilingualError(
        f"“{quoted(value)}” không phải {vi}.", f"“{quoted(value)}” is not {en}.", code="date"
    )


def birth_date(value: CellValue) -> PartialDate | None:
    """Ngày sinh, có thể chỉ có tháng/năm hoặc năm: as ``full_date``, and "7/1980", "1980"."""
    if is_empty(value):
        return None
    wanted = ("ngày sinh (dd/mm/yyyy, mm/yyyy hoặc yyyy)", "a birth date (dd/mm/yyyy, mm/yyyy or yyyy)")
    if is_number(value):
        whole = _whole(value, *wanted)
        if whole in BIRTH_YEARS:
            return PartialDate(whole)
        if len(str(whole)) in {5, 6}:
            serial = _serial(whole)
            months = {(month.year, month.month) for month in _compact_months(str(whole))}
            readings = {PartialDate(year, month) for year, month in months}
            if serial and serial.year in BIRTH_YEARS:
                readings.add(PartialDate(serial.year, serial.month, serial.day))
            # Nobody is born after the day the list is for; 71980 as a day number is the year 2097.
            return _only({item for item in readings if item.year < 2050}, value, *wanted)
    if isinstance(value, str):
        plain = _date_text(value)
        if not (is_digits(plain) and len(plain) == 8):
            return PartialDate.parse(plain)
    day = full_date(value)
    return None if day is None else PartialDate(day.year, day.month, day.day)


def _compact_months(digits: str) -> set[Month]:
    """Readings of 5 or 6 bare digits: myyyy, mmyyyy, yyyymm."""
    shapes = []
    if len(digits) == 6:
        shapes = [(digits[2:], digits[:2]), (digits[:4], digits[4:])]
    elif len(digits) == 5:
        shapes = [(digits[1:], digits[:1])]
    return {
        Month(int(year), int(month))
        for year, month in shapes
        if int(year) in MONTH_YEARS and 1 <= int(month) <= 12
    }


def month(value: CellValue) -> Month | None:
    """Tháng/năm: date cells, "07/2026", "T7/2026", "tháng 7 năm 2026", 202607, 72026, full dates.

    A bare number that is both a month and an Excel day number of 1990–2050 (42026) is an error.
    """
    if is_empty(value):
        return None
    wanted = ("tháng/năm (mm/yyyy)", "a month (mm/yyyy)")
    if isinstance(value, date):
        return Month.of(value.date() if isinstance(value, datetime) else value)
    if is_number(value):
        whole = _whole(value, *wanted)
        readings = _compact_months(str(whole)) | {Month.of(day) for day in _compact_dates(str(whole))}
        serial = _serial(whole)
        if serial and 1990 <= serial.year <= 2050:
            readings.add(Month.of(serial))
        return _only(readings, value, *wanted)
    if not isinstance(value, str):
        raise _only_error(value, *wanted)
    plain = _date_text(value)
    short = re.fullmatch(r"([0-9]{1,2})/([0-9]{4}|[0-9]{2})", plain)
    if short and 1 <= int(short[1]) <= 12:
        return Month(int(short[2]) + (2000 if len(short[2]) == 2 else 0), int(short[1]))
    iso = re.fullmatch(r"([0-9]{4})/([0-9]{1,2})", plain)
    if iso and 1 <= int(iso[2]) <= 12:
        return Month(int(iso[1]), int(iso[2]))
    if is_digits(plain) and len(plain) == 6:
        return _only(_compact_months(plain), value, *wanted)
    try:
        day = full_date(value)
    except BilingualError as error:
        raise _only_error(value, *wanted) from error
    if day is None:
        raise _only_error(value, *wanted)
    return Month.of(day)


CURRENCY = re.compile(r"(vnđ|vnd|đồng|đ|₫|dong)\s*(/\s*tháng)?\.?$", re.IGNORECASE)


def bare_number(value: str) -> str:
    """Số đã bỏ khoảng trắng và đơn vị tiền: "1 500 000 đồng" is "1500000"."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", value.strip().removeprefix("'"))
    return CURRENCY.sub("", plain)


def money(value: CellValue) -> int | None:
    """Số tiền, đồng: 15000000, "15.000.000", "15,000,000 đ", "15 000 000,00". Not negative, no xu."""
    if is_empty(value):
        return None
    if is_number(value):
        amount = Decimal(repr(value))
        whole = amount.to_integral_value()
        if abs(amount - whole) > SLACK:
            raise not_money(value)
        dong = int(whole)
    elif isinstance(value, str):
        dong = parse_dong(bare_number(value))
    else:
        raise not_money(value)
    if not 0 <= dong < MONEY_BELOW:
        raise not_money(value)
    return dong


def not_money(value: CellValue) -> BilingualError:
    """Không phải số tiền: the refusal of a cell read as an amount (code ``money``)."""
    return BilingualError(
        f"“{quoted(value)}” không phải số tiền (đồng).",
        f"“{quoted(value)}” is not an amount in dong.",
        code="money",
    )


def _decimal(value: CellValue, *, percent: bool = False) -> Decimal | None:
    """A number with a decimal point or comma; None when the cell does not read as one."""
    if is_number(value):
        return Decimal(repr(value))
    if not isinstance(value, str):
        return None
    plain = bare_number(value)
    if percent:
        plain = plain.removesuffix("%")
    # More digits than these are neither a coefficient nor a percentage.
    if not re.fullmatch(r"[0-9]{1,18}([.,][0-9]{1,18})?", plain):
        return None
    return Decimal(plain.replace(",", "."))


def _milli(number: Decimal) -> int | None:
    """Thousandths, exactly; None when there are more decimals than three."""
    thousandths = (number * MILLI).to_integral_value()
    return int(thousandths) if abs(number * MILLI - thousandths) <= SLACK * MILLI else None


def coefficient(value: CellValue) -> int | None:
    """Hệ số, phần nghìn: "2,34" and 2.34 are 2340. From 0 to below 100; money is refused by name."""
    if is_empty(value):
        return None
    number = _decimal(value)
    if number is None or not 0 <= number < COEFFICIENT_BELOW:
        raise BilingualError(
            f"“{quoted(value)}” không phải hệ số (ví dụ 0,4). Khoản phụ cấp bằng tiền ghi ở cột 9.",
            f"“{quoted(value)}” is not a coefficient (such as 0.4). Allowances in money go to column 9.",
            code="coefficient",
        )
    thousandths = _milli(number)
    if thousandths is None:
        raise BilingualError(
            f"Hệ số “{quoted(value)}” có quá 3 chữ số thập phân.",
            f"The coefficient “{quoted(value)}” has more than 3 decimals.",
            code="coefficient",
        )
    return thousandths or None


@dataclass(frozen=True, slots=True)
class Wage:
    """Cột 4: either a monthly wage in dong or a coefficient in thousandths."""

    dong: int | None = None
    coefficient_milli: int | None = None


def wage(value: CellValue) -> Wage:
    """Hệ số hay tiền lương, theo độ lớn: below 100 a coefficient, from 100 000 an amount in dong.

    Between the two nothing is certain: an error. So is a text such as "5.310" (below a hundred, and three
    digits after the separator), which may be a coefficient of 5,310 or 5 310 (thousand) dong.
    """
    if is_empty(value):
        return Wage()
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,2}[.,][0-9]{3}", bare_number(value)):
        raise _unclear_wage(value)
    number = _decimal(value)
    if number is not None and number < COEFFICIENT_BELOW:
        return Wage(coefficient_milli=coefficient(value))
    dong = money(value)
    if dong is None or dong < MONEY_FROM:
        raise _unclear_wage(value)
    return Wage(dong=dong)


def _unclear_wage(value: CellValue) -> BilingualError:
    return BilingualError(
        f"“{quoted(value)}” không rõ là hệ số hay số tiền: ghi hệ số như 2,34 hoặc đủ số đồng như 5310000.",
        f"“{quoted(value)}” is neither clearly a coefficient nor an amount: write 2.34, or 5310000 in full.",
        code="wage",
    )


def percent(value: CellValue) -> Fraction | None:
    """Tỷ lệ %: "7%", "7,5", 7 are 7/100 and 3/40; a cell below 1 is Excel's 5% kept as 0.05."""
    if is_empty(value):
        return None
    number = _decimal(value, percent=True)
    if number is None or not 0 <= number <= 100:
        raise BilingualError(
            f"“{quoted(value)}” không phải tỷ lệ % (0–100).",
            f"“{quoted(value)}” is not a percentage (0–100).",
            code="percent",
        )
    signed = isinstance(value, str) and "%" in value
    scaled = number * 100 if number < 1 and not signed else number
    thousandths = _milli(scaled)
    if thousandths is None:
        raise BilingualError(
            f"Tỷ lệ “{quoted(value)}” có quá nhiều chữ số thập phân.",
            f"The percentage “{quoted(value)}” has too many decimals.",
            code="percent",
        )
    return Fraction(thousandths, 100 * MILLI) or None


@dataclass(frozen=True, slots=True)
class ContractMark:
    """Dấu loại hợp đồng (cột 10–12): marked or not, with the dates some people write there."""

    marked: bool = False
    from_on: date | None = None
    to_on: date | None = None


DAY = r"[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{4}"
MARKS = frozenset({"x", "v", "co", "1", "✓", "✔", "√", "true", "yes"})


def contract_mark(value: CellValue) -> ContractMark:
    """Loại HĐLĐ: an "x" (or the like), a start date, or "start - end"."""
    if is_empty(value) or value is False:
        return ContractMark()
    if value is True or value == 1 or (isinstance(value, str) and fold(value).strip(" .") in MARKS):
        return ContractMark(marked=True)
    if isinstance(value, str):
        dates = [parse_date(found) for found in re.findall(DAY, value[:LONGEST_DATE])]
        if len(dates) in {1, 2}:
            return ContractMark(True, dates[0], dates[1] if len(dates) == 2 else None)
    elif isinstance(value, date):
        return ContractMark(True, full_date(value))
    raise BilingualError(
        f"“{quoted(value)}”: ghi dấu x vào đúng một loại hợp đồng.",
        f"“{quoted(value)}”: mark exactly one kind of contract with an x.",
        code="contract",
    )


def result_form(value: CellValue) -> str | None:
    """Hình thức nhận kết quả: "electronic" or "paper"."""
    if is_empty(value):
        return None
    plain = fold(text(value))
    electronic = "dien tu" in plain or plain in {"dt", "e", "electronic"}
    paper = "giay" in plain or plain in {"g", "paper"}
    if electronic == paper:
        raise BilingualError(
            f"“{quoted(value)}”: ghi “bản điện tử” hoặc “bản giấy”.",
            f"“{quoted(value)}”: write “bản điện tử” (electronic) or “bản giấy” (paper).",
            code="result-form",
        )
    return "electronic" if electronic else "paper"
