"""How invented employers pay, and the bank files they come in: read back by the readers officers use."""

from __future__ import annotations

from collections import Counter

import pytest

from ansinh.demo import statements
from ansinh.demo.payments import Payer, Standing, payments, ways
from ansinh.forms.banking.camt053 import read_camt053
from ansinh.forms.banking.sheets import read_statement
from ansinh.forms.banking.transfer_text import parse
from ansinh.kernel.months import Month

MARCH = Month(2026, 3)
PAYERS = [
    Payer(i, f"98{i:08d}DNC14", f"98{i:08d}", f"Công ty số {i}", "02001", "9800020010001", 1, i % 10 < 3)
    for i in range(1, 1001)
]
OWING = {p.id: Standing(12_345_678, 6_000_000) for p in PAYERS}


def _credits(month=MARCH, *, first=False, standings=None):
    return payments(
        PAYERS, ways(PAYERS, 1), OWING if standings is None else standings, month, 1, first=first
    )["9800020010001"]


def test_every_way_of_paying_has_somebody():
    for payers in (PAYERS, PAYERS[:12]):
        found = ways(payers, 1)
        assert set(found) == {p.id for p in payers}
        assert set(found.values()) == {"prompt", "next", "late", "partial", "never"}
    counts = Counter(ways(PAYERS, 1).values())
    assert counts["prompt"] + counts["next"] > 850


def test_state_bodies_pay():
    found = ways(PAYERS, 1)
    assert {found[p.id] for p in PAYERS if p.budget} == {"prompt", "next"}


def test_who_never_pays_pays_nothing_and_who_pays_in_part_leaves_a_rest():
    found = ways(PAYERS, 1)
    paid = {int(c.reference[-6:]): c.amount for c in _credits()}
    for payer, way in found.items():
        if way == "never":
            assert payer not in paid
        elif way == "partial":
            assert paid[payer] < OWING[payer].owed
        elif way == "late":
            assert (payer in paid) == bool(MARCH.index % 2)
        elif way == "next":
            assert paid[payer] >= OWING[payer].owed
        else:
            assert paid[payer] >= OWING[payer].owed + OWING[payer].due


def test_a_surplus_is_taken_off_the_next_payment():
    prompt = {p for p, way in ways(PAYERS, 1).items() if way == "prompt"}
    paid = {
        int(c.reference[-6:]): c.amount
        for c in _credits(standings={p.id: Standing(-1_000_000, 6_000_000) for p in PAYERS})
    }
    assert set(paid) == prompt
    assert min(paid.values()) == 5_000_000


def test_in_the_first_month_only_prompt_payers_pay():
    found = ways(PAYERS, 1)
    assert {found[int(c.reference[-6:])] for c in _credits(first=True)} == {"prompt"}


def test_payments_fall_in_their_month_and_repeat_by_seed():
    assert _credits() == _credits()
    assert all(Month.of(c.day) == MARCH for c in _credits())
    assert Month.of(_credits(Month(2026, 2))[-1].day) == Month(2026, 2)


def test_quarterly_payers_pay_at_the_end_of_the_cycle():
    quarterly = [Payer(1, "9800000001DNA01", "9800000001", "HTX", "02001", "A", 3, True)]
    owing = {1: Standing(900, 300)}
    paid = {
        m: payments(quarterly, {1: "next"}, owing, Month(2026, m), 1, first=False) for m in (1, 2, 3, 4, 5, 6)
    }
    assert [m for m, found in paid.items() if found] == [3, 6]


def test_most_texts_are_right_and_some_cannot_be_matched():
    read = [parse(c.text) for c in _credits()]
    right = sum(t.confidence == 100 for t in read)
    assert right > 0.95 * len(read)
    assert any(not t.unit_code for t in read)


@pytest.mark.parametrize("kind", ["camt053", "workbook"])
def test_bank_files_are_read_back_without_a_problem(kind):
    written = _credits()
    content = getattr(statements, kind)("9800020010001", MARCH, written, 5_000_000)
    statement = read_camt053(content)[0] if kind == "camt053" else read_statement(content, "saoke.xlsx")
    assert statement.problems == []
    assert (statement.account, statement.opening) == ("9800020010001", 5_000_000)
    assert statement.closing == 5_000_000 + sum(c.amount for c in written)
    assert [
        (e.reference, e.booked_on, e.amount, e.credit, e.text, e.counterparty_account)
        for e in statement.entries
    ] == [(c.reference, c.day, c.amount, True, c.text, c.payer_account) for c in written]
