"""Statements as tables: columns by the names banks give them, balances proved, problems by cell."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from ansinh.forms.banking.sheets import read_statement
from ansinh.kernel.errors import BilingualError

TEXT = "+BHXH+103+00+0123456789DNA03+00101+dong BHXH+"


def book(*lines: list[object]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as made:
        sheet = made.add_worksheet("SK")
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif value is not None:
                    sheet.write(row, column, value)
    return buffer.getvalue()


def csv_of(*lines: str) -> bytes:
    return "\n".join(lines).encode("utf-8-sig")


VIETNAMESE = [
    ["NGÂN HÀNG A"],
    ["Số tài khoản:", "3731 0100 01"],
    ["Loại tiền", "VND"],
    ["Số dư đầu kỳ:", None, "1.000.000"],
    [
        "STT",
        "Ngày giao dịch",
        "Số tham chiếu",
        "Số tiền ghi nợ",
        "Số tiền ghi có",
        "Số dư",
        "Nội dung",
        "Tên đơn vị chuyển",
        "Tài khoản đối ứng",
    ],
    [1, date(2026, 7, 3), "FT1", None, 3_398_400, 4_398_400, TEXT, "CTY ANH DUONG", "190001"],
    [2, "04/07/2026 08:15:22", "FT2", "398.400", None, "4.000.000", "phi", None, None],
    ["Tổng cộng", None, None, 398_400, 3_398_400],
    ["Số dư cuối kỳ:", None, 4_000_000],
]


def test_vietnamese_workbook():
    statement = read_statement(book(*VIETNAMESE), "sk.xlsx")
    assert statement.problems == []
    assert (statement.account, statement.currency) == ("3731010001", "VND")
    assert (statement.opening, statement.closing) == (1_000_000, 4_000_000)
    first, second = statement.entries
    assert (first.reference, first.booked_on, first.amount, first.credit) == (
        "FT1",
        date(2026, 7, 3),
        3_398_400,
        True,
    )
    assert (first.text, first.counterparty_name, first.counterparty_account) == (
        TEXT,
        "CTY ANH DUONG",
        "190001",
    )
    assert (first.place, second.booked_on, second.signed) == ("B6", date(2026, 7, 4), -398_400)


def test_english_csv_newest_first_with_running_balance():
    data = csv_of(
        "Account number: 3731010001",
        "Transaction date,Description,Debit,Credit,Balance,Reference No",
        '04/07/2026,fee,"398,400",,"4,000,000",FT2',
        f'03/07/2026,{TEXT},,"3,398,400","4,398,400",FT1',
    )
    statement = read_statement(data, "sk.csv")
    assert statement.problems == []
    assert (statement.account, statement.opening, statement.closing) == ("3731010001", 1_000_000, 4_000_000)
    assert [entry.signed for entry in statement.entries] == [-398_400, 3_398_400]


def test_bilingual_headings():
    statement = read_statement(
        book(
            ["Ngày GD/Tran date", "Nội dung/Description", "Ghi nợ/Debit", "Ghi có/Credit"],
            [datetime.fromisoformat("2026-07-03T08:00"), TEXT, None, 5],
        ),
        "sk.xlsx",
    )
    assert [(entry.amount, entry.booked_on) for entry in statement.entries] == [(5, date(2026, 7, 3))]


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("03/07/2026;a;+1.500.000;", 1_500_000),
        ("03/07/2026;a;-1.500.000 VND;", -1_500_000),
        ("03/07/2026;a;1.500.000;D", -1_500_000),
        ("03/07/2026;a;1.500.000;Có", 1_500_000),
    ],
)
def test_one_amount_with_a_sign_or_a_side(line, signed):
    statement = read_statement(csv_of("Ngày;Nội dung;Số tiền;Nợ/Có", line), "sk.csv")
    assert [entry.signed for entry in statement.entries] == [signed]
    assert statement.problems == []


def problems(*lines: str) -> list[tuple[str, str]]:
    statement = read_statement(csv_of("Ngày;Nội dung;Ghi nợ;Ghi có;Số dư;Số tham chiếu", *lines), "sk.csv")
    return [(problem.cell, problem.column_code) for problem in statement.problems]


def test_every_problem_by_its_cell():
    assert problems(
        "31/02/2026;a;;100;;1", "03/07/2026;b;;1,5;;2", "03/07/2026;c;;;;3", "03/07/2026;d;5;5;;4", ";e;;7;;5"
    ) == [
        ("A2", "booked_on"),
        ("D3", "credit"),
        ("D4", "credit"),
        ("D5", "credit"),
        ("A6", "booked_on"),
    ]


def test_a_line_taken_out_breaks_the_running_balance():
    assert problems("03/07/2026;a;;100;1.100;1", "04/07/2026;b;;100;1.300;2") == [("E3", "balance")]


def test_a_closing_balance_that_does_not_follow():
    lines = [
        line if line[0] != "Số dư cuối kỳ:" else ["Số dư cuối kỳ:", None, 4_000_001] for line in VIETNAMESE
    ]
    assert [problem.column_code for problem in read_statement(book(*lines), "sk.xlsx").problems] == [
        "closing"
    ]


def test_the_same_line_twice():
    assert [code for _, code in problems("03/07/2026;a;;100;;1", "03/07/2026;a;;100;;1")] == ["reference"]
    assert problems("03/07/2026;a;;100;;1", "03/07/2026;a;;100;;2") == []


def test_other_currency():
    lines = [["Loại tiền", "USD"], *VIETNAMESE[4:6]]
    assert [problem.column_code for problem in read_statement(book(*lines), "sk.xlsx").problems] == [
        "currency"
    ]


def test_missing_columns_are_told_together():
    statement = read_statement(csv_of("Ngày;Số dư", "03/07/2026;1"), "sk.csv")
    assert {problem.column_code for problem in statement.problems} == {"credit", "text"}
    assert statement.entries == []


def test_a_file_that_is_no_statement():
    with pytest.raises(BilingualError) as caught:
        read_statement(csv_of("a;b", "1;2"), "sk.csv")
    assert caught.value.code == "no-table"
