"""Thông báo kết quả đóng (C12-TS): the rows of the form for every employer, from the tables of the run.

A row is six cells: sickness-maternity, pension-survivors, health, unemployment, work injury, column 6; its
key is the form's own numbering (A brought forward, B arising, C paid, D allocated, Đ carried forward). Rows
that are all zero are left out. Charges of principal brought forward or of the month stand in B.5, those of a
back-payment posted now in B.4.1.3, beside its principal in B.4.1.2 (evaded where any is charged as evaded).
"""

from __future__ import annotations

import duckdb

from ansinh.collection.month.columns import FUNDS, added, each

ORDER = ("sickness_maternity", "pension_survivors", "health", "unemployment", "work_injury")
BASE = ("si_base", "si_base", "hi_base", "ui_base", "wi_base")

FIGURES = (
    "workers",
    "opening",
    "due",
    "charged",
    "received",
    "allocated",
    "short",
    "short_late",
    "short_evaded",
    "charges_open",
    "surplus",
    "days_late",
)


def build(con: duckdb.DuckDBPyConnection, *, month: int) -> None:
    """Make `statement_row`: one row an employer whose statement is new or changed, `rows` as JSON text.

    A statement of which a correction has left nothing gets a version without rows: the former must not stand.
    """
    con.execute("CREATE OR REPLACE TABLE form_row (employer_id BIGINT, code VARCHAR, cells BIGINT[])")
    for code, sql in _rows(month).items():
        con.execute(
            f"INSERT INTO form_row SELECT employer_id, '{code}', cells FROM ({sql}) t(employer_id, cells)"
        )
    con.execute("DELETE FROM form_row WHERE list_max(cells) = 0 AND list_min(cells) = 0")
    _workers_moved(con)
    _paid_up(con, month)
    con.execute(f"""
        CREATE OR REPLACE TABLE statement_row AS
        WITH s AS (
            SELECT employer_id, coalesce(list_max(any_value(cells) FILTER (WHERE code = 'Đ.1')), 0)::INTEGER
                     AS workers,
                   {_cell("A.2.2")} + {_cell("A.3")} - {_cell("A.2.1")} AS opening,
                   {_cell("B.3.1.1")} + {_cell("B.4.1.1")} + {_cell("B.4.1.2.1")} + {_cell("B.4.1.2.2")}
                     - {_cell("B.4.2")} AS due,
                   {_cell("B.5")} + {_cell("B.4.1.3")} AS charged,
                   {_cell("C")} AS received, {_cell("D")} AS allocated,
                   {_cell("Đ.2.2")} AS short, {_cell("Đ.2.2.2")} AS short_late,
                   {_cell("Đ.2.2.3")} AS short_evaded, {_cell("Đ.3")} AS charges_open,
                   {_cell("Đ.2.1")} AS surplus,
                   coalesce(list_max(flatten(list(cells) FILTER (WHERE code LIKE 'Đ.4.%'))), 0)::INTEGER
                     AS days_late,
                   '{{' || string_agg('"' || code || '":' || replace(cells::VARCHAR, ' ', ''), ','
                          ORDER BY code) || '}}' AS rows
            FROM form_row GROUP BY employer_id
        )
        SELECT coalesce(s.employer_id, o.employer_id) AS employer_id,
               {each("coalesce(s.{}, 0) AS {}", FIGURES)}, coalesce(s.rows, '{{}}') AS rows,
               md5(coalesce(s.rows, '{{}}')) AS digest, coalesce(o.version, 0) + 1 AS version
        FROM s FULL JOIN statement_month o USING (employer_id)
        WHERE o.digest IS NULL OR o.digest <> md5(coalesce(s.rows, '{{}}'))""")


def _cell(code: str) -> str:
    return f"coalesce(any_value(cells[6]) FILTER (WHERE code = '{code}'), 0)::BIGINT"


