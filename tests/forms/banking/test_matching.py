"""Ranking who may have paid: whole points, with reasons, always in the same order."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.forms.banking.matching import Candidate, distance, name_tokens, rank
from ansinh.forms.banking.statements import Entry

AN = Candidate(
    "an",
    "0123456789DNA03",
    "Công ty TNHH Ánh Dương",
    "0123456789",
    frozenset({"190001"}),
    3_398_400,
    1_000_000,
)
BINH = Candidate(
    "binh", "0123456798DNA03", "Công ty CP Bình Minh", "0123456798", frozenset({"190002"}), 3_398_400
)
CAM = Candidate("cam", "1234567HC", "UBND xã Cẩm Sơn", due=5_000_000)
ALL = [AN, BINH, CAM]


def entry(
    text: str, amount: int = 123_456, name: str = "", account: str = "", *, credit: bool = True
) -> Entry:
    return Entry("FT1", date(2026, 7, 3), None, amount, credit, text, name, account)


def test_an_exact_code_comes_first_and_a_near_one_next():
    first, second = rank(entry("+BHXH+103+00+0123456789DNA03+00101+dong BHXH+"), ALL)
    assert (first.employer_key, second.employer_key) == ("an", "binh")
    assert first.score > second.score >= 45
    assert "1 ký tự" in second.reasons[0].vi


def test_everything_together_reaches_a_hundred_and_not_more():
    (best, *_) = rank(
        entry("+BHXH+103+00+0123456789DNA03+00101+dong BHXH+", 3_398_400, "CTY TNHH ANH DUONG", "190001"), ALL
    )
    assert best.score == 100
    assert [reason.points for reason in best.reasons] == [70, 40, 30, 25, 20]


@pytest.mark.parametrize(
    ("paid", "points"),
    [(3_398_400, 20), (4_398_400, 20), (1_000_000, 15)],
)
def test_amounts(paid, points):
    best = next(proposal for proposal in rank(entry("nop tien", paid), ALL) if proposal.employer_key == "an")
    assert [reason.points for reason in best.reasons] == [points]


def test_an_amount_of_nobody_and_a_text_of_nobody():
    assert rank(entry("nop tien", 3_398_401), ALL) == []


def test_a_lost_digit_still_finds_the_unit():
    (best, *_) = rank(entry("+BHXH+103+00+012345678DNA03+00101+dong BHXH+"), ALL)
    assert (best.employer_key, best.reasons[0].points) == ("an", 45)


def test_tax_code_and_account_alone():
    assert rank(entry("MST 0123456798 nop tien"), ALL)[0].employer_key == "binh"
    assert rank(entry("nop tien", account="190001"), ALL)[0].employer_key == "an"


def test_words_that_all_names_share_tell_nothing():
    assert name_tokens("Công ty TNHH MTV Ánh Dương") == {"anh", "duong"}
    assert rank(entry("cong ty tnhh nop tien"), ALL) == []


def test_a_name_counts_by_how_much_of_it_is_there():
    whole = rank(entry("CTY ANH DUONG NOP TIEN"), ALL)[0]
    half = rank(entry("CTY DUONG NOP TIEN"), ALL)[0]
    assert (whole.employer_key, half.employer_key) == ("an", "an")
    assert whole.score == 25 > half.score


def test_money_that_went_out_has_no_proposals():
    assert rank(entry("+BHXH+103+00+0123456789DNA03+00101+dong BHXH+", credit=False), ALL) == []


def test_the_order_does_not_depend_on_the_order_of_candidates():
    twins = [Candidate(key, "", "", due=777_777) for key in ("b", "a", "c")]
    answers = [
        [proposal.employer_key for proposal in rank(entry("x", 777_777), list(order))]
        for order in permutations(twins)
    ]
    assert set(map(tuple, answers)) == {("a", "b", "c")}


def test_most_and_least():
    twins = [Candidate(f"{n:02d}", "", "", due=777_777) for n in range(9)]
    assert len(rank(entry("x", 777_777), twins)) == 5
    assert rank(entry("x", 777_777), twins, least=21) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ABC", "ABC", 0),
        ("ABC", "ABD", 1),
        ("ABC", "ACB", 1),
        ("ABC", "AB", 1),
        ("", "AB", 2),
        ("ABCD", "WXYZ", 3),
        ("ABCDEF", "AB", 3),
    ],
)
def test_distances(one, other, expected):
    assert distance(one, other) == expected


@given(st.from_regex(r"[0-9]{10}DN[A-U][0-9]{2}", fullmatch=True).filter(str.isascii), st.data())
def test_two_mistakes_in_a_code_are_never_overlooked(code, data):
    letters = list(code)
    for _ in range(2):
        place = data.draw(st.integers(0, 8))
        kind = data.draw(st.sampled_from(["change", "swap"]))
        if kind == "change":
            letters[place] = data.draw(st.sampled_from("0123456789"))
        else:
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    wrong = "".join(letters)
    unit = Candidate("x", code, "")
    found = rank(entry(f"+BHXH+103+00+{wrong}+00101+dong BHXH+"), [unit])
    assert distance(code, wrong) <= 2
    assert [proposal.employer_key for proposal in found] == ["x"]
