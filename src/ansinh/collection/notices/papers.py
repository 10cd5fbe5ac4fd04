"""Văn bản từ số liệu đã ghi: official forms filled from the posted tables, many employers in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q

from ansinh.collection.models import Receipt, Refund, Statement, Urge
from ansinh.collection.month.columns import FUNDS, each
from ansinh.forms.official import b10a, c12, c69a, c83a, d09, d15, urge
from ansinh.forms.official.funds import Position
from ansinh.forms.official.layouts import layout
from ansinh.forms.official.parties import Account
from ansinh.forms.official.parties import Employer as Party
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.months import Month
from ansinh.office import reading
from ansinh.office.models import Unit
from ansinh.office.reading import Purpose, Subject
from ansinh.office.relations import PERIOD, books_over
from ansinh.office.rights import Actor, require
from ansinh.office.units.letterhead import agency
from ansinh.registers.models import CollectingAccount, Employer
from ansinh.registers.relations import PARTICIPATION, PERSON

# the form's names of the funds, in the order of its columns, beside the ledger's
CELLS = {
    "sickness": "sickness_maternity",
    "retirement": "pension_survivors",
    "health": "health",
    "unemployment": "unemployment",
    "injury": "work_injury",
}
OBJECTION_DAYS = 15
VERBS = {"d09": "person.read", "c69a": "person.read", "c83a": "person.read"}
"""Lists of people ask for the right to read people; every other paper for the right to read statements."""
KINDS = {row.code: row.kind for row in layout("C12-TS").rows}


def latest(month: Month, employers: Iterable[int]) -> list[Statement]:
    """The statements in force of a month: the newest version of each employer."""
    return list(
        Statement.objects.filter(month=month.index, employer_id__in=list(employers))
        .order_by("employer_id", "-version")
        .distinct("employer_id")
    )


def statements(month: Month, employers: Sequence[int]) -> list[c12.C12Statement]:
    """Thông báo C12-TS: for each employer that has it, in the order given; a constant number of queries."""
    found = {s.employer_id: s for s in latest(month, employers)}
    parties = Employer.objects.select_related("office__parent").in_bulk(list(found))
    accounts = _accounts({e.office for e in parties.values()}, month.last_day)
    paid: dict[int, list[c12.C12Payment]] = defaultdict(list)
    for r in Receipt.objects.filter(
        matched_month=month.index, state="matched", employer_id__in=list(found)
    ).order_by("value_on", "id"):
        paid[r.employer_id or 0].append(c12.C12Payment(f"UNC {r.reference}", r.value_on, r.amount))
    refunds = Refund.objects.filter(month=month.index, state="approved", receipt__isnull=True)
    for f in refunds.filter(employer_id__in=list(found)):
        paid[f.employer_id or 0].append(c12.C12Payment(f"C16 số {f.pk}", month.last_day, -f.amount))
    return [
        _statement(found[e], parties[e], month, accounts.get(parties[e].office_id), paid[e])
        for e in employers
        if e in found
    ]


def _statement(
    row: Statement,
    employer: Employer,
    month: Month,
    account: Account | None,
    payments: list[c12.C12Payment],
) -> c12.C12Statement:
    rows, paid_up = {}, {}
    for code, cells in row.rows.items():
        if code.startswith("upto."):
            continue
        rows[code] = _row(KINDS[code], cells)
    for code, kind in KINDS.items():
        if kind in {"money", "people", "wages"} and code not in rows:
            parts = _derived(code, row.rows)
            if any(parts):
                rows[code] = _row(kind, parts)
    for name, fund in CELLS.items():
        if cells := row.rows.get(f"upto.{fund}"):
            paid_up[name] = c12.PaidUp(month=Month.from_index(cells[0]), workers=cells[1])
    return c12.C12Statement(
        agency=agency(employer.office),
        employer=party(employer),
        month=month,
        rows=rows,
        payments=payments,
        paid_up=paid_up,
        account=account or Account(number="…", bank="…"),
        issued_on=(month + 1).first_day,
        pay_by=(month + 1).last_day,
        object_by=(month + 1).first_day + timedelta(days=OBJECTION_DAYS),
    )


def _row(kind: str, cells: Sequence[int]) -> c12.C12Row:
    if kind in {"surplus", "payments"}:
        return c12.C12Row.whole(cells[5])
    if kind in {"people", "wages"}:
        return c12.C12Row.count(*cells[:5])
    if kind == "days":
        sickness, retirement, health, unemployment, injury = cells[:5]
        return c12.C12Row(sickness, retirement, health, unemployment, injury, max(cells[:5]))
    return c12.C12Row.money(*cells[:5])


def _derived(code: str, rows: dict[str, list[int]]) -> list[int]:
    """A row the form defines as the sum of its sub-rows (B.1, B.2, B.3, B.3.1, B.4, …)."""
    if code in rows:
        return rows[code]
    formula = next(r.equals for r in layout("C12-TS").rows if r.code == code)
    if not formula or code.startswith(("Đ", "A")):
        return [0] * 6
    parts = [(sign, _derived(sub, rows)) for sign, sub in formula]
    return [sum(sign * cells[i] for sign, cells in parts) for i in range(6)]


def letters(urges: Sequence[Urge]) -> list[urge.UrgeLetter]:
    """Văn bản đôn đốc 01-ĐĐ: from the statements they follow."""
    by_month: dict[int, list[Urge]] = defaultdict(list)
    for u in urges:
        by_month[u.month].append(u)
    found = []
    for index, group in by_month.items():
        papers = {
            p.employer.unit_code: p
            for p in statements(Month.from_index(index), [u.employer_id for u in group])
        }
        found += [
            urge.UrgeLetter.of(papers[u.employer.unit_code], issued_on=u.issued_on, number=u.number)
            for u in group
            if u.employer.unit_code in papers
        ]
    return found


_POSITION = {
    "due_sickness": "sickness_maternity",
    "due_injury": "work_injury",
    "due_retirement": "pension_survivors",
    "due_unemployment": "unemployment",
    "due_health": "health",
}
_CHARGE = {k.replace("due_", "charge_"): v for k, v in _POSITION.items()}


def _position(row: dict[str, int], prefix: str) -> Position:
    """A position from columns such as `b_health`, `b_late_health`, `b_evaded_health`."""
    return Position(
        **{name: row[f"{prefix}_{fund}"] for name, fund in _POSITION.items()},
        **{
            name: row[f"{prefix}_late_{fund}"] + row[f"{prefix}_evaded_{fund}"]
            for name, fund in _CHARGE.items()
        },
    )


def people(actor: Actor, month: Month, employer: Employer) -> list[tuple[c69a.C69Line, c83a.C83Line]]:
    """C69a-HD and C83a-HD lines of an employer's people for a month, from the posted tables (one query).

    A door: whoever holds person.read at the employer; everybody listed is noted as read.
    """
    require(actor, "person.read", at=employer)
    m = month.index
    wide = (*FUNDS, *(f"late_{f}" for f in FUNDS), *(f"evaded_{f}" for f in FUNDS))
    year = m - m % 12

    def years(amount: str) -> str:
        """The part of earlier years and of years ahead."""
        return (
            f"{amount} * (for_month < {year})::int AS earlier, "
            f"{amount} * (for_month >= {year} + 12)::int AS ahead"
        )

    no_years = "0 AS earlier, 0 AS ahead"
    zero_charges = ", ".join(f"0 AS {k}_{f}" for k in ("late", "evaded") for f in FUNDS)
    charges = ", ".join(
        f"CASE WHEN state = {n} THEN {f} ELSE 0 END AS {k}_{f}"
        for n, k in ((1, "late"), (2, "evaded"))
        for f in FUNDS
    )

    def part(mark: str, select: str) -> str:
        return f"SELECT '{mark}' AS mark, person_id, {select}"

    books = f"unit_id = ANY({books_over('%(path)s')})"
    sums = ", ".join(
        f"coalesce(sum({c}) FILTER (WHERE mark = '{k}'), 0)::bigint AS {k}_{c}"
        for k in "bna"
        for c in (*wide, "earlier", "ahead")
    )
    sql = f"""
        SELECT p.si_number, p.full_name, t.*,
               EXISTS (SELECT 1 FROM collection_priorityflag f WHERE f.employer_id = %(e)s
                        AND f.person_id = t.person_id AND f.from_month <= %(m)s)
               OR NOT EXISTS (SELECT 1 FROM {PARTICIPATION} q WHERE q.employer_id = %(e)s
                        AND q.person_id = t.person_id AND q.scheme = 1 AND q.from_month <= %(m)s
                        AND (q.to_month IS NULL OR q.to_month >= %(m)s)) AS first
        FROM (
            SELECT person_id, {sums} FROM (
                {part("b", each("{}", wide))}, {no_years} FROM collection_openitem
                WHERE {books} AND employer_id = %(e)s AND month = %(m)s - 1
                UNION ALL
                {part("n", each("{}"))}, {zero_charges}, {years("greatest(health, 0)")} FROM collection_due
                WHERE {books} AND employer_id = %(e)s AND month = %(m)s
                UNION ALL
                {part("n", each("0 AS {}"))}, {charges}, {no_years} FROM collection_charge
                WHERE {books} AND employer_id = %(e)s AND month = %(m)s
                UNION ALL
                {part("a", each("{}", wide))}, {years("health")} FROM collection_allocation
                WHERE {books} AND employer_id = %(e)s AND month = %(m)s
            ) x GROUP BY person_id
        ) t JOIN {PERSON} p ON p.id = t.person_id ORDER BY p.name_sort, p.id"""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"e": employer.pk, "m": m, "path": employer.office.path})
        names = [c.name for c in cursor.description]
        rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    reading.shown(actor, Subject.PERSON, [row["person_id"] for row in rows], purpose=Purpose.PAPER)
    found = []
    for row in rows:
        owed = c69a.C69Line(
            code=row["si_number"],
            name=row["full_name"],
            opening=_position(row, "b"),
            arising=_position(row, "n"),
            health_of_past_years=row["n_earlier"],
            first_in_line=row["first"],
        )
        given = _position(row, "a")
        found.append(
            (
                owed,
                c83a.C83Line(
                    code=row["si_number"],
                    name=row["full_name"],
                    received=given.total,
                    allocated=given,
                    health_years=(
                        row["a_earlier"],
                        given.due_health - row["a_earlier"] - row["a_ahead"],
                        row["a_ahead"],
                    ),
                    short=owed.closing - given,
                ),
            )
        )
    return found


def unallocated(month: Month, employer: Employer) -> c83a.C83Line:
    """Dòng của đơn vị trên C83a-HD: money that no person's month has taken yet."""
    rows: dict[str, list[int]] = next((s.rows for s in latest(month, [employer.pk])), {})
    before, received, given = (rows.get(code, [0] * 6)[5] for code in ("A.2.1", "C", "D"))
    left = before + received - given
    return c83a.C83Line(
        code=employer.unit_code,
        name=employer.name,
        surplus_before=before,
        received=received - given,
        surplus_after=left,
    )


