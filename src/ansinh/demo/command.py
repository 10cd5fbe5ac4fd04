"""`ansinh demo`: build the demonstration province, live its months. `opening` begins and serves."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from tqdm import tqdm

from ansinh.config import database, port, singles
from ansinh.demo import accounts, building, life, record, stages
from ansinh.demo.sizes import SIZES, Size
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office.runs.engine import Watch
from ansinh.office.runs.kinds import Step

DEFAULT_SEED = 20260701
SERVED = (
    "Đang có trang mở trên thư mục này: dừng nó trước khi dựng lại",
    "a site is served from this folder: stop it before building anew",
)
Report = Callable[[str, int], None]


def main(argv: Sequence[str]) -> int:
    """Build what is not yet built, and show how to sign in. 1 when the record holds something else."""
    options = _parser().parse_args(argv)
    try:
        database.wait(settings.DATABASES["default"])
        if options.fresh:
            with singles.only("serving", *SERVED), database.as_owner():
                stages.drop()
        build(SIZES[options.size], options.seed, months=options.months)
    except BilingualError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    show(options.port)
    return 0


def build(size: Size, seed: int, *, months: int = life.MONTHS) -> None:
    """Every run that is not done yet, each step with its bar on stderr.

    The schema, and tables filled without their indexes, are the owner's work; the rest is the application's.
    """
    building.declare()
    said = building.params(size, seed)
    with bar("cấu trúc / schema", 1) as tell, database.as_owner():
        call_command("migrate", verbosity=0)
        stages.begin(size, seed)
        tell("", 1)
    with database.as_owner():
        stages.perform(building.BUILD, said, watch=Bars())
    province = record.province(size)
    stages.perform(building.OPEN, said, unit=province, watch=Bars())
    lived = life.months(months)
    for month in lived:
        more = building.params(size, seed, last=month == lived[-1])
        stages.perform(building.MONTH, more, unit=province, month=month, watch=Bars(month))
    stages.perform(building.PLAN, said, unit=province, month=lived[-1], watch=Bars())


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
    with _line(title, total) as line:

        def tell(what: str, more: int) -> None:
            if what:
                line.set_postfix_str(what, refresh=False)
            line.update(more)

        yield tell


def _line(title: str, total: int) -> Any:
    return tqdm(
        total=total or None, desc=title, unit=" dòng", unit_scale=True, file=sys.stderr, mininterval=0.5
    )


class Bars(Watch):
    """Thanh tiến độ của lượt chạy: one for each step, fed by the engine."""

    def __init__(self, month: Month | None = None) -> None:
        self.month = month
        self.stack = ExitStack()

    def began(self, step: Step, total: int) -> None:
        """A bar for the step."""
        self.stack.close()
        title = f"{self.month.vi()} {step.title}" if self.month else str(step.title)
        self.line = self.stack.enter_context(_line(title, total))

    def expects(self, step: Step, total: int) -> None:  # noqa: ARG002 -- the bar is the step's
        """How much there is to do became known."""
        self.line.total = total
        self.line.refresh()

    def did(self, step: Step, what: str, count: int) -> None:  # noqa: ARG002 -- as above
        """So much more is done."""
        if what:
            self.line.set_postfix_str(what, refresh=False)
        self.line.update(count)

    def ended(self, step: Step, result: dict[str, Any]) -> None:  # noqa: ARG002 -- as above
        """The bar stands as it is."""
        self.stack.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ansinh demo",
        description="Dựng tỉnh mẫu và chạy các tháng thu / build and run the demo province.",
    )
    parser.add_argument("--size", choices=sorted(SIZES), default="small", help="cỡ tỉnh mẫu / size")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="hạt giống / seed")
    parser.add_argument("--port", type=int, default=port.USUAL, help="cổng / port")
    parser.add_argument(
        "--months", type=int, default=life.MONTHS, choices=range(1, 7), metavar="1-6", help="số tháng"
    )
    parser.add_argument("--fresh", action="store_true", help="xóa và dựng lại / drop and rebuild")
    parser.add_argument("--no-serve", action="store_true", help="chỉ dựng, không mở trang / build only")
    return parser
