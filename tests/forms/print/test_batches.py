"""Papers on all cores: the same bytes, in order, bounded, and a killed process is told."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.forms.official.statements import statement

from ansinh.forms.official.urge import UrgeLetter
from ansinh.forms.print import batches
from ansinh.forms.print.batches import render_files
from ansinh.forms.print.documents import render_batch
from ansinh.kernel.errors import BilingualError

LETTER = UrgeLetter.of(statement(), issued_on=date(2026, 8, 3), number="1")


def files(count: int) -> list[list[UrgeLetter]]:
    return [[replace(LETTER, number=f"{n}"), replace(LETTER, number=f"{n}b")] for n in range(count)]


def children() -> list[int]:
    told = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [int(pid) for pid in told.split() if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_two_cores_make_the_same_files_in_order() -> None:
    wanted = [render_batch("01-ĐĐ", items) for items in files(7)]
    told: list[int] = []
    assert list(render_files("01-ĐĐ", files(7), most=2, done=told.append)) == wanted
    assert told == list(range(1, 8))


def test_no_more_is_taken_than_waits_for_a_core() -> None:
    taken: list[int] = []

    def endless() -> Iterator[Any]:
        while True:
            taken.append(len(taken))
            yield files(1)[0]

    made = render_files("01-ĐĐ", endless(), most=2)
    next(made)
    assert len(taken) <= 2 + 2 * 2 + 1
    made.close()


def test_one_core_or_one_file_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(batches, "_spread", never)
    assert len(list(render_files("01-ĐĐ", files(3), most=1))) == 3
    assert len(list(render_files("01-ĐĐ", files(1), most=8))) == 1
    assert list(render_files("01-ĐĐ", [], most=8)) == []


def test_a_killed_process_is_an_error_and_no_wait_for_ever() -> None:
    before = set(children())  # an earlier test's may still be on their way out
    made = render_files("01-ĐĐ", files(400), most=2)
    next(made)
    os.kill(min(set(children()) - before), signal.SIGKILL)
    began = time.monotonic()
    with pytest.raises(BilingualError) as stopped:
        list(made)
    assert stopped.value.code == "print.broken"
    assert time.monotonic() - began < 30


def test_what_cannot_be_printed_is_said_as_ever() -> None:
    with pytest.raises(BilingualError) as wrong:
        list(render_files("C12-TS", files(3), most=2))
    assert wrong.value.code == "print.data"
