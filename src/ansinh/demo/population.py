"""Dân số giả lập: households, people, who is insured how and since when, as columns, from a size and a seed.

Everything is drawn by hashing the row number with a name and the seed, so a row does not depend on how many
threads made it. Amounts are whole dong; shares of a thousand decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa

from ansinh.demo import identities, names
from ansinh.demo.employers import Place
from ansinh.demo.sizes import Size
from ansinh.kernel.months import Month
from ansinh.law.contributions.groups import WorkerGroup

HISTORY = Month(2025, 10)
NEW_MINIMUM = Month(2026, 1)  # 293/2025/NĐ-CP: regional minimum wages from 2026-01-01
MINIMUM_BEFORE = {1: 4_960_000, 2: 4_410_000, 3: 3_860_000, 4: 3_450_000}
MINIMUM = {1: 5_310_000, 2: 4_730_000, 3: 4_140_000, 4: 3_700_000}
EMPLOYEE = WorkerGroup.EMPLOYEE.value
STATE_SCALE = WorkerGroup.STATE_SCALE.value
HOUSEHOLD_OWNER = WorkerGroup.HOUSEHOLD_OWNER.value

# five households in every nineteen people, in one of four patterns
BLOCK, IN_BLOCK = 19, 5
PATTERNS = ((2, 3, 4, 5, 5), (1, 4, 4, 4, 6), (3, 3, 4, 4, 5), (2, 4, 4, 4, 5))


def connect() -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that stays small: two threads, 2 GiB, spilling to a temporary folder."""
    con = duckdb.connect(":memory:")
    con.execute("SET threads = 2")
    con.execute("SET memory_limit = '2GB'")
    return con


def build(
    con: duckdb.DuckDBPyConnection,
    size: Size,
    seed: int,
    *,
    places: Sequence[Place],
    employers: Sequence[dict[str, Any]],
    first_person: int = 1,
    first_household: int = 1,
) -> None:
    """Make the tables `person`, `household`, `participation` and `card` in DuckDB, in the record's columns.

    `job` beside them holds the worker's employer. `person.id` runs from `first_person` without a gap.
    """
    names.register(con)
    con.execute(f"CREATE OR REPLACE MACRO pick(i, salt, n) AS (hash(i, salt, {seed}) % n)::INTEGER")
    con.register("places", pa.Table.from_pylist([vars(p) for p in places]))
    con.register("employers", pa.Table.from_pylist(list(employers)))
    con.execute(
        "CREATE OR REPLACE TABLE employer AS "
        "SELECT id, office_id, region, budget, sort, workers, health_group FROM employers"
    )
    _households(con, size, first_household)
    _people(con, size, first_person)
    _insured(con, size)
    _jobs(con)
    _participations(con, size)
    _cards(con, size)


