import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel import identity
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.identity import CollectingPoint, UnitCode

digits = st.text("0123456789", min_size=9, max_size=9)


def refused(read, text, **options):
    with pytest.raises(BilingualError) as caught:
        read(text, **options)
    assert caught.value.vi
    assert caught.value.en
    return caught.value.code


def test_sixty_three_provinces():
    codes = identity.provinces()
    assert len(codes) == 63
    assert (min(codes), max(codes)) == ("001", "096")
    assert codes["079"] == "Thành phố Hồ Chí Minh"


@pytest.mark.parametrize(
    "text",
    ["001080001234", "001 080 001 234", "001.080.001.234", "\u200b001080001234\ufeff", "001-080-001-234"],
)
def test_citizen_id_in_one_form(text):
    assert identity.citizen_id(text) == "001080001234"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "citizen_id.digits"),
        ("00108000123O", "citizen_id.digits"),
        ("٠٠١٠٨٠٠٠١٢٣٤", "citizen_id.digits"),
        ("012345678", "citizen_id.length"),
        ("1080001234", "citizen_id.length"),
        ("0010800012345", "citizen_id.length"),
        ("000080001234", "citizen_id.province"),
        ("003080001234", "citizen_id.province"),
        ("097080001234", "citizen_id.province"),
        ("101080001234", "citizen_id.abroad"),
        ("001480001234", "citizen_id.century"),
        ("001980001234", "citizen_id.century"),
    ],
)
def test_citizen_id_refused(text, code):
    assert refused(identity.citizen_id, text) == code


@pytest.mark.parametrize(
    ("text", "hint"),
    [("012345678", "chứng minh nhân dân"), ("1080001234", "số 0 ở đầu"), ("01080001234", "số 0 ở đầu")],
)
def test_the_likely_slip_is_named(text, hint):
    with pytest.raises(BilingualError) as caught:
        identity.citizen_id(text)
    assert hint in caught.value.vi


def test_birth_registered_abroad_is_taken_on_purpose_only():
    assert identity.citizen_id("101080001234", registered_abroad=True) == "101080001234"
    assert refused(identity.citizen_id, "003080001234", registered_abroad=True) == "citizen_id.province"
    assert identity.citizen_id_facts("101080001234").province == "101"


@pytest.mark.parametrize(
    ("digit", "sex", "year"),
    [("0", "male", 1985), ("1", "female", 1985), ("2", "male", 2085), ("3", "female", 2085)],
)
def test_sex_and_century(digit, sex, year):
    assert identity.citizen_id_facts(f"034{digit}85001234") == ("034", sex, year)


@pytest.mark.parametrize(("yy", "year"), [("000", 1900), ("099", 1999), ("200", 2000), ("226", 2026)])
def test_ends_of_the_centuries(yy, year):
    assert identity.citizen_id_facts(f"001{yy}000001").birth_year == year


def test_si_number():
    assert identity.si_number(" 0123 456 789 ") == "0123456789"
    assert refused(identity.si_number, "123456789") == "si_number.length"
    assert refused(identity.si_number, "HD4010012345678") == "si_number.digits"


def test_budget_code():
    assert identity.budget_code("1234567") == "1234567"
    assert refused(identity.budget_code, "12345678") == "budget_code.length"


# The first worked by hand: 29 + 17 + 7×9 + 5 = 114, 114 mod 11 = 4, 10 - 4 = 6.
@pytest.mark.parametrize("number", ["0100109106", "0300588569", "0100686209", "0101248141", "0300608092"])
def test_enterprise_numbers_with_their_check_digit(number):
    assert identity.enterprise_number(number) == number


@pytest.mark.parametrize("text", ["0100109106-001", "0100109106001", "0100109106 001", "0100109106\u2013001"])
def test_branch_in_one_form(text):
    assert identity.enterprise_number(text) == "0100109106-001"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "enterprise_number.format"),
        ("010010910", "enterprise_number.format"),
        ("01001091060", "enterprise_number.format"),
        ("0100109106-01", "enterprise_number.format"),
        ("0100109106-0001", "enterprise_number.format"),
        ("0100109107", "enterprise_number.check"),
        ("0123456789-001", "enterprise_number.check"),
        ("0100109106-000", "enterprise_number.branch"),
    ],
)
def test_enterprise_number_refused(text, code):
    assert refused(identity.enterprise_number, text) == code


