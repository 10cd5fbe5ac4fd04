"""Giao, điều chỉnh chỉ tiêu và đo số thực hiện: the only ways plans and figures come into the record.

A plan is worked on in a draft: `draft` copies the targets in force, `cascade` changes them, `decide` seals
them under the number of the decision. What was decided before stays as it was.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from ansinh.kernel.months import Month
from ansinh.office import hands, units
from ansinh.office.measures import Asked
from ansinh.office.models import Unit
from ansinh.office.rights import Actor, require
from ansinh.steering.targets import dictionary, plans, proposals
from ansinh.steering.targets import measure as rules
from ansinh.steering.targets.models import Difference, Figure, Indicator, Plan, PlanVersion, Target
from ansinh.steering.targets.plans import EDIT, Allocation, Gap, PlanError, Problem, check, gaps, in_words
from ansinh.steering.targets.proposals import Method, Proposal
from ansinh.steering.targets.published import BadFigure, Book, Published, book

BATCH = 2_000
THING = "plan_version"


@dataclass(frozen=True, slots=True)
class Cascaded:
    """Kết quả giao: how many targets were written, and what does not add up yet."""

    written: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Kết quả nạp: how many figures and derived targets were new."""

    figures: int
    targets: int


def open_plan(*, actor: Actor | None, unit: Unit, year: int, source: str) -> Plan:
    """Mở kế hoạch năm của một đơn vị; the same again returns it. `source`: government or vss."""
    _require(actor, unit)
    if source not in Plan.Source.values:
        raise PlanError(f"Nguồn giao lạ: {source}", f"Unknown source: {source}", code="plan.source")
    return Plan.objects.get_or_create(unit=unit, year=year, source=source)[0]


@transaction.atomic
def draft(
    *,
    actor: Actor | None,
    plan: Plan,
    decision: str,
    decided_on: date,
    decided_by: Unit,
    note: str = "",
) -> PlanVersion:
    """Lập dự thảo quyết định giao, điều chỉnh: the next version, the targets in force copied into it.

    The decision must be numbered, dated not before the last one, and taken by the plan's unit, one above it,
    or one below it. Raises `PlanError` with every problem; code ``plan.draft`` while another draft is open.
    """
    _require(actor, decided_by)
    Plan.objects.select_for_update().get(pk=plan.pk)
    last = plan.versions.order_by("-number").first()
    if last and last.state == PlanVersion.State.DRAFT:
        raise PlanError(
            f"Đang có dự thảo phiên bản {last.number}, quyết định hoặc bỏ dự thảo đó trước",
            f"Version {last.number} is still a draft: decide or drop it first",
            code="plan.draft",
        )
    problems = []
    if not decision.strip():
        problems.append(Problem(-1, "Thiếu số quyết định", "The number of the decision is missing"))
    if last and decided_on < last.decided_on:
        problems.append(
            Problem(
                -1,
                f"Ngày quyết định trước quyết định đang có hiệu lực ({last.decided_on:%d/%m/%Y})",
                f"The decision is dated before the one in force ({last.decided_on})",
            )
        )
    above, below = plan.unit.path.startswith(decided_by.path), decided_by.path.startswith(plan.unit.path)
    if not (above or below):
        problems.append(
            Problem(
                -1,
                f"{decided_by} không có quyền quyết định kế hoạch của {plan.unit}",
                f"{decided_by} does not decide plans of {plan.unit}",
            )
        )
    _raise(problems, "plan.decision")
    version = PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        decision=decision.strip(),
        decided_on=decided_on,
        decided_by=decided_by,
        supersedes=last,
        note=note,
        prepared_by=actor.user if actor else None,
    )
    if actor is not None:
        hands.wrote(actor, THING, version.pk, act="draft")
    if last:
        with connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO targets_target (version_id, indicator_id, unit_id, month, amount, low, high)
                   SELECT %s, indicator_id, unit_id, month, amount, low, high
                   FROM targets_target WHERE version_id = %s""",
                [version.pk, last.pk],
            )
    return version


@transaction.atomic
def cascade(*, actor: Actor | None, version: PlanVersion, allocations: Sequence[Allocation]) -> Cascaded:
    """Giao chỉ tiêu xuống cấp dưới: write allocations into a draft; the same unit again is replaced.

    Province, base offices and communes may come in one list, or level by level. What does not add up is
    returned, not refused: `decide` asks for the reason. Whoever writes a row is a maker of the version.
    Raises `PlanError` with every problem found, code ``plan.allocations``; ``plan.decided`` when the version
    is not a draft any more.
    """
    _require(actor, version.plan.unit, or_below=True)
    _draft_only(version)
    checked = check(version, allocations, actor)
    _raise(checked.problems, "plan.allocations")
    if actor is not None and checked.rows:
        hands.wrote(actor, THING, version.pk, act="cascade")
    Target.objects.bulk_create(
        checked.rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["version", "indicator", "unit", "month"],
        update_fields=["amount", "low", "high"],
    )
    return Cascaded(len(checked.rows), tuple(gaps(version)))


def as_seen(version: PlanVersion) -> str:
    """Dấu của một phiên bản: the decision, all its targets, the gaps between levels, and who wrote them."""
    return hands.seen(
        version.pk,
        version.state,
        version.decision,
        version.decided_on,
        version.decided_by_id,
        version.note,
        plans.digest(version),
        [(g.indicator_id, g.unit_id, g.month, g.parent_amount, g.children_amount) for g in gaps(version)],
        hands.makers(THING, version.pk),
    )


@transaction.atomic
def decide(*, actor: Actor | None, version: PlanVersion, seen: str | None, reason: str = "") -> PlanVersion:
    """Quyết định: seal a draft; differences between levels are stored with their reason.

    Whoever wrote any row of it cannot decide it; `seen` is `as_seen` of what the page showed (None for an act
    of the system). A unit below the plan's decides its own targets only. Raises HandError; `PlanError`, code
    ``plan.gaps`` with each difference in words when there are some and no reason is given; ``plan.outside``;
    ``plan.empty``; ``plan.decided``.
    """
    _require(actor, version.decided_by)
    current = _draft_only(version)
    if actor is not None:
        hands.require_seen(seen or "", as_seen(current))
        _raise(plans.outside(current), "plan.outside")
        hands.decided(actor, THING, version.pk, act="decide", seen=seen or "")
    if not version.targets.exists():
        raise PlanError("Chưa giao chỉ tiêu nào", "No target has been set", code="plan.empty")
    left = gaps(version)
    if left and not reason.strip():
        _raise(in_words(left), "plan.gaps")
    Difference.objects.bulk_create(
        Difference(
            version=version,
            indicator_id=gap.indicator_id,
            unit_id=gap.unit_id,
            month=gap.month,
            parent_amount=gap.parent_amount,
            children_amount=gap.children_amount,
            reason=reason.strip(),
        )
        for gap in left
    )
    return _seal(version, actor)


@transaction.atomic
def drop(*, actor: Actor | None, version: PlanVersion, seen: str | None) -> None:
    """Bỏ dự thảo: delete a draft with its targets, as they were seen.

    A decided version is refused, here and by the database.
    """
    _require(actor, version.decided_by)
    current = _draft_only(version)
    if actor is not None:
        hands.require_seen(seen or "", as_seen(current))
    version.delete()


def propose(
    *,
    version: PlanVersion,
    indicator: str,
    method: Method,
    parent: Unit,
    month: Month | None = None,
) -> list[Proposal]:
    """Đề xuất phân bổ a unit's target: to the units below it, summing to it. See `proposals.propose`."""
    return proposals.propose(version=version, indicator=indicator, method=method, parent=parent, month=month)


