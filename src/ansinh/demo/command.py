"""`ansinh demo`: build the demonstration province, live its months, serve the site."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from tqdm import tqdm

from ansinh.config import database
from ansinh.demo import accounts, life, plans, record, stages
from ansinh.demo.sizes import SIZES, Size
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office import units
from ansinh.office.models import Unit

DEFAULT_SEED = 20260701
Report = Callable[[str, int], None]


def main(argv: Sequence[str]) -> int:
    """Build what is not yet built, then serve. Exit code 1 when the record holds something else."""
    options = _parser().parse_args(argv)
    try:
        if options.fresh:
            with database.as_owner():
                stages.drop()
        build(SIZES[options.size], options.seed, months=options.months)
    except BilingualError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    show(options.port)
    if options.no_serve:
        return 0
    from ansinh.web import server

    return int(server.main(["--port", str(options.port)]) or 0)


def build(size: Size, seed: int, *, months: int = life.MONTHS) -> None:
    """Every stage that is not done yet, each with its bar on stderr.

    The schema, and tables filled without their indexes, are the owner's work; the rest is the application's.
    """
    with bar("cấu trúc / schema", 1) as tell, database.as_owner():
        call_command("migrate", verbosity=0)
        stages.begin(size.name, seed)
        tell("", 1)
    with bar("đơn vị hành chính / units", len(units.listed())) as tell:
        facts = stages.run("units", lambda: {"units": units.load().units})
        tell("", facts["units"])
    with bar("người và đơn vị / people and employers", _rows(size)) as tell, database.as_owner():
        stages.run("people", lambda: record.build(size, seed, report=tell))
    province = record.province(size)
    with bar("tài khoản / accounts", 1) as tell:
        stages.run("accounts", lambda: {"accounts": accounts.create(province)})
        stages.run("open", lambda: life.open_books(province))
        tell("", 1)
    lived = life.months(months)
    for month in lived:
        _month(province, size, seed, month, last=month == lived[-1])
    with bar("chỉ tiêu / targets", plans.SPLITS) as tell:
        stages.run(f"{lived[-1]} plan", lambda: plans.plan(province, lived[-1], tell))


def _month(province: Unit, size: Size, seed: int, month: Month, *, last: bool) -> None:
    def stage(
        name: str, title: str, total: int, work: Callable[[Report], dict[str, Any]], **how: bool
    ) -> None:
        with bar(f"{month.vi()} {title}", total) as tell:
            stages.run(f"{month} {name}", lambda: work(tell), **how)

    stage("urge", "đôn đốc / letters", 0, lambda _: life.urge(province, month))
    stage(
        "declare",
        "hồ sơ D02-LT / lists",
        life.lists_expected(size),
        lambda tell: life.declare(province, size, month, seed, tell, leave_some=last),
    )
    if month == life.START:
        # what prompt payers pay in the first month is what a first run finds due
        stage("first run", "chạy tháng / run", 0, lambda tell: life.run(province, month, tell), atomic=False)
    stage(
        "bank",
        "sao kê / bank files",
        0,
        lambda tell: life.bank(province, month, seed, tell),
    )
    stage("run", "chạy tháng / run", 0, lambda tell: life.run(province, month, tell), atomic=False)
    stage("measure", "số thực hiện / progress", 1, lambda _: plans.measure(province, month))
    if not last:
        stage("close", "khóa sổ / close", 1, lambda _: life.close(province, month))


def show(port: int) -> None:
    """Print the address and one sign-in per role on stdout."""
    out = sys.stdout
    out.write(f"\nAn Sinh: http://127.0.0.1:{port}/\n\n")
    out.write(f"{'Tên đăng nhập':16}{'Mật khẩu':20}{'Vai trò':40}{'Mã xác thực'}\n")
    for row in accounts.listing():
        code = row["code"] or "(không cần / none)"
        out.write(f"{row['username']:16}{row['password']:20}{row['role_name']:40}{code}\n")
    out.write(
        "\nMã xác thực đổi sau mỗi 30 giây; mã hiện tại có trên trang đăng nhập.\n"
        "Codes change every 30 seconds; the sign-in page of the demonstration shows the current one.\n\n"
    )
    out.flush()


@contextmanager
def bar(title: str, total: int) -> Iterator[Report]:
    """Thanh tiến độ on stderr: count, rate, remaining time; yields (what, how many more)."""
    with tqdm(
        total=total or None, desc=title, unit=" dòng", unit_scale=True, file=sys.stderr, mininterval=0.5
    ) as line:

        def tell(what: str, more: int) -> None:
            if what:
                line.set_postfix_str(what, refresh=False)
            line.update(more)

        yield tell


def _rows(size: Size) -> int:
    """About how many rows the people's tables get: people, their households, spans and cards."""
    return size.people * 5 // 4 + size.participants + size.workers // 3 + size.health + 2 * size.employers


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ansinh demo",
        description="Dựng tỉnh mẫu và chạy các tháng thu / build and run the demo province.",
    )
    parser.add_argument("--size", choices=sorted(SIZES), default="small", help="cỡ tỉnh mẫu / size")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="hạt giống / seed")
    parser.add_argument("--port", type=int, default=8000, help="cổng / port")
    parser.add_argument(
        "--months", type=int, default=life.MONTHS, choices=range(1, 7), metavar="1-6", help="số tháng"
    )
    parser.add_argument("--fresh", action="store_true", help="xóa và dựng lại / drop and rebuild")
    parser.add_argument("--no-serve", action="store_true", help="chỉ dựng, không mở trang / build only")
    return parser
