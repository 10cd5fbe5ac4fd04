"""Targets: what is counted, what was planned by whom and in which version, and figures with their origin.

A version of a plan holds all targets in force under it. Once decided it never changes: a re-allocation is
another version with its own decision number.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.hands.triggers import by_another
from ansinh.office.models import Unit, User
from ansinh.office.privileges.declared import Grants

SEALED = (
    "IF EXISTS (SELECT 1 FROM targets_planversion WHERE id = {row}.version_id AND state = 'decided') THEN "
)
REFUSE = (
    "RAISE EXCEPTION 'phiên bản đã quyết định / the version is decided' USING ERRCODE = 'check_violation'; "
)


def _sealed(name: str) -> pgtrigger.Trigger:
    """No row of a decided version comes, goes or changes."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP <> 'INSERT' THEN {SEALED.format(row="OLD")} {REFUSE} END IF; END IF;
            IF TG_OP <> 'DELETE' THEN {SEALED.format(row="NEW")} {REFUSE} END IF; RETURN NEW; END IF;
            RETURN OLD;
        """,
    )


class Indicator(models.Model):
    """Chỉ tiêu thống kê: what is counted, in which unit of measure, over which time, and who counts once."""

    class Measure(models.TextChoices):
        PERSON = "person", _("người")
        TURN = "turn", _("lượt")
        DOSSIER = "dossier", _("hồ sơ")
        MONEY = "money", _("đồng")
        CARD = "card", _("thẻ")
        UNIT = "unit", _("đơn vị")
        ITEM = "item", _("số lượng")
        PERCENT = "percent", _("%")

    class Kind(models.TextChoices):
        POINT_IN_TIME = "point_in_time", _("Thời điểm")
        YEAR_TO_DATE = "year_to_date", _("Lũy kế từ đầu năm")
        PER_MONTH = "per_month", _("Trong tháng")

    class Better(models.TextChoices):
        HIGHER = "higher", _("Cao hơn là tốt")
        LOWER = "lower", _("Thấp hơn là tốt")

    code = models.CharField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    short_vi = models.CharField(max_length=40, help_text="heading of a column")
    measure = models.CharField(max_length=8, choices=Measure)
    kind = models.CharField(max_length=16, choices=Kind)
    union_vi = models.CharField(max_length=300, help_text="who is counted, and how often")
    union_en = models.CharField(max_length=300)
    rule = models.CharField(
        max_length=30, default="", blank=True, help_text="how we measure; empty: we do not"
    )
    decimals = models.PositiveSmallIntegerField(default=0, help_text="amounts are whole numbers of 10^-n")
    better = models.CharField(max_length=6, choices=Better, default=Better.HIGHER)
    planned = models.BooleanField(default=False, help_text="targets are set for it")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["rule"], condition=~Q(rule=""), name="indicator_rule_once"),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="indicator_decimals"),
            models.CheckConstraint(
                condition=~Q(measure="money") | Q(decimals=0), name="indicator_money_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi


class Plan(models.Model):
    """Kế hoạch năm của một đơn vị: the Government's and the insurer's are two plans, both kept."""

    class Source(models.TextChoices):
        GOVERNMENT = "government", _("Thủ tướng Chính phủ, HĐND giao")
        VSS = "vss", _("BHXH Việt Nam giao")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=Source)

    class Meta:
        ordering = ["-year", "source"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "source"], name="plan_once"),
            models.CheckConstraint(condition=Q(year__range=(1995, 2100)), name="plan_year"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} · {self.get_source_display()}"

    def places(self) -> tuple[str, ...]:
        """The unit it is for."""
        return (self.unit.path,)


class PlanVersion(models.Model):
    """Quyết định giao, điều chỉnh chỉ tiêu: the whole set of targets in force from its day on."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        DECIDED = "decided", _("Đã quyết định")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=60, blank=True, help_text="number of the decision")
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="unit that decides")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    note = models.CharField(max_length=300, default="", blank=True)
    derived = models.BooleanField(
        default=False, help_text="worked back from published percents, not a decision"
    )
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    sealed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    sealed_at = models.DateTimeField(null=True, blank=True)

    grants = Grants(update=("state", "sealed_by", "sealed_at"), delete=True)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(state="draft"), name="version_one_draft"),
            models.CheckConstraint(
                condition=Q(number=1, supersedes__isnull=True) | Q(number__gt=1, supersedes__isnull=False),
                name="version_chain",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | ((~Q(decision="") | Q(derived=True)) & Q(sealed_at__isnull=False)),
                name="version_decision",
            ),
            models.CheckConstraint(
                condition=Q(sealed_by__isnull=True) | ~Q(sealed_by=F("prepared_by")),
                name="version_two_people",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="version_state", field="state", transitions=[("draft", "decided")]),
            pgtrigger.Protect(
                name="version_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="decided"),
            ),
            by_another(
                "version_two_people",
                thing="plan_version",
                state="decided",
                who="sealed_by_id",
                system=True,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.number} ({self.decision})"


