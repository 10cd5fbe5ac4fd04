"""Biến động giả lập: the D02-LT lists that some employers hand in during a month.

As many people from outside every scheme come in as leave, so the headcounts of the province stand; others who
come in had a card of their own, which the checks of the list close or refund.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Any

from django.db import connection

from ansinh.demo.population import MINIMUM
from ansinh.forms.intake.d02 import D02Row
from ansinh.forms.intake.synthetic import OFFICIAL, RoughStyle, write_d02
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.months import Month
from ansinh.office.relations import UNIT
from ansinh.registers.relations import EMPLOYER, EMPLOYER_STATUS, PARTICIPATION, PERSON

FILES = {"small": 8, "province": 30}
ROUGH = (
    OFFICIAL,
    RoughStyle(down=2, right=1, dates="excel"),
    RoughStyle(flat=True, misspelt=True, money="dots"),
    RoughStyle(shuffle=3, citizen_column=True, dates="iso"),
    RoughStyle(sections=True, codes_as_numbers=True, extra=True),
)
SCALE_STEP = 330  # thousandths: one step of the scale of a graduate
RAISE = 400_000


@dataclass(frozen=True)
class Submission:
    """Một danh sách nộp trong tháng: the workbook as the employer made it."""

    employer_id: int
    file_name: str
    content: bytes
    dated_on: date
    rows: int


def submissions(unit_path: str, month: Month, count: int, seed: int) -> list[Submission]:
    """The month's lists of `count` employers of a province, drawn from the record as it stands."""
    rng = random.Random(f"{seed}/changes/{month.index}")  # noqa: S311 -- repeatable demonstration, no secret
    firms = _employers(unit_path, month, count, seed)
    staff = _workers([f["id"] for f in firms], month)
    # the first of a list stay: they run the place
    leaving = {f["id"]: min(rng.choice((0, 1, 1, 2)), max(len(staff.get(f["id"], [])) - 2, 0)) for f in firms}
    joining = list(leaving.values())
    rng.shuffle(joining)
    newcomers = iter(_newcomers(unit_path, sum(joining), month, seed))
    others = iter(_card_holders(unit_path, count, month, seed))
    made = []
    for firm, joins in zip(firms, joining, strict=True):
        people = staff.get(firm["id"], [])
        rng.shuffle(people)
        coming = list(islice(newcomers, joins)) + list(islice(others, rng.randrange(2)))
        rows = [_join(firm, person, month, rng) for person in coming]
        going = [people.pop() for _ in range(leaving[firm["id"]])]
        rows += [_row(person, change="leave_job", from_month=month) for person in going]
        for kind in rng.choices(("wage_change", "unpaid_leave", "back_pay"), (6, 2, 2), k=rng.randint(1, 3)):
            if people:
                rows += _amend(people.pop(), kind, month)
        if rows:
            day = date(month.year, month.month, rng.randint(2, 20))
            name = f"D02-{firm['unit_code']}-{month.year}{month.month:02d}.xlsx"
            number = f"{rng.randint(1, 40):02d}/{month.year}"
            content = write_d02(rows, firm["unit_code"], firm["name"], number, day, rng.choice(ROUGH))
            made.append(Submission(firm["id"], name, content, day, len(rows)))
    return sorted(made, key=lambda s: (s.dated_on, s.employer_id))


def spoilt(unit_path: str, month: Month, seed: int) -> Submission | None:
    """A list with the mistakes of every day: a misspelt name, a future month, somebody insured elsewhere."""
    firms = _employers(unit_path, month, 2, seed + 1)
    if len(firms) < 2:
        return None
    first, second = firms
    staff = _workers([f["id"] for f in firms], month)
    own, theirs = staff.get(first["id"], []), staff.get(second["id"], [])
    if len(own) < 3 or not theirs:
        return None
    rng = random.Random(seed)  # noqa: S311 -- repeatable demonstration, no secret
    misspelt = {**own[0], "full_name": "Nguyễn Văn Sai"}
    rows = [
        _row(misspelt, change="wage_change", from_month=month, wage=9_200_000),
        _row(own[1], change="wage_change", from_month=month + 3, wage=9_000_000),
        _join(first, theirs[0], month, rng),
        _row(own[2], change="wage_change", from_month=month, wage=9_100_000),
    ]
    day = date(month.year, month.month, 21)
    content = write_d02(rows, first["unit_code"], first["name"], f"99/{month.year}", day)
    name = f"D02-{first['unit_code']}-{month.year}{month.month:02d}-loi.xlsx"
    return Submission(first["id"], name, content, day, len(rows))


def _join(firm: dict[str, Any], person: dict[str, Any], month: Month, rng: random.Random) -> D02Row:
    minimum = int(firm["floor"])
    pay: dict[str, Any] = (
        {"coefficient_milli": 2_340}
        if firm["budget"]
        else {"wage": minimum + rng.randrange(0, 40) * 50_000, "other_pay": rng.choice((None, 500_000))}
    )
    return _row(
        person,
        change="join",
        from_month=month,
        job="Viên chức" if firm["budget"] else rng.choice(("Công nhân", "Nhân viên", "Kế toán", "Lái xe")),
        contract="indefinite" if rng.random() < 0.6 else "fixed_term",
        contract_from=month.first_day,
        effective_on=month.first_day,
        hospital_code=f"{firm['province']}901",
        **pay,
    )


