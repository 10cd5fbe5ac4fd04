"""The invented province: exact headcounts, numbers that pass the checks, and the same again from a seed."""

from __future__ import annotations

import pytest

from ansinh.demo import employers, identities, names, population
from ansinh.demo.employers import Place
from ansinh.demo.sizes import PROVINCE, SMALL, dong_nai
from ansinh.kernel.identity import citizen_id, citizen_id_facts, enterprise_number, si_number, unit_code
from ansinh.kernel.months import Month
from ansinh.kernel.text import fold, sort_key

PLACES = [
    Place(1, 100, "Phường Tam Thanh", "05986", 3, 30),
    Place(2, 100, "Phường Kỳ Lừa", "06187", 3, 36),
    Place(3, 101, "Xã Thất Khê", "06040", 4, 12),
    Place(4, 101, "Xã Đoàn Kết", "06001", 4, 8),
]


def _build(size, seed):
    listed = employers.build(size, PLACES, seed)
    con = population.connect()
    population.build(con, size, seed, places=PLACES, employers=listed)
    return con, listed


@pytest.fixture(scope="module")
def small():
    con, listed = _build(SMALL, 7)
    yield con, listed
    con.close()


def _one(con, sql):
    return con.execute(sql).fetchall()[0][0]


def test_the_sizes_add_up():
    assert (PROVINCE.people, PROVINCE.participants, PROVINCE.health, PROVINCE.voluntary) == (
        802_114,
        694_705,
        681_797,
        13_000,
    )
    for size in (PROVINCE, SMALL):
        assert size.participants - size.health == size.voluntary - size.voluntary_with_card
        assert size.workers + size.voluntary_with_card + size.health_only - size.health == 0
    assert PROVINCE.voluntary_with_card == 92


def test_people_are_counted_once(small):
    con, _ = small
    running = "FROM participation WHERE to_month IS NULL"
    assert _one(con, "SELECT count(*) FROM person") == SMALL.people
    assert _one(con, f"SELECT count(DISTINCT person_id) {running}") == SMALL.participants
    assert _one(con, f"SELECT count(DISTINCT person_id) {running} AND hi") == SMALL.health
    assert _one(con, f"SELECT count(DISTINCT person_id) {running} AND scheme = 2") == SMALL.voluntary
    assert _one(con, f"SELECT count(DISTINCT person_id) {running} AND scheme = 1") == SMALL.workers
    assert _one(con, "SELECT count(*) FROM card") == SMALL.health


def test_no_two_spans_of_a_scheme_at_an_employer_overlap(small):
    con, _ = small
    assert (
        _one(
            con,
            """
            SELECT count(*) FROM (
                SELECT from_month, lag(coalesce(to_month, 100000)) OVER (
                    PARTITION BY person_id, scheme, employer_id ORDER BY from_month) AS before
                FROM participation) WHERE before >= from_month""",
        )
        == 0
    )


def test_history_begins_before_the_books(small):
    con, _ = small
    assert _one(con, "SELECT min(from_month) FROM participation") == Month(2025, 10).index


def test_numbers_pass_the_checks_and_are_known_as_synthetic(small):
    con, listed = small
    rows = con.execute(
        "SELECT citizen_id, si_number, birth_year, sex FROM person WHERE citizen_id IS NOT NULL"
    ).fetchall()
    assert len({r[0] for r in rows}) == len(rows) > SMALL.people * 0.98
    for number, si, year, sex in rows[::7]:
        assert citizen_id(number) == number
        facts = citizen_id_facts(number)
        assert (facts.birth_year, facts.sex) == (year, "male" if sex == "M" else "female")
        assert si_number(si) == si
        assert identities.is_synthetic(number)
        assert identities.is_synthetic(si)
    for employer in listed:
        assert enterprise_number(employer["tax_code"]) == employer["tax_code"]
        assert str(unit_code(employer["unit_code"], strict=True)) == employer["unit_code"]


def test_names_fold_and_sort_as_the_kernel_does(small):
    con, _ = small
    rows = con.execute("SELECT DISTINCT full_name, name_fold, name_sort FROM person").fetchall()
    assert len(rows) > 5_000
    for name, folded, key in rows[::5]:
        assert (folded, key) == (fold(name), sort_key(name))


@pytest.mark.parametrize("word", ["Nguyễn", "Ước", "Thị Thu", "An", "Ẩn"])
def test_key_parts_join_into_the_key(word):
    letters, tones, cases = names.key_parts(word)
    assert f"{letters} {tones.rstrip('0')} {cases.rstrip('0')}" == sort_key(word)


def test_every_employer_has_somebody_and_workers_sum_up(small):
    con, listed = small
    assert len(listed) == SMALL.employers
    assert sum(e["workers"] for e in listed) == SMALL.workers
    per_employer = dict(con.execute("SELECT employer_id, count(*) FROM job GROUP BY 1").fetchall())
    assert per_employer == {e["id"]: e["workers"] for e in listed}
    assert len({e["name"] for e in listed}) == len({e["unit_code"] for e in listed}) == len(listed)


def test_one_employer_in_each_of_the_ten_other_states_with_its_evidence():
    listed = employers.build(SMALL, PLACES, 7)
    rows = employers.statuses(listed)
    others = [r for r in rows if r["state"] != "active"]
    assert sorted(r["state"] for r in others) == sorted(s for s, _, _ in employers.STATES)
    assert all(r["evidence"] and "{" not in r["evidence"] for r in rows)
    for row in others:
        before = next(r for r in rows if r["employer_id"] == row["employer_id"] and r["state"] == "active")
        assert (row["valid_from"] - before["valid_to"]).days == 1


def test_nobody_is_paid_under_the_regional_minimum(small):
    con, _ = small
    assert (
        _one(
            con,
            f"""SELECT count(*) FROM pay WHERE NOT budget
                AND wage < CASE region WHEN 3 THEN {population.MINIMUM[3]} ELSE {population.MINIMUM[4]} END""",
        )
        == 0
    )


def test_the_same_seed_gives_the_same_province_and_another_gives_another():
    def digest(seed):
        con, listed = _build(SMALL, seed)
        found = (
            _one(con, "SELECT sum(hash(id, full_name, citizen_id, address)) FROM person"),
            _one(con, "SELECT sum(hash(person_id, employer_id, from_month, wage)) FROM participation"),
        )
        con.close()
        return found, [e["name"] for e in listed]

    assert digest(7) == digest(7)
    assert digest(7) != digest(8)


def test_a_province_of_employees_only():
    con, listed = _build(dong_nai(2_000, 40), 1)
    assert len(listed) == 40
    assert _one(con, "SELECT count(DISTINCT person_id) FROM participation WHERE scheme = 1") == 2_000
    assert _one(con, "SELECT count(*) FROM participation WHERE scheme <> 1") == 0
    assert _one(con, "SELECT min(age) FROM person") >= 19
    con.close()
