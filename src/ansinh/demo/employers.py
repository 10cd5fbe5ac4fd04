"""Đơn vị sử dụng lao động giả lập: state offices, schools, firms and shops with invented names and sizes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ansinh.demo import identities
from ansinh.demo.names import lists
from ansinh.demo.sizes import Size
from ansinh.kernel.shares import split
from ansinh.kernel.text import fold, sort_key

STATES = (
    ("suspended", "Thông báo tạm ngừng kinh doanh số {n}/TB-ĐKKD ngày 26/02/2026", date(2026, 3, 1)),
    (
        "pension_suspension",
        "Văn bản số {n}/SNV-LĐ ngày 25/02/2026 đồng ý tạm dừng đóng vào quỹ hưu trí và tử tuất",
        date(2026, 3, 1),
    ),
    (
        "not_evasion",
        "Văn bản số {n}/UBND-KT ngày 20/03/2026 xác nhận thiệt hại do thiên tai",
        date(2026, 4, 1),
    ),
    ("bankrupt", "Quyết định tuyên bố phá sản số {n}/QĐ-TA ngày 28/04/2026", date(2026, 5, 1)),
    ("in_bankruptcy", "Quyết định mở thủ tục phá sản số {n}/QĐ-TA ngày 10/03/2026", date(2026, 3, 10)),
    ("dissolving", "Thông báo về việc giải thể số {n}/TB-ĐKKD ngày 15/04/2026", date(2026, 4, 15)),
    (
        "not_at_address",
        "Thông báo không hoạt động tại địa chỉ đã đăng ký số {n}/TB-CCT ngày 27/02/2026",
        date(2026, 3, 1),
    ),
    ("certificate_withdrawn", "Quyết định thu hồi GCN số {n}/QĐ-ĐKKD ngày 30/03/2026", date(2026, 4, 1)),
    (
        "no_representative",
        "Thông báo không có người đại diện theo pháp luật số {n}/TB-ĐKKD ngày 28/02/2026",
        date(2026, 3, 1),
    ),
    ("dissolved", "Thông báo xóa tên doanh nghiệp số {n}/TB-ĐKKD ngày 27/03/2026", date(2026, 4, 1)),
)


@dataclass(frozen=True)
class Sort:
    """Loại hình: its share of employers, the mean number of workers, and how it is paid and pays."""

    code: str
    share: int
    mean: int
    budget: bool
    group: str
    cycle: int = 1


# shares of a thousand employers; means are only weights among which the workers are shared out
MOUNTAIN = (
    Sort("office", 130, 26, True, "HC"),
    Sort("school", 250, 27, True, "HC"),
    Sort("clinic", 10, 110, True, "HC"),
    Sort("foreign", 10, 260, False, "DN"),
    Sort("private", 460, 20, False, "DN"),
    Sort("cooperative", 30, 6, False, "DN", 3),
    Sort("household", 110, 3, False, "DN", 3),
)
INDUSTRIAL = (
    Sort("office", 40, 30, True, "HC"),
    Sort("school", 60, 35, True, "HC"),
    Sort("foreign", 130, 420, False, "DN"),
    Sort("private", 700, 22, False, "DN"),
    Sort("household", 70, 3, False, "DN", 3),
)


@dataclass(frozen=True)
class Place:
    """Địa bàn: a commune with its base office, minimum-wage region and a share of the people."""

    commune_id: int
    office_id: int
    name: str
    code: str
    region: int
    weight: int


@cache
def words() -> dict[str, Any]:
    """The words of the data file."""
    text = resources.files("ansinh.demo").joinpath("data", "firms.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def build(size: Size, places: Sequence[Place], seed: int, first_id: int = 1) -> list[dict[str, Any]]:
    """Employers as rows of the register, with `sort`, `workers` and `state` beside them.

    `workers` sum to the size's; every employer has at least one. Ten small firms are each in one of the ten
    states other than active.
    """
    rng = random.Random(f"{seed}/employers")  # noqa: S311 -- repeatable demonstration, no secret
    sorts = INDUSTRIAL if size.only_workers else MOUNTAIN
    counts = split(size.employers, [Fraction(s.share) for s in sorts])
    # a second province of the same record goes on where the first cannot have come
    numbers, budgets = identities.enterprise_numbers(2 * first_id), identities.budget_codes(first_id)
    weights = [p.weight for p in places]
    rows: list[dict[str, Any]] = []
    names: set[str] = set()
    for sort, count in zip(sorts, counts, strict=True):
        for serial in range(count):
            place = places[serial % len(places)] if sort.budget else rng.choices(places, weights)[0]
            industry, name = _name(sort, count, serial, serial // len(places), place, rng)
            while name in names:
                name = f"{name} {rng.choice(words()['syllables'])}"
            names.add(name)
            tax = next(numbers)
            code = f"{next(budgets)}HC{industry}" if sort.budget else f"{tax}{sort.group}{industry}"
            rows.append(
                {
                    "id": first_id + len(rows),
                    "unit_code": code,
                    "tax_code": tax,
                    "name": name,
                    "name_fold": fold(name),
                    "name_sort": sort_key(name),
                    "address": f"Số {rng.randint(1, 280)}, {place.name}",
                    "phone": f"{identities.PHONE_PREFIX}9{rng.randint(0, 9_999_999):07d}",
                    "email": f"{code.lower()}@vidu.test",
                    "commune_id": place.commune_id,
                    "office_id": place.office_id,
                    "region": place.region,
                    "cycle": sort.cycle if rng.random() < 0.7 else 1,
                    "budget": sort.budget,
                    "low_injury_rate": sort.code == "foreign" and rng.random() < 0.1,
                    "health_group": sort.group,
                    "opened_on": date(2006, 1, 2) + timedelta(days=rng.randint(0, 6_800)),
                    "sort": sort.code,
                    "weight": sort.mean * rng.randint(20, 220),
                }
            )
    extra = split(size.workers - len(rows), [Fraction(r.pop("weight")) for r in rows])
    for row, workers in zip(rows, extra, strict=True):
        row["workers"] = 1 + workers
        row["state"] = "active"
    small = sorted((r for r in rows if r["sort"] == "private"), key=lambda r: (r["workers"], r["id"]))
    for row, (state, _, _) in zip(small, STATES, strict=False):
        row["state"] = state
    return rows


def statuses(employers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tình trạng: one row active from opening; for the ten in another state, that state from its day on."""
    evidence = {state: (text, since) for state, text, since in STATES}
    rows: list[dict[str, Any]] = []
    for employer in employers:
        other = evidence.get(employer["state"])
        rows.append(
            {
                "employer_id": employer["id"],
                "state": "active",
                "valid_from": employer["opened_on"],
                "valid_to": other[1] - timedelta(days=1) if other else None,
                "evidence": "Hồ sơ đăng ký tham gia TK3-TS",
            }
        )
        if other:
            rows.append(
                {
                    "employer_id": employer["id"],
                    "state": employer["state"],
                    "valid_from": other[1],
                    "valid_to": None,
                    "evidence": other[0].format(n=100 + employer["id"] % 900),
                }
            )
    return rows