def insured(actor: Actor, month: Month, employer: Employer) -> d09.D09List:
    """Danh sách D09-TS: who is insured at the employer in the month, on which wages.

    A door: whoever holds person.read at the employer; everybody listed is noted as read.
    """
    require(actor, "person.read", at=employer)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT p.full_name, p.si_number, p.birth_year, p.birth_month, p.birth_day, p.address,
                      q.hospital, q.job_title, d.si_base, d.hi_base, d.ui_base, d.wi_base, p.id
               FROM {PARTICIPATION} q JOIN {PERSON} p ON p.id = q.person_id
               LEFT JOIN (SELECT person_id, sum(si_base) AS si_base, sum(hi_base) AS hi_base,
                                 sum(ui_base) AS ui_base, sum(wi_base) AS wi_base
                          FROM collection_due WHERE unit_id = ANY({books_over("%(path)s")})
                            AND month = ANY(ARRAY(SELECT p.month FROM {PERIOD} p WHERE p.month >= %(m)s))
                            AND employer_id = %(e)s AND for_month = %(m)s
                          GROUP BY person_id) d ON d.person_id = q.person_id
               WHERE q.employer_id = %(e)s AND q.scheme = 1 AND q.from_month <= %(m)s
                 AND (q.to_month IS NULL OR q.to_month >= %(m)s)
               ORDER BY p.name_sort, p.id""",
            {"e": employer.pk, "m": month.index, "path": employer.office.path},
        )
        rows = cursor.fetchall()
    reading.shown(actor, Subject.PERSON, [row[-1] for row in rows], purpose=Purpose.PAPER)
    return d09.D09List(
        agency=agency(employer.office),
        employer=party(employer),
        month=month,
        issued_on=(month + 1).first_day,
        lines=[
            d09.D09Line(
                name=name,
                code=code,
                born=PartialDate(year, birth_month, day),
                address=address,
                clinic=clinic,
                position=title,
                wage_social=int(si or 0),
                wage_health=int(hi or 0),
                wage_unemployment=int(ui or 0),
                wage_injury=int(wi or 0),
            )
            for name, code, year, birth_month, day, address, clinic, title, si, hi, ui, wi, _ in rows
        ],
    )


def urging_results(actor: Actor, month: Month, office: Unit) -> b10a.B10a:
    """Báo cáo B10a-TS: employers behind with payment and how far urging them has come. A door."""
    rows = _behind(actor, month, office)
    urged = set(
        Urge.objects.filter(month__lte=month.index, employer_id__in=rows).values_list(
            "employer_id", flat=True
        )
    )
    names = Employer.objects.in_bulk(list(rows))
    return b10a.B10a(
        agency=agency(office),
        month=month,
        issued_on=(month + 1).first_day,
        lines=[
            b10a.B10Line(
                name=names[e].name,
                code=names[e].unit_code,
                urged=e in urged,
                late=s.short_late > 0,
                evaded=s.short_evaded > 0,
            )
            for e, s in sorted(rows.items(), key=lambda item: names[item[0]].name_sort)
        ],
    )


def evaders(actor: Actor, month: Month, office: Unit) -> d15.D15List:
    """Danh sách D15-TS: employers evading payment, for the public portal. A door."""
    rows = {e: s for e, s in _behind(actor, month, office).items() if s.short_evaded > 0}
    names = Employer.objects.in_bulk(list(rows))
    return d15.D15List(
        agency=agency(office),
        month=month,
        issued_on=(month + 1).first_day,
        lines=[
            d15.D15Line(
                name=names[e].name,
                code=names[e].unit_code,
                address=names[e].address,
                workers=s.workers,
                amount=s.short_late + s.short_evaded,
            )
            for e, s in sorted(rows.items(), key=lambda item: -item[1].short_evaded)
        ],
    )


def _behind(actor: Actor, month: Month, office: Unit) -> dict[int, Statement]:
    require(actor, "report.read", at=office)
    ours = Employer.objects.filter(office__path__startswith=office.path).values("pk")
    newest = (
        Statement.objects.filter(month=month.index, employer_id__in=ours)
        .order_by("employer_id", "-version")
        .distinct("employer_id")
    )
    found = {s.employer_id: s for s in newest if s.short_late or s.short_evaded}
    reading.shown(actor, Subject.EMPLOYER, found, purpose=Purpose.REPORT)
    return found


def party(employer: Employer) -> Party:
    """The employer as it stands on a form."""
    return Party(
        name=employer.name, unit_code=employer.unit_code, address=employer.address, phone=employer.phone
    )


def _accounts(offices: set[Unit], day: date) -> dict[int, Account]:
    """The collecting account of each office on a day: its own, else its parent's; the latest of several."""
    wanted = {o.pk for o in offices} | {o.parent_id for o in offices if o.parent_id}
    valid = CollectingAccount.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        office_id__in=wanted,
        valid_from__lte=day,
        state=CollectingAccount.State.CONFIRMED,
    ).order_by("valid_from")
    by_office = {a.office_id: Account(number=a.number, bank=a.bank, bank_bin=a.bank_bin) for a in valid}
    return {
        o.pk: found
        for o in offices
        if (found := by_office.get(o.pk) or by_office.get(o.parent_id or 0)) is not None
    }
