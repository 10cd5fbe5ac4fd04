"""Charts: well-formed SVG without inline style, told in words, true to their numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from lxml import etree

from ansinh import charts
from ansinh.charts import Bar, Group, Line, Part, Row, Span, Tile
from ansinh.charts.drawing import axis
from ansinh.kernel.months import Month

SVG = "{http://www.w3.org/2000/svg}"


def drawn(text):
    root = etree.fromstring(text)
    assert "style" not in {name for element in root.iter() for name in element.attrib}
    assert not list(root.iter(f"{SVG}style"))
    assert root.get("role") == "img"
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert set(root.get("aria-labelledby").split()) <= ids
    return root


def words(root):
    return [element.text for element in root.iter(f"{SVG}text")]


CHARTS = {
    "bars": lambda: charts.progress_bars(
        [Bar("Tràng Định <&>", Fraction(1, 2), "1/2", "Chậm", "red")], title='A "b"'
    ),
    "months": lambda: charts.months_line(
        [Line("Thu", ((Month(2026, 1), 5), (Month(2026, 2), None)))], title="T"
    ),
    "timeline": lambda: charts.timeline([Span("A&B", Month(2020, 1), Month(2026, 6), "X")], title="T"),
    "tiles": lambda: charts.tiles(
        [Group("Cơ sở", (Tile("Xã", None, "Chưa có số liệu", "grey"),))], title="T"
    ),
    "parts": lambda: charts.part_bars(
        [Row("Nữ <&>", (Part("cao hơn", 3, "#0b5730"), Part("thấp hơn", 1, "#9b1218")), "3/4")],
        title="T",
        common=False,
    ),
    "no parts": lambda: charts.part_bars([], title="T", common=True),
    "no bars": lambda: charts.progress_bars([], title="T"),
    "no months": lambda: charts.months_line([], title="T"),
    "no spans": lambda: charts.timeline([], title="T"),
    "no tiles": lambda: charts.tiles([], title="T"),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_well_formed_titled_and_described(name):
    root = drawn(CHARTS[name]())
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text


def test_two_charts_on_a_page_share_no_id():
    one, other = (drawn(CHARTS["bars"]()) for _ in range(2))
    assert one.get("aria-labelledby") != other.get("aria-labelledby")


def test_bars_are_as_long_as_their_shares():
    rows = [
        Bar("a", Fraction(1, 2), "", "", due=Fraction(3, 4)), Bar("b", Fraction(3, 2), "", ""), Bar("c", None, "", ""),
    ]  # fmt: skip
    root = drawn(charts.progress_bars(rows, title="T"))
    tracks = [r for r in root.iter(f"{SVG}rect") if r.get("class") is None]
    bars = [r for r in root.iter(f"{SVG}rect") if r.get("class") == "bar"]
    track = int(tracks[0].get("width"))
    assert [int(b.get("width")) for b in bars] == [(track + 1) // 2, track]
    tick = next(root.iter(f"{SVG}line"))
    assert int(tick.get("x1")) == int(tracks[0].get("x")) + round(track * 0.75)
    assert {"50%", "150%", "—"} <= set(words(root))


@pytest.mark.parametrize(("common", "widths"), [(False, [300, 100, 400]), (True, [300, 100, 200])])
def test_parts_share_their_row_or_one_scale(common, widths):
    rows = [
        Row("a", (Part("x", 3, "#000"), Part("y", 1, "#111"), Part("z", 0, "#222")), ""), Row("b", (Part("x", 2, "#000"),), ""),
    ]  # fmt: skip
    root = drawn(charts.part_bars(rows, title="T", common=common))
    assert [int(r.get("width")) for r in root.iter(f"{SVG}rect") if r.get("height") == "22"] == widths
    assert "a: x 3, y 1, z 0; b: x 2." in root.find(f"{SVG}desc").text


def test_a_line_breaks_where_a_month_is_not_known():
    values = [1, 2, None, 4, 5]
    points = tuple((Month(2026, n), v) for n, v in enumerate(values, start=1))
    root = drawn(charts.months_line([Line("Thu", points)], title="T"))
    assert [len(p.get("points").split()) for p in root.iter(f"{SVG}polyline")] == [2, 2]
    assert "02/2026 2" in root.find(f"{SVG}desc").text


@pytest.mark.parametrize("largest", [1, 3, 7, 10, 11, 99, 12_908, 1_815_789_473_684])
def test_the_axis_is_round_and_holds_every_value(largest):
    top, steps = axis(largest)
    assert top >= largest
    assert top % steps == 0


def test_numbers_are_written_the_vietnamese_way():
    root = drawn(charts.months_line([Line("Thu", ((Month(2026, 1), 1_000_000),))], title="T"))
    assert "1.000.000" in words(root)
    tile = Tile("Xã", Fraction(9658, 10000), "Chậm", "yellow")
    assert "96,6% · Chậm" in words(drawn(charts.tiles([Group("g", (tile,))], title="T")))


def test_timeline_spans_cover_their_months():
    spans = [Span("r", Month(2024, 1), Month(2024, 6), ""), Span("r", Month(2024, 7), Month(2024, 12), "")]
    one, other = list(drawn(charts.timeline(spans, title="T")).iter(f"{SVG}rect"))
    assert int(one.get("x")) + int(one.get("width")) == int(other.get("x"))
    assert abs(int(one.get("width")) - int(other.get("width"))) <= 1


def test_long_names_are_cut_and_told_in_full():
    name = "BHXH cơ sở có cái tên rất dài mà không thanh nào chứa hết được"
    root = drawn(charts.progress_bars([Bar(name, None, "", "")], title="T"))
    assert any(w.endswith("…") for w in words(root))
    assert name in root.find(f"{SVG}desc").text


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", charts.TINTS)
def test_words_stand_out_from_their_tint_and_fills_from_paper(name):
    tint, ink = (_luminance(c) for c in charts.TINTS[name])
    assert (tint + 0.05) / (ink + 0.05) >= 4.5
    assert 1.05 / (_luminance(charts.FILLS[name]) + 0.05) >= 3
