"""Lệnh ansinh calc: what it prints and how it ends."""

import io
import json
import subprocess
import sys
from types import SimpleNamespace

import pytest

from ansinh.cli import main

RIGHT = """
- id: right
  calculator: contribution.late_interest
  as_of: 2026-01-31
  facts: {kind: late, amount: 10000000, days_late: 30}
  expect: {interest_amount: 90000}
"""
LATE = f"""{RIGHT}- id: wrong
  calculator: contribution.late_interest
  as_of: 2026-01-31
  facts: {{kind: late, amount: 10000000, days_late: 30}}
  expect: {{interest_amount: 90001, payable: 5}}
- id: foreign
  calculator: nowhere.benefit
  as_of: 2026-01-31
  facts: {{}}
  expect: {{eligible: true}}
"""


@pytest.fixture
def cases(tmp_path):
    def write(text, name="cases.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_check_counts_and_shows_where_a_figure_arose(cases, capsys):
    assert main(["calc", "--check", cases(LATE)]) == 1
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "1 passed, 2 failed"
    assert "FAILED wrong: interest_amount: expected 90001, got 90000" in out
    assert "late_payment.daily_charge" in out
    assert "FAILED wrong: payable: expected 5, got" in out
    assert "FAILED foreign: " in out
    assert "right" not in out


def test_check_of_one_branch(cases, capsys):
    assert main(["calc", cases(RIGHT), "--check", "--only", "contribution."]) == 0
    assert capsys.readouterr().out == "1 passed, 0 failed\n"
    assert main(["calc", "--check", cases(LATE), "--only", "nowhere."]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 1 failed"


def test_json_lists_answers_and_errors(cases, capsys):
    assert main(["calc", cases(LATE), "--json"]) == 1
    right, _, foreign = json.loads(capsys.readouterr().out)
    assert right == {
        "id": "right",
        "calculator": "contribution.late_interest",
        "as_of": "2026-01-31",
        "results": {"interest_base": 10_000_000, "interest_amount": 90_000, "interest_total": 90_000},
    }
    assert foreign["error"]["code"] == "calc.unknown_calculator"
    assert foreign["as_of"] == "2026-01-31"


def test_json_file_and_steps(cases, capsys):
    case = {
        "calculator": "contribution.late_interest",
        "as_of": "2026-01-31",
        "facts": {"amount": 1, "days_late": 1},
    }
    assert main(["calc", cases(json.dumps(case), "case.json"), "--json", "--explain"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert entry["steps"][0]["name"] == "late_payment.daily_charge"


def test_readable_answer_is_vietnamese_first(cases, capsys):
    assert main(["calc", cases(RIGHT), "--explain"]) == 0
    out = capsys.readouterr().out
    assert "số tiền lãi phát sinh / interest arising now [interest_amount]: 90.000" in out
    assert "[41/2024/QH15, Điều 40 khoản 1" in out


def test_standard_input(monkeypatch, capsys):
    only_right = RIGHT.encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(only_right)))
    assert main(["calc", "--check", "-"]) == 0
    assert capsys.readouterr().out == "1 passed, 0 failed\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {id: a, id: b}", "key given twice"),
        ('[{"id": 1, "id": 2}]', "key given twice"),
        ("just words", "a list of cases is needed"),
        ("a: [1", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ("!!python/object/apply:os.system [id]", "cannot be read"),
    ],
)
def test_files_that_are_no_cases_are_refused(cases, capsys, text, message):
    assert main(["calc", cases(text)]) == 2
    assert message in capsys.readouterr().err


def test_missing_file(capsys):
    assert main(["calc", "/nonexistent/cases.yaml"]) == 2
    assert "Không mở được tệp" in capsys.readouterr().err


def test_part_of_a_list_entry_may_be_expected(cases, capsys):
    text = """
- id: part
  calculator: contribution.late_interest
  as_of: 2016-05-01
  facts:
    kind: evasion
    month: 2016-05
    late_rate_month: 1.065%
    items: [{month: 2015-01, amount: 50000000}]
  expect: {item_months: [15], late_rate_si: 1.0650%}
- id: longer
  calculator: contribution.late_interest
  as_of: 2016-05-01
  facts:
    kind: evasion
    month: 2016-05
    late_rate_month: 1.065%
    items: [{month: 2015-01, amount: 50000000}]
  expect: {item_months: [15, 14]}
- id: nothing
  calculator: contribution.late_interest
  as_of: 2016-05-01
  facts: {}
"""
    assert main(["calc", "--check", cases(text)]) == 1
    out = capsys.readouterr().out
    assert "FAILED longer: item_months: expected [15, 14], got [15]" in out
    assert "FAILED nothing: không có kết quả mong đợi" in out
    assert out.splitlines()[-1] == "1 passed, 2 failed"


def test_a_result_may_be_expected_to_be_absent(cases, capsys):
    text = (
        RIGHT.replace("expect: {interest_amount: 90000}", "absent: [item_months]")
        + """
- id: there
  calculator: contribution.late_interest
  as_of: 2026-01-31
  facts: {kind: late, amount: 10000000, days_late: 30}
  expect: {interest_amount: 90000}
  absent: [interest_amount, nowhere]
- id: unlisted
  calculator: contribution.late_interest
  as_of: 2026-01-31
  facts: {kind: late, amount: 10000000, days_late: 30}
  absent: item_months
"""
    )
    assert main(["calc", "--check", cases(text)]) == 1
    out = capsys.readouterr().out
    assert "FAILED right" not in out
    assert "FAILED there: interest_amount: expected '–', got 90000" in out
    assert "FAILED there: nowhere: expected '–', got '–'" in out
    assert "FAILED unlisted: không có kết quả mong đợi" in out
    assert out.splitlines()[-1] == "1 passed, 2 failed"


def test_calc_starts_without_django():
    code = (
        "import sys; from ansinh.cli import main; "
        "sys.argv = ['ansinh']\n"
        "try: main(['calc', '--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name.partition('.')[0] in ('django', 'duckdb', 'pyarrow') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_help_names_every_command_in_two_languages(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    for name in ("calc", "law", "demo", "serve", "declare", "run", "figures", "manage"):
        assert f"\n    {name}" in out
    assert "Tính theo luật" in out


def test_unknown_command_is_refused(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["calculate"])
    assert stop.value.code == 2
    assert "calculate" in capsys.readouterr().err


def test_compare_shows_two_days_side_by_side(cases, capsys):
    wages = """
- {id: two, calculator: contribution.compulsory, as_of: 2025-06-30, facts: {wages: [4000000], region: I}}
"""
    assert main(["calc", cases(wages), "--compare", "2025-06-30", "2025-07-01"]) == 0
    out = capsys.readouterr().out
    assert "≠ căn cứ đóng BHXH" in out
    assert "30/06/2025 4.960.000\xa0đ; 01/07/2025 4.000.000\xa0đ" in out
    assert main(["calc", cases(wages), "--compare", "2025-06-30", "2025-07-01", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["differences"]["si_base"] == ["4.960.000\xa0đ", "4.000.000\xa0đ"]
    assert [side["as_of"] for side in found["sides"]] == ["2025-06-30", "2025-07-01"]
