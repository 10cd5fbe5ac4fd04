"""Chạy thử những thay đổi nhỏ trong luật: does a case notice each of them? `make mutants`.

A sample, chosen by seed, of small changes to the clauses, questions and answers of the benefits is tried, each
against the cases, docstring examples and plain tests that reach the changed function, in this process, until the
time is over. A change that none of them notices is a survivor: a case is missing, or the change says the same, and ``reviewed.yaml`` says why.
"""

import argparse
import functools
import importlib
import random
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import yaml
from tests.mutants.sites import Mutant, mutants
from tests.mutants.tries import Try, tries

from ansinh.law.engine.check import branches

ROOT = Path(__file__).parents[2]
REVIEWED = Path(__file__).with_name("reviewed.yaml")
LONGEST = 2.0
"""Seconds of this process's own work, beside what the try takes unchanged, after which a change does not end.

That is noticed too, and told apart; a machine that is busy with other things makes nothing look noticed.
"""

# Columns are proved equal to the plain clauses by their own tests; books and lists of names hold no rule.
NOT_TRIED = {"columns.py", "book.py", "__init__.py"}


class Noticed(Enum):
    """Có ai thấy không: a try fails, a try does not end, or none notices."""

    NOT = "not"
    FAILS = "fails"
    ENDLESS = "endless"


class TooLongError(BaseException):
    """Quá lâu: no ``Exception``, so that no test takes it for a failure to look into."""


def main(argv: list[str]) -> int:
    asked = _parser().parse_args(argv)
    signal.signal(signal.SIGVTALRM, _too_long)
    asking = list(tries())
    reached, slow = _reach(asking)
    pool = [one for path in _files(asked.only) for one in mutants(path)]
    random.Random(asked.seed).shuffle(pool)  # noqa: S311 - a sample, no secret
    known = _reviewed()
    counted, endless, survivors = 0, 0, []
    end = time.monotonic() + asked.seconds
    for mutant in pool:
        if time.monotonic() > end:
            break
        if _is_reviewed(mutant, known):
            continue
        counted += 1
        target = _target(mutant)
        noticing = sorted(reached.get(target.__code__, ()), key=slow.__getitem__)
        found = _noticed(target, mutant.code, [(asking[number], slow[number]) for number in noticing])
        endless += found is Noticed.ENDLESS
        if found is Noticed.NOT:
            survivors.append((mutant, len(noticing)))
    for mutant, cases in sorted(survivors, key=lambda one: (str(one[0].path), one[0].line)):
        place = mutant.path.relative_to(ROOT)
        sys.stdout.write(f"{place}:{mutant.line}: {mutant.function}: {mutant.change} ({cases} cases)\n")
    noticed = counted - len(survivors)
    share = 100 * noticed / counted if counted else 100
    sys.stdout.write(
        f"{counted} of {len(pool)} changes tried, {noticed} noticed ({share:.1f}%), {endless} of them by not "
        f"ending, {len(survivors)} survive, {len(known)} reviewed\n"
    )
    return 1 if survivors else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="the folder of one benefit: sickness")
    return parser


def _reach(tries: list[Try]) -> tuple[dict[CodeType, set[int]], dict[int, float]]:
    """Which tries run which function, and how long each takes; what fails unchanged is left out."""
    room = str(ROOT / "src" / "ansinh" / "law")
    reached: dict[CodeType, set[int]] = defaultdict(set)
    slow: dict[int, float] = {}
    rooms = [".".join(package.split(".")[:3]) for package in branches()]
    for number, one in enumerate(tries):
        seen: set[CodeType] = set()
        for name in rooms:
            _forget(name)
        sys.setprofile(lambda frame, event, _, seen=seen: seen.add(frame.f_code) if event == "call" else None)
        start = time.process_time()
        try:
            passed = one.passes()
        finally:
            sys.setprofile(None)
        slow[number] = time.process_time() - start
        if not passed:
            raise SystemExit(f"{one.name}: fails as the law stands")
        for code in seen:
            if code.co_filename.startswith(room):
                reached[code].add(number)
    return reached, slow


def _files(only: str) -> Iterator[Path]:
    for package in branches():
        folder = Path(str(importlib.import_module(package).__path__[0]))
        if only in ("", folder.name):
            yield from (path for path in sorted(folder.rglob("*.py")) if path.name not in NOT_TRIED)


def _target(mutant: Mutant) -> FunctionType:
    module = importlib.import_module(".".join(mutant.path.relative_to(ROOT / "src").with_suffix("").parts))
    found: Any = module
    for part in mutant.function.split("."):
        found = vars(found)[part]
    for name in ("function", "fget", "func", "__func__", "__wrapped__"):
        found = getattr(found, name, found) if not isinstance(found, FunctionType) else found
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    assert isinstance(found, FunctionType), mutant
    return found


def _noticed(target: FunctionType, changed: CodeType, tries: list[tuple[Try, float]]) -> Noticed:
    kept, room = target.__code__, ".".join(target.__module__.split(".")[:3])
    target.__code__ = changed
    _forget(room)
    try:
        return next((found for one in tries if (found := _outcome(*one)) is not Noticed.NOT), Noticed.NOT)
    finally:
        target.__code__ = kept
        _forget(room)


def _outcome(one: Try, unchanged: float) -> Noticed:
    # Once more and again: an alarm that falls into a callback is lost there.
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST + unchanged, LONGEST)
    try:
        return Noticed.NOT if one.passes() else Noticed.FAILS
    except TooLongError:
        return Noticed.ENDLESS
    except Exception:  # noqa: BLE001 - whatever a changed clause raises is noticed
        return Noticed.FAILS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _too_long(_number: int, _frame: Any) -> None:
    raise TooLongError


@functools.cache
def _caches(room: str) -> list[Callable[[], None]]:
    return [
        clear
        for name, module in list(sys.modules.items())
        if f"{name}.".startswith(f"{room}.")
        for value in vars(module).values()
        if callable(clear := getattr(value, "cache_clear", None))
    ]


def _forget(room: str) -> None:
    """What the functions of a benefit remember of an answer was said by the changed one."""
    for clear in _caches(room):
        clear()


def _reviewed() -> dict[tuple[str, str, str], set[str]]:
    """The changes that make no difference, each with the lines it is meant at; ``""`` for any line."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in yaml.safe_load(REVIEWED.read_text(encoding="utf-8")) or []:
        assert one["why"].strip(), one
        found[one["file"], one["function"], one["change"]].add(one.get("at", ""))
    return found


def _is_reviewed(mutant: Mutant, reviewed: dict[tuple[str, str, str], set[str]]) -> bool:
    place = mutant.path.relative_to(ROOT / "src" / "ansinh" / "law")
    lines = reviewed.get((place.as_posix(), mutant.function, mutant.change), set())
    return "" in lines or mutant.at in lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