def _amend(person: dict[str, Any], kind: str, month: Month) -> list[D02Row]:
    if kind == "unpaid_leave":
        return [_row(person, change=kind, from_month=month, to_month=month)]
    first, last = (month, None) if kind == "wage_change" else (month - 1, month - 1)
    if kind == "back_pay" and person["from_month"] > first.index:
        return []
    pay: dict[str, Any] = (
        {
            "coefficient_milli": person["coefficient_milli"] + SCALE_STEP,
            "position_milli": person["position_milli"] or None,
            "seniority": _share(person["seniority_bp"]),
        }
        if person["pay_kind"]
        else {"wage": person["wage"] + RAISE, "other_pay": person["other_pay"] or None}
    )
    return [_row(person, change=kind, from_month=first, to_month=last, job=person["job_title"], **pay)]


def _row(person: dict[str, Any], **given: Any) -> D02Row:
    return D02Row(
        name=person["full_name"],
        si_number=person["si_number"],
        citizen_id=person["citizen_id"],
        birth=PartialDate(person["birth_year"], person["birth_month"], person["birth_day"]),
        **given,
    )


def _share(points: int) -> Fraction | None:
    return Fraction(points, 10_000) if points else None


NAMED = "p.full_name, p.si_number, p.citizen_id, p.birth_year, p.birth_month, p.birth_day"


def _employers(path: str, month: Month, count: int, seed: int) -> list[dict[str, Any]]:
    """Active employers with somebody to change, the larger more often; drawn by a hash of the seed."""
    return _read(
        f"""
        SELECT e.id, e.unit_code, e.name, e.budget, pr.code AS province,
               (ARRAY{list(MINIMUM.values())})[e.region] AS floor
        FROM {EMPLOYER} e
        JOIN {UNIT} o ON o.id = e.office_id JOIN {UNIT} pr ON pr.id = o.parent_id
        JOIN {EMPLOYER_STATUS} s ON s.employer_id = e.id AND s.state = 'active' AND s.valid_to IS NULL
        WHERE o.path LIKE %s AND (SELECT count(*) FROM {PARTICIPATION} t
              WHERE t.employer_id = e.id AND t.scheme = 1 AND t.si AND t.to_month IS NULL
                AND t.worker_group IN (1, 2)) >= 4
        ORDER BY md5(e.id::text || '/{int(seed)}/{month.index}') LIMIT %s""",
        [f"{path}%", count],
    )


def _workers(employers: Sequence[int], month: Month) -> dict[int, list[dict[str, Any]]]:
    """People on the employers' lists with no other job, longest there first."""
    rows = _read(
        f"""
        SELECT t.employer_id, t.from_month, t.pay_kind, t.wage, t.coefficient_milli, t.position_milli,
               t.seniority_bp, t.other_pay, t.job_title, {NAMED}
        FROM {PARTICIPATION} t JOIN {PERSON} p ON p.id = t.person_id
        WHERE t.employer_id = ANY(%s) AND t.scheme = 1 AND t.si AND t.to_month IS NULL AND t.from_month < %s
          AND t.worker_group IN (1, 2) AND p.citizen_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM {PARTICIPATION} x
                          WHERE x.person_id = t.person_id AND x.id <> t.id AND x.to_month IS NULL)
        ORDER BY t.employer_id, t.id""",
        [list(employers), month.index],
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["employer_id"], []).append(row)
    return found


def _newcomers(path: str, count: int, month: Month, seed: int) -> list[dict[str, Any]]:
    """Adults in no scheme at all."""
    return _read(
        f"""
        SELECT {NAMED} FROM {PERSON} p JOIN {UNIT} o ON o.id = p.office_id
        WHERE o.path LIKE %s AND p.birth_year BETWEEN 1976 AND 2006 AND p.identity = 'verified'
          AND p.citizen_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM {PARTICIPATION} t WHERE t.person_id = p.id)
        ORDER BY md5(p.id::text || '/{int(seed)}/{month.index}') LIMIT %s""",
        [f"{path}%", count],
    )


def _card_holders(path: str, count: int, month: Month, seed: int) -> list[dict[str, Any]]:
    """Adults who have only a card: bought by themselves, or given by the budget."""
    return _read(
        f"""
        SELECT {NAMED} FROM {PARTICIPATION} t JOIN {PERSON} p ON p.id = t.person_id
        JOIN {UNIT} o ON o.id = p.office_id
        WHERE o.path LIKE %s AND t.scheme = 3 AND t.to_month IS NULL AND t.health_group IN ('GD', 'DT')
          AND p.birth_year BETWEEN 1976 AND 2006 AND p.identity = 'verified' AND p.citizen_id IS NOT NULL
          AND p.id %% 97 = {month.index % 97}
          AND NOT EXISTS (SELECT 1 FROM {PARTICIPATION} x
                          WHERE x.person_id = p.id AND x.id <> t.id AND x.to_month IS NULL)
        ORDER BY md5(p.id::text || '/{int(seed)}') LIMIT %s""",
        [f"{path}%", count],
    )


def _read(sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
