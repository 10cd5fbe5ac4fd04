"""Đối chiếu tiền chưa rõ đơn vị: proposals for an entry, ranked, each with its reasons.

Points are whole numbers and add up, at most to 100, so that an officer can check the sum. Nothing here
decides: the officer does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ansinh.forms.banking.statements import Entry
from ansinh.forms.banking.transfer_text import TransferText, parse
from ansinh.kernel.money import format_dong
from ansinh.kernel.text import fold

BY_DISTANCE = {0: 70, 1: 45, 2: 25}
"""Points for a unit code in the text, by how many characters differ."""
TAX_CODE, ACCOUNT, AMOUNT_BOTH, AMOUNT_DUES, AMOUNT_ARREARS, NAME = 40, 30, 20, 20, 15, 25
FURTHEST = max(BY_DISTANCE)
PIECES = 5
"""A code is cut into so many: with two edits at most, one is still whole. A swap of neighbours may touch two,
so two of them can spoil four."""
SHORTEST_TOKEN = 2
# fmt: off
COMMON_WORDS = frozenset({
    "cong", "ty", "tnhh", "co", "phan", "mtv", "mot", "thanh", "vien", "trach", "nhiem", "huu", "han",
    "doanh", "nghiep", "tu", "nhan", "chi", "nhanh", "tai", "va", "cua", "cty", "ct", "cp", "dntn", "tap",
    "doan", "dich", "vu", "thuong", "mai", "san", "xuat", "xay", "dung", "dau", "phat", "trien", "tm",
    "dv", "sx", "xd", "ctcp", "the", "company", "limited", "ltd", "jsc", "dong", "bhxh", "nop", "tien",
})
# fmt: on
"""Words that most employers' names share: they tell nobody apart."""


