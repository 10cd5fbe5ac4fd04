"""Cùng phép tính, viết tay bằng Polars: the same steps as the hand-written SQL, on data frames in memory."""

from __future__ import annotations

import polars as pl

from bench import figures
from bench.by_hand_sql import FLAGS


def terms() -> pl.DataFrame:
    """Floors, caps, rates and who is insured, one row a month, group and region."""
    return pl.DataFrame(figures.all_terms()).with_columns(
        [pl.col(f).cast(pl.Boolean) for f in FLAGS]
        + [pl.col("month").cast(pl.Int32), pl.col("worker_group", "region").cast(pl.Int16)]
    )


def dues(facts: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The dues of every row of `facts`, in the columns of the law's own answer."""
    c = pl.col

    def money(base: str, rate: str | pl.Expr) -> pl.Expr:
        points = c(rate) if isinstance(rate, str) else rate
        return (c(base) * points + 5000) // 10000

    whole = {
        name: c(name).cast(pl.Int64) for name in ("coefficient_milli", "reserve_milli", "position_milli")
    }
    coefficient, reserve, position = whole.values()
    beyond, seniority = c("beyond_frame_bp").cast(pl.Int64), c("seniority_bp").cast(pl.Int64)
    parts = (
        (coefficient + reserve + position) * 100_000_000
        + coefficient * 10_000 * beyond
        + ((coefficient + position) * 10_000 + coefficient * beyond) * seniority
    )
    on_scale = (c("base_salary") * parts + 50_000_000_000) // 100_000_000_000
    limit = c("limit_days")
    employer_pays_ui = (c("budget_employer") | (c("jobless_charged") == 1)) & (
        ~c("ui_relief") | (c("jobless_disabled") == 1)
    )
    on_scale_pay = pl.when(c("pay_kind") == 0).then(c("wage")).otherwise(on_scale)
    funds = ("sickness_maternity", "pension_survivors", "work_injury", "unemployment", "health")
    return (
        facts.lazy()
        .join(held.lazy(), on=["month", "worker_group", "region"], maintain_order="none")
        .with_columns(
            pay=c("other_pay") + on_scale_pay,
            away=c("unpaid_days") + c("sick_days") + c("maternity_days"),
            wi_rate=pl.when(c("budget_employer") | (c("injury_charged") == 1))
            .then(pl.when("low_injury_rate").then(c("injury_low")).otherwise(c("injury")))
            .otherwise(0),
            ui_rate=c("jobless_worker") + pl.when(employer_pays_ui).then(c("jobless_employer")).otherwise(0),
        )
        .with_columns(
            covered=c("insured") & ~(c("new_law") & c("part_time") & (c("pay") < c("base_salary"))),
            long_leave=c("by_the_day") & (c("maternity_days") >= limit),
            due=~c("by_the_day")
            | (
                (c("maternity_days") < limit)
                & (
                    (c("away") < limit)
                    | (c("new_law") & c("first_month") & (c("sick_days") >= limit))
                    | (c("may_agree") & c("agreed"))
                )
            ),
            social=pl.min_horizontal(
                pl.max_horizontal(
                    pl.when(c("pay") == 0).then(c("nothing_earned")).otherwise(c("pay")), c("lowest")
                ),
                c("highest"),
            ),
        )
        .with_columns(fixed=pl.when("on_base_salary").then(c("base_salary")).otherwise(c("social")))
        .with_columns(
            counted=c("si") & c("covered") & (c("due") | c("long_leave")),
            si_base=pl.when(c("si") & c("covered") & c("due")).then(c("social")).otherwise(0),
            hi_base=pl.when(
                c("hi")
                & c("in_hi")
                & (c("covered") | ~c("new_law"))
                & (c("alone") | ((c("sick_days") < limit) & (c("maternity_days") < limit)))
            )
            .then(c("fixed"))
            .otherwise(0),
            ui_base=pl.when(c("ui") & c("in_ui") & c("covered") & (c("away") < limit))
            .then(pl.min_horizontal(pl.max_horizontal(c("pay"), c("lowest")), c("ui_highest")))
            .otherwise(0),
            wi_base=pl.when(c("wi") & c("in_wi") & c("covered") & c("due")).then(c("fixed")).otherwise(0),
        )
        .with_columns(
            sickness_maternity=money("si_base", "sickness"),
            pension_survivors=money("si_base", "pension"),
            work_injury=money("wi_base", "wi_rate"),
            unemployment=money("ui_base", "ui_rate"),
            health=money("hi_base", "medical"),
            worker_total=money("si_base", "sickness_worker")
            + money("si_base", "pension_worker")
            + money("ui_base", "jobless_worker")
            + money("hi_base", "medical_worker"),
        )
        .with_columns(total=pl.sum_horizontal(funds))
        .with_columns(employer_total=c("total") - c("worker_total"))
        .select(
            "row_id", "si_base", "hi_base", "ui_base", "wi_base", *funds,
            "worker_total", "employer_total", "total", "counted",
        )
        .collect()
    )  # fmt: skip
