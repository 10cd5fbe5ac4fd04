"""Các loại tăng, giảm, điều chỉnh (D02-LT cột 18): what each does to a person's months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from ansinh.collection.declarations import cover
from ansinh.collection.declarations.plan import ACCEPTED, REGISTER_WITHIN, Judge, Line, Scene, Someone
from ansinh.collection.declarations.record import NO_DAYS, Days
from ansinh.collection.declarations.spans import (
    RUNNING,
    History,
    Span,
    Terms,
    at,
    cut,
    gaps,
    lay,
    repay,
    within,
)
from ansinh.forms.intake.d02 import D02Row
from ansinh.kernel.identity import citizen_id_facts
from ansinh.kernel.months import Month
from ansinh.law.contributions.groups import PayKind, WorkerGroup
from ansinh.registers.models import HealthCard

RELIEF_SINCE = Month(2026, 1)  # Luật 74/2025/QH15, in force 2026-01-01
RELIEF_MONTHS = 12
AWAY = {
    "sick_leave": "sick_days",
    "maternity_leave": "maternity_days",
    "unpaid_leave": "unpaid_days",
    "contract_suspended": "unpaid_days",
}
OFFICER_FORMS = {"higher_health_benefit": "C02-TS", "state_time": "C09-TS"}


def apply(scene: Scene, line: Line, someone: Someone, judge: Judge) -> None:
    """Carry out an accepted row on its person; what cannot be is said through the judge."""
    if someone.held and someone.held.died_on and line.row.direction == "increase":
        died = someone.held.died_on
        if not someone.held.known:
            cover.refer(judge.returned)
            return
        judge.error(
            "name",
            "person.dead",
            f"Người này đã mất ngày {died:%d/%m/%Y}.",
            f"This person died on {died}.",
            about=(someone.held.id,),
        )
        return
    prior = someone.after
    before = at(prior, line.first)
    line.old = before.terms if before else None
    _ACTS[line.row.direction or ""](scene, line, someone, judge)
    after = at(someone.after, line.first)
    line.new = after.terms if after else None
    if line.outcome == ACCEPTED and line.first < scene.books_start:
        _before_books(scene, line, prior, judge)


def _before_books(scene: Scene, line: Line, prior: History, judge: Judge) -> None:
    """Months on record before the books opened: their dues are not here, so no difference can be posted."""
    settled = [
        span
        for span in within(prior, line.first, min(line.last, scene.books_start - 1))
        if span.declaration_id is None
    ]
    if not settled:
        return
    start = Month.from_index(scene.books_start).vi()
    judge.warn(
        "from_month",
        "month.before_books",
        f"Các tháng trước {start} đã tính ở sổ cũ; phần mềm không tính lại tiền của các tháng này.",
        f"Months before {start} were settled in the former books; their money is not computed again here.",
    )


def _repaid(
    scene: Scene, history: History, first: int, last: int, change: Callable[[Terms], Terms]
) -> History:
    """Repay; months settled in former books keep their mark, or the run would find them due in full."""
    before = min(last, scene.books_start - 1)
    if first <= before:
        history = repay(history, first, before, change, scene.mark, keep_mark=True)
    return repay(history, max(first, scene.books_start), last, change, scene.mark)


def _increase(scene: Scene, line: Line, someone: Someone, judge: Judge) -> None:
    terms = _terms(line.row, scene)
    held_months = within(someone.after, line.first, line.last)
    if held_months:
        _increase_of_held(scene, line, someone, judge, held_months[0])
        return
    if not _may_join(line, someone, judge, terms):
        return
    _late(scene, line, judge)
    for span in _spans(line, terms, scene):
        someone.after = lay(someone.after, span)
    _join_health(line, someone, terms)


def _increase_of_held(scene: Scene, line: Line, someone: Someone, judge: Judge, span: Span) -> None:
    """Someone on the list already: back from a leave, or nothing to do, or a mistake."""
    since = Month.from_index(span.first).vi()
    away = someone.away(line.first)
    if span.covers(line.first) and away:
        for month in away:
            someone.days[month] = replace(
                someone.days_after(month), unpaid_days=0, sick_days=0, maternity_days=0
            )
        pay = _pay(line.row, span.terms)
        someone.after = _repaid(scene, someone.after, line.first, span.last, lambda _: pay)
        return
    if span.covers(line.first) and _pay(line.row, span.terms).money == span.terms.money:
        judge.unchanged(
            "from_month",
            "increase.held",
            f"Đã tham gia tại đơn vị từ {since} với cùng mức lương.",
            f"Already on the employer's list since {since} at the same wage.",
        )
        return
    judge.error(
        "change",
        "increase.held",
        f"Người này đã có quá trình tham gia tại đơn vị từ {since}; "
        "để đổi mức lương hãy dùng loại “Điều chỉnh tiền lương”.",
        f"This person is on the employer's list since {since}; to change the wage declare a wage change.",
    )


def _may_join(line: Line, someone: Someone, judge: Judge, terms: Terms) -> bool:
    if someone.held is None:
        if line.row.birth is None:
            judge.error(
                "birth",
                "person.birth",
                "Thiếu ngày sinh của người mới.",
                "A new person's birth date is missing.",
            )
            return False
        someone.newcomer = someone.newcomer or line.row
        return True
    return not (terms.si and cover.blocked(someone.held, line.first, line.last, judge.returned))


def _join_health(line: Line, someone: Someone, terms: Terms) -> None:
    """Điểm (b), (c), and the card that employment brings."""
    held = someone.held
    if held:
        ends = cover.endings(held, line.first, health=terms.hi)
        known = {e.cover.id for e in someone.endings}
        someone.endings += [e for e in ends if (terms.si or not e.voluntary) and e.cover.id not in known]
        if terms.hi:
            closed = {c.card.id for c in someone.closings}
            someone.closings += [c for c in cover.closings(held, line.first) if c.card.id not in closed]
    if terms.hi:
        day = Month.from_index(line.first).first_day
        has = held and any(
            c.payer == HealthCard.Payer.EMPLOYMENT and c.valid_from <= day <= c.until for c in held.cards
        )
        if not has and someone.card_from is None:
            someone.card_from = line.first
    if terms.hospital:
        someone.hospital = terms.hospital


def _late(scene: Scene, line: Line, judge: Judge) -> None:
    begun = line.row.effective_on or Month.from_index(line.first).first_day
    days = (scene.received_on - begun).days
    if days > REGISTER_WITHIN:
        judge.warn(
            "effective_on",
            "increase.late",
            f"Đăng ký sau {days} ngày kể từ ngày bắt đầu {begun:%d/%m/%Y}, quá {REGISTER_WITHIN} ngày "
            "(41/2024/QH15, Điều 28 khoản 1).",
            f"Registered {days} days after {begun}, later than {REGISTER_WITHIN} days.",
        )


def _decrease(_scene: Scene, line: Line, someone: Someone, judge: Judge) -> None:
    if not within(someone.after, line.first, RUNNING):
        if someone.after:
            ended = Month.from_index(max(span.last for span in someone.after)).vi()
            judge.unchanged(
                "from_month", "decrease.done", f"Đã giảm: tham gia đến {ended}.", f"Already ended in {ended}."
            )
        else:
            _absent(line, judge)
        return
    someone.after = cut(someone.after, line.first, RUNNING)
    _clear_days(someone, line.first, RUNNING)
    someone.card_until = line.first - 1


def _suspend(_scene: Scene, line: Line, someone: Someone, judge: Judge) -> None:
    if not within(someone.after, line.first, line.last):
        _absent(line, judge)
        return
    if line.last == RUNNING:
        # Nobody knows when the leave ends: the span ends, and a row "back at work" opens the next one.
        someone.after = cut(someone.after, line.first, RUNNING)
        _clear_days(someone, line.first, RUNNING)
        return
    column = AWAY[line.row.change or ""]
    changed = False
    for month in range(line.first, line.last + 1):
        if at(someone.after, month) is None:
            continue
        known = someone.days_after(month)
        whole = {column: Month.from_index(month).days}
        days = Days(
            unpaid_days=whole.get("unpaid_days", 0),
            sick_days=whole.get("sick_days", 0),
            maternity_days=whole.get("maternity_days", 0),
            agreed=known.agreed,
            first_month=known.first_month,
        )
        changed = changed or days != known
        someone.days[month] = days
    if not changed:
        judge.unchanged(
            "from_month",
            "suspend.held",
            "Thời gian nghỉ này đã được ghi.",
            "This leave is on record already.",
        )


def _adjust(scene: Scene, line: Line, someone: Someone, judge: Judge) -> None:
    form = OFFICER_FORMS.get(line.row.change or "")
    if form:
        judge.unchanged(
            "change",
            "adjust.officer",
            f"Viên chức lập {form}, trình Giám đốc duyệt (366/QĐ-BHXH, Điều 5 khoản 2).",
            f"An officer draws up {form} for the director.",
        )
        return
    if not within(someone.after, line.first, line.last):
        _absent(line, judge)
        return
    before = someone.after
    row = line.row
    someone.after = _repaid(scene, before, line.first, line.last, _amendment(row))
    if row.change == "hospital_change":
        someone.hospital = row.hospital_code or ""
    if someone.after == before and not someone.hospital:
        judge.unchanged(
            "change",
            "adjust.same",
            "Nội dung điều chỉnh giống với đang ghi nhận.",
            "The adjustment is what the record says already.",
        )


def _amendment(row: D02Row) -> Callable[[Terms], Terms]:
    if row.change == "hospital_change":
        return lambda terms: replace(terms, hospital=row.hospital_code or terms.hospital)
    if row.change == "title_change" and row.wage is None and row.coefficient_milli is None:
        return lambda terms: replace(terms, job_title=row.job)
    return lambda terms: _pay(row, terms)


def _back_pay(scene: Scene, line: Line, someone: Someone, judge: Judge) -> None:
    last = min(line.last, scene.month.index - 1) if line.last == RUNNING else line.last
    if line.first >= scene.month.index or last > scene.month.index:
        judge.error(
            "from_month",
            "back.month",
            f"Truy thu, truy giảm chỉ cho tháng trước kỳ thu {scene.month.vi()}.",
            f"Back payments concern months before {scene.month}.",
        )
        return
    line.last = last
    before = someone.after
    row = line.row
    if row.change == "back_refund":
        _back_refund(scene, line, someone, judge)
        return
    terms = _terms(row, scene)
    free = gaps(someone.after, line.first, last)
    if free and not _may_join(line, someone, judge, terms):
        return
    someone.after = _repaid(scene, someone.after, line.first, last, lambda held: _pay(row, held))
    for first, until in free:
        someone.after = lay(someone.after, Span(first, until, terms, None, scene.mark))
    if someone.after == before:
        judge.unchanged(
            "change",
            "back.same",
            "Các tháng này đã ghi đúng mức đó.",
            "These months stand at that wage already.",
        )
        return
    judge.warn(
        "change",
        "back.director",
        "Truy thu cộng nối thời gian: trình Giám đốc duyệt (366/QĐ-BHXH, Điều 5 khoản 2 điểm 2.2a).",
        "Back payment that adds time: the director approves.",
    )


def _back_refund(scene: Scene, line: Line, someone: Someone, judge: Judge) -> None:
    if not within(someone.after, line.first, line.last):
        _absent(line, judge)
        return
    row = line.row
    if row.wage is None and row.coefficient_milli is None:
        someone.after = cut(someone.after, line.first, line.last)
        _clear_days(someone, line.first, line.last)
    else:
        someone.after = _repaid(scene, someone.after, line.first, line.last, lambda held: _pay(row, held))


def _clear_days(someone: Someone, first: int, last: int) -> None:
    for month in someone.away(first):
        if month <= last:
            someone.days[month] = NO_DAYS


def _absent(line: Line, judge: Judge) -> None:
    month = Month.from_index(line.first).vi()
    judge.error(
        "si_number",
        "person.absent",
        f"Người này không tham gia tại đơn vị trong tháng {month}.",
        f"This person is not on the employer's list in {month}.",
    )


def _spans(line: Line, terms: Terms, scene: Scene) -> list[Span]:
    """One span, or two for a disabled worker whose first twelve months are relieved."""
    if "disabled" not in line.row.groups or line.first < RELIEF_SINCE.index:
        return [Span(line.first, line.last, terms, None, scene.mark)]
    relieved = min(line.last, line.first + RELIEF_MONTHS - 1)
    found = [Span(line.first, relieved, replace(terms, ui_relief=True), None, scene.mark)]
    if relieved < line.last:
        found.append(Span(relieved + 1, line.last, terms, None, scene.mark))
    return found


def _terms(row: D02Row, scene: Scene) -> Terms:
    """The terms of someone who joins."""
    owner, manager = "household_owner" in row.groups, "unpaid_manager" in row.groups
    only_injury = "injury_only" in row.groups
    group = WorkerGroup.EMPLOYEE
    if owner or manager:
        group = WorkerGroup.HOUSEHOLD_OWNER if owner else WorkerGroup.UNPAID_MANAGER
    elif row.coefficient_milli is not None:
        group = WorkerGroup.STATE_SCALE
    base = Terms(
        worker_group=int(group),
        health_group=scene.health_group,
        si=not only_injury,
        hi=not only_injury,
        ui=not (only_injury or owner or manager),
        wi=not (owner or manager),
        hospital=row.hospital_code or "",
    )
    return _pay(row, base)


def _pay(row: D02Row, terms: Terms) -> Terms:
    """The terms with the pay of a row. Allowances left empty are none (guide of D02-LT, columns 6–8)."""
    if row.wage is None and row.coefficient_milli is None:
        return terms
    by_scale = row.coefficient_milli is not None
    return replace(
        terms,
        pay_kind=int(PayKind.COEFFICIENT if by_scale else PayKind.DONG),
        wage=0 if by_scale else row.wage or 0,
        coefficient_milli=row.coefficient_milli or 0,
        reserve_milli=row.reserve_milli or 0,
        position_milli=row.position_milli or 0,
        beyond_frame_bp=_points(row.beyond_frame),
        seniority_bp=_points(row.seniority),
        other_pay=row.other_pay or 0,
        job_title=row.job or terms.job_title,
        contract=row.contract or terms.contract,
        contract_on=row.effective_on if row.contract else terms.contract_on,
    )


def _points(share: Fraction | None) -> int:
    """A share in hundredths of a percent."""
    return int((share or Fraction(0)) * 10_000)


def sex_of(citizen_id: str) -> str:
    """M or F, as the citizen ID says."""
    return "F" if citizen_id_facts(citizen_id).sex == "female" else "M"


_ACTS: dict[str, Callable[[Scene, Line, Someone, Judge], None]] = {
    "increase": _increase,
    "decrease": _decrease,
    "suspend": _suspend,
    "adjust": _adjust,
    "back_pay": _back_pay,
}
