"""Cùng lương hưu bằng OpenFisca-core: run by the bench's own environment, knows nothing of An Sinh.

    python by_hand_openfisca_pensions.py figures.json people.parquet spells.parquet answers.parquet library|arrays

`library` groups spells by what the library offers (`join_with_persons`, `sum`, `min`); `arrays` by numpy beneath it.

A person of the library is a spell, a group entity is the career it belongs to. Arrays in, arrays out: reading
and writing Parquet is not counted. Whole numbers are of 64 bits, shares in hundredths of a percent. Spells come
ordered by career and month, so that what follows a spell is a sum over the array.
Prints {"seconds": …, "cpu": …, "version": …, "gib": …}.
"""

from __future__ import annotations

import json
import resource
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

SPELL = build_entity(key="spell", plural="spells", label="giai đoạn", is_person=True)
CAREER = build_entity(
    key="career",
    plural="careers",
    label="quá trình",
    roles=[{"key": "part", "plural": "parts", "label": "giai đoạn của quá trình"}],
)
ROUNDS = 3
PRIVATE, STATE, VOLUNTARY = 0, 1, 2
NEVER, SPLIT = 99_999, 2014 * 12
FACTS = ("first", "last", "kind", "wage", "multiple_milli")
ANSWERS = (
    "months", "average_wage", "eligible", "rate", "pension", "minimum_applied", "lump_sum", "health", "one_time",
)  # fmt: skip


