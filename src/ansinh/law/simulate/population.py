"""Dân số để thử: people about to retire, each with the spells of a career, in one Parquet file.

One row a person: ``person_id``, ``sex`` (1 male, 2 female), ``birth`` and ``month`` (first pension month) as
month indexes, ``spells``: a list of ``first``, ``last`` (month indexes), ``kind`` (0 the employer's pay, 1
the State scale, 2 voluntary), ``wage`` in dong, ``multiple_milli`` (coefficient and allowances, thousandths).
"""

from pathlib import Path
from typing import Any

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month

__all__ = ["COLUMNS", "MALE_AGE", "load", "synthetic", "write"]

COLUMNS = {
    "person_id": "BIGINT",
    "sex": "SMALLINT",
    "birth": "INTEGER",
    "month": "INTEGER",
    "spells": 'STRUCT("first" INTEGER, "last" INTEGER, kind SMALLINT, wage BIGINT, multiple_milli INTEGER)[]',
}

MALE_AGE, FEMALE_AGE = 738, 684
"""Ages in months near which the people of the synthetic population retire; the law decides, not these."""

EARLIEST = Month(1985, 1).index
SPELLS = 12
LEVELS = (
    *(250, 260, 270, 280, 290, 300, 320, 340, 360, 380),
    *(400, 440, 480, 520, 560, 600, 650, 700, 760, 830),
    *(950, 1100, 1300, 1600, 2000, 2400, 2900, 3400, 3900, 4300),
    *(4700, 5000, 5400, 5800, 6200, 6500, 6600, 6900, 7300, 7700),
    *(8100, 8500, 8900),
)
"""Typical monthly pay of each year from 1985, thousand dong: the shape of a career, no figure of the law."""


def synthetic(con: Any, people: int, seed: int, *, first: Month, last: Month) -> None:
    """Tạo bảng ``people`` và ``spells``: `people` careers of twelve spells, retiring in `first` to `last`.

    The same seed gives the same people on every machine; nobody among them exists. Most work for one kind of
    employer all their life, some change from the State scale to an employer's pay, some end voluntarily.
    """

    def draw(unit: str, mark: int) -> str:
        return f"(hash({unit} * 1000003 + {seed + mark}) >> 20)::BIGINT"

    levels = ", ".join(str(level) for level in LEVELS)
    con.execute(f"""
        CREATE OR REPLACE TABLE people AS
        SELECT person_id, sex, month, (month - age - {draw("person_id", 2)} % 24)::INTEGER AS birth
        FROM (
            SELECT *, CASE WHEN sex = 1 THEN {MALE_AGE} ELSE {FEMALE_AGE} END AS age
            FROM (
            SELECT i::BIGINT AS person_id, (1 + {draw("i", 1)} % 2)::SMALLINT AS sex,
                ({first.index} + {draw("i", 3)} % {last - first + 1})::INTEGER AS month
            FROM range({people}) t(i)
        ))""")
    con.execute(f"""
        CREATE OR REPLACE TABLE spells AS
        WITH career AS (
            SELECT person_id, month, {draw("person_id", 4)} % 100 AS way,
                2 + {draw("person_id", 5)} % 15 AS density, 300 + {draw("person_id", 6)} % 1700 AS standing,
                1860 + {draw("person_id", 7)} % 3000 AS grade,
                greatest(birth + 228 + {draw("person_id", 8)} % 120, {EARLIEST}) AS begun
            FROM people
        ), slot AS (
            SELECT *, k, (month - begun) // {SPELLS} AS width, person_id * 16 + k AS unit
            FROM career, range({SPELLS}) t(k)
        ), drawn AS (
            SELECT person_id, standing, grade, k, unit, (begun + k * width)::INTEGER AS "first",
                least({draw("unit", 9)} % (width * density // 8 + 1), width - 1) AS further,
                CASE WHEN way < 70 THEN 0 WHEN way < 85 THEN 1 WHEN way < 95 THEN (k < 6)::INTEGER
                     WHEN k < 9 THEN 0 ELSE 2 END::SMALLINT AS kind
            FROM slot
        )
        SELECT person_id, "first", ("first" + further)::INTEGER AS "last", kind,
            CASE WHEN kind = 1 THEN 0
                ELSE [{levels}]["first" // 12 - 1984] * standing + {draw("unit", 10)} % 200000
                END::BIGINT AS wage,
            CASE WHEN kind = 1 THEN grade + k * 330 ELSE 0 END::INTEGER AS multiple_milli
        FROM drawn""")