@transaction.atomic
def measure(
    month: Month,
    *,
    unit: Unit,
    actor: Actor | None = None,
    report: Callable[[str, int], None] | None = None,
) -> dict[str, int]:
    """Đo số thực hiện của một tháng: for a unit and everything below it: new figures written, by rule.

    One statement a rule, and one for what several rules read. A figure that has not changed since it was
    last measured is not written again. `report` is told each rule that is measured.
    """
    if actor is not None:
        require(actor, "run.start", at=unit)
    load_indicators()
    written = {}
    with connection.cursor() as cursor:
        # two measurings of one month at once would both find the figure missing
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('targets.measure'), %s)", [month.index])
        terms = Asked(unit.path, month).terms()
        staged: set[str] = set()
        for indicator in Indicator.objects.exclude(rule=""):
            measured = rules.RULES[indicator.rule]
            if measured.stage and measured.stage.table not in staged:
                cursor.execute(measured.stage.create, terms)
                staged.add(measured.stage.table)
            cursor.execute(
                rules.statement(measured),
                {
                    **terms,
                    "indicator": indicator.pk,
                    "rule": indicator.rule,
                    "since": _since(indicator, month),
                    "communes": measured.by_commune,
                    "basis": json.dumps({"rule": indicator.rule, "month": str(month)}),
                },
            )
            written[indicator.rule] = cursor.rowcount
            if report is not None:
                report(indicator.rule, 1)
        for table in staged:
            cursor.execute(f"DROP TABLE {table}")
    return written


def _since(indicator: Indicator, month: Month) -> date:
    if indicator.kind == Indicator.Kind.YEAR_TO_DATE:
        return date(month.year, 1, 1)
    return month.first_day if indicator.kind == Indicator.Kind.PER_MONTH else month.last_day


def load_indicators() -> int:
    """Nạp danh mục chỉ tiêu: write what is new or changed; how many."""
    known = {i.code: i for i in Indicator.objects.all()}
    fresh = [Indicator(**entry.fields()) for code, entry in dictionary.entries().items() if code not in known]
    changed = []
    for code, entry in dictionary.entries().items():
        if code in known and any(
            getattr(known[code], name) != value for name, value in entry.fields().items()
        ):
            for name, value in entry.fields().items():
                setattr(known[code], name, value)
            changed.append(known[code])
    if changed:
        Indicator.objects.bulk_update(changed, [n for n in dictionary.NAMES if n != "code"])
    Indicator.objects.bulk_create(fresh)
    return len(fresh) + len(changed)


