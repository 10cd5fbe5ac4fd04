"""Địa chỉ × chỗ ngồi × cách hỏi: everybody at every address, and what each look leaves in the reading log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.web.doors.expected import ROWS, Row
from tests.web.doors.matrix import address, expected, is_named, is_variant, names, rows_for, same, tried
from tests.web.doors.scene import SEATS, Place, Scene, Seat
from tests.web.doors.visits import Answer, Visitors

NOT_LET_IN = frozenset({403, 404})


def test_every_address_has_a_row() -> None:
    """A page nobody has thought about is refused here: say in `expected.py` who may enter, at what."""
    told = {key.partition(":")[0] for key in ROWS}
    assert sorted(names() - told) == [], (
        "no row in tests/web/doors/expected.py for these addresses: add one that says which roles may enter "
        "(`who`), at what the right is asked (`at`), and the status of GET and POST for them"
    )
    assert sorted(told - names()) == [], "rows of addresses that no longer are"


@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_reads_what_is_right_and_every_look_is_written(visitors: Visitors, seat: str) -> None:
    """GET of every address at A, B and C. On bcfb51c `giamdoc.coso` read the ledger of the whole province,
    27 of 44 successful reads left no line, and no refusal did.
    """
    found = visitors.scene.seats[seat]
    wrong = [words for key, row in rows_for(found).items() for words in _gets(visitors, found, key, row)]
    assert wrong == [], "\n" + "\n".join(wrong)


def _gets(visitors: Visitors, seat: Seat, key: str, row: Row) -> Iterator[str]:
    for name, place in tried(visitors.scene, row, seat):
        want, here = expected(row, seat, name, "GET"), address(key, place)
        answer = visitors.visit(seat, here)
        where = f"{seat.name} GET {key} at {name} ({here})"
        if answer.status != want:
            yield f"{where}: {answer.status}, right is {want} {answer.trouble}"
            continue
        if answer.status == 200:
            yield from (f"{where}: {words}" for words in _shown(answer, row, place))
        elif answer.status in NOT_LET_IN:
            guarded = seat.user is not None and not row.public and not row.signed_in
            yield from (f"{where}: {words}" for words in _not_shown(answer, guarded=guarded))
        if answer.status == 403:
            return  # refused before the address was looked at: the same at every place


def _shown(answer: Answer, row: Row, place: Place) -> Iterator[str]:
    """Each person and employer in the answer has a line; nobody else has; one insert for each kind of look."""
    if missing := answer.shown - answer.logged:
        yield f"shows without a line {_words(answer, missing)}"
    if extra := answer.logged - answer.shown - _named(row, place):
        yield f"a line for somebody not shown {_words(answer, extra)}"
    if answer.outcomes - {"shown"}:
        yield f"a look that says {sorted(answer.outcomes)}"
    if answer.inserts > 1:
        yield f"{answer.inserts} statements to write one page's look"


def _not_shown(answer: Answer, *, guarded: bool) -> Iterator[str]:
    if answer.shown:
        yield f"{answer.status}, and shows {_words(answer, answer.shown)}"
    if guarded and answer.outcomes not in ({"refused"}, {"outside"}):
        yield f"{answer.status} leaves {sorted(answer.outcomes) or 'no line'}"


def _named(row: Row, place: Place) -> set[tuple[str, int]]:
    """Whom the address itself names: a list of its people need not print the employer's name."""
    return {("employer", e.pk) for e in place.employers.values()} if is_named(row) else set()


def _words(answer: Answer, found: set[tuple[str, int]]) -> str:
    marks = {held: mark for mark, held in answer.scene.by_token.items()}
    return ", ".join(f"{subject} {key} ({marks[subject, key]})" for subject, key in sorted(found)[:4])


@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_sends_what_is_right(visitors: Visitors, seat: str) -> None:
    """POST of every address with the data of its form; what it changed is undone. On bcfb51c `giamdoc.coso`
    closed the month of the whole province with one POST.
    """
    found, wrong = visitors.scene.seats[seat], []
    for key, row in ROWS.items():
        if is_variant(key):
            continue
        for name, place in tried(visitors.scene, row, found):
            want = expected(row, found, name, "POST")
            answer = visitors.visit(found, address(key, place), "POST", row.data(place))
            if not same(want, answer.status, "POST"):
                wrong.append(
                    f"{seat} POST {key} at {name}: {answer.status}, right is {want} {answer.trouble}"
                )
            if answer.status in {403, 405}:
                break
    assert wrong == [], "\n" + "\n".join(wrong)


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE"])
def test_other_methods(visitors: Visitors, scene: Scene, method: str) -> None:
    """HEAD is GET without a body; the rest is nothing to a page."""
    wrong = []
    for seat in (scene.seats["director@P"], scene.seats["stranger"]):
        for key, row in ROWS.items():
            if is_variant(key):
                continue
            answer = visitors.visit(seat, address(key, scene.places["A"]), method)
            want = expected(row, seat, "A", method)
            if answer.status != want:
                wrong.append(f"{seat.name} {method} {key}: {answer.status}, right is {want} {answer.trouble}")
    assert wrong == [], "\n" + "\n".join(wrong)
