"""Ghi sổ đăng ký: people (TK1-TS), employers (TK3-TS), the employer's status, collecting accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from ansinh.kernel.dates import PartialDate
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.text import clean_name, fold, sort_key
from ansinh.office import hands
from ansinh.office.models import Unit
from ansinh.office.rights import Actor, require
from ansinh.office.security import security
from ansinh.registers import access, numbers, selectors
from ansinh.registers.models import CollectingAccount, Employer, EmployerStatus, PayerAccount


class RegisterError(BilingualError):
    """Không ghi được vào sổ: why, in both languages."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Người chưa có trong sổ, đủ để cấp mã số."""

    citizen_id: str
    full_name: str
    birth: PartialDate
    sex: str
    commune_id: int
    office_id: int


def province_code(unit: Unit) -> str:
    """Two-digit code of the province a unit lies in."""
    return selectors.province_of(unit).code


def add_people(people: Sequence[NewPerson]) -> dict[str, int]:
    """Thêm người mới, cấp mã số BHXH: ids by citizen ID. A constant number of statements.

    Raises RegisterError when somebody with one of the citizen IDs was added meanwhile: who they are was not
    checked, so nothing is guessed.
    """
    given = numbers.si_numbers(len(people)) if people else []
    names = [clean_name(p.full_name) for p in people]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO registers_person (si_number, citizen_id, full_name, name_fold, name_sort,
                 birth_year, birth_month, birth_day, sex, commune_id, office_id, identity)
               SELECT *, 'unverified' FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                 %s::smallint[], %s::smallint[], %s::smallint[], %s::text[], %s::bigint[], %s::bigint[])
               ON CONFLICT DO NOTHING RETURNING citizen_id, id""",
            [
                given,
                [p.citizen_id for p in people],
                names,
                [fold(n) for n in names],
                [sort_key(n) for n in names],
                [p.birth.year for p in people],
                [p.birth.month for p in people],
                [p.birth.day for p in people],
                [p.sex for p in people],
                [p.commune_id for p in people],
                [p.office_id for p in people],
            ],
        )
        added = {row[0]: row[1] for row in cursor.fetchall()}
    missing = [p.citizen_id for p in people if p.citizen_id not in added]
    if missing:
        raise RegisterError(
            f"Số định danh {missing[0]} vừa được đăng ký; hãy kiểm tra lại.",
            f"Citizen ID {missing[0]} was registered meanwhile; check again.",
            code="person.meanwhile",
        )
    return added


@transaction.atomic
def set_employer_status(
    *,
    actor: Actor,
    employer: Employer,
    state: str,
    valid_from: date,
    evidence: str,
    valid_to: date | None = None,
) -> EmployerStatus:
    """Ghi tình trạng đơn vị với căn cứ, kết thúc tình trạng trước vào ngày liền trước.

    Raises RegisterError without evidence, or for a day at or before which a later status begins.
    """
    require(actor, "employer.edit", at=employer)
    employer = access.employers(actor, "employer.edit").select_for_update(no_key=True).get(pk=employer.pk)
    if not evidence.strip():
        raise RegisterError(
            "Thiếu căn cứ của tình trạng (văn bản, số, ngày, nơi ban hành).",
            "The status needs its evidence (document, number, day, issuer).",
            code="status.evidence",
        )
    last = valid_to or date.max
    if valid_to and valid_to < valid_from:
        raise RegisterError(
            "Ngày cuối trước ngày đầu.", "The last day is before the first.", code="status.days"
        )
    later = EmployerStatus.objects.filter(employer=employer, valid_from__gte=valid_from, valid_from__lte=last)
    if later.exists():
        raise RegisterError(
            f"Đã có tình trạng khác từ ngày {valid_from:%d/%m/%Y} trở đi.",
            f"Another status begins on or after {valid_from}.",
            code="status.later",
        )
    standing = EmployerStatus.objects.filter(employer=employer, valid_from__lt=valid_from).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    )
    standing.update(valid_to=valid_from - timedelta(days=1))
    return EmployerStatus.objects.create(
        employer=employer, state=state, valid_from=valid_from, valid_to=valid_to, evidence=evidence.strip()
    )


COLLECTING = "collecting_account"  # what the four eyes call an account


def remember_payer(*, employer: Employer, number: str) -> None:
    """Ghi nhớ tài khoản nộp: an account that an employer pays from, once, in the caller's transaction."""
    PayerAccount.objects.get_or_create(employer=employer, number=number)


def seen_of(account: CollectingAccount) -> str:
    """Dấu của điều trang cho xem: the account proposed, and those it comes to stand beside."""
    beside = CollectingAccount.objects.filter(office=account.office_id).order_by("pk")
    return hands.seen(
        account.pk,
        account.office_id,
        *beside.values_list("pk", "bank", "bank_bin", "number", "holder", "valid_from", "valid_to", "state"),
    )