def _money(prefix: str = "", where: str = "TRUE", sign: str = "", less: str = "") -> str:
    """Cells of a money row: sums by fund, column 6 their sum; `less` prefixes columns to take away."""
    cells = [
        f"{sign}coalesce(sum({prefix}{f}{f' - {less}{f}' if less else ''}) FILTER (WHERE {where}), 0)"
        for f in ORDER
    ]
    return f"[{', '.join(cells)}, {' + '.join(cells)}]::BIGINT[]"


def _charges(principal: tuple[str, ...] = ()) -> str:
    """Cells of both kinds of charge together, with the principal where asked."""
    cells = [f"coalesce(sum({f + ' + ' if f in principal else ''}late_{f} + evaded_{f}), 0)" for f in ORDER]
    return f"[{', '.join(cells)}, {' + '.join(cells)}]::BIGINT[]"


def _days(state: int) -> str:
    """Cells of a row of days: the longest delay of what is still owed to each fund."""
    cells = [f"coalesce(max(days_late) FILTER (WHERE state = {state} AND {f} > 0), 0)" for f in ORDER]
    return f"[{', '.join(cells)}, greatest({', '.join(cells)})]::BIGINT[]"


def _whole(expression: str) -> str:
    return f"[0, 0, 0, 0, 0, {expression}]::BIGINT[]"


def _rows(month: int) -> dict[str, str]:
    """The form's rows as SQL giving (employer_id, cells)."""
    before, after, paid = (f"FROM {t} GROUP BY employer_id" for t in ("open_before", "closing", "allocation"))
    charged = f"""SELECT employer_id, person_id, for_month, max(state) AS charged
                  FROM charge WHERE {added(FUNDS, "back_{}")} > 0 GROUP BY ALL"""
    posted = f"""FROM (SELECT employer_id, for_month, {each("{}")}, charged FROM new_due LEFT JOIN ({charged})
                   USING (employer_id, person_id, for_month)) d GROUP BY employer_id"""
    back = f"for_month < {month} AND {added()} > 0"
    fallen = f"for_month < {month} AND {added()} <= 0"
    workers = ", ".join(f"count(DISTINCT person_id) FILTER (WHERE {b} > 0)" for b in BASE)
    wages = ", ".join(f"coalesce(sum({b}), 0)" for b in BASE)
    now = "FROM present GROUP BY employer_id"
    rows = {
        "A.1": "SELECT employer_id, cells::BIGINT[] FROM workers_before",
        "A.2.1": f"SELECT employer_id, {_whole('before')} FROM surplus WHERE before > 0",
        "B.2.1": f"SELECT employer_id, [{wages}, 0]::BIGINT[] {now}",
        "B.3.1.1": f"SELECT employer_id, {_money(where=f'for_month = {month}')} {posted}",
        "B.4.1.1": f"SELECT employer_id, {_money(where=f'{back} AND charged IS NULL')} {posted}",
        "B.4.1.2.1": f"SELECT employer_id, {_money(where=f'{back} AND charged = 1')} {posted}",
        "B.4.1.2.2": f"SELECT employer_id, {_money(where=f'{back} AND charged = 2')} {posted}",
        "B.4.2": f"SELECT employer_id, {_money(where=fallen, sign='-')} {posted}",
        "C": f"""SELECT employer_id, {_whole("sum(amount)")} FROM (
                   SELECT employer_id, amount FROM receipt UNION ALL
                   SELECT employer_id, refunds FROM surplus WHERE refunds <> 0) GROUP BY employer_id""",
        "D": f"SELECT employer_id, {_charges(ORDER)} {paid}",
        "D.1": f"SELECT employer_id, {_money()} {paid}",
        "D.2": f"SELECT employer_id, {_charges()} {paid}",
        "D.2.1": f"SELECT employer_id, {_money('late_')} {paid}",
        "D.2.2": f"SELECT employer_id, {_money('evaded_')} {paid}",
        "Đ.1": f"SELECT employer_id, [{workers}, 0]::BIGINT[] {now}",
        "Đ.2.1": f"""SELECT employer_id, {_whole("p.cash - coalesce(g.got, 0)")}
                     FROM purse p LEFT JOIN spent g USING (employer_id)""",
    }
    for code, prefix, less in (("B.5", "", "back_"), ("B.4.1.3", "back_", "")):
        for suffix, where in (("", "TRUE"), (".1", "state = 1"), (".2", "state = 2")):
            rows[code + suffix] = (
                f"SELECT employer_id, {_money(prefix, where, less=less)} FROM charge GROUP BY 1"
            )
    for block, source in (("A", before), ("Đ", after)):
        rows[f"{block}.2.2"] = f"SELECT employer_id, {_money()} {source}"
        for state in (0, 1, 2):
            rows[f"{block}.2.2.{state + 1}"] = (
                f"SELECT employer_id, {_money(where=f'state = {state}')} {source}"
            )
        rows[f"{block}.3"] = f"SELECT employer_id, {_charges()} {source}"
        rows[f"{block}.3.1"] = f"SELECT employer_id, {_money('late_')} {source}"
        rows[f"{block}.3.2"] = f"SELECT employer_id, {_money('evaded_')} {source}"
        for state in (1, 2):
            rows[f"{block}.4.{state}"] = f"SELECT employer_id, {_days(state)} {source}"
    return rows


