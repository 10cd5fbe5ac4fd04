"""Printed documents: PDF/A-2b with our fonts, the right figures, bookmarks, and Vietnamese that survives."""

import time
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from tests.forms.official.statements import people, statement, with_row

from ansinh.forms.official.c12 import C12Row, C12Statement
from ansinh.forms.official.urge import UrgeLetter
from ansinh.forms.print.documents import render, render_batch
from ansinh.forms.print.pages import _lines
from ansinh.kernel.errors import BilingualError


def letter() -> UrgeLetter:
    return UrgeLetter.of(statement(), issued_on=date(2026, 8, 3), number="128")


def text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.parametrize(
    ("document", "data", "pages", "said"),
    [
        (
            "C12-TS",
            statement,
            2,
            [
                "BẢO HIỂM XÃ HỘI TỈNH LẠNG SƠN",
                "Mẫu C12-TS",
                "THÔNG BÁO KẾT QUẢ ĐÓNG",
                "Ưu Việt Hữu Nghị",
                "15.292.800",
                "UNC số 0715/2026, ngày 15/07/2026",
                "e) Tổng số nộp thiếu là 518.600 đồng",
                "+BHXH+103+00+TZ0123Z+02001+dong BHXH+",
                "Lạng Sơn, ngày 03 tháng 8 năm 2026",
                "Hoàng Thị Ngọc Quỳnh",
            ],
        ),
        (
            "D09-TS",
            lambda: people(40),
            3,
            ["DANH SÁCH THAM GIA", "Nông Ngọc Bảo Uyên", "Nghỉ thai sản", "207.867.000", "Tăng mới", "Cộng"],
        ),
        (
            "01-ĐĐ",
            letter,
            1,
            [
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                "Số: 128/BHXH-QLT",
                "Mẫu C12-TS tháng 07 năm 2026",
                "Số tiền chậm đóng: 1.000.000 đồng;",
                "Số ngày chậm đóng: 62 ngày;",
                "Số tiền xử lý hành vi chậm đóng: 18.600 đồng;",
                "Nơi nhận:",
            ],
        ),
    ],
)
def test_document_is_archival_and_says_what_it_should(
    document: str, data: Callable[[], Any], pages: int, said: list[str]
) -> None:
    made = render(document, data())
    reader = PdfReader(BytesIO(made))
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B<" in made
    assert len(reader.pages) == pages
    shown = text(reader)
    for wanted in said:
        assert wanted in shown
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all(font.startswith("LiberationSerif") for font in fonts), fonts


def test_every_vietnamese_letter_is_in_the_font() -> None:
    letters = "".join(
        base + mark
        for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for mark in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
    )
    name = unicodedata.normalize("NFC", letters) + "đĐ"
    made = render("01-ĐĐ", replace(letter(), employer=replace(letter().employer, address=" ".join(name))))
    shown = "".join(text(PdfReader(BytesIO(made))).split())
    assert name in shown


def test_batch_has_a_bookmark_for_each_and_pages_start_anew() -> None:
    base = statement()
    items = [
        replace(
            base, employer=replace(base.employer, unit_code=f"TZ{order:04d}Z", name=f"Công ty số {order}")
        )
        for order in range(1, 8)
    ]
    reader = PdfReader(BytesIO(render_batch("C12-TS", items)))
    titles = [str(entry.title) for entry in reader.outline]
    assert titles == [f"TZ{order:04d}Z - Công ty số {order}" for order in range(1, 8)]
    assert len(reader.pages) == 14
    starts = [reader.get_destination_page_number(entry) for entry in reader.outline]
    assert starts == list(range(0, 14, 2))
    assert all(reader.pages[number].extract_text().split()[0] == "2" for number in range(1, 14, 2))


def test_a_paid_up_employer_gets_no_payment_code() -> None:
    base = statement()
    for code in ("Đ.2.2", "Đ.2.2.2", "Đ.3", "Đ.3.1"):
        base = with_row(base, code, C12Row.money())
    made = render("C12-TS", base)
    shown = text(PdfReader(BytesIO(made)))
    assert "VietQR" not in shown
    assert "Nội dung chuyển tiền: +BHXH+103+00+TZ0123Z" in shown


def test_the_largest_figures_stay_on_the_page() -> None:
    huge = C12Row.money(*[999_999_999_999] * 5)
    shown = text(PdfReader(BytesIO(render("C12-TS", with_row(statement(), "B.3", huge)))))
    assert "4.999.999.999.995" in shown


def test_markup_in_a_name_is_only_text() -> None:
    base = statement()
    name = "Công ty #panic() *A* _B_ $x$ \\ <c> @d = e"
    made = render("C12-TS", replace(base, employer=replace(base.employer, name=name)))
    assert name in text(PdfReader(BytesIO(made)))


def test_same_data_same_file() -> None:
    assert render("01-ĐĐ", letter()) == render("01-ĐĐ", letter())


def test_wrong_requests_are_refused() -> None:
    base: C12Statement = statement()
    with pytest.raises(BilingualError):
        render("C99-TS", base)
    with pytest.raises(BilingualError):
        render("D09-TS", base)
    with pytest.raises(BilingualError):
        render_batch("C12-TS", [])


def test_rows_are_high_enough_for_their_text() -> None:
    """Heights are given to the typesetter, so a text that needs more lines than foreseen would run into the next."""
    fits = (
        "Số tiền chưa đến hạn xử lý",
        "Truy thu xử lý chậm đóng, trốn đóng",
        "+ UNC số 0715/2026, ngày 15/07/2026",
    )
    assert [_lines(text) for text in fits] == [1, 1, 1]
    assert _lines("Số tiền xử lý hành vi truy thu chậm đóng, trốn đóng") == 2
    assert _lines("+ UNC số 0715/NHNN QUA NGÂN HÀNG TMCP ĐẦU TƯ VÀ PHÁT TRIỂN, ngày 15/07/2026") >= 3


def test_a_file_bears_the_day_of_its_paper_and_is_the_same_on_any_day() -> None:
    """The time of printing stood in it: two printings a second apart differed."""
    older = replace(letter(), issued_on=date(1961, 2, 1))
    for items, day in (([letter()], "20260803"), ([older], "19610201"), ([older, letter()], "20260803")):
        dates = PdfReader(BytesIO(render_batch("01-ĐĐ", items))).metadata
        assert dates
        assert {dates[name][:10] for name in ("/CreationDate", "/ModDate")} == {f"D:{day}"}
    first = render("C12-TS", statement())
    time.sleep(1.1)  # typst reads a clock that no test can set
    assert render("C12-TS", statement()) == first


def test_documents_are_rendered_by_several_threads_at_once() -> None:
    wanted = render_batch("01-ĐĐ", [letter()] * 3)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: render_batch("01-ĐĐ", [letter()] * 3), range(8)))
    assert all(item == wanted for item in made)