@transaction.atomic
def propose_account(
    *, actor: Actor, office: Unit, bank: str, bank_bin: str, number: str, holder: str, valid_from: date
) -> CollectingAccount:
    """Đề nghị một tài khoản chuyên thu: nobody is told to pay into it until another person confirms it.

    Raises RegisterError for a number or code that cannot be one, or that is known already.
    """
    require(actor, "unit.edit", at=office)
    digits = "".join(number.split())
    if not (digits.isascii() and digits.isalnum() and 6 <= len(digits) <= 30):
        raise RegisterError(
            "Số tài khoản gồm 6-30 chữ số hoặc chữ cái.",
            "An account number has 6 to 30 digits or letters.",
            code="account.number",
        )
    if not (bank_bin.isascii() and bank_bin.isdigit() and len(bank_bin) == 6):
        raise RegisterError("Mã ngân hàng gồm 6 chữ số.", "A bank's BIN has 6 digits.", code="account.bin")
    if not bank.strip() or not holder.strip():
        raise RegisterError(
            "Ghi tên ngân hàng và chủ tài khoản.", "Give the bank and the holder.", code="account.names"
        )
    known = CollectingAccount.objects.filter(bank_bin=bank_bin, number=digits)
    if known.exclude(state=CollectingAccount.State.REFUSED).exists():
        raise RegisterError(
            "Tài khoản này đã có trong sổ.", "This account is on record already.", code="account.known"
        )
    account = CollectingAccount.objects.create(
        office=office,
        bank=bank.strip()[:80],
        bank_bin=bank_bin,
        number=digits,
        holder=holder.strip()[:120],
        valid_from=valid_from,
        proposed_by=actor.user,
    )
    hands.wrote(actor, COLLECTING, account.pk, act="propose")
    security("collecting_account.proposed", by=actor.user.pk, unit=office.pk)
    return account


@transaction.atomic
def confirm_account(*, actor: Actor, account: CollectingAccount, seen: str) -> CollectingAccount:
    """Xác nhận tài khoản chuyên thu: by a second person who has seen it."""
    return _decide_account(actor, account, CollectingAccount.State.CONFIRMED, seen, "")


@transaction.atomic
def refuse_account(*, actor: Actor, account: CollectingAccount, seen: str, reason: str) -> CollectingAccount:
    """Không đồng ý tài khoản chuyên thu: with the reason."""
    return _decide_account(actor, account, CollectingAccount.State.REFUSED, seen, _said(reason))


@transaction.atomic
def end_account(
    *, actor: Actor, account: CollectingAccount, reason: str, on: date | None = None
) -> CollectingAccount:
    """Kết thúc tài khoản chuyên thu: at once, or with a last day; one person may, since it takes away."""
    require(actor, "unit.edit", at=account)
    current = CollectingAccount.objects.select_for_update().get(pk=account.pk)
    today = timezone.localdate()
    if current.state != CollectingAccount.State.CONFIRMED:
        raise RegisterError("Tài khoản không đang dùng.", "The account is not in use.", code="account.state")
    last = on if on is not None and on >= today else today - timedelta(days=1)
    if current.valid_to is not None and current.valid_to <= last:
        raise RegisterError(
            "Tài khoản đã kết thúc trước ngày này.", "It ends before that day already.", code="account.ended"
        )
    current.reason = _said(reason)
    if last < current.valid_from:  # it never was, or began today
        current.state, last = CollectingAccount.State.ENDED, current.valid_from
    current.valid_to = last
    current.save(update_fields=["state", "valid_to", "reason"])
    security("collecting_account.ended", by=actor.user.pk, unit=current.office_id)
    return current


def _decide_account(
    actor: Actor, account: CollectingAccount, state: str, seen: str, reason: str
) -> CollectingAccount:
    require(actor, "unit.confirm", at=account)
    current = CollectingAccount.objects.select_for_update().get(pk=account.pk)
    if current.state != CollectingAccount.State.PROPOSED:
        raise RegisterError(
            "Đề nghị này đã được quyết định.", "This proposal is decided already.", code="account.state"
        )
    hands.require_seen(seen, seen_of(current))
    hands.decided(actor, COLLECTING, current.pk, act=state, seen=seen)
    current.state, current.reason = state, reason
    current.decided_by, current.decided_at = actor.user, timezone.now()
    current.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    security(f"collecting_account.{state}", by=actor.user.pk, unit=current.office_id)
    return current


def _said(reason: str) -> str:
    if not reason.strip():
        raise RegisterError("Ghi lý do.", "Give the reason.", code="account.reason")
    return reason.strip()[:200]
