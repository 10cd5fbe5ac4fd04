"""The parameter book: exact values by day, with their sources; a faulty book does not load."""

from datetime import date
from fractions import Fraction

import pytest

from ansinh.kernel.months import Month
from ansinh.law.engine import LawBookError, NotInForce, ParameterBook, Scale, explain

GOOD = """
base:
  term: lương cơ sở
  unit: VND/month
  values:
    - {since: 2023-07-01, value: 1_800_000, source: "24/2023/NĐ-CP, Điều 3", checked: 2026-11-24}
    - {since: 2024-07-01, value: 2_340_000, source: "73/2024/NĐ-CP, Điều 3", unverified: true}
share:
  term: tỷ lệ
  unit: share
  values:
    - {since: 2016-01-01, until: 2025-06-30, value: "10.5%", source: "58/2014/QH13", checked: 2026-11-24}
floor:
  term: tối thiểu
  unit: VND
  values:
    - {since: 2024-07-01, value: {1: 4_960_000, 2: 4_410_000}, source: "74/2024/NĐ-CP", checked: 2026-11-24}
rounding:
  term: cách làm tròn
  unit: word
  values:
    - {since: 2016-01-01, value: half_up, source: "58/2014/QH13", checked: 2026-11-24}
"""


def load(tmp_path, text):
    path = tmp_path / "book.yaml"
    path.write_text(text, encoding="utf-8")
    return ParameterBook.load(path, Scale)


def test_each_day_has_its_value(tmp_path):
    book = load(tmp_path, GOOD)
    assert book.base.on(date(2024, 6, 30)) == 1_800_000
    assert book.base.on(date(2024, 7, 1)) == 2_340_000
    assert book.base.on(Month(2099, 1)) == 2_340_000
    assert book.share.on("2025-06-30") == Fraction(21, 200)
    assert book.on(date(2024, 7, 1)).floor[2] == 4_410_000
    assert book.on(Month(2024, 7)).rounding == "half_up"


@pytest.mark.parametrize(
    ("name", "day"), [("base", "2023-06-30"), ("share", "2025-07-01"), ("floor", "2024-06-30")]
)
def test_outside_its_dates_a_figure_refuses(tmp_path, name, day):
    book = load(tmp_path, GOOD)
    with pytest.raises(NotInForce, match=name):
        book[name].on(day)
    with pytest.raises(NotInForce):
        getattr(book.on(day), name)


def test_a_figure_nobody_wrote_is_an_attribute_error(tmp_path):
    with pytest.raises(AttributeError, match="no parameter 'nothing'"):
        _ = load(tmp_path, GOOD).nothing


def test_what_was_read_is_noted_with_its_source(tmp_path):
    book = load(tmp_path, GOOD)
    with explain() as explanation:
        scale = book.on(date(2024, 7, 1))
        assert scale.base > scale.floor[1] - 3_000_000
        _ = scale.base
    assert [(use.name, use.value, use.source, use.unverified) for use in explanation.parameters] == [
        ("base", 2_340_000, "73/2024/NĐ-CP, Điều 3", True),
        ("floor[1]", 4_960_000, "74/2024/NĐ-CP", False),
    ]
    assert [use.name for use in explanation.unverified] == ["base"]


def test_a_text_may_suppose_another_figure(tmp_path):
    scale = load(tmp_path, GOOD).on(date(2024, 7, 1))
    supposed = scale.supposing(base=1_000_000)
    assert (supposed.base, supposed.floor[1]) == (1_000_000, 4_960_000)
    assert scale.base == 2_340_000


VALUE = "a: {{term: t, unit: u, values: [{values}]}}"
FIRST = "{since: 2016-01-01, value: 1, source: 58/2014/QH13, checked: 2026-01-01}"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            FIRST.replace("source: 58", "until: 2019-12-31, source: 58")
            + ", "
            + FIRST.replace("2016-01-01", "2021-01-01"),
            "leaves a gap",
        ),
        (FIRST + ", " + FIRST, "overlaps"),
        (FIRST.replace("58/2014", "57/2014"), "Unknown instrument"),
        (FIRST.replace("value: 1", "value: 0.08"), "binary float"),
        (FIRST.replace(", checked: 2026-01-01", ""), "neither when it was checked"),
        (FIRST.replace("source: 58/2014/QH13, ", ""), "source missing"),
        (FIRST.replace("since: 2016-01-01, ", ""), "since"),
        (FIRST.replace("value: 1", "value: 1, colour: red"), "unknown keys"),
        ("", "Malformed"),
    ],
)
def test_a_faulty_book_does_not_load(tmp_path, values, said):
    with pytest.raises(LawBookError, match=said):
        load(tmp_path, VALUE.format(values=values))


def test_an_empty_book_does_not_load(tmp_path):
    with pytest.raises(LawBookError, match="empty"):
        load(tmp_path, "")