def _workers_moved(con: duckdb.DuckDBPyConnection) -> None:
    """B.1: workers more or fewer than in the month before, fund by fund (Đ.1 = A.1 + B.1.1 - B.1.2)."""
    moved = """
        SELECT employer_id, list_transform(
                 range(1, 7), lambda i: coalesce(n.cells[i], 0) - coalesce(o.cells[i], 0)) AS step
        FROM (SELECT * FROM form_row WHERE code = 'Đ.1') n
        FULL JOIN (SELECT * FROM form_row WHERE code = 'A.1') o USING (employer_id)"""
    for code, sign in (("B.1.1", ""), ("B.1.2", "-")):
        con.execute(f"""
            INSERT INTO form_row SELECT employer_id, '{code}', cells FROM (
                SELECT employer_id, list_transform(step, lambda x: greatest({sign}x, 0))::BIGINT[] AS cells
                FROM ({moved})) WHERE list_max(cells) > 0""")


def _paid_up(con: duckdb.DuckDBPyConnection, month: int) -> None:
    """Notes a–đ: for how many workers each fund is paid, and up to which month: cells [month, workers].

    Nothing owed: everybody, to this month. Otherwise the oldest month owed: to it for those paid for it, or
    to the month before for all when nobody is.
    """
    short = " UNION ALL ".join(
        f"SELECT employer_id, '{f}' AS fund, for_month, person_id FROM closing WHERE {f} > 0" for f in FUNDS
    )
    con.execute(f"""
        INSERT INTO form_row
        WITH worker AS (
            SELECT employer_id, count(DISTINCT person_id) AS workers FROM (
                SELECT employer_id, person_id FROM present WHERE hi_base + si_base > 0
                UNION ALL SELECT employer_id, person_id FROM closing)
            GROUP BY 1
        ), short AS ({short}),
        oldest AS (SELECT employer_id, fund, min(for_month) AS month FROM short GROUP BY 1, 2),
        missing AS (
            SELECT employer_id, fund, o.month, count(DISTINCT s.person_id) AS people
            FROM oldest o JOIN short s USING (employer_id, fund) WHERE s.for_month = o.month GROUP BY ALL
        )
        SELECT w.employer_id, 'upto.' || f.fund, CASE
            WHEN m.month IS NULL THEN [{month}, w.workers]
            WHEN w.workers > m.people THEN [m.month, w.workers - m.people]
            ELSE [m.month - 1, w.workers] END
        FROM worker w CROSS JOIN (SELECT unnest({list(FUNDS)}) AS fund) f
        LEFT JOIN missing m ON m.employer_id = w.employer_id AND m.fund = f.fund""")