@given(digits)
def test_at_most_one_check_digit_fits(first_nine):
    fitting = [d for d in "0123456789" if identity.has_check_digit(first_nine + d)]
    assert len(fitting) <= 1


@given(digits, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(first_nine, place, change):
    good = [first_nine + d for d in "0123456789" if identity.has_check_digit(first_nine + d)]
    for number in good:
        wrong = str((int(number[place]) + change) % 10)
        assert not identity.has_check_digit(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0123456789DNA03", UnitCode("0123456789", "DN", "A03")),
        ("1234567HC", UnitCode("1234567", "HC")),
        ("2345678HC", UnitCode("2345678", "HC")),
        ("2345678CN", UnitCode("2345678", "CN")),
        ("2345678TE", UnitCode("2345678", "TE")),
        ("2345678 kt", UnitCode("2345678", "KT")),
    ],
)
def test_unit_codes_of_the_instructions(text, code):
    assert identity.unit_code(text) == code
    assert identity.unit_code(str(code)) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0123456789",
        "0123456789D",
        "012345678DN",
        "12345678HC",
        "0123456789DNA3",
        "0123456789DN003",
        "0123456789ĐNA03",
    ],
)
def test_unit_code_refused(text):
    assert refused(identity.unit_code, text) == "unit_code.format"


def test_strict_unit_code_checks_the_digit_of_an_enterprise():
    assert refused(identity.unit_code, "0123456789DNA03", strict=True) == "unit_code.check"
    assert identity.unit_code("0100109106DNA03", strict=True).dd == "0100109106"
    assert identity.unit_code("1234567HC", strict=True).dd == "1234567"  # a budget code has no check digit


def test_collecting_point():
    point = identity.collecting_point("3456789000TH0100070003")
    assert point == CollectingPoint("3456789000", "01", "00070", 3)
    assert str(point) == "3456789000TH0100070003"
    assert identity.collecting_point("3456789000 th 01 00070 999").number == 999


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3456789000TH0100070",
        "3456789000TH0100070000",
        "3456789000XX0100070003",
        "3456789000TH01000700031",
    ],
)
def test_collecting_point_refused(text):
    assert refused(identity.collecting_point, text) == "collecting_point.format"


def test_strict_collecting_point():
    assert (
        refused(identity.collecting_point, "3456789000TH0100070003", strict=True) == "collecting_point.check"
    )
    assert identity.collecting_point("0100109106TH0100070003", strict=True).dd == "0100109106"


@given(st.from_regex(r"\A(?:[0-9]{10}|[0-9]{7})[A-Z]{2}(?:[A-Z][0-9]{2})?\Z"))
def test_unit_codes_are_read_back(text):
    assert str(identity.unit_code(text)) == text


@given(st.text("0123456789", max_size=20))
def test_mask_keeps_length_and_hides_the_middle(number):
    masked = identity.mask(number)
    assert len(masked) == len(number)
    assert masked.count("•") >= min(len(number), 3)
    if len(number) > 8:
        assert masked[-4:] == number[-4:]
        assert set(masked[1:-4]) == {"•"}


def test_mask():
    assert identity.mask("001080001234") == "0•••••••1234"
    assert identity.mask("12345678") == "••••••78"
    assert identity.mask("1234") == "••••"
    assert identity.mask("") == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("001080001234", "001 080 001 234"),
        ("0123456789", "0123 456 789"),
        ("0100109106-001", "0100 109 106-001"),
        ("1234567", "1234567"),
        ("B1234567", "B1234567"),
    ],
)
def test_group(number, shown):
    assert identity.group(number) == shown


@given(st.from_regex(r"\A0(?:01|79|48)[0-3][0-9]{8}\Z"))
def test_what_is_grouped_is_read_back(number):
    assert identity.citizen_id(identity.group(number)) == number