class Law:
    """The figures of a month as whole numbers; the library hands them out as they were given."""

    def __init__(self, parameters, period):
        self._of = parameters(period)

    def __getattr__(self, name):
        return int(self._of[name])

    def per_month(self, name):
        """Sums of a figure over the months before each month, by the year in which a month lies."""
        years = {int(key[1:]): int(self._of[name][key]) for key in self._of[name]}
        return np.array([years[y] for y in range(min(years), max(years) + 1)], np.int64).repeat(12)

    def last_months(self, begun):
        """Months averaged by the year of the first contribution."""
        table = {int(key[1:]): int(self._of["windows"][key]) for key in self._of["windows"]}
        since = np.array(sorted(table), np.int64)
        months = np.array([table[year] for year in sorted(table)], np.int64)
        found = months[np.searchsorted(since, begun // 12, side="right") - 1]
        return np.where(begun // 12 >= self.whole_career_from_year, 720, found)


def is_new(period):
    """Whether Law 41/2024/QH15 is in force."""
    return period.start >= (2025, 7, 1)


def halves(months, odd):
    """Half years that months count for."""
    left = months % 12
    return months // 12 * 2 + np.where(left == 0, 0, np.where(left <= odd, 1, 2))


def between(weights, spell, period, earliest):
    """Difference of prefix sums over a spell."""
    sums = np.concatenate(([0], np.cumsum(weights)))
    return sums[spell("last", period) + 1 - earliest] - sums[spell("first", period) - earliest]


def length(spell, period):
    """Months of a spell."""
    return spell("last", period) + 1 - spell("first", period)


def months_before_2014_spell(spell, period):
    """Months of a spell before 2014."""
    return np.maximum(np.minimum(spell("last", period) + 1, SPLIT) - spell("first", period), 0)


def adjusted(spell, period, parameters):
    """Pay after adjustment in hundredths of a dong, of the employer's pay and of voluntary incomes."""
    law, kind = Law(parameters, period), spell("kind", period)
    wages = between(law.per_month("wages"), spell, period, law.earliest)
    incomes = between(law.per_month("incomes"), spell, period, law.earliest)
    return spell("wage", period) * np.where(kind == PRIVATE, wages, np.where(kind == VOLUNTARY, incomes, 0))


def state_adjusted_spell(spell, period, parameters):
    """Pay on the State scale after adjustment, in 1/100 000 dong."""
    law = Law(parameters, period)
    paid = law.per_month("wages")[: len(BASE_SALARIES)] * BASE_SALARIES
    weight = between(paid, spell, period, law.earliest)
    return np.where(spell("kind", period) == STATE, spell("multiple_milli", period) * weight, 0)


def state_length(spell, period):
    """Months on the State scale."""
    return np.where(spell("kind", period) == STATE, spell("length", period), 0)


def begun_spell(spell, period):
    """First month of a compulsory spell."""
    return np.where(spell("kind", period) == VOLUNTARY, NEVER, spell("first", period))


def averaged(spell, period):
    """Months of a spell among the last years; the spells lie in the order of their months."""
    own = spell("state_length", period)
    up_to = np.cumsum(own)
    career = spell.career.members_entity_id
    ends = np.append(spell.career.starts[1:], len(own)) - 1
    later = up_to[ends][career] - up_to
    most = spell.career("most", period)
    return np.clip(most - later, 0, own)


def window_part(spell, period):
    """Coefficients of these months."""
    return spell("averaged", period) * spell("multiple_milli", period)


def state_part(spell, period):
    """Coefficients of all months on the State scale."""
    return spell("state_length", period) * spell("multiple_milli", period)


def compulsory_length(spell, period):
    """Months of compulsory insurance."""
    return np.where(spell("kind", period) == VOLUNTARY, 0, spell("length", period))


def begun(career, period):
    """First month of compulsory insurance."""
    spells = career.members("begun_spell", period)
    if BY_LIBRARY:
        return career.min(spells).astype(np.int64)
    # `career.min` of the library walks the members place by place.
    return np.minimum.reduceat(spells, career.starts)


def most(career, period, parameters):
    """Months that the last years have."""
    return Law(parameters, period).last_months(career("begun", period))


def total(name):
    """A group formula that sums a variable of the spells."""

    def formula(career, period):
        spells = career.members(name, period)
        if BY_LIBRARY:
            return career.sum(spells).astype(np.int64)
        # `career.sum` of the library adds in doubles, and takes longer.
        return np.add.reduceat(spells, career.starts)

    return formula


months = total("length")
months_before_2014 = total("months_before_2014_spell")
compulsory_months = total("compulsory_length")
state_months = total("state_length")
window_months = total("averaged")
window_milli = total("window_part")
state_milli = total("state_part")
state_adjusted = total("state_adjusted_spell")
others = total("adjusted")


def average_wage(career, period, parameters):
    """Average monthly pay of the career, half a dong up."""
    law = Law(parameters, period)
    own, other = career("state_months", period), career("others", period)
    multiple, divisor = career("window_milli", period), career("window_months", period)
    if is_new(period):
        whole = career("state_milli", period)
        higher = whole * divisor > multiple * own
        multiple, divisor = np.where(higher, whole, multiple), np.where(higher, own, divisor)
    divisor = np.maximum(divisor, 1)
    late = career("begun", period) >= 12 * law.price_adjusted_from_year
    top = np.where(
        late,
        career("state_adjusted", period) + other * 1000,
        multiple * own * law.base_salary + other * 10 * divisor,
    )
    bottom = np.where(late, 100_000, 1000 * divisor) * career("months", period)
    return (2 * top + bottom) // (2 * bottom)


def eligible(career, period, parameters):
    """Enough months for a pension."""
    return career("months", period) >= 12 * Law(parameters, period).required_years


def earned_rate(career, period, parameters):
    """Rate by the months, in hundredths of a percent."""
    law, male = Law(parameters, period), career("sex", period) == 1
    counted = halves(career("months", period), law.half_year_last_odd_month)
    base = np.where(male, law.men_base_years, law.women_base_years) * 2
    yearly = np.where(male, law.men_yearly_rate, law.women_yearly_rate)
    found = law.first_rate + np.maximum(counted - base, 0) * yearly // 2
    if is_new(period):
        further = np.maximum(counted - 2 * law.short_first_years, 0) * law.short_yearly_rate // 2
        found = np.where(male & (counted < base), law.short_first_rate + further, found)
    return np.minimum(found, law.highest_rate)


def rate(career, period):
    """The rate of who has a pension."""
    return np.where(career("eligible", period), career("earned_rate", period), 0)


def by_rate(career, period):
    """Pension by the rate."""
    return (career("average_wage", period) * career("earned_rate", period) + 5000) // 10_000


def lowest(career, period, parameters):
    """The least pension, by twenty years of compulsory insurance."""
    law = Law(parameters, period)
    enough = career("compulsory_months", period) >= 12 * law.minimum_pension_years
    return np.where(enough, law.base_salary, 0)


def pension(career, period):
    """Monthly pension."""
    paid = np.maximum(career("by_rate", period), career("lowest", period))
    return np.where(career("eligible", period), paid, 0)


def minimum_applied(career, period):
    """Whether it is the least."""
    return career("eligible", period) & (career("by_rate", period) < career("lowest", period))


def lump_sum(career, period, parameters):
    """Once, for the years above those of the highest rate."""
    law, male = Law(parameters, period), career("sex", period) == 1
    if is_new(period):
        full = 12 * np.where(male, law.men_lump_years, law.women_lump_years)
    else:
        base = np.where(male, law.men_base_years, law.women_base_years)
        yearly = np.where(male, law.men_yearly_rate, law.women_yearly_rate)
        full = 12 * base + 12 * (law.highest_rate - law.first_rate) // yearly
    more = halves(np.maximum(career("months", period) - full, 0), law.half_year_last_odd_month)
    paid = (career("average_wage", period) * more * law.lump_sum_multiple + 10_000) // 20_000
    return np.where(career("eligible", period), paid, 0)


def health(career, period, parameters):
    """Health insurance that the fund pays on the pension."""
    return (career("pension", period) * Law(parameters, period).health_rate + 5000) // 10_000


def one_time(career, period, parameters):
    """Paid once to who has too few months."""
    law = Law(parameters, period)
    wage, all_months = career("average_wage", period), career("months", period)
    before, odd = career("months_before_2014", period), law.half_year_last_odd_month
    early, late = law.months_per_year_before_2014, law.months_per_year_from_2014
    all_early = all_months == before
    years = np.where(
        all_early,
        halves(before, odd) * early,
        before // 12 * 2 * early + halves(all_months - before + before % 12, odd) * late,
    )
    paid = (wage * years + 10_000) // 20_000
    few = np.minimum(all_months * law.paid_in_rate, law.most_months_under_a_year)
    paid = np.where(all_months < 12, (wage * few + 5000) // 10_000, paid)
    return np.where(career("eligible", period), 0, paid)


OF_SPELLS = (
    length, months_before_2014_spell, adjusted, state_adjusted_spell, state_length, begun_spell, averaged,
    window_part, state_part, compulsory_length,
)  # fmt: skip
OF_CAREERS = {
    "months": months, "months_before_2014": months_before_2014, "compulsory_months": compulsory_months,
    "state_months": state_months, "window_months": window_months, "window_milli": window_milli,
    "state_milli": state_milli, "state_adjusted": state_adjusted, "others": others,
} | {
    formula.__name__: formula
    for formula in (
        begun, most, average_wage, eligible, earned_rate, rate, by_rate, lowest, pension, minimum_applied,
        lump_sum, health, one_time,
    )
}  # fmt: skip
TRUTHS = {"eligible", "minimum_applied"}
BASE_SALARIES = np.zeros(0, np.int64)
BY_LIBRARY = sys.argv[-1] == "library"


def day(index):
    """The first day of a month index, as the library's parameters are dated."""
    return f"{int(index) // 12}-{int(index) % 12 + 1:02d}-01"


def system(given):
    """The law as a system of variables: facts without formulas, the rest with."""
    global BASE_SALARIES  # noqa: PLW0603 -- the one history that formulas read apart from their period's figures
    held = {int(index): value for index, value in given["base_salaries"].items()}
    earliest = given["earliest"]
    BASE_SALARIES = np.array([held.get(i, 0) for i in range(earliest, max(held) + 1)], np.int64)
    made = TaxBenefitSystem([SPELL, CAREER])
    data = {}
    for name in next(iter(given["figures"].values())):
        data[name] = {"values": {day(i): {"value": f[name]} for i, f in given["figures"].items()}}
    data["earliest"] = {"values": {day(min(given["figures"])): {"value": earliest}}}
    data["windows"] = {
        f"y{year}": {"values": {day(i): {"value": table[year]} for i, table in given["windows"].items()}}
        for year in next(iter(given["windows"].values()))
    }
    for name in ("wages", "incomes"):
        data[name] = {
            f"y{year}": {
                "values": {f"{paid}-01-01": {"value": table[year]} for paid, table in given[name].items()}
            }
            for year in next(iter(given[name].values()))
        }
    made.parameters = ParameterNode("", data=data)
    variables = [(name, SPELL, None) for name in FACTS] + [("sex", CAREER, None)]
    variables += [(one.__name__, SPELL, one) for one in OF_SPELLS]
    variables += [(name, CAREER, one) for name, one in OF_CAREERS.items()]
    for name, entity, formula in variables:
        facts = {
            "value_type": bool if name in TRUTHS else int,
            "entity": entity,
            "definition_period": DateUnit.MONTH,
            "label": name,
        }
        if formula is not None:
            facts["formula"] = formula
        made.add_variable(type(name, (Variable,), facts))
    return made


def compute(law, people, spells):
    """The answers of every person, in the order of the people; one population a month, as the library wants it."""
    answers = {name: np.empty(len(people["month"]), bool if name in TRUTHS else np.int64) for name in ANSWERS}
    place = np.searchsorted(people["person_id"], spells["person_id"])
    month_of = people["month"][place]
    for month in np.unique(people["month"]):
        rows, parts = np.flatnonzero(people["month"] == month), np.flatnonzero(month_of == month)
        period = f"{month // 12}-{month % 12 + 1:02d}"
        builder = SimulationBuilder()
        builder.create_entities(law)
        builder.declare_person_entity("spell", range(len(parts)))
        careers = builder.declare_entity("career", range(len(rows)))
        own = np.searchsorted(rows, place[parts])
        if BY_LIBRARY:
            builder.join_with_persons(careers, own, ["part"] * len(own))
        else:
            # What it comes to for members in order of their groups, without its sorting.
            careers.members_entity_id = own
        careers.starts = np.flatnonzero(np.append(True, own[1:] != own[:-1]))
        simulation = builder.build(law)
        for name in FACTS:
            simulation.set_input(name, period, spells[name][parts].astype(np.int64))
        simulation.set_input("sex", period, people["sex"][rows].astype(np.int64))
        for name in ANSWERS:
            answers[name][rows] = simulation.calculate(name, period)
    return answers


def read(path):
    """The columns of a Parquet file as arrays."""
    table = pq.read_table(path)
    return {name: table.column(name).to_numpy() for name in table.column_names}


def main(figures_path, people_path, spells_path, answers_path):
    """Read, compute ROUNDS times, keep the best time, write the answers."""
    law = system(json.loads(Path(figures_path).read_text()))
    people, spells = read(people_path), read(spells_path)
    seconds, cpu = [], []
    for _ in range(ROUNDS):
        wall, busy = time.perf_counter(), time.process_time()
        answers = compute(law, people, spells)
        seconds.append(time.perf_counter() - wall)
        cpu.append(time.process_time() - busy)
    pq.write_table(pa.table({"person_id": people["person_id"], **answers}), answers_path)
    gib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    told = {"seconds": min(seconds), "cpu": min(cpu), "version": version("openfisca-core"), "gib": gib}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:5])
