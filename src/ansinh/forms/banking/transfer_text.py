"""Nội dung chuyển tiền đóng BHXH: ``+BHXH+103+00+{unit}+{agency}+dong BHXH+`` and its usual mistakes.

Parts: BHXH, the procedure (103), the kind of amount (00), the unit code, the five-digit code of the agency
that manages the unit, the purpose. Banks put references before it, cut it short, drop or change its signs.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.identity import unit_code
from ansinh.kernel.text import composed, fold

PROCEDURE, AMOUNT_KIND, PURPOSE = "103", "00", "dong BHXH"
AGENCY_DIGITS = 5

REPAIRS: dict[str, tuple[str, str, int]] = {
    "bank-prefix": ("ngân hàng thêm chữ phía trước", "the bank put words before it", 1),
    "bank-suffix": ("có chữ thừa phía sau", "words after it", 1),
    "lower-case": ("viết thường", "lower case", 1),
    "diacritics": ("có dấu tiếng Việt", "Vietnamese marks", 1),
    "leading-plus-missing": ("thiếu dấu + đầu", "no + in front", 1),
    "trailing-plus-missing": ("thiếu dấu + cuối", "no + at the end", 1),
    "plus-missing": ("thiếu dấu + giữa các phần", "a + between parts is missing", 4),
    "plus-doubled": ("thừa dấu +", "a + too many", 1),
    "other-separator": ("dùng dấu khác thay dấu +", "another sign instead of +", 2),
    "spaces": ("thừa dấu cách", "needless spaces", 1),
    "spaces-inside": ("mã bị tách bởi dấu cách hoặc dấu chấm", "a code is split", 3),
    "letter-for-digit": ("chữ O, I, L thay cho số 0, 1", "letters O, I, L for digits", 5),
    "prefix-missing": ("thiếu chữ BHXH", "BHXH is missing", 6),
    "procedure-missing": ("thiếu mã nghiệp vụ 103", "the procedure 103 is missing", 6),
    "kind-missing": ("thiếu mã loại tiền 00", "the kind of amount 00 is missing", 4),
    "agency-missing": ("thiếu mã cơ quan BHXH", "the agency code is missing", 8),
    "agency-truncated": ("mã cơ quan BHXH bị cắt", "the agency code is cut short", 8),
    "tail-truncated": ("nội dung bị cắt cuối", "the end is cut off", 2),
    "other-purpose": ("lý do khác mẫu", "another purpose", 2),
    "legacy-unit-code": ("mã đơn vị kiểu cũ", "a unit code of the old form", 5),
    "unit-missing": ("không đọc được mã đơn vị", "no readable unit code", 80),
}
"""Code → Vietnamese, English, points taken off the confidence."""

SEPARATOR = r"[+\-_./|:;,*#&\s\u2013\u2014]"
DIGIT = r"[0-9OIL]"
GAP = r"[ .\-]{0,2}"
HEAD = r"B\s?H\s?X\s?H"
PROCEDURES = r"[1IL][0-9O][0-9O]"
KINDS = r"[0-9O]{2}"
INDUSTRY = rf"{GAP}[A-Z]{GAP}[0-9O]{GAP}[0-9O](?![A-Z])"
NEW_CODE = (
    rf"(?:(?:{DIGIT}{GAP}){{9}}{DIGIT}|(?:{DIGIT}{GAP}){{6}}{DIGIT}){GAP}[A-Z]{GAP}[A-Z](?:{INDUSTRY})?"
)
OLD_CODE = r"[A-Z]{2}[0-9O]{4,5}[A-Z](?![A-Z])"
UNIT = rf"(?:{NEW_CODE}|{OLD_CODE})"
AGENCY = r"(?=[0-9O]*[0-9])(?:[0-9O] ?){4}[0-9O](?! ?[0-9])"
WHOLE = re.compile(
    rf"(?P<head>{HEAD})?(?P<s1>{SEPARATOR}*)"
    rf"(?P<procedure>{PROCEDURES})(?:(?P<s2>{SEPARATOR}*)(?P<kind>{KINDS})(?P<s3>{SEPARATOR}*)|(?P<s4>{SEPARATOR}+))"
    rf"(?P<unit>{UNIT})"
)
HEADED = re.compile(WHOLE.pattern.replace("(?P<head>" + HEAD + ")?", "(?P<head>" + HEAD + ")"))
LOOSE = re.compile(rf"(?:(?P<head>{HEAD})(?P<s1>{SEPARATOR}*))?(?<![0-9A-Z])(?P<unit>{UNIT})")
FRONT = re.compile(
    rf"(?P<head>{HEAD})(?P<s1>{SEPARATOR}*)(?P<procedure>{PROCEDURES})(?P<s2>{SEPARATOR}*)(?:(?P<kind>{KINDS})(?![0-9A-Z]))?"
)
TAIL = re.compile(rf"(?P<s5>{SEPARATOR}*)(?:(?P<agency>{AGENCY})(?P<s6>{SEPARATOR}*))?")
CUT_AGENCY = re.compile(r"[0-9O]{1,4}\s*$")
LONGEST, MOST_FOUND = 2_000, 20
"""Signs of a text that are looked at, and codes kept of it: a payment's own text is a tenth of that."""
GULF = re.compile(rf"(?<={SEPARATOR}{{8}}){SEPARATOR}+")
"""What goes beyond eight signs between two parts; a search along such a run would take its square."""
FIRST_DIGITS = {10: 6, 7: 4}
"""True digits that a number must keep when letters stand for some."""


