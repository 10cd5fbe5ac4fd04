"""VietQR payloads: the checksum, the fields, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.forms.print.vietqr import Request, crc16, parse, payload, png, svg
from ansinh.kernel.errors import BilingualError

TEXT = "+BHXH+103+00+TZ0123Z+02001+dong BHXH+"


def test_checksum_of_the_published_check_string() -> None:
    """CRC-16/CCITT-FALSE (also IBM-3740) of "123456789" is 0x29B1 in every CRC catalogue."""
    assert crc16(b"123456789") == 0x29B1
    assert crc16(b"") == 0xFFFF


def test_fields_in_order() -> None:
    code = payload("970405", "8600201001234", 518_600, TEXT)
    assert code[:-4] == (
        "000201"
        "010212"
        "38570010A00000072701270006970405011386002010012340208QRIBFTTA"
        "5303704"
        "5406518600"
        "5802VN"
        "6241" + "0837" + TEXT + "6304"
    )
    assert code[-4:] == f"{crc16(code[:-4].encode()):04X}"


@given(
    st.from_regex(r"\A[0-9]{6}\Z"),
    st.from_regex(r"\A[0-9A-Z]{1,19}\Z"),
    st.none() | st.integers(1, 10**12),
    st.from_regex(r"\A[A-Za-z0-9+ ]{0,95}\Z"),
)
def test_round_trip(bank_bin: str, account: str, amount: int | None, text: str) -> None:
    code = payload(bank_bin, account, amount, text)
    assert parse(code) == Request(bank_bin, account, amount, text)


@given(st.integers(0, 60), st.characters(min_codepoint=48, max_codepoint=90))
def test_one_wrong_character_is_noticed(at: int, letter: str) -> None:
    code = payload("970405", "8600201001234", 518_600, TEXT)
    spoiled = code[:at] + letter + code[at + 1 :]
    if spoiled != code:
        with pytest.raises(BilingualError):
            parse(spoiled)


def test_vietnamese_is_folded_and_spaces_stay() -> None:
    assert parse(payload("970405", "1", None, "Đóng BHXH tháng 7", "Quỹ BHXH Lạng Sơn")) == Request(
        "970405", "1", None, "Dong BHXH thang 7", "Quy BHXH Lang Son"
    )


@pytest.mark.parametrize(
    ("bank_bin", "account", "amount", "text"),
    [
        ("97040", "1", 1, ""),
        ("97040a", "1", 1, ""),
        ("970405", "", 1, ""),
        ("970405", "12-34", 1, ""),
        ("970405", "1" * 20, 1, ""),
        ("970405", "1", 0, ""),
        ("970405", "1", -1, ""),
        ("970405", "1", 1, "x" * 96),
    ],
)
def test_refused(bank_bin: str, account: str, amount: int, text: str) -> None:
    with pytest.raises(BilingualError):
        payload(bank_bin, account, amount, text)


def test_other_schemes_are_not_vietqr() -> None:
    body = "000201" + "38" + "14" + "0010A000000999" + "6304"
    with pytest.raises(BilingualError, match="VietQR"):
        parse(body + f"{crc16(body.encode()):04X}")


def test_images() -> None:
    code = payload("970405", "8600201001234", 518_600, TEXT)
    assert svg(code).startswith("<svg")
    assert png(code).startswith(b"\x89PNG")
