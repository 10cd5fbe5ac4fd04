"""Lệnh ``ansinh calc``: answers a file of cases, checks the answers, or compares the law of two days."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ansinh.kernel.errors import BilingualError
from ansinh.law.calc.answer import Answer, compute
from ansinh.law.calc.casefile import read_cases
from ansinh.law.calc.checking import Verdict, check
from ansinh.law.calc.comparing import compare
from ansinh.law.calc.report import answer_lines, comparison_lines, verdict_lines

__all__ = ["main"]


def main(argv: Sequence[str]) -> int:
    """Chạy ``ansinh calc``: 0 if all is well, 1 if a case fails, 2 if the file cannot be read."""
    asked = _parser().parse_args(argv)
    try:
        cases = read_cases(asked.file)
    except BilingualError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    chosen = [case for case in cases if str(case.get("calculator", "")).startswith(asked.only)]
    if asked.check:
        return _check(chosen)
    if asked.compare:
        return _compare(chosen, *asked.compare, as_json=asked.json)
    return _answer(chosen, as_json=asked.json, explained=asked.explain)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ansinh calc",
        description="Tính theo luật có hiệu lực vào ngày as_of / Compute cases by the law of their day.",
    )
    parser.add_argument(
        "file", metavar="FILE", help="tệp YAML hoặc JSON, - là đầu vào chuẩn / YAML or JSON, - for stdin"
    )
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON / print JSON")
    parser.add_argument(
        "--explain",
        action="store_true",
        help="kèm từng bước tính và điều luật / with every step and its article",
    )
    parser.add_argument(
        "--compare",
        nargs=2,
        type=date.fromisoformat,
        metavar=("DAY", "DAY"),
        help="so sánh theo luật của hai ngày / side by side by the law of two days",
    )
    parser.add_argument(
        "--check", action="store_true", help="đối chiếu với expect, absent / compare with expect, absent"
    )
    parser.add_argument(
        "--only",
        metavar="PREFIX",
        default="",
        help="chỉ các bộ tính bắt đầu bằng PREFIX / only calculators starting with PREFIX",
    )
    return parser


def _answer(cases: Iterable[Mapping[str, Any]], *, as_json: bool, explained: bool) -> int:
    failed = False
    entries: list[dict[str, Any]] = []
    for case in cases:
        answer: Answer | None = None
        problem: BilingualError | None = None
        try:
            answer = compute(case)
        except BilingualError as error:
            problem, failed = error, True
        if as_json:
            entries.append(_entry(case, answer, problem, explained=explained))
        else:
            _print(answer_lines(case, answer, problem, with_steps=explained))
    if as_json:
        _print([json.dumps(entries, ensure_ascii=False, indent=2)])
    return 1 if failed else 0


def _compare(cases: Iterable[Mapping[str, Any]], first: date, second: date, *, as_json: bool) -> int:
    failed = False
    entries: list[dict[str, Any]] = []
    for case in cases:
        try:
            found = compare(case, first, second)
        except BilingualError as error:
            failed = True
            sys.stderr.write(f"{case.get('id') or '–'}: {error}\n")
            continue
        failed = failed or all(side.answer is None for side in found.sides)
        if as_json:
            entries.append(found.as_json())
        else:
            _print(comparison_lines(found))
    if as_json:
        _print([json.dumps(entries, ensure_ascii=False, indent=2)])
    return 1 if failed else 0


def _check(cases: Iterable[Mapping[str, Any]]) -> int:
    verdicts = check(cases)
    failed = [verdict for verdict in verdicts if not verdict.passed]
    for verdict in failed:
        _print(verdict_lines(verdict))
    _print([f"{_passed(verdicts)} passed, {len(failed)} failed"])
    return 1 if failed else 0


def _passed(verdicts: Sequence[Verdict]) -> int:
    return sum(verdict.passed for verdict in verdicts)


def _entry(
    case: Mapping[str, Any], answer: Answer | None, problem: BilingualError | None, *, explained: bool
) -> dict[str, Any]:
    if answer is None:
        entry = {key: case.get(key) for key in ("id", "calculator", "as_of")}
        entry["as_of"] = None if entry["as_of"] is None else str(entry["as_of"])
        entry["results"] = {}
        if problem is not None:
            entry["error"] = {"code": problem.code, "vi": problem.vi, "en": problem.en}
        return entry
    return answer.as_json(explained=explained)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
