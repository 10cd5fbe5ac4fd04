"""Transfer texts: the exact one, and the mistakes people and banks make, each named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.forms.banking.transfer_text import REPAIRS, build, parse
from ansinh.kernel.errors import BilingualError

UNIT, AGENCY = "0123456789DNA03", "00101"
EXACT = "+BHXH+103+00+0123456789DNA03+00101+dong BHXH+"

units = st.one_of(
    st.from_regex(r"[0-9]{10}(DN|HC|CN)([A-U][0-9]{2})?", fullmatch=True),
    st.from_regex(r"[0-9]{7}(HC|TE|KT)", fullmatch=True),
).filter(str.isascii)
agencies = st.from_regex(r"[0-9]{5}", fullmatch=True).filter(str.isascii)


def test_the_exact_text():
    assert build(UNIT, AGENCY) == EXACT
    read = parse(EXACT)
    assert (read.procedure, read.amount_kind, read.unit_code, read.agency, read.purpose) == (
        "103",
        "00",
        UNIT,
        AGENCY,
        "dong BHXH",
    )
    assert (read.confidence, read.repairs) == (100, [])


@given(units, agencies)
def test_what_is_built_is_read(unit, agency):
    read = parse(build(unit, agency))
    assert (read.unit_code, read.agency, read.repairs, read.confidence) == (unit, agency, [], 100)


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("BHXH+103+00+0123456789DNA03+00101+dong BHXH+", "leading-plus-missing"),
        ("+BHXH+103+00+0123456789DNA03+00101+dong BHXH", "trailing-plus-missing"),
        ("+BHXH+10300+0123456789DNA03+00101+dong BHXH+", "plus-missing"),
        ("+BHXH+103+000123456789DNA03+00101+dong BHXH+", "plus-missing"),
        ("+BHXH+103+00+0123456789DNA0300101+dong BHXH+", "plus-missing"),
        ("+BHXH++103+00+0123456789DNA03+00101+dong BHXH+", "plus-doubled"),
        ("+BHXH + 103+00+0123456789DNA03+00101+dong BHXH+", "spaces"),
        ("-BHXH-103-00-0123456789DNA03-00101-dong BHXH-", "other-separator"),
        ("+BHXH.103.00.0123456789DNA03.00101.dong BHXH+", "other-separator"),
        ("+bhxh+103+00+0123456789dna03+00101+dong bhxh+", "lower-case"),
        ("+BHXH+103+00+0123456789DNA03+00101+đóng BHXH+", "diacritics"),
        ("+BHXH+1O3+OO+O123456789DNA03+OO101+dong BHXH+", "letter-for-digit"),
        ("+BHXH+103+00+0123456789DNAO3+00101+dong BHXH+", "letter-for-digit"),
        ("+BHXH+103+00+0123 456 789 DN A03+00101+dong BHXH+", "spaces-inside"),
        ("+BHXH+103+00+0123456789DNA03+00 101+dong BHXH+", "spaces-inside"),
        ("MBVCB.123456.789.+BHXH+103+00+0123456789DNA03+00101+dong BHXH+", "bank-prefix"),
        ("+BHXH+103+00+0123456789DNA03+00101+dong BHXH+ FT26123456789", "bank-suffix"),
        ("+BHXH+103+00+0123456789DNA03+00101+dong B", "tail-truncated"),
        ("+BHXH+103+00+0123456789DNA03+00101", "tail-truncated"),
        ("+BHXH+103+00+0123456789DNA03+00101+dong tien thang 7+", "other-purpose"),
        ("+BHXH+103+0123456789DNA03+00101+dong BHXH+", "kind-missing"),
        ("+BHXH+0123456789DNA03+00101+dong BHXH+", "procedure-missing"),
        ("103+00+0123456789DNA03+00101+dong BHXH+", "prefix-missing"),
    ],
)
def test_each_mistake_is_put_right_and_named(text, repair):
    read = parse(text)
    assert (read.unit_code, read.agency) == (UNIT, AGENCY)
    assert repair in read.repairs
    assert 50 <= read.confidence < 100


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("+BHXH+103+00+0123456789DNA03+dong BHXH+", "agency-missing"),
        ("+BHXH+103+00+0123456789DNA03+001", "agency-truncated"),
        ("+BHXH+103+00+0123456789DNA03", "agency-missing"),
        ("+BHXH+103+00+0123456789DNA03+", "agency-missing"),
    ],
)
def test_the_agency_may_be_missing_or_cut(text, repair):
    read = parse(text)
    assert (read.unit_code, read.agency) == (UNIT, "")
    assert repair in read.repairs


def test_codes_of_the_old_form_are_read_and_named():
    read = parse("+BHXH+103+00+TZ0123Z+02001+dong BHXH+")
    assert (read.unit_code, read.agency, read.repairs) == ("TZ0123Z", "02001", ["legacy-unit-code"])


@pytest.mark.parametrize(
    "text", ["", "   ", "CT TNHH Anh Duong nop tien", "+BHXH+103+00++00101+dong BHXH+", "+++", "BHXH"]
)
def test_texts_without_a_unit(text):
    read = parse(text)
    assert read.unit_code == ""
    assert read.repairs[-1] == "unit-missing"
    assert read.confidence <= 20


def test_letters_do_not_turn_words_into_codes():
    assert parse("DOI SOAT LOI HOI DONG").candidates == ()
    assert parse("OOOOOOOOOODN").unit_code == ""


def test_candidates_fragments_and_numbers_anywhere():
    read = parse("nop ho 1234567HC va 0123456789DNA03, MST 0100109106-001, ma 012345678DNA03")
    assert read.candidates[:2] == ("1234567HC", "0123456789DNA03")
    assert read.fragments == ("012345678DNA03",)
    assert read.numbers == ("0123456789", "0100109106-001")


def test_a_code_cut_short_leaves_its_number():
    assert parse("+BHXH+103+00+0123456789").numbers == ("0123456789",)
    assert parse("+BHXH+103+00+0123456789D").fragments == ("0123456789D",)


@given(
    units,
    agencies,
    st.sampled_from(["+", " ", "-", "", "++", " + ", "/", "_"]),
    st.sampled_from(["", "+", "MBVCB.1234567.", "FT26183 ", "IBFT "]),
    st.sampled_from(["dong BHXH", "DONG BHXH", "đóng bhxh", "dong", ""]),
    st.sampled_from([str, str.lower]),
)
def test_any_mixture_of_mistakes_keeps_the_unit(unit, agency, mark, front, purpose, case):
    text = front + mark.join(["BHXH", "103", "00", case(unit), agency, purpose])
    read = parse(text)
    assert read.unit_code == unit
    assert read.candidates[0] == unit
    assert set(read.repairs) <= set(REPAIRS)
    assert 0 <= read.confidence <= 100
    # Glued to what follows, a cut text may not show where the agency ends.
    if purpose and mark:
        assert read.agency == agency


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text):
    read = parse(text)
    assert (read.unit_code == "") == ("unit-missing" in read.repairs)


@pytest.mark.parametrize(
    ("unit", "agency"),
    [("", AGENCY), (UNIT, "101"), ("0123 456789DN", AGENCY), (UNIT, "0010A"), (UNIT.lower(), AGENCY)],
)
def test_building_with_a_wrong_code_is_refused(unit, agency):
    with pytest.raises(BilingualError):
        build(unit, agency)
