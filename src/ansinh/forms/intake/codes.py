"""Đọc mã: codes of people and facilities, which a spreadsheet may have robbed of their leading zeros."""

import re
from dataclasses import dataclass

from ansinh.forms.intake.files import CellValue
from ansinh.forms.intake.readings import is_empty, is_number, quoted, shown, text
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.errors import BilingualError, excerpt
from ansinh.kernel.identity import citizen_id, citizen_id_facts, si_number
from ansinh.kernel.numbers import is_digits
from ansinh.kernel.text import fold

SI_DIGITS, CITIZEN_DIGITS, HOSPITAL_DIGITS = 10, 12, 5


@dataclass(frozen=True, slots=True)
class PersonCode:
    """Mã người tham gia: SI number of 10 digits, citizen ID of 12, or neither."""

    si_number: str | None = None
    citizen_id: str | None = None


def digits_of(value: CellValue) -> str:
    """Dãy số trong ô mã: spaces, dots, dashes and a leading apostrophe taken off."""
    # The dot of a number is a decimal point: 123456789.5 is no code.
    return shown(value) if is_number(value) else re.sub(r"[\s\u00a0.\-'’]", "", shown(value))


def person_code(value: CellValue, birth: PartialDate | None = None) -> PersonCode:
    """Mã số BHXH hoặc số định danh ở cột 1.

    Text must have 10 or 12 digits. A cell typed as a number has lost its leading zeros: 9 digits are an
    SI number that began with 0, 11 a citizen ID that began with 0. Ten digits are an SI number, unless
    two zeros in front make a valid citizen ID born in the year of ``birth``: then nobody can tell.
    """
    if is_empty(value):
        return PersonCode()
    digits = digits_of(value)
    typed_as_number = is_number(value)
    if not is_digits(digits):
        raise _not_code(value)
    if len(digits) == CITIZEN_DIGITS:
        return PersonCode(citizen_id=citizen_id(digits))
    if len(digits) == SI_DIGITS:
        if typed_as_number and _may_be_citizen("00" + digits, birth):
            raise BilingualError(
                f"Ô nhập dạng số “{digits}”: không phân biệt được mã số BHXH {digits} với số định danh "
                f"00{digits}. Hãy nhập lại dạng chữ.",
                f"The cell is typed as the number “{digits}”: SI number {digits} or citizen ID 00{digits}? "
                "Enter it again as text.",
                code="lost-zeros",
            )
        return PersonCode(si_number=si_number(digits))
    if typed_as_number and len(digits) == SI_DIGITS - 1:
        return PersonCode(si_number=si_number("0" + digits))
    if typed_as_number and len(digits) == CITIZEN_DIGITS - 1:
        return PersonCode(citizen_id=citizen_id("0" + digits))
    raise _not_code(value)


def _may_be_citizen(digits: str, birth: PartialDate | None) -> bool:
    try:
        citizen_id(digits)
        _, _, year = citizen_id_facts(digits)
    except BilingualError:
        return False
    return birth is None or year == birth.year


def _not_code(value: CellValue) -> BilingualError:
    return BilingualError(
        f"Mã số “{quoted(value)}” không hợp lệ: mã số BHXH có 10 chữ số, số định danh có 12 chữ số.",
        f"“{quoted(value)}” is no code: an SI number has 10 digits, a citizen ID 12.",
        code="person-code",
    )


def citizen(value: CellValue) -> str | None:
    """Số định danh cá nhân: 12 digits; typed as a number, 10 or 11 digits get their zeros back."""
    if is_empty(value):
        return None
    digits = digits_of(value)
    if is_number(value) and SI_DIGITS <= len(digits) < CITIZEN_DIGITS:
        digits = digits.zfill(CITIZEN_DIGITS)
    return citizen_id(digits)


def citizen_in_note(value: CellValue) -> str | None:
    """Số định danh ghi ở cột ghi chú: the one valid 12-digit number named as such, or None.

    A bank account written there for a refund also has digits, so the number must follow a word such as
    "CCCD", "căn cước" or "định danh".
    """
    if not isinstance(value, str):
        return None
    pattern = r"(?:cccd|can cuoc|dinh danh|ddcn)[^0-9]{0,25}((?:[0-9][ .]?){11}[0-9])(?![0-9])"
    found = {re.sub(r"[^0-9]", "", match) for match in re.findall(pattern, fold(value))}
    valid = []
    for digits in sorted(found):
        try:
            valid.append(citizen_id(digits))
        except BilingualError:
            continue
    return valid[0] if len(valid) == 1 else None


@dataclass(frozen=True, slots=True)
class Hospital:
    """Nơi đăng ký KCB ban đầu: the facility's code of 5 characters, its name, or both."""

    code: str | None = None
    name: str = ""


def hospital(value: CellValue) -> Hospital:
    """Cơ sở KCB: "01001", "01001 - BV Hữu nghị", or a name; 1001 typed as a number is 01001."""
    if is_empty(value):
        return Hospital()
    if isinstance(value, int | float):
        digits = shown(value)
        if not is_digits(digits) or len(digits) not in {HOSPITAL_DIGITS - 1, HOSPITAL_DIGITS}:
            raise BilingualError(
                f"Mã cơ sở KCB “{excerpt(digits)}” không đủ 5 ký tự.",
                f"The facility code “{excerpt(digits)}” has not 5 characters.",
                code="hospital",
            )
        return Hospital(digits.zfill(HOSPITAL_DIGITS))
    words = text(value)
    match = re.match(r"([0-9]{2}[0-9A-Za-z]{3})(?![0-9A-Za-z])[\s\-–:.,]*(.*)$", words)
    if match:
        return Hospital(match[1].upper(), match[2])
    if any(letter.isalpha() for letter in words):
        return Hospital(None, words)
    raise BilingualError(
        f"Nơi đăng ký KCB “{excerpt(words)}” không phải mã 5 ký tự.",
        f"“{excerpt(words)}” is not a facility code of 5 characters.",
        code="hospital",
    )