@dataclass(frozen=True, slots=True)
class TransferText:
    """Nội dung đã hiểu: parts that are missing are "". ``confidence`` is 0–100.

    ``repairs`` are codes of ``REPAIRS``; ``candidates`` every unit code found anywhere in the text, the one
    taken first; ``fragments`` what is shaped like one but has a digit too few or too many; ``numbers`` the
    numbers of 10 or 13 digits, alone or opening a unit code, which may be tax codes.
    """

    procedure: str = ""
    amount_kind: str = ""
    unit_code: str = ""
    agency: str = ""
    purpose: str = ""
    confidence: int = 0
    repairs: list[str] = field(default_factory=list)
    candidates: tuple[str, ...] = ()
    fragments: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def build(unit: str, agency: str) -> str:
    """Nội dung chuyển tiền chuẩn cho đơn vị, cơ quan BHXH.

    Raises ``BilingualError`` (code ``transfer-text``) when a code has signs or spaces or the agency is not
    five digits.

    >>> build("0123456789DNA03", "00101")
    '+BHXH+103+00+0123456789DNA03+00101+dong BHXH+'
    """
    if not re.fullmatch(r"[0-9A-Z]{7,15}", unit) or not re.fullmatch(r"[0-9]{5}", agency):
        raise BilingualError(
            f"Không lập được nội dung chuyển tiền cho mã đơn vị “{unit}”, cơ quan “{agency}”.",
            f"No transfer text for unit code “{unit}”, agency “{agency}”.",
            code="transfer-text",
        )
    return f"+BHXH+{PROCEDURE}+{AMOUNT_KIND}+{unit}+{agency}+{PURPOSE}+"


def parse(text: str) -> TransferText:
    """Đọc nội dung chuyển tiền. Never raises; what cannot be read is "" and named in ``repairs``."""
    raw, plain = _twins(composed(text).strip()[:LONGEST])
    found = HEADED.search(plain) or WHOLE.search(plain) or _loose(plain)
    read = _Reader(raw, plain, found).read() if found else None
    return replace(
        read or _without_unit(raw, plain),
        candidates=tuple(dict.fromkeys([*([read.unit_code] if read else []), *_few(_candidates(plain))])),
        fragments=_few(_fragments(plain)),
        numbers=_few(_numbers(plain)),
    )


def _twins(raw: str) -> tuple[str, str]:
    """The text and its folded capitals, sign by sign, long runs of separators cut in both."""
    plain = "".join(map(_capital, raw))
    for gulf in reversed(list(GULF.finditer(plain))):
        raw = raw[: gulf.start()] + raw[gulf.end() :]
        plain = plain[: gulf.start()] + plain[gulf.end() :]
    return raw, plain