def _name(
    sort: Sort, count: int, serial: int, turn: int, place: Place, rng: random.Random
) -> tuple[str, str]:
    """Industry code and name; `turn` counts the times every commune has already had one of the sort."""
    kind_of_place, _, commune = place.name.partition(" ")
    if sort.code == "office":
        if serial < min(len(words()["departments"]), count // 3):
            return "O84", words()["departments"][serial]
        body = words()["bodies"][turn % len(words()["bodies"])]
        return "O84", f"{body} {kind_of_place.lower()} {commune}"
    if sort.code == "school":
        schools = words()["schools"]
        number = f" số {turn // len(schools) + 1}" if turn >= len(schools) else ""
        return "P85", f"Trường {schools[turn % len(schools)]}{number} {commune}"
    if sort.code == "clinic":
        return "Q86", f"Trung tâm Y tế khu vực {commune}"
    two = " ".join(rng.sample(words()["syllables"], 2))
    if sort.code == "foreign":
        line = rng.choice(words()["lines_abroad"])
        return line["industry"], f"Công ty TNHH {line['vi']} {rng.choice(words()['abroad'])} Việt Nam"
    if sort.code == "cooperative":
        return "A01", f"Hợp tác xã Nông nghiệp {two} {commune}"
    if sort.code == "household":
        people = lists()
        family = rng.choice(list(people["family"]["tay_nung"]))
        given = rng.choice(list(people["given"]["F"]))
        return "G47", f"Hộ kinh doanh {family} Thị {given}"
    trade = rng.choice(words()["trades"])
    legal = rng.choice(("Công ty TNHH", "Công ty TNHH MTV", "Công ty Cổ phần"))
    return trade["industry"], f"{legal} {trade['vi']} {two}"
