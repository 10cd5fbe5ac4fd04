"""Sao kê tài khoản: what a bank says came in and went out, whatever the format it came in."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ansinh.forms.intake.problems import Problem
from ansinh.kernel.money import format_dong

AMOUNT_BELOW = 10**15
"""No amount and no balance of one account reaches a million billion dong."""
TOTAL_BELOW = 10**17
"""What the entries of one file may come to: sums of a month still fit a bigint column."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Một bút toán: ``amount`` in dong, always positive; ``credit`` when money came in.

    ``reference`` is the bank's own; "" where it gives none. ``place`` says where it stood in the file.
    """

    reference: str
    booked_on: date
    value_on: date | None
    amount: int
    credit: bool
    text: str
    counterparty_name: str = ""
    counterparty_account: str = ""
    end_to_end_id: str = ""
    place: str = ""

    @property
    def signed(self) -> int:
        """Số tiền có dấu: positive in, negative out."""
        return self.amount if self.credit else -self.amount

    def fingerprint(self, account: str) -> str:
        """Dấu của bút toán trên một tài khoản: the same in every file that repeats it (SHA-256, hex).

        By the bank's reference where there is one, else by everything that is known.
        """
        parts = [account, self.booked_on.isoformat(), str(self.signed)]
        if self.reference:
            parts.append(self.reference)
        else:
            parts += [self.text, self.counterparty_account, self.counterparty_name, self.end_to_end_id]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Statement:
    """Sao kê một tài khoản trong một kỳ: balances in dong, None when the file does not say.

    ``problems`` lists everything that does not hold; an empty list means the statement may be posted.
    """

    account: str
    currency: str
    statement_id: str
    opening: int | None
    closing: int | None
    entries: list[Entry]
    problems: list[Problem]


def check_balance(
    opening: int | None, closing: int | None, entries: Iterable[Entry], sheet: str
) -> list[Problem]:
    """Số dư đầu kỳ + phát sinh = số dư cuối kỳ: where both balances are known."""
    entries = list(entries)
    total = sum(entry.amount for entry in entries)
    if total >= TOTAL_BELOW:
        return [
            Problem(
                sheet,
                "",
                0,
                "amount",
                f"Tổng phát sinh {format_dong(total)} vượt mức có thể có.",
                f"The entries come to {format_dong(total)}, more than there can be.",
                str(total),
            )
        ]
    if opening is None or closing is None:
        return []
    expected = opening + sum(entry.signed for entry in entries)
    if expected == closing:
        return []
    return [
        Problem(
            sheet,
            "",
            0,
            "closing",
            f"Số dư cuối kỳ {format_dong(closing)} khác số dư đầu kỳ cộng phát sinh {format_dong(expected)}.",
            f"Closing balance {format_dong(closing)} is not opening plus entries {format_dong(expected)}.",
            str(closing),
        )
    ]


def check_repeats(entries: Sequence[Entry], account: str, sheet: str) -> list[Problem]:
    """Bút toán trùng trong cùng tệp: told by reference, day and amount, or by everything."""
    first: dict[str, Entry] = {}
    problems = []
    for entry in entries:
        key = entry.fingerprint(account)
        if key in first:
            problems.append(
                Problem(
                    sheet,
                    entry.place,
                    0,
                    "reference",
                    f"Bút toán trùng với {first[key].place or 'bút toán trước'}.",
                    f"The entry repeats {first[key].place or 'an earlier one'}.",
                    entry.reference or entry.text,
                )
            )
        first.setdefault(key, entry)
    return problems
