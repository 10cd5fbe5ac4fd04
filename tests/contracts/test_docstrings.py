"""Docstrings tell a Vietnamese term, then English: no sentence mixes both."""

from pathlib import Path

import pytest
from tests.contracts.docstrings import faults, mixed

from ansinh.cli import __file__ as inside


def test_no_docstring_mixes_two_languages_in_a_sentence():
    assert faults(Path(inside).parent) == []


@pytest.mark.parametrize(
    "docstring",
    [
        "Hồ sơ đang chờ, newest first by day.",
        "Open files of the đơn vị, by day.",
        "Thu: money.\n\n    Reads the sao kê of a month.",
        "Các tháng có sổ where the actor looks.",
    ],
)
def test_a_mixed_sentence_is_found(docstring):
    assert len(list(mixed(docstring))) == 1


@pytest.mark.parametrize(
    "docstring",
    [
        "Hồ sơ đang chờ: those of the unit, newest first.",
        "The form TK1-TS (tờ khai) of 366/QĐ-BHXH, Điều 5 khoản 1.",
        "Days over Tết in Lạng Sơn, by the notice of the Ministry.",
        "Chỉ tiếng Việt, không có tiếng Anh.",
        "Reads `đ` as d.\n\n    >>> fold('Đơn vị of the month')\n    'don vi'\n",
    ],
)
def test_names_quotes_and_examples_are_left_out(docstring):
    assert list(mixed(docstring)) == []
