"""Statements that are small to send and costly to read, and amounts that are none: refused, by place, at once."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernel.test_numbers import STRANGE, near_numbers

from ansinh.forms.banking import matching
from ansinh.forms.banking.camt053 import read_camt053
from ansinh.forms.banking.sheets import read_statement
from ansinh.forms.banking.statements import Entry, Statement, check_balance
from ansinh.forms.banking.transfer_text import LONGEST, MOST_FOUND, build, parse
from ansinh.forms.intake.limits import DEFAULT_LIMITS
from ansinh.forms.intake.problems import MOST_PROBLEMS
from ansinh.kernel.errors import BilingualError

ENTRY = "<Ntry><Amt Ccy='VND'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-07-01</Dt></BookgDt>{details}</Ntry>"
SHARE = "<TxDtls><Amt>{amount}</Amt></TxDtls>"
UNREADABLE = (
    "1E+300000",
    "1e999999999",
    "9" * 5000,
    "٣",
    "²",
    "NaN",
    "Infinity",
    "-1",
    "1.5",
    "1_000",
    "10" * 8,
)


def camt(entries: str, balances: str = "") -> bytes:
    return (
        f"<Document><BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><IBAN>1</IBAN></Id></Acct>{balances}{entries}</Stmt>"
        "</BkToCstmrStmt></Document>"
    ).encode()


def details(*shares: str) -> str:
    return f"<NtryDtls>{''.join(SHARE.format(amount=share) for share in shares)}</NtryDtls>"


def in_time(act: Callable[[], Statement], seconds: float = 0.2) -> Statement:
    began = time.process_time()
    answer = act()
    assert time.process_time() - began < seconds
    return answer


@pytest.mark.parametrize("amount", UNREADABLE)
def test_an_amount_that_is_none_is_a_problem_at_its_entry(amount: str) -> None:
    (statement,) = read_camt053(camt(ENTRY.format(amount=amount, details="")))
    assert [(problem.cell, problem.column_code) for problem in statement.problems] == [("Ntry 1", "amount")]
    assert not statement.entries


@pytest.mark.parametrize("share", ["1E+300000", "1e999999999", "9" * 5000, "NaN", "٣"])
def test_a_share_that_is_none_is_a_problem_at_its_payment(share: str) -> None:
    """344 bytes with a share of 1E+300000 became a whole number of 300,000 digits and stopped every worker."""
    data = camt(ENTRY.format(amount="2", details=details("1", share)))
    statement = in_time(lambda: read_camt053(data)[0])
    assert [(problem.cell, problem.column_code) for problem in statement.problems] == [("Ntry 1/2", "amount")]
    assert share[:20] in statement.problems[0].vi
    assert len(statement.problems[0].vi) < 200


@pytest.mark.parametrize("amount", ["1E+300000", "9" * 5000, "NaN"])
def test_a_balance_that_is_none(amount: str) -> None:
    balance = f"<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt>{amount}</Amt></Bal>"
    statement = in_time(lambda: read_camt053(camt(ENTRY.format(amount="2", details=""), balance))[0])
    assert statement.opening is None
    assert [problem.cell for problem in statement.problems] == ["Bal OPBD"]


def test_shares_that_are_given_add_up() -> None:
    (statement,) = read_camt053(camt(ENTRY.format(amount="3.00", details=details("1", "2.0"))))
    assert [entry.amount for entry in statement.entries] == [1, 2]
    (statement,) = read_camt053(camt(ENTRY.format(amount="3", details=details("", ""))))
    assert [entry.amount for entry in statement.entries] == [3]
    assert statement.problems == []


xml_words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="<&\ufffe\uffff")
)


@settings(max_examples=60)
@given(
    xml_words
    | near_numbers.map(lambda text: text.replace("\0", ""))
    | st.sampled_from(["1E+300000", "9" * 5000])
)
def test_any_text_for_an_amount_a_share_a_day(text: str) -> None:
    data = camt(
        ENTRY.format(amount=text, details="")
        + ENTRY.format(amount="2", details=details("1", text))
        + ENTRY.format(amount="2", details="").replace("2026-07-01", text)
    )
    statement = in_time(lambda: read_camt053(data)[0])
    for problem in statement.problems:
        assert len(problem.vi) < 300
        assert len(problem.value) <= 201


def test_very_many_payments_of_one_entry() -> None:
    """Each payment searched all its sisters: an entry of 20,000 of them took minutes, 20 MB of them a day."""
    many = "".join("<NtryDtls><TxDtls><Amt>1</Amt></TxDtls></NtryDtls>" for _ in range(20_000))
    statement = in_time(lambda: read_camt053(camt(ENTRY.format(amount="20000", details=many)))[0], 8)
    assert len(statement.entries) == 20_000


def test_more_entries_or_elements_than_a_statement_has() -> None:
    for limits, code in (
        (replace(DEFAULT_LIMITS, rows=50), "too-many-rows"),
        (replace(DEFAULT_LIMITS, nodes=50), "too-many-elements"),
    ):
        with pytest.raises(BilingualError) as caught:
            read_camt053(camt("<Ntry/>" * 60), limits)
        assert caught.value.code == code


def test_problems_end() -> None:
    (statement,) = read_camt053(camt("<Ntry><Amt>x</Amt></Ntry>" * MOST_PROBLEMS))
    assert len(statement.problems) == MOST_PROBLEMS + 1
    assert str(MOST_PROBLEMS) in statement.problems[-1].vi


HEAD = "Ngày giao dịch;Số tiền ghi có;Số tiền ghi nợ;Số dư;Nội dung\n"


def sheet(*rows: str, above: str = "") -> bytes:
    return f"{above}{HEAD}{''.join(row + chr(10) for row in rows)}".encode()


@pytest.mark.parametrize("amount", ["1E+300000", "9" * 5000, "²", "٣", "10" * 8, "9" * 19])
@pytest.mark.parametrize("column", [1, 2, 3])
def test_amounts_of_a_sheet(amount: str, column: int) -> None:
    """A column of 5,000 nines raised what nobody catches; of nineteen nines, what the database refuses."""
    fields = ["01/07/2026", "1000" if column == 3 else "", "", "", "x"]
    fields[column] = amount
    statement = in_time(lambda: read_statement(sheet(";".join(fields)), "a.csv"), 1)
    assert {problem.cell[0] for problem in statement.problems} == {"ABCD"[column]}


@settings(max_examples=40)
@given(near_numbers, st.integers(0, 4))
def test_any_text_in_a_sheet(text: str, column: int) -> None:
    fields = ["01/07/2026", "1000", "", "", "x"]
    fields[column] = '"' + text.replace('"', "").replace("\0", "") + '"'
    in_time(lambda: read_statement(sheet(";".join(fields)), "a.csv"), 1)


@pytest.mark.parametrize("text", [*STRANGE, "T" * 100_000, " 1:" * 30_000])
def test_any_text_for_a_day(text: str) -> None:
    """A hundred thousand letters T in a date column took a minute for each such cell."""
    day = text.replace("\0", "").replace("\ud800", "")
    in_time(lambda: read_statement(sheet(f'"{day}";1000;;;x'), "a.csv"), 1)


def test_labels_of_balances_without_end() -> None:
    """Cells that all say "Số dư đầu kỳ" made each look at all to its right, for hours."""
    above = (";".join(["Số dư đầu kỳ"] * 300) + "\n") * 20
    after = ";".join(["", "", "", "", *["Số dư cuối kỳ"] * 300])
    data = sheet("01/07/2026;1000;;;x", *[after] * 300, above=above)
    in_time(lambda: read_statement(data, "a.csv"), 30)


def test_entries_that_come_to_more_than_a_column_holds() -> None:
    entries = [Entry(str(n), date(2026, 7, 1), None, 10**15 - 1, credit=True, text="") for n in range(200)]
    (problem,) = check_balance(None, None, entries, "S")
    assert problem.column_code == "amount"


@pytest.mark.parametrize(
    "text", [*STRANGE, "+" * 5000, "+-" * 2500, "BHXH" + " +" * 2500 + "103", "0O" * 2500]
)
def test_a_transfer_text_never_raises_and_never_lingers(text: str) -> None:
    """Five thousand plus signs took a second each; a statement may hold ten thousand such texts."""
    began = time.process_time()
    found = parse(text)
    assert time.process_time() - began < 0.2
    assert 0 <= found.confidence <= 100


@settings(max_examples=80)
@given(st.text(max_size=5000) | st.text("+-BHXH103O0 ²٣IL", max_size=5000))
def test_any_transfer_text(text: str) -> None:
    began = time.process_time()
    found = parse(text)
    assert time.process_time() - began < 0.2
    assert max(map(len, (found.candidates, found.fragments, found.numbers))) <= MOST_FOUND


def test_long_runs_of_signs_hide_nothing() -> None:
    wanted = build("0123456789DNA03", "00101")
    for gap in ("+" * 50, " " * 30, "+ - " * 20):
        found = parse(wanted.replace("+", gap))
        assert (found.unit_code, found.agency) == ("0123456789DNA03", "00101")
    assert parse("x" * (LONGEST - 100) + wanted).unit_code == "0123456789DNA03"


def test_matching_takes_any_entry() -> None:
    entry = Entry("", date(2026, 7, 1), None, 1, credit=True, text="12345678DN " * 900)
    candidates = [matching.Candidate(str(n), f"{n:010d}DNA03", f"Công ty {n}") for n in range(300)]
    began = time.process_time()
    matching.rank(entry, candidates)
    assert time.process_time() - began < 3
