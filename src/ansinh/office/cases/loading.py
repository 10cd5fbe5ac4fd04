"""Đọc một thủ tục từ YAML: the file is checked whole, and every fault named with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from ansinh.kernel.words import Words
from ansinh.law import dossier
from ansinh.office.cases.errors import ProcedureError
from ansinh.office.cases.procedures import (
    MODES,
    OUTCOMES,
    TESTS,
    VALUED,
    Clock,
    Paper,
    Procedure,
    Question,
    Step,
)

TOP = {
    "code": str,
    "name": dict,
    "thing": str,
    "read_verb": str,
    "law": str,
    "since": date,
    "filed_by": list,
    "facts": dict,
    "clocks": list,
    "steps": list,
    "outcomes": list,
}
TOP_MAY = {
    "until": date,
    "assign_verb": str,
    "law_clock": str,
    "file_verb": str,
    "papers": list,
    "questions": list,
    "refused_unfinished": bool,
    "reopens": bool,
    "letters": list,
}
PAPER = {"name": dict, "by": str, "need": str}
CLOCK = {"who": str, "basis": str, "days": int, "mode": str, "start": str, "source": str}
CLOCK_MAY = {"since": date, "until": date, "filed_by": str, "unverified": bool}
STEP = {"code": str, "name": dict, "verb": str}
STEP_MAY = {"reads": list, "reopens_on": list, "four_eyes": bool}
QUESTION = {"code": str, "ask": dict, "fact": str, "test": str}
QUESTION_MAY = {"value": object, "by_hand": bool}
THING_MOST = 24
CODE_MOST = 40


def read(text: str, place: str) -> Procedure:
    """Một thủ tục của một tệp. Raises ProcedureError, code ``procedure``, with every fault of it."""
    try:
        given = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise _wrong([f"{place}: {error}"]) from None
    faults = [f"{place}: {fault}" for fault in _faults(given)]
    if faults:
        raise _wrong(faults)
    return _procedure(given)


def _wrong(faults: list[str]) -> ProcedureError:
    told = "\n".join(faults)
    return ProcedureError(f"Thủ tục khai báo sai:\n{told}", f"Wrong procedure:\n{told}", code="procedure")


def _faults(given: Any) -> Iterator[str]:
    if not isinstance(given, dict):
        yield "a procedure is a mapping"
        return
    shape = [*_shape("", given, TOP, TOP_MAY)]
    for name, wanted, may in (
        ("papers", PAPER, {"form": str}),
        ("clocks", CLOCK, CLOCK_MAY),
        ("steps", STEP, STEP_MAY),
        ("questions", QUESTION, QUESTION_MAY),
    ):
        rows = given.get(name, [])
        for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
            shape += _shape(f"{name}[{number}]", row, wanted, may)
    yield from shape
    if not shape:
        yield from _sense(given)


def _shape(where: str, given: Any, wanted: Mapping[str, type], may: Mapping[str, type]) -> Iterator[str]:
    """Keys that are missing, unknown, or of another kind."""
    at = f"{where}." if where else ""
    if not isinstance(given, dict):
        yield f"{where}: a mapping is wanted"
        return
    for key in wanted.keys() - given.keys():
        yield f"{at}{key} is missing"
    for key, value in given.items():
        kind = {**wanted, **may}.get(key)
        if kind is None:
            yield f"{at}{key} is not known"
        elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            yield f"{at}{key} must be a {kind.__name__}, not {value!r}"
        elif isinstance(value, dict) and key in {"name", "ask"}:
            yield from _words(f"{at}{key}", value)


def _words(where: str, given: Mapping[str, Any]) -> Iterator[str]:
    if set(given) != {"vi", "en"} or not all(isinstance(v, str) and v.strip() for v in given.values()):
        yield f"{where} must have words in vi and en, and no others"


def _sense(given: Mapping[str, Any]) -> Iterator[str]:
    """What keys say of each other."""
    if not 0 < len(given["code"]) <= CODE_MOST or not 0 < len(given["thing"]) <= THING_MOST:
        yield f"code has 1 to {CODE_MOST} signs, thing 1 to {THING_MOST}"
    for code, words in given["facts"].items():
        if isinstance(words, dict):
            yield from _words(f"facts.{code}", words)
        else:
            yield f"facts.{code} must have words in vi and en, and no others"
    steps = [step["code"] for step in given["steps"]]
    yield from _twice("steps", steps)
    yield from _twice("questions", [q["code"] for q in given.get("questions", [])])
    if not steps:
        yield "steps: there is none"
    for number, step in enumerate(given["steps"], start=1):
        for fact in step.get("reads", []):
            if fact not in given["facts"]:
                yield f"steps[{number}].reads: {fact!r} is not among the facts"
    for number, question in enumerate(given.get("questions", []), start=1):
        at = f"questions[{number}]"
        if question["fact"] not in given["facts"]:
            yield f"{at}.fact: {question['fact']!r} is not among the facts"
        if question["test"] not in TESTS:
            yield f"{at}.test: one of {', '.join(TESTS)}"
        elif (question["test"] in VALUED) != ("value" in question):
            yield f"{at}.value: {'is missing' if question['test'] in VALUED else 'means nothing here'}"
    for number, clock in enumerate(given["clocks"], start=1):
        at = f"clocks[{number}]"
        if clock["mode"] not in MODES:
            yield f"{at}.mode: one of {', '.join(MODES)}"
        if clock["basis"] not in {"law", "announced"}:
            yield f"{at}.basis: law or announced"
        if clock["days"] < 1:
            yield f"{at}.days: at least one"
        if clock.get("filed_by", "") not in {"", *given["filed_by"]}:
            yield f"{at}.filed_by: not among those who file"
    if given.get("law_clock"):
        if given["law_clock"] not in dossier.procedures():
            yield f"law_clock: the law library counts no {given['law_clock']!r}"
    elif not any(clock["who"] == "office" and not clock.get("until") for clock in given["clocks"]):
        yield "clocks: the office has no open-ended one, so that a case could have no due day"
    yield from (
        f"outcomes: {o!r} is none of {', '.join(OUTCOMES)}" for o in given["outcomes"] if o not in OUTCOMES
    )


def _twice(where: str, codes: list[str]) -> Iterator[str]:
    yield from (
        f"{where}: {code!r} stands twice" for code in sorted({c for c in codes if codes.count(c) > 1})
    )


def _procedure(given: Mapping[str, Any]) -> Procedure:
    return Procedure(
        code=given["code"],
        name=Words(**given["name"]),
        thing=given["thing"],
        read_verb=given["read_verb"],
        file_verb=given.get("file_verb", given["steps"][0]["verb"]),
        assign_verb=given.get("assign_verb", "case.assign"),
        law=given["law"],
        since=given["since"],
        until=given.get("until"),
        filed_by=tuple(given["filed_by"]),
        papers=tuple(
            Paper(p.get("form", ""), Words(**p["name"]), p["by"], p["need"]) for p in given.get("papers", [])
        ),
        facts={code: Words(**words) for code, words in given["facts"].items()},
        law_clock=given.get("law_clock", ""),
        clocks=tuple(_clock(clock, given["since"]) for clock in given["clocks"]),
        steps=tuple(
            Step(
                code=s["code"],
                name=Words(**s["name"]),
                verb=s["verb"],
                reads=tuple(s.get("reads", ())),
                reopens_on=tuple(s.get("reopens_on", ())),
                four_eyes=s.get("four_eyes", False),
            )
            for s in given["steps"]
        ),
        questions=tuple(
            Question(
                code=q["code"],
                ask=Words(**q["ask"]),
                fact=q["fact"],
                test=q["test"],
                value=q.get("value"),
                by_hand=q.get("by_hand", False),
            )
            for q in given.get("questions", [])
        ),
        outcomes=tuple(given["outcomes"]),
        refused_unfinished=given.get("refused_unfinished", False),
        reopens=given.get("reopens", True),
        letters=tuple(given.get("letters", ())),
    )


def _clock(given: Mapping[str, Any], since: date) -> Clock:
    return Clock(
        who=given["who"],
        basis=given["basis"],
        days=given["days"],
        mode=given["mode"],
        start=given["start"],
        since=given.get("since", since),
        until=given.get("until"),
        filed_by=given.get("filed_by", ""),
        source=given["source"],
        unverified=given.get("unverified", False),
    )
