"""The clock of a dossier as the office calls it: waits, days announced, facts that are asked for, codes refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.cases.test_cases import CASES

from ansinh.kernel.workdays import LAST_YEAR, NOTHING, Announced, Announcement, is_working_day, supposing
from ansinh.law import dossier
from ansinh.law.calc import FactError, compute
from ansinh.law.dossier import Mode, Term, Wait, due, ends, procedures
from ansinh.law.dossier.due import BESIDE, LONG_TERM, SHORT_TERM
from ansinh.law.engine import NotInForce

RECEIVED = date(2026, 10, 5)


def asked(**facts):
    return compute({"calculator": "dossier.clock", "as_of": "2026-10-05", "facts": facts})


def problems(**facts):
    with pytest.raises(FactError) as caught:
        asked(**facts)
    return {problem.fact: problem.code for problem in caught.value.problems}


def test_an_unknown_code_is_refused_with_its_code():
    assert problems(procedure="1.001667.99", received_on="2026-10-05") == {"procedure": "unknown_procedure"}
    assert problems(procedure="nq116", received_on="2026-10-05") == {"procedure": "no_clock"}
    assert problems(procedure=1.001667, received_on="2026-10-05") == {"procedure": "wrong_type"}


def test_what_the_law_needs_is_asked_for():
    assert problems() == {"procedure": "missing_fact", "received_on": "missing_fact"}
    assert problems(procedure="2.000693", received_on="2026-10-05") == {"filed_by": "missing_fact"}
    wait = {"procedure": "1.001667", "received_on": "2026-10-05"}
    assert problems(**wait, answered_on="2026-10-07") == {"asked_on": "missing_fact"}


def test_a_dossier_keeps_the_law_of_the_day_it_was_received_on():
    wait = {"procedure": "1.001656", "asked_on": "2025-07-02", "answered_on": "2025-07-10"}
    former = asked(**wait, received_on="2025-06-30").results
    assert "supplement_limit_on" not in former
    assert "supplement_limit_on" in asked(**wait, received_on="2025-07-01").results


def test_a_code_typed_with_spaces_is_the_code():
    assert asked(procedure=" 1.001742 ", received_on="2026-10-05").results["law_due_on"] == date(2026, 10, 12)


def test_days_out_of_order_are_named():
    wait = {"procedure": "1.001667", "received_on": "2026-10-05"}
    assert problems(**wait, asked_on="2026-10-07", answered_on="2026-10-06") == {"answered_on": "order"}
    assert problems(**wait, asked_on="2026-10-02", answered_on="2026-10-06") == {"asked_on": "order"}


@pytest.mark.parametrize(
    ("code", "day"),
    [("1.001667", date(2015, 12, 31)), ("art23", date(2025, 6, 30)), ("2.000717", date(2026, 6, 30))],
)
def test_before_its_first_law_a_procedure_has_no_clock(code, day):
    with pytest.raises(NotInForce):
        due(code, day)
    assert due(code, max(day + timedelta(days=1), date(2016, 1, 1))).due_on


def test_a_clock_that_stands_has_no_last_day():
    told = due("2.000821", RECEIVED, waits=[Wait(date(2026, 10, 7))])
    assert told == (None, None, Mode.WORKING, 8)
    assert told.due_on is None


def test_several_waits_are_each_left_out():
    first, second = Wait(date(2026, 10, 6), date(2026, 10, 8)), Wait(date(2026, 10, 9), date(2026, 10, 13))
    # 6, 9, 14, 15, 16, 19, 20 October are counted
    assert due("1.001667", RECEIVED, waits=[first, second]).law_due_on == date(2026, 10, 20)


def test_a_calendar_term_does_not_end_inside_a_wait():
    # The tenth day is Saturday 24 October; the office asked that day.
    told = ends(date(2026, 10, 14), Term(10, Mode.CALENDAR), [Wait(date(2026, 10, 24), date(2026, 11, 3))])
    assert told.last_on == date(2026, 11, 4)


def test_days_the_office_announced_move_the_clock():
    storm = Announcement(date(2026, 10, 7), "off", "nghỉ chống bão", "thông báo của Ủy ban nhân dân tỉnh")
    assert due("1.001742", RECEIVED).law_due_on == date(2026, 10, 12)
    told = Announced({storm.day: storm})
    assert due("1.001742", RECEIVED, told=told).law_due_on == date(2026, 10, 13)
    assert due("2.000605", RECEIVED, told=told).law_due_on == date(2026, 10, 26)
    with supposing(told):
        # What is computed from the facts of a case does not depend on where it is computed.
        answered = asked(procedure="1.001742", received_on="2026-10-05").results
    assert answered["law_due_on"] == date(2026, 10, 12)


def test_a_term_of_its_own_runs_from_the_last_supplement():
    # 188/2025/NĐ-CP, Điều 56 khoản 4 điểm c: 20 days from 20 October end on Monday 9 November
    waits = [Wait(date(2026, 10, 6), date(2026, 10, 12)), Wait(date(2026, 10, 14), date(2026, 10, 20))]
    assert due("1.001656", RECEIVED, waits=waits).law_due_on == date(2026, 11, 9)
    assert due("1.001656", RECEIVED, waits=waits[::-1]).law_due_on == date(2026, 11, 9)


def test_the_promise_is_told_unless_it_is_longer():
    # 84/2015/QH13, Điều 59 khoản 2: ten days from Friday 2 October; the sixth working day is the same Monday
    assert due("1.001632", date(2026, 10, 2))[:2] == (date(2026, 10, 12), date(2026, 10, 12))
    assert due("1.001632", date(2026, 10, 26)).announced_due_on == date(2026, 11, 3)
    assert due("1.001632", date(2027, 2, 2)).announced_due_on is None


def test_every_clock_of_the_list_is_written():
    written = SHORT_TERM.keys() | LONG_TERM.keys() | BESIDE.keys()
    promised = dossier.BOOK.announced.on("2026-07-01").keys()
    clocks = {one.clock for one in procedures().values()} - {"", "maternity"}
    assert clocks <= written | set(promised)
    assert set(promised) - written == {
        "adjustment", "arrears_of_deceased", "authorisation", "qd613", "teachers",
    }  # fmt: skip
    assert len(procedures()) == len(set(procedures()))


@pytest.mark.parametrize("code", [code for code, one in procedures().items() if one.clock])
def test_every_code_answers_today(code):
    told = due(code, date(2026, 11, 30), filed_by="employer")
    assert told.due_on is not None
    assert told.due_on > date(2026, 11, 30)


@settings(max_examples=40)
@given(
    start=st.dates(date(2016, 1, 1), date(2027, 9, 1)),
    days=st.integers(1, 45),
    asked_after=st.integers(0, 30),
    length=st.integers(0, 30),
)
def test_the_three_ways_keep_their_order(start, days, asked_after, length):
    """Calendar days end first, those without holidays next, working days last; a wait never ends them sooner."""
    waits = [Wait(start + timedelta(days=asked_after), start + timedelta(days=asked_after + length))]
    plain = [
        ends(start, Term(days, mode)).last_on
        for mode in (Mode.CALENDAR, Mode.CALENDAR_EX_HOLIDAY, Mode.WORKING)
    ]
    stood = [
        ends(start, Term(days, mode), waits).last_on
        for mode in (Mode.CALENDAR, Mode.CALENDAR_EX_HOLIDAY, Mode.WORKING)
    ]
    for each in (plain, stood):
        assert each == sorted(each)
        assert all(is_working_day(day, told=NOTHING) for day in each)
    assert all(before <= after for before, after in zip(plain, stood, strict=True))


def days_off(told):
    return {use.value for use in told.unverified if use.name.startswith("day_off")}


def test_an_answer_names_the_days_off_nobody_has_verified():
    told = asked(procedure="1.001667", received_on="2027-02-01")
    names = {use.name for use in told.unverified}
    assert "day_off[2027-02-04]" in names
    assert "announced[sickness]" in names
    assert not any(name.startswith("sickness") for name in names)
    # Tết from 4 to 8 February; the 9th and 10th stand for its Saturday and Sunday
    assert days_off(told) == {date(2027, 2, day) for day in range(4, 11)}


def test_a_last_day_that_is_off_is_named_too():
    # Ten calendar days from 25 January 2027 end on the first day of Tết
    told = asked(procedure="1.001632", received_on="2027-01-25")
    assert told.results["law_due_on"] == date(2027, 2, 11)
    assert days_off(told) == {date(2027, 2, day) for day in range(4, 11)}


def test_the_last_year_of_the_calendar_is_answered():
    received = date(LAST_YEAR, 6, 1)
    told = asked(procedure="1.001667", received_on=received.isoformat()).results["law_due_on"]
    assert timedelta(days=9) <= told - received <= timedelta(days=11)


def test_every_public_case_stands_here():
    assert sum(case["calculator"] == "dossier.clock" for case in CASES) == 39
