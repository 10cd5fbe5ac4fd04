"""Hồ sơ: one matter with its steps, waits, questions, verdicts and everything that happened to it."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ansinh.office.cases import triggers
from ansinh.office.cases.states import OPEN, TRANSITIONS, State
from ansinh.office.privileges.declared import Grants
from ansinh.office.rights.models import User
from ansinh.office.units.models import Unit

APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class Case(models.Model):
    """Hồ sơ: one matter of one thing of a branch, of one round; the thing's latest round is the one in force.

    `queue` is the verb whose holders do the next step; `points` the steps another person must approve.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Chấp thuận")
        PARTLY = "partly", _("Chấp thuận một phần")
        REFUSED = "refused", _("Không chấp thuận")

    procedure = models.CharField(max_length=40)
    number = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001 -- none before 2026
    office = models.ForeignKey(Unit, models.PROTECT)
    thing_kind = models.CharField(max_length=24)
    thing_id = models.BigIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.PROCESSING)
    step = models.CharField(max_length=40)
    queue = models.CharField(max_length=30)
    outcome = models.CharField(max_length=8, choices=Outcome, default="", blank=True)
    filed_by = models.CharField(max_length=12, default="office", help_text="office, person, employer, …")
    received_on = models.DateField()
    law_due_on = models.DateField(null=True, blank=True)
    announced_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    assigned_to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    points = ArrayField(models.CharField(max_length=40), default=list)
    four_eyes = models.BooleanField(default=True, db_default=True, help_text="no maker of it decides it")
    refused_unfinished = models.BooleanField(
        default=False, db_default=False, help_text="it may be refused before every point is judged"
    )
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True, db_default=models.functions.Now())
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    seen = models.CharField(max_length=64, default="", db_default="", blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)

    grants = Grants(
        update=(
            "number", "state", "step", "queue", "outcome", "law_due_on", "announced_due_on", "due_on",
            "assigned_to", "four_eyes", "decided_by", "decided_at", "seen", "handed_at",
        )
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing_kind", "thing_id", "round"], name="case_round_once"),
            models.UniqueConstraint(
                fields=["thing_kind", "thing_id"], condition=Q(state__in=OPEN), name="case_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN) | (Q(queue__gt="", step__gt="", due_on__isnull=False)),
                name="case_never_without_next",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(state__in=[State.DECIDED, State.HANDED]), name="case_outcome"
            ),
        ]
        indexes = [
            models.Index(fields=["queue", "due_on", "id"], condition=Q(state__in=OPEN), name="case_queue"),
            models.Index(fields=["assigned_to", "due_on"], condition=Q(state__in=OPEN), name="case_assigned"),
            models.Index(fields=["number"], name="case_number"),
            models.Index(fields=["decided_by", "-decided_at"], name="case_decided_by"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="case_state", field="state", transitions=[(str(a), str(b)) for a, b in TRANSITIONS]
            ),
            pgtrigger.Protect(name="case_kept", operation=pgtrigger.Delete),
            triggers.begins(),
            triggers.stays(),
            triggers.decided(),
            triggers.held_by_the_unbarred(),
            triggers.asked_while_waiting("case_asked", "NEW.id"),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.procedure} {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something."""
        return self.state in OPEN

    def places(self) -> tuple[str, ...]:
        """The office that settles it."""
        return (self.office.path,)

    def parties(self) -> tuple[tuple[str, int], ...]:
        """Whom it is about: people, employers."""
        return tuple((p.kind, p.key) for p in self.about.all())


class CaseParty(models.Model):
    """Người, đơn vị của hồ sơ: whom it is about; what changes of them reaches it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="about")
    kind = models.CharField(max_length=12, help_text="person, employer, …")
    key = models.BigIntegerField()

    grants = Grants(update=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind", "key"], name="case_party_once")]
        indexes = [models.Index(fields=["kind", "key"], name="case_party")]
        triggers = [
            pgtrigger.Protect(name="case_party_kept", operation=APPEND_ONLY),
            triggers.of_the_open("case_party_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind} {self.key}"


class CaseStep(models.Model):
    """Kết quả một bước: its answer, the facts it was answered on, and how often it was answered anew.

    A step nobody has reached has no row. `read` holds the digest of each fact it read.
    """

    class State(models.TextChoices):
        DONE = "done", _("Đã xong")
        REOPENED = "reopened", _("Phải làm lại")

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    code = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State, default=State.DONE)
    version = models.PositiveIntegerField(default=1)
    answer = models.JSONField(default=dict)
    read = models.JSONField(default=dict)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(db_default=models.functions.Now())

    grants = Grants(update=("state", "version", "answer", "read", "answered_by", "answered_at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="case_step_once")]
        triggers = [
            pgtrigger.Protect(name="case_step_kept", operation=pgtrigger.Delete),
            triggers.of_the_open("case_step_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.code} {self.state}"


class CaseEvent(models.Model):
    """Diễn biến: one thing that happened: who did what, from where to where, in words. Only ever added to."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    act = models.CharField(max_length=20)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=models.functions.Now())
    from_state = models.CharField(max_length=12, default="", blank=True)
    to_state = models.CharField(max_length=12)
    from_step = models.CharField(max_length=40, default="", blank=True)
    to_step = models.CharField(max_length=40, default="", blank=True)
    vi = models.CharField(max_length=500, default="", blank=True)
    en = models.CharField(max_length=500, default="", blank=True)
    seen = models.CharField(max_length=64, default="", blank=True)

    grants = Grants(update=False)

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="case_event"),
            models.Index(fields=["user", "case"], name="case_event_of_user"),
        ]
        triggers = [
            pgtrigger.Protect(name="case_event_append_only", operation=APPEND_ONLY),
            triggers.done_by_the_unbarred(),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.act}"


class CaseDue(models.Model):
    """Hạn thay đổi: the due day as it was, as it is, and why; first the day promised at opening."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="dues")
    before = models.DateField(null=True)
    after = models.DateField()
    vi = models.CharField(max_length=300)
    en = models.CharField(max_length=300)
    at = models.DateTimeField(db_default=models.functions.Now())

    grants = Grants(update=False)

    class Meta:
        triggers = [pgtrigger.Protect(name="case_due_append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.before} → {self.after}"


class CaseWait(models.Model):
    """Việc chờ: why, on whom, since when, until when, and what then. Asking the filer stops the clock."""

    class Reason(models.TextChoices):
        SUPPLEMENT = "supplement", _("Chờ người nộp bổ sung")
        PAYMENT = "payment", _("Chờ nộp tiền")
        AGENCY = "agency", _("Chờ cơ quan khác trả lời")
        EMPLOYER = "employer", _("Chờ đơn vị giải trình")
        EXPERT = "expert", _("Chờ giám định, xác minh")
        ELSEWHERE = "elsewhere", _("Chờ kết quả hồ sơ khác")

    case = models.ForeignKey(Case, models.PROTECT, related_name="waits")
    reason = models.CharField(max_length=12, choices=Reason)
    on_kind = models.CharField(max_length=12, help_text="person, employer, unit, agency, …")
    on_id = models.BigIntegerField(null=True, blank=True)
    on_name = models.CharField(max_length=200)
    asked = models.CharField(max_length=500, help_text="what is waited for")
    since = models.DateField()
    until = models.DateField()
    then = models.CharField(max_length=200, help_text="what is done when nothing has come by then")
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_how = models.CharField(max_length=200, default="", blank=True)

    grants = Grants(update=("ended_on", "ended_at", "ended_by", "ended_how"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="case_wait_days"),
            models.CheckConstraint(
                condition=Q(asked__gt="", then__gt="", on_name__gt=""), name="case_wait_told"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_on__isnull=True)
                | Q(ended_at__isnull=False, ended_on__gte=F("since")),
                name="case_wait_ended",
            ),
        ]
        indexes = [models.Index(fields=["case"], condition=Q(ended_at__isnull=True), name="case_wait_open")]
        triggers = [
            pgtrigger.Protect(name="case_wait_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="case_wait_over",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            triggers.of_the_open("case_wait_of_open"),
            triggers.asked_while_waiting("case_wait_asked", "NEW.case_id"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.reason} → {self.until}"


class CaseQuestion(models.Model):
    """Điểm cần làm rõ: opened and closed by facts; some by hand, with a reason.

    `about` is the digest of the fact that opened it: closed by hand, it stays closed until that changes.
    """

    class How(models.TextChoices):
        FACTS = "facts", _("Dữ kiện đã rõ")
        HAND = "hand", _("Viên chức kết luận")
        DECISION = "decision", _("Theo quyết định")

    case = models.ForeignKey(Case, models.PROTECT, related_name="questions")
    code = models.CharField(max_length=40)
    about = models.CharField(max_length=16)
    opened_at = models.DateTimeField(db_default=models.functions.Now())
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField(max_length=8, choices=How, default="", blank=True)
    reason = models.CharField(max_length=300, default="", blank=True)

    grants = Grants(update=("closed_at", "closed_by", "how", "reason"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"], condition=Q(closed_at__isnull=True), name="case_question_open_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, how="") | Q(closed_at__isnull=False, how__gt=""),
                name="case_question_closed",
            ),
            models.CheckConstraint(
                condition=~Q(how="hand") | Q(reason__gt="", closed_by__isnull=False),
                name="case_question_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="case_question_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="case_question_over",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
            triggers.of_the_open("case_question_of_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.code}"