class Target(models.Model):
    """Chỉ tiêu giao: an amount for a unit, for the year (`month` null) or for one month of it."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    month = models.IntegerField(null=True, blank=True, help_text="year*12 + month - 1; null = the year")
    amount = models.BigIntegerField()
    low = models.BigIntegerField(null=True, blank=True, help_text="least it can be, where derived")
    high = models.BigIntegerField(null=True, blank=True, help_text="most it can be, where derived")

    grants = Grants(update=("amount", "low", "high"), delete=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "indicator", "unit", "month"],
                nulls_distinct=False,
                name="target_once",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="target_amount"),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__lte=F("amount"), high__gte=F("amount")),
                name="target_interval",
            ),
        ]
        triggers = [_sealed("target_sealed")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.indicator_id} {self.amount}"


class Difference(models.Model):
    """Chênh lệch giao: a unit's target less the sum of its children's, with the reason it was decided so."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="differences")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="the parent")
    month = models.IntegerField(null=True, blank=True)
    parent_amount = models.BigIntegerField()
    children_amount = models.BigIntegerField()
    reason = models.CharField(max_length=300)

    grants = Grants(update=False, delete=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "indicator", "unit", "month"],
                nulls_distinct=False,
                name="difference_once",
            ),
            models.CheckConstraint(
                condition=~Q(parent_amount=F("children_amount")), name="difference_not_zero"
            ),
        ]
        triggers = [_sealed("difference_sealed")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.indicator_id} {self.amount}"

    @property
    def amount(self) -> int:
        """Parent less children: positive while something is not yet allocated."""
        return self.parent_amount - self.children_amount


class Figure(models.Model):
    """Số liệu: an amount with its period, the day it stands for, the day it was published, and its source.

    Never changed: a figure measured again is another row, the latest `id` is what we know now.
    """

    class Origin(models.TextChoices):
        MEASURED = "measured", _("Tính từ dữ liệu")
        PUBLISHED = "published", _("Đã công bố")

    class Qualifier(models.TextChoices):
        EXACT = "exact", _("đúng")
        MORE_THAN = "more_than", _("hơn")
        NEARLY = "nearly", _("gần")
        ABOUT = "about", _("khoảng")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period_from = models.DateField()
    period_to = models.DateField()
    as_of = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    amount = models.BigIntegerField()
    qualifier = models.CharField(max_length=9, choices=Qualifier, default=Qualifier.EXACT)
    low = models.BigIntegerField(help_text="least the true amount can be")
    high = models.BigIntegerField(help_text="most the true amount can be")
    derived = models.BooleanField(default=False, help_text="worked back from other published numbers")
    origin = models.CharField(max_length=9, choices=Origin)
    source = models.CharField(max_length=40, help_text="rule of measuring, or key of the published text")
    basis = models.JSONField(default=dict, help_text="what it was counted or worked out from")
    made_at = models.DateTimeField(auto_now_add=True, db_default=models.functions.Now())

    grants = Grants(update=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="figure_period"),
            models.CheckConstraint(
                condition=Q(low__lte=F("amount"), high__gte=F("amount")), name="figure_interval"
            ),
            models.CheckConstraint(
                condition=~Q(qualifier="exact") | Q(derived=True) | Q(low=F("high")), name="figure_exact"
            ),
            models.UniqueConstraint(
                fields=["source"], condition=Q(origin="published"), name="figure_published_once"
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "unit", "period_to", "-id"], name="figure_latest"),
            models.Index(fields=["period_to", "origin"], name="figure_period_to"),
        ]
        triggers = [
            pgtrigger.Protect(name="figure_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.amount}"

    @property
    def stands_after_publication(self) -> bool:
        """Số liệu tính đến ngày sau ngày công bố: a mistake in the source, shown as a warning."""
        return self.published_on is not None and self.as_of > self.published_on