@transaction.atomic
def load_published(source: Book | None = None) -> Loaded:
    """Nạp số liệu đã công bố: with the targets they imply; a second call writes nothing.

    The units of the figures' days must be in the record (`office.units.load`). Targets worked back from
    percents go into a version marked derived, of a plan that has none. Raises `BadFigure`, code
    ``figure.changed``, when a figure was loaded before with another amount: published figures do not change.
    """
    figures = (source or book()).figures
    load_indicators()
    indicators = {i.code: i for i in Indicator.objects.all()}
    known = dict(Figure.objects.filter(origin="published").values_list("source", "amount"))
    for key, figure in figures.items():
        if key in known and known[key] != figure.amount:
            raise BadFigure(
                f"Số liệu {key} đã nạp với giá trị khác: {known[key]}",
                f"Figure {key} was loaded before with another amount: {known[key]}",
                code="figure.changed",
            )
    places = {
        (f.about, f.as_of): units.unit("vss" if f.about == units.ROOT_CODE else "province", f.about, f.as_of)
        for f in figures.values()
    }
    fresh = Figure.objects.bulk_create(
        _figure(figure, indicators[figure.indicator], places[figure.about, figure.as_of])
        for key, figure in figures.items()
        if key not in known
    )
    return Loaded(len(fresh), _load_implied(list(figures.values()), indicators, places))


def _load_implied(
    figures: Sequence[Published], indicators: dict[str, Indicator], places: dict[tuple[str, date], Unit]
) -> int:
    by_plan: dict[tuple[int, int], list[Published]] = {}
    for figure in figures:
        if figure.target:
            place = places[figure.about, figure.as_of]
            by_plan.setdefault((place.pk, figure.as_of.year), []).append(figure)
    written = 0
    for (unit_id, year), group in by_plan.items():
        plan, _ = Plan.objects.get_or_create(unit_id=unit_id, year=year, source=Plan.Source.VSS)
        if plan.versions.exists():
            continue
        version = PlanVersion.objects.create(
            plan=plan,
            number=1,
            decision="",
            derived=True,
            decided_on=date(year, 1, 1),
            decided_by=units.unit("vss", units.ROOT_CODE, date(year, 1, 1)),
            note="Suy ra từ tỷ lệ hoàn thành đã công bố; không phải số của quyết định giao",
        )
        written += len(
            Target.objects.bulk_create(
                Target(
                    version=version,
                    indicator=indicators[f.indicator],
                    unit_id=unit_id,
                    amount=f.target.nearest,
                    low=math.floor(f.target_widest.low),
                    high=math.ceil(f.target_widest.high),
                )
                for f in group
                if f.target and f.target_widest
            )
        )
        _seal(version, None)
    return written


def _figure(figure: Published, indicator: Indicator, unit: Unit) -> Figure:
    start = date(figure.as_of.year, 1, 1) if indicator.kind == "year_to_date" else figure.as_of
    period = figure.period or (start, figure.as_of)
    return Figure(
        indicator=indicator,
        unit=unit,
        period_from=period[0],
        period_to=period[1],
        as_of=figure.as_of,
        published_on=figure.article.published,
        amount=figure.amount,
        qualifier=figure.qualifier,
        low=math.floor(figure.interval.low),
        high=math.ceil(figure.interval.high),
        derived=figure.derived,
        origin=Figure.Origin.PUBLISHED,
        source=figure.key,
        basis={
            "article": figure.article.number,
            "topic": figure.article.topic,
            "event_on": figure.article.event.isoformat() if figure.article.event else "",
            "percent_of_target": figure.percent_of_target,
            "note": figure.note,
        },
    )


def _seal(version: PlanVersion, actor: Actor | None) -> PlanVersion:
    version.state = PlanVersion.State.DECIDED
    version.sealed_by = actor.user if actor else None
    version.sealed_at = timezone.now()
    version.save(update_fields=["state", "sealed_by", "sealed_at"])
    return version


def _draft_only(version: PlanVersion) -> PlanVersion:
    # the row lock keeps two officers from writing into one draft at once
    current = PlanVersion.objects.select_for_update().get(pk=version.pk)
    if current.state != PlanVersion.State.DRAFT:
        raise PlanError(
            f"Phiên bản {version.number} đã quyết định; lập phiên bản mới để điều chỉnh",
            f"Version {version.number} is decided; draft another one to change it",
            code="plan.decided",
        )
    return current


def _require(actor: Actor | None, unit: Unit, *, or_below: bool = False) -> None:
    """The actor may edit targets of this unit, or (`or_below`) of some unit below it."""
    if actor is None:
        return
    if or_below and any(path.startswith(unit.path) for path in actor.paths(EDIT)):
        return
    require(actor, EDIT, at=unit)


def _raise(problems: Sequence[Problem], code: str) -> None:
    if problems:
        raise PlanError(
            f"Có {len(problems)} lỗi: " + "; ".join(p.vi for p in problems[:5]),
            f"{len(problems)} problems: " + "; ".join(p.en for p in problems[:5]),
            code=code,
            problems=problems,
        )