def _households(con: duckdb.DuckDBPyConnection, size: Size, first: int) -> None:
    blocks = -(-size.people // BLOCK)
    con.execute("""
        CREATE OR REPLACE TABLE place AS
        SELECT *, sum(weight) OVER (ORDER BY code) AS upto, sum(weight) OVER (ORDER BY code) - weight AS above
        FROM places""")
    con.execute(f"""
        CREATE OR REPLACE TABLE household AS
        WITH h AS (
            SELECT b * {IN_BLOCK} + k AS n, b, k, pick(b, 'pattern', 4) AS pattern
            FROM range({blocks}) t(b), range({IN_BLOCK}) s(k)
        ), drawn AS (
            SELECT *, pick(n, 'commune', (SELECT max(upto) FROM place)) AS mark, pick(n, 'people', 1000) AS e
            FROM h
        )
        SELECT {first} + n AS id, n, b, k, pattern, '90{size.province}' || lpad(n::VARCHAR, 8, '0') AS code,
               p.commune_id, p.office_id, p.name AS commune_name, p.code AS commune_code,
               p.name[1:1] = 'P' AS ward,
               CASE WHEN {size.province != "20"} THEN 'Kinh'
                    WHEN e < 430 THEN 'Nùng' WHEN e < 790 THEN 'Tày' WHEN e < 965 THEN 'Kinh' ELSE 'Dao' END
                 AS ethnicity,
               1 + pick(n, 'hamlet', 14) AS hamlet
        FROM drawn JOIN place p ON mark >= p.above AND mark < p.upto""")


def _people(con: duckdb.DuckDBPyConnection, size: Size, first: int) -> None:
    patterns = "[" + ", ".join(str([x for k, m in enumerate(p) for x in [k] * m]) for p in PATTERNS) + "]"
    places = "[" + ", ".join(str([x for m in p for x in range(m)]) for p in PATTERNS) + "]"
    if size.only_workers:
        age = "19 + pick(i, 'age', 40)"
    else:
        age = """CASE
            WHEN place = 0 THEN 24 + pick(i, 'age', 40) + pick(i, 'older', 20)
            WHEN place = 1 THEN 22 + pick(i, 'age', 44)
            WHEN pick(i, 'generation', 1000) < 660 THEN pick(i, 'age', 23)
            WHEN pick(i, 'generation', 1000) < 860 THEN 23 + pick(i, 'age', 20)
            ELSE 62 + pick(i, 'age', 30) END"""
    con.execute(f"""
        CREATE OR REPLACE TABLE body AS
        WITH p AS (
            SELECT i, i // {BLOCK} AS b, (i % {BLOCK})::INTEGER AS pos,
                   pick(i // {BLOCK}, 'pattern', 4) AS pattern
            FROM range({size.people}) t(i)
        ), q AS (
            SELECT i, b * {IN_BLOCK} + {patterns}[pattern + 1][pos + 1] AS n,
                   {places}[pattern + 1][pos + 1] AS place
            FROM p
        ), r AS (
            SELECT *, CASE WHEN place = 0 THEN pick(n, 'head', 1000) < 620
                           WHEN place = 1 THEN pick(n, 'head', 1000) >= 620
                           ELSE pick(i, 'sex', 1000) < 510 END AS male,
                   {age} AS age
            FROM q
        )
        SELECT i, n, place, CASE WHEN male THEN 'M' ELSE 'F' END AS sex, age,
               DATE '2026-01-01' - INTERVAL 1 DAY * (age * 365.25 + pick(i, 'day', 365) + 1)::INTEGER AS birth
        FROM r""")
    con.execute(f"""
        CREATE OR REPLACE TABLE person AS
        WITH b AS (
            SELECT body.*, birth::DATE AS born, h.* EXCLUDE (n, b, k, pattern, id), h.id AS household_id,
                   -- wives keep their own family name; everybody else has the household's
                   CASE WHEN place = 1 OR (place = 0 AND sex = 'F') THEN pick(i, 'family', {names.SLOTS})
                        ELSE pick(body.n, 'family', {names.SLOTS}) END AS family_slot,
                   CASE ethnicity WHEN 'Kinh' THEN 'kinh' WHEN 'Dao' THEN 'dao' ELSE 'tay_nung' END AS of,
                   pick(i, 'identity', 1000) AS ident, pick(i, 'born in', 1000) AS elsewhere
            FROM body JOIN household h USING (n)
        ), named AS (
            SELECT b.*, f.word || ' ' || m.word || ' ' || g.word AS full_name,
                   f.folded || ' ' || m.folded || ' ' || g.folded AS name_fold,
                   f.letters || '!' || m.letters || '!' || g.letters AS letters,
                   f.tones || '0' || m.tones || '0' || g.tones AS tones,
                   f.cases || '0' || m.cases || '0' || g.cases AS cases,
                   CASE WHEN elsewhere < 930 THEN '0{size.province}'
                        ELSE ['001', '004', '006', '024', '019', '034'][1 + elsewhere % 6] END AS born_in,
                   (sex = 'F')::INTEGER + 2 * (year(born) >= 2000)::INTEGER AS digit
            FROM b
            JOIN name_slot f ON f.kind = 'family' AND f.of = b.of AND f.slot = family_slot
            JOIN name_slot m ON m.kind = 'middle' AND m.of = b.sex
             AND m.slot = pick(i, 'middle', {names.SLOTS})
            JOIN name_slot g ON g.kind = 'given' AND g.of = b.sex
             AND g.slot = pick(i, 'given', {names.SLOTS})
        )
        SELECT {first} + i AS id, i, n, '{identities.SI_PREFIX}' || lpad(({first} + i)::VARCHAR, 8, '0')
                 AS si_number,
               CASE WHEN ident >= 5 THEN born_in || digit || lpad((year(born) % 100)::VARCHAR, 2, '0')
                 || ({identities.CITIZEN_RANGE} - 1
                     + CASE WHEN born_in = '0{size.province}' THEN 0 ELSE {1000 * int(size.province)} END
                     + row_number() OVER (
                        PARTITION BY born_in, digit, year(born) ORDER BY i))::VARCHAR END AS citizen_id,
               full_name, name_fold,
               letters || ' ' || rtrim(tones, '0') || ' ' || rtrim(cases, '0') AS name_sort,
               year(born)::SMALLINT AS birth_year,
               CASE WHEN age < 70 OR i % 3 > 0 THEN month(born) END::SMALLINT AS birth_month,
               CASE WHEN age < 70 OR i % 3 > 0 THEN day(born) END::SMALLINT AS birth_day,
               sex, age, ethnicity,
               CASE WHEN age BETWEEN 16 AND 80 AND i % 10 < 8
                    THEN '{identities.PHONE_PREFIX}' || lpad(({first} + i)::VARCHAR, 8, '0')
                    ELSE '' END AS phone,
               CASE WHEN ward THEN 'Tổ dân phố ' ELSE 'Thôn ' END || hamlet || ', ' || commune_name
                 AS address,
               commune_id, office_id, household_id, commune_name, ward,
               CASE WHEN place = 0 THEN 'head' WHEN place = 1 THEN 'spouse' WHEN age < 23 THEN 'child'
                    WHEN age >= 62 THEN 'parent' ELSE 'other' END AS relation,
               CASE WHEN ident < 5 THEN 'no_number' WHEN ident < 12 THEN 'mismatch'
                    WHEN ident < 45 THEN 'unverified' ELSE 'verified' END AS identity,
               CASE WHEN ident >= 45 THEN DATE '2025-08-01' + pick(i, 'verified', 150) END AS identity_on
        FROM named""")


def _insured(con: duckdb.DuckDBPyConnection, size: Size) -> None:
    """Who takes part in what: workers, voluntary, those with a card only; counts exact by construction."""
    con.execute(f"""
        CREATE OR REPLACE TABLE worker AS
        SELECT id, i, sex, age, office_id FROM person WHERE age BETWEEN 19 AND 59
        ORDER BY hash(i, 'worker', 1), i LIMIT {size.workers}""")
    con.execute(f"""
        CREATE OR REPLACE TABLE voluntary AS
        SELECT id, i, row_number() OVER (ORDER BY hash(i, 'voluntary', 2), i) <= {size.voluntary_with_card}
                 AS with_card
        FROM (SELECT id, i FROM person WHERE age BETWEEN 20 AND 64 AND id NOT IN (SELECT id FROM worker)
              ORDER BY hash(i, 'voluntary', 2), i LIMIT {size.voluntary})""")
    con.execute(f"""
        CREATE OR REPLACE TABLE card_only AS
        WITH left_over AS (
            SELECT id, i, n, age, ethnicity, ward FROM person
            WHERE id NOT IN (SELECT id FROM worker)
              AND id NOT IN (SELECT id FROM voluntary WHERE NOT with_card)
            -- children, pupils and the old first; adults who buy a card themselves last
            ORDER BY id IN (SELECT id FROM voluntary WHERE with_card) DESC,
                     age BETWEEN 18 AND 62, hash(i, 'card', 3), i
            LIMIT {size.health_only + size.voluntary_with_card}
        )
        SELECT *, CASE WHEN age < 6 THEN 'TE' WHEN age >= 75 THEN 'BT'
                       WHEN age >= 57 AND pick(i, 'pension', 1000) < 260 THEN 'HT'
                       WHEN pick(n, 'poor', 1000) < 55 THEN 'HN'
                       WHEN pick(n, 'poor', 1000) < 125 THEN 'CN'
                       WHEN age < 18 AND ward THEN 'HS'
                       WHEN ethnicity <> 'Kinh' AND NOT ward THEN 'DT'
                       WHEN age < 23 AND pick(i, 'student', 10) < 6 THEN 'HS'
                       ELSE 'GD' END AS grp
        FROM left_over""")


def _jobs(con: duckdb.DuckDBPyConnection) -> None:
    """Each worker's employer: workers and places of work in order of base office, so most live nearby."""
    con.execute("""
        CREATE OR REPLACE TABLE job AS
        WITH w AS (
            SELECT *, row_number() OVER (ORDER BY office_id, hash(i, 'job', 4), i) AS rank FROM worker
        ), slot AS (
            SELECT e.*, unnest(range(workers)) AS place FROM employer e
        ), s AS (
            SELECT *, row_number() OVER (ORDER BY office_id, id, place) AS rank FROM slot
        )
        SELECT w.id AS person_id, w.i, w.sex, w.age, s.id AS employer_id, s.office_id AS employer_office_id,
               s.region, s.budget, s.sort, s.health_group, s.place
        FROM w JOIN s USING (rank)""")


def _participations(con: duckdb.DuckDBPyConnection, size: Size) -> None:
    old, now = HISTORY.index, NEW_MINIMUM.index
    # first-care facilities of the demonstration: province and a number from 901 on
    hospital = f"'{size.province}9' || lpad((1 + pick(i, 'hospital', 18))::VARCHAR, 2, '0')"
    floor = _by_region(MINIMUM)
    floor_before = _by_region(MINIMUM_BEFORE)
    con.execute(f"""
        CREATE OR REPLACE TABLE pay AS
        SELECT *, sort = 'household' AND place = 0 AS owner,
               CASE WHEN budget THEN [1860, 2060, 2340, 2670, 3000, 3330, 3660, 3990, 4320, 4650, 4980][
                    1 + least(greatest((age - 22) // 3, 0), 10)] ELSE 0 END AS coefficient_milli,
               CASE WHEN budget AND place < 3 THEN [600, 400, 200][place + 1] ELSE 0 END AS position_milli,
               CASE WHEN sort = 'school' AND age > 28 THEN (age - 23) * 100 ELSE 0 END AS seniority_bp,
               -- a worker's pay: at the minimum for a third, then a long tail; heads earn more
               (CASE WHEN budget THEN 0
                     WHEN sort = 'household' THEN {floor}
                     WHEN place = 0 THEN 12_000_000 + pick(i, 'head', 240) * 100_000
                     WHEN pick(i, 'pay', 1000) < 330 THEN {floor}
                     ELSE {floor} + pick(i, 'more', 60) * 25_000
                       + pick(i, 'much', 25) * pick(i, 'far', 25) * 10_000
                END)::BIGINT AS wage,
               CASE WHEN NOT budget AND sort <> 'household' AND pick(i, 'other', 10) < 3
                    THEN 100_000 * (1 + pick(i, 'extra', 12)) ELSE 0 END::BIGINT AS other_pay,
               CASE WHEN budget THEN ['Chuyên viên', 'Giáo viên', 'Viên chức', 'Nhân viên'][
                        CASE sort WHEN 'office' THEN 1 WHEN 'school' THEN 2 ELSE 3 + i % 2 END]
                    WHEN place = 0 THEN 'Giám đốc'
                    ELSE ['Công nhân', 'Nhân viên kinh doanh', 'Kế toán', 'Lái xe', 'Thợ kỹ thuật',
                          'Thủ kho'][1 + pick(i, 'title', 6)] END AS job_title
        FROM job""")
    con.execute(f"""
        CREATE OR REPLACE TABLE span AS
        -- on the minimum wage: one span on the old minimum, one on the new; others mostly keep their pay
        SELECT person_id, employer_id, {old} AS from_month,
               CASE WHEN raised THEN {now - 1} END AS to_month,
               CASE WHEN raised AND wage > 0 THEN greatest(wage - ({floor} - {floor_before}), {floor_before})
                    ELSE wage END AS wage, p.* EXCLUDE (person_id, employer_id, wage, raised)
        FROM (SELECT *, NOT budget AND (wage = {floor} OR pick(i, 'raise', 1000) < 350) AS raised FROM pay) p
        UNION ALL
        SELECT person_id, employer_id, {now}, NULL, wage, p.* EXCLUDE (person_id, employer_id, wage)
        FROM pay p WHERE NOT budget AND (wage = {floor} OR pick(i, 'raise', 1000) < 350)""")
    con.execute(f"""
        CREATE OR REPLACE TABLE participation AS
        WITH compulsory AS (
            SELECT person_id, employer_id, 1 AS scheme, from_month::INTEGER AS from_month,
                   to_month::INTEGER AS to_month,
                   CASE WHEN owner THEN {HOUSEHOLD_OWNER} WHEN budget THEN {STATE_SCALE} ELSE {EMPLOYEE} END
                     AS worker_group,
                   CASE WHEN budget THEN 'HC' ELSE health_group END AS health_group,
                   TRUE AS si, TRUE AS hi, NOT owner AS ui, NOT owner AS wi,
                   CASE WHEN budget THEN 1 ELSE 0 END AS pay_kind, wage, coefficient_milli, position_milli,
                   seniority_bp, CASE WHEN owner THEN 0 ELSE other_pay END AS other_pay, job_title,
                   CASE WHEN i % 5 = 0 THEN 'fixed_term' ELSE 'indefinite' END AS contract,
                   DATE '2010-01-01' + pick(i, 'contract', 5700) AS contract_on,
                   {hospital} AS hospital
            FROM span
        ), second AS (  -- a second contract insures against work injury only
            SELECT j.person_id, e.id AS employer_id, j.i
            FROM job j JOIN employer e ON e.id = (SELECT min(id) FROM employer)
                 + pick(j.i, 'second', (SELECT count(*) FROM employer))
            WHERE pick(j.i, 'two contracts', 1000) < 4 AND e.id <> j.employer_id AND NOT e.budget
              AND e.sort <> 'household'
        )
        SELECT * FROM compulsory
        UNION ALL
        SELECT s.person_id, s.employer_id, 1, {old}, NULL, {EMPLOYEE}, 'DN', FALSE, FALSE, FALSE, TRUE, 0,
               5_400_000 + pick(s.i, 'more', 30) * 100_000, 0, 0, 0, 0, 'Cố vấn', 'fixed_term',
               DATE '2025-10-01', ''
        FROM second s
        UNION ALL
        SELECT id, NULL, 2, {old}, NULL, 0, '', TRUE, FALSE, FALSE, FALSE, 0,
               1_500_000 + CASE WHEN pick(i, 'income', 10) < 7 THEN 0 ELSE pick(i, 'step', 60) * 50_000 END,
               0, 0, 0, 0, '', '', NULL, ''
        FROM voluntary
        UNION ALL
        SELECT id, NULL, 3, CASE WHEN grp = 'GD' THEN {now} ELSE {old} END, NULL, 0, grp, FALSE, TRUE, FALSE,
               FALSE, 0, 0, 0, 0, 0, 0, '', '', NULL,
               {hospital}
        FROM card_only""")


def _cards(con: duckdb.DuckDBPyConnection, size: Size) -> None:
    con.execute(f"""
        CREATE OR REPLACE TABLE card AS
        SELECT p.person_id, health_group || CASE WHEN health_group IN ('TE') THEN '1'
                 WHEN health_group IN ('HN', 'DT', 'BT') THEN '2'
                 WHEN health_group IN ('HT', 'CN') THEN '3' ELSE '4' END
                 || '{size.province}' || si_number AS number,
               CASE WHEN health_group IN ('DN', 'HC') THEN 'employment' WHEN health_group = 'HT' THEN 'fund'
                    WHEN health_group IN ('TE', 'HN', 'DT', 'BT') THEN 'budget'
                    WHEN health_group IN ('CN', 'HS') THEN 'part_budget' ELSE 'self' END AS payer,
               DATE '2026-01-01' AS valid_from, DATE '2026-12-31' AS valid_to, hospital
        FROM participation p JOIN person q ON q.id = p.person_id
        WHERE hi AND to_month IS NULL""")


def _by_region(amounts: dict[int, int]) -> str:
    return "CASE region " + " ".join(f"WHEN {r} THEN {a}" for r, a in amounts.items()) + " END"