@lru_cache(maxsize=4_096)
def _capital(letter: str) -> str:
    """One sign for one sign; payments are written in a few dozen of them."""
    return " " if letter.isspace() else (fold(letter).upper() or " ")[:1]


def _few(found: Iterator[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(found), MOST_FOUND))


def candidate_codes(text: str) -> tuple[str, ...]:
    """Mọi mã đơn vị có trong nội dung: in order of appearance, letters for digits put right."""
    return parse(text).candidates


def _loose(plain: str) -> re.Match[str] | None:
    for found in LOOSE.finditer(plain):
        if _code(found["unit"]):
            return found
    return None


def _without_unit(raw: str, plain: str) -> TransferText:
    front = FRONT.search(plain)
    repairs = ["diacritics"] if _has_marks(raw) else []
    repairs.append("unit-missing")
    procedure = _digits(front["procedure"]) if front else ""
    kind = _digits(front["kind"] or "") if front else ""
    confidence = 20 if front else 0
    return TransferText(procedure, kind, "", "", "", confidence, repairs)


def _has_marks(raw: str) -> bool:
    return any(unicodedata.decomposition(letter) or letter in "đĐ" for letter in raw if letter.isalpha())


def _digits(part: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", part).replace("O", "0").replace("I", "1").replace("L", "1")


def _code(part: str) -> str:
    """A unit code in its one form, or "" when letters stand for too many digits or the form is wrong."""
    compact = re.sub(r"[^0-9A-Z]", "", part)
    if re.fullmatch(OLD_CODE, compact):
        return compact[:2] + compact[2:-1].replace("O", "0") + compact[-1]
    for length, fewest in FIRST_DIGITS.items():
        number, rest = compact[:length], compact[length:]
        if sum(sign.isdigit() for sign in number) < fewest or not re.match(r"[A-Z]{2}", rest):
            continue
        industry = rest[2:]
        if industry and not any(sign.isdigit() for sign in industry):
            industry = ""
        if industry:
            industry = industry[0] + _digits(industry[1:])
        try:
            return str(unit_code(_digits(number) + rest[:2] + industry))
        except BilingualError:
            continue
    return ""


def _candidates(plain: str) -> Iterator[str]:
    for found in re.finditer(rf"(?<![0-9A-Z])(?={SEPARATOR}*({UNIT}))", plain):
        code = _code(found[1])
        if code:
            yield code
    # Glued to what stands before: the last ten digits, or seven, before two letters.
    for found in re.finditer(r"(?<![0-9OIL])([0-9]{8,})([A-Z]{2}(?:[A-Z][0-9]{2})?)", plain):
        length = len(found[1])
        kept = 10 if length > 10 else 7 if length < 10 else 0
        code = _code(found[1][-kept:] + found[2]) if kept else ""
        if code:
            yield code


def _fragments(plain: str) -> Iterator[str]:
    for found in re.finditer(r"(?<![0-9A-Z])([0-9]{5,12}[A-Z]{1,2}(?:[A-Z]?[0-9]{1,3})?)(?![A-Z])", plain):
        if not _code(found[1]):
            yield found[1]


def _numbers(plain: str) -> Iterator[str]:
    for found in re.finditer(r"(?<![0-9])([0-9]{10})(?:-?([0-9]{3}))?(?![0-9])", plain):
        yield f"{found[1]}-{found[2]}" if found[2] else found[1]


class _Reader:
    """Takes one found text apart and names what had to be put right."""

    def __init__(self, raw: str, plain: str, found: re.Match[str]) -> None:
        self._raw = raw
        self._plain = plain
        self._found = found
        self._parts = found.groupdict()
        self._repairs: dict[str, None] = {}

    def _repair(self, code: str, needed: bool = True) -> None:
        if needed:
            self._repairs[code] = None

    def read(self) -> TransferText | None:
        unit_raw = self._parts["unit"]
        unit = _code(unit_raw)
        if not unit:
            return None
        end = self._unit_end(unit_raw, unit)
        tail = TAIL.match(self._plain, end)
        agency_raw = (tail["agency"] or "") if tail else ""
        agency = _digits(agency_raw)
        purpose = self._purpose(end, tail, agency)
        self._front()
        self._between(tail, agency)
        self._codes(unit_raw, unit, agency_raw)
        self._repair("diacritics", _has_marks(self._raw))
        confidence = max(0, 100 - sum(REPAIRS[code][2] for code in self._repairs))
        return TransferText(
            procedure=_digits(self._parts.get("procedure") or ""),
            amount_kind=_digits(self._parts.get("kind") or ""),
            unit_code=unit,
            agency=agency,
            purpose=purpose,
            confidence=confidence,
            repairs=list(self._repairs),
        )

    def _unit_end(self, unit_raw: str, unit: str) -> int:
        """Where the unit code ends; a line of business that was none belongs to what follows."""
        end = self._found.end("unit")
        taken = len(re.sub(r"[^0-9A-Z]", "", unit_raw))
        while taken > len(unit):
            end -= 1
            taken -= self._plain[end].isalnum()
        return end

    def _front(self) -> None:
        head = self._parts.get("head")
        start = self._found.start("head") if head else self._found.start()
        before = self._plain[:start]
        self._repair("prefix-missing", not head)
        self._repair("procedure-missing", not self._parts.get("procedure"))
        self._repair("kind-missing", not self._parts.get("kind"))
        self._repair("bank-prefix", any(sign.isalnum() for sign in before))
        if head:
            self._repair("leading-plus-missing", not before.rstrip().endswith("+"))
            self._repair("spaces", before != before.rstrip() or " " in head)
            self._repair("plus-doubled", before.rstrip().endswith("++"))

    def _between(self, tail: re.Match[str] | None, agency: str) -> None:
        gaps = [self._parts.get(name) for name in ("s1", "s2", "s3", "s4")]
        present = [gap for gap in gaps if gap is not None]
        if not self._parts.get("head"):
            present = present[1:]
        if tail is not None and tail.end("s5") < len(self._plain):
            present.append(tail["s5"])
            if agency and tail.end() < len(self._plain):
                present.append(tail["s6"])
        for gap in present:
            signs = re.sub(r"\s", "", gap)
            self._repair("plus-missing", not signs)
            self._repair("spaces", bool(re.search(r"\s", gap)))
            self._repair("plus-doubled", signs.count("+") > 1)
            self._repair("other-separator", bool(signs.strip("+")))

    def _codes(self, unit_raw: str, unit: str, agency_raw: str) -> None:
        taken = self._raw[self._found.start() : self._found.end()]
        self._repair("lower-case", any(letter.islower() for letter in taken))
        compact = re.sub(r"[^0-9A-Z]", "", unit_raw)[: len(unit)]
        self._repair("spaces-inside", len(unit_raw.strip()) > len(re.sub(r"[^0-9A-Z]", "", unit_raw)))
        self._repair("spaces-inside", " " in agency_raw.strip())
        others = "".join(self._parts.get(name) or "" for name in ("procedure", "kind")) + agency_raw
        self._repair("letter-for-digit", compact != unit or bool(re.search(r"[OIL]", others)))
        self._repair("legacy-unit-code", bool(re.fullmatch(OLD_CODE, unit)))

    def _purpose(self, end: int, tail: re.Match[str] | None, agency: str) -> str:
        start = tail.end() if tail else end
        rest = self._plain[start:]
        if not agency:
            cut = CUT_AGENCY.match(rest)
            self._repair("agency-truncated" if cut else "agency-missing")
            if cut:
                self._repair("tail-truncated")
                return ""
        wanted = PURPOSE.upper()
        body = rest.rstrip()
        words = " ".join(re.sub(r"[^0-9A-Z]+", " ", body).split())
        if words == wanted or (words and wanted.startswith(words)):
            self._repair("tail-truncated", words != wanted)
            self._repair("trailing-plus-missing", words == wanted and not body.endswith("+"))
            self._repair("plus-doubled", body.endswith("++"))
            self._repair("other-separator", words == wanted and wanted not in body)
            return PURPOSE if words == wanted else self._raw[start:].strip(" +")
        if not words:
            self._repair("tail-truncated")
            return ""
        if words.startswith(wanted + " "):
            self._repair("bank-suffix")
            return PURPOSE
        self._repair("other-purpose")
        return self._raw[start:].strip(" +")
