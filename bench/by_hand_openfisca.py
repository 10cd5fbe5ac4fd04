"""Cùng phép tính bằng OpenFisca-core: run by the bench's own environment, knows nothing of An Sinh.

    python by_hand_openfisca.py figures.json facts.parquet answers.parquet

Arrays in, arrays out: reading and writing Parquet is not counted. Whole-number variables are widened to 64
bits, since the library's own 32 bits overflow on dong; rates are parameters in hundredths of a percent.
Prints {"seconds": …, "cpu": …, "version": …}.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from openfisca_core.variables import config as kinds

kinds.VALUE_TYPES[int]["dtype"] = np.int64

PERSON = build_entity(key="person", plural="people", label="người", is_person=True)
ROUNDS = 3
AMOUNTS = ("sickness_maternity", "pension_survivors", "work_injury", "unemployment", "health")
ANSWERS = (
    "si_base", "hi_base", "ui_base", "wi_base", *AMOUNTS, "worker_total", "employer_total", "total", "counted",
)  # fmt: skip


class Law:
    """The figures of a month as whole numbers; the library hands them out as they were given."""

    def __init__(self, parameters, period):
        self._of = parameters(period)

    def __getattr__(self, name):
        return int(self._of[name])

    def wage(self, region):
        """The regional minimum wage of each person."""
        table = np.array([0] + [int(self._of.minimum_wage[f"r{i}"]) for i in (1, 2, 3, 4)])
        return table[region]


def is_new(period):
    """Whether Law 41/2024/QH15 is in force."""
    return period.start >= (2025, 7, 1)


def money(base, rate):
    """A share of a base, half a dong up; whole numbers only."""
    return (base * rate + 5000) // 10000


def pay(person, period, parameters):
    """Pay before floors and caps."""
    law = Law(parameters, period)
    coefficient, position = person("coefficient_milli", period), person("position_milli", period)
    beyond, seniority = person("beyond_frame_bp", period), person("seniority_bp", period)
    parts = (
        (coefficient + person("reserve_milli", period) + position) * 100_000_000
        + coefficient * 10_000 * beyond
        + ((coefficient + position) * 10_000 + coefficient * beyond) * seniority
    )
    scale = (law.base_salary * parts + 50_000_000_000) // 100_000_000_000
    return person("other_pay", period) + np.where(
        person("pay_kind", period) == 0, person("wage", period), scale
    )


def away(person, period):
    """Working days away."""
    return person("unpaid_days", period) + person("sick_days", period) + person("maternity_days", period)


def covered(person, period, parameters):
    """Insured under compulsory social insurance."""
    group = person("worker_group", period)
    if is_new(period):
        return ~(person("part_time", period) & (person("pay", period) < Law(parameters, period).base_salary))
    outside = np.isin(group, (5, 6))
    return ~(outside | (group == 4)) if period.start < (2018, 12, 1) else ~outside


def long_leave(person, period, parameters):
    """On maternity leave for the month: not due, counted."""
    by_the_day = ~np.isin(person("worker_group", period), (5, 6, 7, 9) if is_new(period) else (7, 9))
    return by_the_day & (person("maternity_days", period) >= Law(parameters, period).unpaid_days_limit)


def due(person, period, parameters):
    """Due by the days of the month."""
    group, limit = person("worker_group", period), Law(parameters, period).unpaid_days_limit
    due_days = person("away", period) < limit
    if is_new(period):
        due_days |= person("first_month", period) & (person("sick_days", period) >= limit)
        due_days |= person("agreed", period) & (group != 8)
    always = np.isin(group, (5, 6, 7, 9) if is_new(period) else (7, 9))
    return always | (due_days & ~person("long_leave", period))


def lowest(person, period, parameters):
    """The floor."""
    law, group = Law(parameters, period), person("worker_group", period)
    if is_new(period):
        return np.full(group.shape, law.base_salary)
    by_employer = np.where(np.isin(group, (1, 4)), law.wage(person("region", period)), 0)
    return np.where(np.isin(group, (7, 8)), law.base_salary, by_employer)


def social(person, period, parameters):
    """Pay between floor and cap."""
    law, group, earned = Law(parameters, period), person("worker_group", period), person("pay", period)
    highest = law.base_cap_multiple * law.base_salary
    if not is_new(period):
        earned = np.where((group == 9) & (earned == 0), law.abroad_multiple * law.base_salary, earned)
        highest = np.where(np.isin(group, (7, 8)), law.base_salary, highest)
    return np.minimum(np.maximum(earned, person("lowest", period)), highest)


def on_base_salary(person, period, parameters):
    """The social base, or the base salary where health and work injury go by it."""
    by_base = np.isin(person("worker_group", period), (7, 8))
    return np.where(by_base, Law(parameters, period).base_salary, person("social", period))


def counted(person, period):
    """Counts as contributed time."""
    here = person("si", period) & person("covered", period)
    return here & (person("due", period) | person("long_leave", period))


def si_base(person, period):
    """Base of social insurance."""
    pays = person("si", period) & person("covered", period) & person("due", period)
    return np.where(pays, person("social", period), 0)


def hi_base(person, period, parameters):
    """Base of health insurance."""
    group, limit = person("worker_group", period), Law(parameters, period).unpaid_days_limit
    staff, alone = np.isin(group, (1, 2, 4, 8)), np.isin(group, (5, 6))
    inside = person("covered", period) & (staff | alone) if is_new(period) else staff
    present = (person("sick_days", period) < limit) & (person("maternity_days", period) < limit)
    pays = person("hi", period) & inside & (alone | present)
    return np.where(pays, person("on_base_salary", period), 0)


def ui_base(person, period, parameters):
    """Base of unemployment insurance."""
    law, group = Law(parameters, period), person("worker_group", period)
    highest = law.unemployment_cap_multiple * law.wage(person("region", period))
    if period.start < (2026, 1, 1):
        highest = np.where(group == 2, law.unemployment_cap_multiple * law.base_salary, highest)
    pays = person("ui", period) & np.isin(group, (1, 2)) & person("covered", period)
    pays &= person("away", period) < law.unpaid_days_limit
    return np.where(pays, np.minimum(np.maximum(person("pay", period), person("lowest", period)), highest), 0)


def wi_base(person, period):
    """Base of the work-injury fund."""
    inside = np.isin(person("worker_group", period), (1, 2, 3, 4, 7))
    pays = person("wi", period) & inside & person("covered", period) & person("due", period)
    return np.where(pays, person("on_base_salary", period), 0)


def sickness_rate(person, period, parameters):
    """Rate of sickness and maternity."""
    nobody = np.isin(person("worker_group", period), (7, 9) if is_new(period) else (7, 8, 9))
    return np.where(nobody, 0, Law(parameters, period).sickness_maternity_rate)


def sickness_maternity(person, period):
    """Sickness and maternity."""
    return money(person("si_base", period), person("sickness_rate", period))


def sickness_worker(person, period):
    """The worker's part of it."""
    group = person("worker_group", period)
    own = np.isin(group, (5, 6)) if is_new(period) else np.zeros(group.shape, bool)
    return np.where(own, person("sickness_maternity", period), 0)


