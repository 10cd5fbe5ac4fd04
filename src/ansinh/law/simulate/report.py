"""Báo cáo một lần thử: lines for the screen of a terminal, and a page with charts that opens anywhere."""

from collections.abc import Iterator
from fractions import Fraction
from html import escape

from ansinh.charts import Part, Row, part_bars
from ansinh.kernel.money import format_dong
from ansinh.kernel.rounding import half_up
from ansinh.law.simulate.reform import Reform
from ansinh.law.simulate.results import Cost, Group, Results, Share

__all__ = ["lines", "page"]

OUTCOMES = (
    ("newly_pensioned", "nay được lương hưu", "now pensioned", "#0b5730"),
    ("higher", "cao hơn", "higher", "#5aa469"),
    ("same", "như cũ", "the same", "#d9dde2"),
    ("lower", "thấp hơn", "lower", "#e0a458"),
    ("pension_lost", "mất lương hưu", "pension lost", "#9b1218"),
)
BEFORE, AFTER = "#7b838c", "#0b4a8f"
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:52rem;padding:0 1rem;color:#15191e}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
    "th,td{padding:.25rem .5rem;text-align:right;border-bottom:1px solid #d9dde2}"
    "td{font-variant-numeric:tabular-nums}th:first-child{text-align:left;min-width:11rem}"
    "svg{width:100%;height:auto}.scroll{overflow-x:auto}"
)


def lines(reform: Reform, found: Results) -> Iterator[str]:
    """Tóm tắt để in ra màn hình: Vietnamese first."""
    yield f"{reform.vi} / {reform.en}"
    whole = found.whole
    yield f"  {format_dong(whole.people)} người / people: {_told(whole)}"
    for group in found.groups:
        yield f"  {group.vi} / {group.en}"
        for share in group.shares:
            yield f"    {share.vi} / {share.en}: {format_dong(share.people)} người; {_told(share)}"
    yield "  Chi theo quỹ và năm, tỷ đồng / cost by fund and year, billion dong"
    for cost in found.costs:
        yield f"    {cost.year} {cost.vi} / {cost.en}: {_costs(cost)}"


def page(reform: Reform, found: Results) -> str:
    """Trang báo cáo: one HTML file with its charts and tables, in both languages."""
    parts = [
        f"<h1>{escape(reform.vi)}</h1><p lang='en'>{escape(reform.en)}</p>",
        f"<p>{format_dong(found.whole.people)} người / people. {escape(_told(found.whole))}</p>",
    ]
    for group in found.groups:
        parts.append(_group_chart(group))
        parts.append(_group_table(group))
    for fund in dict.fromkeys(cost.fund for cost in found.costs):
        held = [cost for cost in found.costs if cost.fund == fund]
        parts.append(_cost_chart(held))
        parts.append(_cost_table(held))
    parts.append(
        "<p>Chi của những người trong tệp, theo mức hưởng lần đầu: không giả định người chết hay các lần "
        "điều chỉnh sau. / Cost of the people in the file at the amounts first awarded: no deaths and no "
        "later increases are supposed.</p>"
    )
    body = "".join(parts)
    return (
        "<!doctype html><html lang='vi'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>{escape(reform.vi)}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )


def _told(share: Share) -> str:
    counted = [
        f"{vi} / {en} {format_dong(count)} ({_percent(share.part(count))})"
        for name, vi, en, _colour in OUTCOMES
        if (count := getattr(share, name))
    ]
    means = f"{format_dong(share.before_mean)} → {format_dong(share.after_mean)}"
    return f"{', '.join(counted)}; lương hưu bình quân / mean pension {means}"


def _group_chart(group: Group) -> str:
    rows = [
        Row(
            share.vi,
            tuple(Part(vi, getattr(share, name), colour) for name, vi, _en, colour in OUTCOMES),
            f"{_percent(share.part(share.winners))} lợi, {_percent(share.part(share.losers))} thiệt",
        )
        for share in group.shares
    ]
    title = f"Được lợi và bị thiệt theo {group.vi.lower()} / winners and losers by {group.en.lower()}"
    return part_bars(rows, title=title, common=False)


def _group_table(group: Group) -> str:
    heads = ["", "người / people", *(f"{vi} / {en}" for _n, vi, en, _c in OUTCOMES)]
    heads += ["lương hưu bq trước / mean before", "sau / after"]
    rows = [
        [
            f"{share.vi} / {share.en}",
            format_dong(share.people),
            *(format_dong(getattr(share, name)) for name, *_rest in OUTCOMES),
            format_dong(share.before_mean),
            format_dong(share.after_mean),
        ]
        for share in group.shares
    ]
    return _table(f"{group.vi} / {group.en}", heads, rows)


def _cost_chart(costs: list[Cost]) -> str:
    rows = []
    for cost in costs:
        rows.append(
            Row(
                f"{cost.year} trước",
                (Part("trước / before", abs(cost.before), BEFORE),),
                _billions(cost.before),
            )
        )
        rows.append(
            Row(f"{cost.year} sau", (Part("sau / after", abs(cost.after), AFTER),), _billions(cost.after))
        )
    return part_bars(rows, title=f"{costs[0].vi} / {costs[0].en}, tỷ đồng", common=True)


def _cost_table(costs: list[Cost]) -> str:
    heads = ["năm / year", "trước / before", "sau / after", "chênh lệch / difference"]
    rows = [
        [str(c.year), format_dong(c.before), format_dong(c.after), format_dong(c.after - c.before)]
        for c in costs
    ]
    return _table(f"{costs[0].vi} / {costs[0].en} (đồng / dong)", heads, rows)


def _table(caption: str, heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f"<th scope='col'>{escape(one)}</th>" for one in heads)
    body = "".join(f"<tr><th scope='row'>{escape(row[0])}</th>{_cells(row[1:])}</tr>" for row in rows)
    return (
        f"<div class='scroll'><table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _cells(values: list[str]) -> str:
    return "".join(f"<td>{escape(value)}</td>" for value in values)


def _costs(cost: Cost) -> str:
    return f"{_billions(cost.before)} → {_billions(cost.after)} ({_billions(cost.after - cost.before)})"


def _billions(value: int) -> str:
    tenths = half_up(Fraction(value, 10**8))
    sign, size = ("-" if tenths < 0 else ""), abs(tenths)
    return f"{sign}{format_dong(size // 10)},{size % 10}"


def _percent(share: Fraction) -> str:
    tenths = half_up(share * 1000)
    return f"{tenths // 10},{tenths % 10}%"