@dataclass(frozen=True)
class Candidate:
    """Đơn vị có thể đã chuyển tiền: ``due`` and ``arrears`` in dong, ``accounts`` seen paying before."""

    employer_key: str
    unit_code: str
    name: str
    tax_code: str = ""
    accounts: frozenset[str] = frozenset()
    due: int = 0
    arrears: int = 0

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Các từ riêng của tên: folded, without those that most names share."""
        return name_tokens(self.name)


@dataclass(frozen=True, slots=True)
class Traces:
    """Điều một bút toán để lộ về người chuyển: an employer without any of them gets no point but for its sums
    and its account. ``pieces`` are all parts of what looks like a code that a piece of a code may be.
    """

    words: frozenset[str]
    numbers: frozenset[str]
    pieces: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Một lý do: the points it gives, in both languages."""

    points: int
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Đề xuất: which employer, 0–100, and why."""

    employer_key: str
    score: int
    reasons: tuple[Reason, ...]


def name_tokens(name: str) -> frozenset[str]:
    """Các từ riêng của một tên đơn vị, bỏ dấu."""
    words = "".join(sign if sign.isalnum() else " " for sign in fold(name)).split()
    return frozenset(word for word in words if word not in COMMON_WORDS and len(word) >= SHORTEST_TOKEN)


def distance(one: str, other: str, most: int = FURTHEST) -> int:
    """Số ký tự khác nhau (thêm, bớt, thay, đổi chỗ hai ký tự liền nhau); ``most + 1`` when above ``most``.

    >>> distance("0123456789DNA03", "0123456798DNA03"), distance("ABC", "XYZ", 2)
    (1, 3)
    """
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    current = list(range(len(other) + 1))
    for row, left in enumerate(one, start=1):
        older, before = before, current
        current = [row]
        for column, right in enumerate(other, start=1):
            cost = min(before[column] + 1, current[-1] + 1, before[column - 1] + (left != right))
            swapped = column > 1 and row > 1 and left == other[column - 2] and one[row - 2] == right
            if swapped:
                cost = min(cost, older[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
    return min(current[-1], most + 1)


def traces(entry: Entry, *, longest: int = 20) -> Traces:
    """Dấu vết trong nội dung và tên người chuyển: by them those who may be meant are read out of many.

    Codes have ``longest`` signs at most.
    """
    text = parse(entry.text)
    found = (*text.candidates, *text.fragments)
    return Traces(
        words=name_tokens(f"{entry.counterparty_name} {entry.text}"),
        numbers=frozenset(text.numbers),
        pieces=frozenset(
            one[start : start + size]
            for one in found
            for size in range(1, longest // PIECES + 1)
            for start in range(len(one) - size + 1)
        ),
    )


def rank(entry: Entry, candidates: Iterable[Candidate], *, most: int = 5, least: int = 10) -> list[Proposal]:
    """Xếp hạng đơn vị cho một bút toán: the best ``most`` of at least ``least`` points.

    Deterministic: by points, then by key. Money that went out has no proposals.
    """
    if not entry.credit:
        return []
    text = parse(entry.text)
    words = name_tokens(f"{entry.counterparty_name} {entry.text}")
    proposals = []
    for candidate in candidates:
        reasons = tuple(_reasons(entry, text, words, candidate))
        score = min(100, sum(reason.points for reason in reasons))
        if score >= least:
            proposals.append(Proposal(candidate.employer_key, score, reasons))
    proposals.sort(key=lambda proposal: (-proposal.score, proposal.employer_key))
    return proposals[:most]


def _reasons(
    entry: Entry, text: TransferText, words: frozenset[str], candidate: Candidate
) -> Iterable[Reason]:
    code = _nearest((*text.candidates, *text.fragments), candidate.unit_code)
    if code is not None:
        found, differing = code
        if differing:
            vi = f"mã đơn vị {found} khác {candidate.unit_code} {differing} ký tự"
            en = f"unit code {found} differs from {candidate.unit_code} by {differing}"
        else:
            vi, en = f"mã đơn vị {found}", f"unit code {found}"
        yield Reason(BY_DISTANCE[differing], vi, en)
    if candidate.tax_code and candidate.tax_code in text.numbers:
        yield Reason(TAX_CODE, f"mã số thuế {candidate.tax_code}", f"tax code {candidate.tax_code}")
    account = entry.counterparty_account
    if account and account in candidate.accounts:
        yield Reason(ACCOUNT, f"tài khoản {account} đã từng nộp", f"account {account} has paid before")
    shared = words & candidate.tokens
    if shared:
        points = NAME * sum(map(len, shared)) // sum(map(len, candidate.tokens))
        if points:
            named = " ".join(sorted(shared))
            yield Reason(points, f"tên đơn vị có: {named}", f"the name has: {named}")
    yield from _amounts(entry.amount, candidate)


def _nearest(found: Sequence[str], code: str) -> tuple[str, int] | None:
    best: tuple[str, int] | None = None
    for text in found:
        if not _may_be_near(text, code):
            continue
        differing = distance(text, code)
        if differing <= FURTHEST and (best is None or differing < best[1]):
            best = (text, differing)
    return best


def _may_be_near(one: str, other: str) -> bool:
    """A cheap test before the exact one: whether any piece of a code is still whole."""
    size = max(1, len(other) // PIECES)
    return any(other[start : start + size] in one for start in range(0, PIECES * size, size))


def _amounts(amount: int, candidate: Candidate) -> Iterable[Reason]:
    shown = format_dong(amount)
    if candidate.due and candidate.arrears and amount == candidate.due + candidate.arrears:
        yield Reason(AMOUNT_BOTH, f"{shown} bằng số phải đóng cộng số thiếu", f"{shown} is dues plus arrears")
    elif candidate.due and amount == candidate.due:
        yield Reason(AMOUNT_DUES, f"{shown} bằng số phải đóng", f"{shown} is the dues")
    elif candidate.arrears and amount == candidate.arrears:
        yield Reason(AMOUNT_ARREARS, f"{shown} bằng số còn thiếu", f"{shown} is the arrears")
