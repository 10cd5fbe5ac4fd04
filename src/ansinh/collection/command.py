"""`ansinh declare` and `ansinh run`: the work of collection from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist

from ansinh.collection.declarations import reader, services
from ansinh.collection.declarations.findings import Level
from ansinh.collection.declarations.preview import DIRECTIONS, Pay, Preview
from ansinh.collection.models import Declaration
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.ledger.models import Fund
from ansinh.office.models import User
from ansinh.office.reading import Log, Purpose
from ansinh.office.rights import Actor, Denied, actor_of
from ansinh.registers import access

NAMES = {
    "increase": "tăng / increase",
    "decrease": "giảm / decrease",
    "suspend": "nghỉ / leave",
    "adjust": "điều chỉnh / adjust",
    "back_pay": "truy thu, truy giảm / back payment",
    "accepted": "chấp nhận / accepted",
    "returned": "trả lại / returned",
    "error": "có lỗi / error",
    "no_change": "không thay đổi / no change",
}
LEVELS = {
    Level.ERROR: "LỖI/ERROR",
    Level.RETURNED: "TRẢ LẠI/RETURNED",
    Level.WARNING: "LƯU Ý/WARNING",
    Level.INFO: "GHI CHÚ/NOTE",
}
SHOWN = 40
"""Lines of people printed; the rest are counted."""


def run(argv: Sequence[str]) -> int:
    """``ansinh run``: a month of collection."""
    from ansinh.collection.month import command

    return command.main(argv)


def declare(argv: Sequence[str]) -> int:
    """``ansinh declare FILE``: read, check, preview a D02-LT; `--book` confirms. 1 when it is stopped."""
    parser = argparse.ArgumentParser(
        prog="ansinh declare", description="Tiếp nhận danh sách D02-LT / take in a list of an employer"
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="tệp xlsx, xls, xlsb, csv")
    parser.add_argument("--unit", metavar="CODE", help="mã đơn vị, nếu tệp không ghi / unit code")
    parser.add_argument("--month", type=Month.parse, help="kỳ thu / accounting month, 2026-06")
    parser.add_argument("--book", action="store_true", help="ghi nhận nếu không có lỗi / confirm and book")
    parser.add_argument("--as", dest="user", metavar="USER", help="tên đăng nhập của viên chức / username")
    parser.add_argument("--out", type=Path, metavar="XLSX", help="ghi tệp có cột “Lỗi” / write the red copy")
    asked = parser.parse_args(argv)
    try:
        return _declare(asked)
    except (BilingualError, Denied, OSError) as error:
        _err(str(error))
    except ObjectDoesNotExist:
        _err("Không có đơn vị hoặc người dùng này trong phạm vi / no such employer or user in scope")
    return 1


def _declare(asked: argparse.Namespace) -> int:
    actor = _actor(asked.user, book=asked.book)
    try:
        return _as(actor, asked)
    finally:
        if actor.log is not None:
            actor.log.write()


def _as(actor: Actor, asked: argparse.Namespace) -> int:
    employer = None
    if asked.unit:
        employer = access.employer_by_code(actor, asked.unit, verb=services.HAND_IN)
    taken = services.receive(
        actor=actor,
        employer=employer,
        data=asked.file.read_bytes(),
        file_name=asked.file.name,
        month=asked.month,
    )
    _print(actor, taken, services.preview(taken, actor))
    if asked.out:
        asked.out.write_bytes(services.annotated_file(actor=actor, declaration=taken))
        _out(f"\n{asked.out}")
    if taken.state == Declaration.State.DRAFT:
        return 1
    if asked.book and taken.state == Declaration.State.CHECKED:
        taken = services.book(actor=actor, declaration=taken, seen=services.as_seen(taken))
    _out(f"\n#{taken.pk}: {taken.get_state_display()} ({taken.state})")
    return 0


def _actor(username: str | None, *, book: bool) -> Actor:
    """The officer named; without a name, the only one who could be meant. Nobody acts in another's name."""
    if username:
        return _logged(User.objects.get(username=username, is_active=True))
    wanted = [services.HAND_IN, *(["declaration.book"] if book else [])]
    staff = User.objects.filter(kind=User.Kind.STAFF, is_active=True).order_by("pk")
    able = [user for user in staff if all(actor_of(user).somewhere(verb) for verb in wanted)]
    if len(able) == 1:
        return _logged(able[0])
    raise BilingualError(
        "Có nhiều viên chức được phân quyền; hãy ghi rõ --as USER."
        if able
        else "Chưa có viên chức nào được phân quyền tiếp nhận.",
        "Several officers may take in declarations: name one with --as USER."
        if able
        else "No officer may take in declarations.",
        code="declare.actor",
    )


def _logged(user: User) -> Actor:
    return actor_of(user, log=Log(user_id=user.pk, view="ansinh declare", address=""))


def _print(actor: Actor, taken: Declaration, shown: Preview) -> None:
    _out(f"{taken.form} {taken.number} · {taken.employer} · kỳ / month {Month.from_index(taken.month).vi()}")
    counts = [f"{NAMES[d]}: {shown.counts.get(d, 0)}" for d in DIRECTIONS if shown.counts.get(d)]
    counts += [f"{NAMES[o]}: {n}" for o, n in sorted(shown.outcomes.items())]
    _out(" · ".join(counts))
    for found in reader.findings(actor, taken):
        _out(f"  {LEVELS[Level(found.level)]:18} {found}")
    _out("")
    reader.note_lines(actor, shown.people[:SHOWN], purpose=Purpose.COMMAND)
    for person in shown.people[:SHOWN]:
        _out(
            f"  {person.row:>5}  {NAMES.get(person.outcome, '')[:12]:12}  {person.from_month}  "
            f"{person.change:18}  {_pay(person.old):>14} → {_pay(person.new):<14}  {person.name}"
        )
    if len(shown.people) > SHOWN:
        _out(f"  … {len(shown.people) - SHOWN} dòng nữa / more lines")
    _out("")
    for month in shown.months:
        back = "  (tháng trước / back)" if month.back else ""
        _out(f"  {month.month}  {format_dong(month.total):>16} đ{back}")
    for fund in Fund:
        if amount := shown.funds.get(fund.value):
            _out(f"  {fund.label:28} {format_dong(amount):>16} đ")
    _out(f"  {'Tổng / total':28} {format_dong(shown.total):>16} đ")
    if shown.refunds or shown.cards_closed:
        _out(f"  hoàn trả / refunds: {shown.refunds} · thẻ đóng / cards closed: {shown.cards_closed}")


def _pay(pay: Pay | None) -> str:
    if pay is None:
        return "–"
    return f"{pay.coefficient_milli / 1000:g}" if pay.coefficient_milli else format_dong(pay.wage)


def _out(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _err(line: str) -> None:
    sys.stderr.write(f"{line}\n")