def pension_survivors(person, period, parameters):
    """Pension and survivors."""
    law, group = Law(parameters, period), person("worker_group", period)
    whole = np.isin(group, (5, 6, 7, 9) if is_new(period) else (7, 9))
    rate = np.where(whole, law.pension_whole_rate, law.pension_worker_rate + law.pension_employer_rate)
    if period.start < (2022, 1, 1):
        rate = np.where(group == 4, 0, rate)
    return money(person("si_base", period), rate)


def pension_worker(person, period, parameters):
    """The worker's part of it."""
    law, group = Law(parameters, period), person("worker_group", period)
    whole = np.isin(group, (5, 6, 9) if is_new(period) else (9,))
    rate = np.where(whole, law.pension_whole_rate, law.pension_worker_rate)
    nothing = (group == 7) | (group == 4) if period.start < (2022, 1, 1) else group == 7
    return money(person("si_base", period), np.where(nothing, 0, rate))


def work_injury(person, period, parameters):
    """Work injury."""
    law = Law(parameters, period)
    rate = np.where(person("low_injury_rate", period), law.work_injury_reduced_rate, law.work_injury_rate)
    if not law.work_injury_charged:
        by_budget = person("budget_employer", period) | np.isin(person("worker_group", period), (3, 7))
        rate = np.where(by_budget, rate, 0)
    return money(person("wi_base", period), rate)


def unemployment(person, period, parameters):
    """Unemployment."""
    law, budget = Law(parameters, period), person("budget_employer", period)
    employer = np.where(budget | bool(law.unemployment_employer_charged), law.unemployment_employer_rate, 0)
    if not law.unemployment_disabled_hire_charged:
        employer = np.where(person("ui_relief", period), 0, employer)
    return money(person("ui_base", period), law.unemployment_worker_rate + employer)