def write(con: Any, path: Path) -> None:
    """Ghi hai bảng ``people``, ``spells`` của một kết nối thành tệp dân số."""
    con.execute(f"""
        COPY (
            SELECT p.*, s.spells FROM people p JOIN (
                SELECT person_id, list({{'first': "first", 'last': "last", 'kind': kind, 'wage': wage,
                    'multiple_milli': multiple_milli}} ORDER BY "first", "last") AS spells
                FROM spells GROUP BY person_id
            ) s USING (person_id) ORDER BY person_id
        ) TO {_text(path)} (FORMAT parquet)""")


def load(con: Any, path: Path) -> int:
    """Đọc tệp dân số thành hai bảng ``people``, ``spells``; the number of people.

    Raises ``BilingualError`` for a file that is not there, columns that are missing, people of one number and
    spells that are empty, end before they begin, overlap or reach the pension month: all of it at once.
    """
    if not path.is_file():
        raise _wrong([(f"không có tệp {path.name}", f"there is no file {path.name}")])
    try:
        found = {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {_source(path)}").fetchall()}
    except Exception as error:  # duckdb has many kinds of its own for a file that is no Parquet
        raise _wrong([(f"{path.name} không phải Parquet", f"{path.name} is no Parquet file")]) from error
    wrong = [
        (f"thiếu cột {name}, kiểu {kind}", f"column {name} of type {kind} is missing")
        for name, kind in COLUMNS.items()
        if name not in found
    ]
    if wrong:
        raise _wrong(wrong)
    con.execute(
        f"CREATE OR REPLACE TABLE people AS SELECT person_id::BIGINT AS person_id, sex::SMALLINT AS sex, "
        f"birth::INTEGER AS birth, month::INTEGER AS month FROM {_source(path)}"
    )
    con.execute(f"""
        CREATE OR REPLACE TABLE spells AS
        SELECT person_id, s."first", s."last", s.kind, s.wage, s.multiple_milli
        FROM (SELECT person_id, unnest(spells::{COLUMNS["spells"]}) AS s FROM {_source(path)})""")
    wrong = list(_faults(con))
    if wrong:
        raise _wrong(wrong)
    return int(con.execute("SELECT count(*) FROM people").fetchall()[0][0])


def _faults(con: Any) -> list[tuple[str, str]]:
    asked = {
        ("dòng có ô trống", "rows with an empty cell"): """
            SELECT count(*) FROM spells
            WHERE "first" + "last" + kind + wage + multiple_milli IS NULL""",
        ("người trùng mã", "people with the same number"): """
            SELECT count(*) - count(DISTINCT person_id) FROM people""",
        ("giai đoạn kết thúc trước khi bắt đầu", "spells that end before they begin"): """
            SELECT count(*) FROM spells WHERE "last" < "first" """,
        ("giai đoạn chồng nhau", "spells that overlap"): """
            SELECT count(*) FROM (
                SELECT "first", lag("last") OVER (PARTITION BY person_id ORDER BY "first") AS before
                FROM spells
            ) WHERE "first" <= before""",
        ("giai đoạn sau tháng nghỉ hưu", "spells that reach the pension month"): """
            SELECT count(*) FROM spells JOIN people USING (person_id) WHERE "last" >= month""",
    }
    counted = {words: con.execute(question).fetchall()[0][0] for words, question in asked.items()}
    return [(f"{n} {vi}", f"{n} {en}") for (vi, en), n in counted.items() if n]


def _source(path: Path) -> str:
    return f"read_parquet({_text(path)})"


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _wrong(faults: list[tuple[str, str]]) -> BilingualError:
    return BilingualError(
        "Tệp dân số không hợp lệ: " + "; ".join(vi for vi, _en in faults),
        "The population is not valid: " + "; ".join(en for _vi, en in faults),
        code="simulate.population",
    )