def unemployment_worker(person, period, parameters):
    """The worker's part of it."""
    return money(person("ui_base", period), Law(parameters, period).unemployment_worker_rate)


def health(person, period, parameters):
    """Health."""
    return money(person("hi_base", period), Law(parameters, period).health_rate)


def health_worker(person, period, parameters):
    """The worker's part of it."""
    law, alone = Law(parameters, period), np.isin(person("worker_group", period), (5, 6))
    return money(person("hi_base", period), np.where(alone, law.health_rate, law.health_worker_rate))


def worker_total(person, period):
    """What the worker pays."""
    parts = ("sickness_worker", "pension_worker", "unemployment_worker", "health_worker")
    return sum(person(name, period) for name in parts)


def total(person, period):
    """Everything."""
    return sum(person(name, period) for name in AMOUNTS)


def employer_total(person, period):
    """What the employer pays."""
    return person("total", period) - person("worker_total", period)


FORMULAS = (
    pay, away, covered, long_leave, due, lowest, social, on_base_salary, counted, si_base, hi_base, ui_base,
    wi_base, sickness_rate, sickness_maternity, sickness_worker, pension_survivors, pension_worker, work_injury,
    unemployment, unemployment_worker, health, health_worker, worker_total, total, employer_total,
)  # fmt: skip
TRUTHS = {"covered", "long_leave", "due", "counted"}


def system(figures, truths, numbers):
    """The law as a system of variables: facts without formulas, the rest with."""
    made = TaxBenefitSystem([PERSON])
    wages = figures.pop("minimum_wage")
    data = {
        name: {"values": {day: {"value": v} for day, v in values.items()}} for name, values in figures.items()
    }
    data["minimum_wage"] = {
        f"r{i}": {"values": {day: {"value": v[str(i)]} for day, v in wages.items()}} for i in (1, 2, 3, 4)
    }
    made.parameters = ParameterNode("", data=data)
    named = {formula.__name__: formula for formula in FORMULAS}
    for name in [*truths, *numbers, *named]:
        facts = {
            "value_type": bool if name in truths or name in TRUTHS else int,
            "entity": PERSON,
            "definition_period": DateUnit.MONTH,
            "label": name,
        }
        if name in named:
            facts["formula"] = named[name]
        made.add_variable(type(name, (Variable,), facts))
    return made


def compute(law, arrays, truths, numbers):
    """The answers of every row, in the order of the rows; one population a month, as the library wants it."""
    count = len(arrays["row_id"])
    answers = {name: np.empty(count, bool if name in TRUTHS else np.int64) for name in ANSWERS}
    order = np.argsort(arrays["month"], kind="stable")
    months, starts = np.unique(arrays["month"][order], return_index=True)
    for month, rows in zip(months, np.split(order, starts[1:]), strict=True):
        period = f"{month // 12}-{month % 12 + 1:02d}"
        simulation = SimulationBuilder().build_default_simulation(law, len(rows))
        for name in (*truths, *numbers):
            values = arrays[name][rows].astype(bool if name in truths else np.int64)
            simulation.set_input(name, period, values)
        for name in ANSWERS:
            answers[name][rows] = simulation.calculate(name, period)
    return answers


def main(figures_path, facts_path, answers_path):
    """Read, compute ROUNDS times, keep the best time, write the answers."""
    table = pq.read_table(facts_path)
    arrays = {name: table.column(name).to_numpy() for name in table.column_names}
    truths = [n for n in table.column_names if pa.types.is_boolean(table.schema.field(n).type)]
    numbers = [n for n in table.column_names if n not in {"row_id", "month", *truths}]
    law = system(json.loads(Path(figures_path).read_text()), truths, numbers)
    del table
    seconds, cpu = [], []
    for _ in range(ROUNDS):
        wall, busy = time.perf_counter(), time.process_time()
        answers = compute(law, arrays, truths, numbers)
        seconds.append(time.perf_counter() - wall)
        cpu.append(time.process_time() - busy)
    pq.write_table(pa.table({"row_id": arrays["row_id"], **answers}), answers_path)
    print(json.dumps({"seconds": min(seconds), "cpu": min(cpu), "version": version("openfisca-core")}))


if __name__ == "__main__":
    main(*sys.argv[1:])
