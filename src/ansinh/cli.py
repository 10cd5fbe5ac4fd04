"""Lệnh ``ansinh``: one command for every room; each part is imported only when it is called."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from ansinh.kernel.errors import BilingualError

__all__ = ["main"]

SETTINGS = "ansinh.config.settings"
# Django's commands that change the schema, or empty it: they connect as the owner of the database
OWNERS = frozenset({"createcachetable", "flush", "grants", "migrate", "pgtrigger", "sqlflush"})


# What tells that an optional part is installed: packages without which none of its commands can begin
EXTRAS = {"columns": ("duckdb", "pyarrow"), "office": ("django", "psycopg", "duckdb", "pyarrow")}


class Command(NamedTuple):
    """Một lệnh con: what it does, where it lives (``module:function``), and what it needs.

    `extra` is the optional part of the package that must be installed; the law alone needs none.
    """

    vi: str
    en: str
    target: str
    needs_django: bool = True
    extra: str = "office"


COMMANDS: dict[str, Command] = {
    "calc": Command(
        "Tính theo luật từ tệp YAML hoặc JSON",
        "compute cases of law from a YAML or JSON file",
        "ansinh.law.calc.command:main",
        needs_django=False,
        extra="",
    ),
    "law": Command(
        "Kiểm tra bộ điều luật và tham số, viết trang của từng quy định (law check, law docs)",
        "check the book of law and its parameters, write its pages",
        "ansinh.cli:law",
        needs_django=False,
        extra="",
    ),
    "simulate": Command(
        "Thử một cải cách trên cả dân số",
        "try a reform on a whole population",
        "ansinh.law.simulate.command:main",
        needs_django=False,
        extra="columns",
    ),
    "demo": Command(
        "Dựng tỉnh mẫu và chạy các tháng thu",
        "build the demo province and run its months",
        "ansinh.demo.opening:main",
        needs_django=False,  # it sets Django up itself, after a look at the port
    ),
    "serve": Command(
        "Mở trang web trên máy này",
        "serve the site",
        "ansinh.web.serving.server:main",
        needs_django=False,  # it sets Django up itself, to tell every reason not to serve at once
    ),
    "declare": Command(
        "Tiếp nhận tờ khai, danh sách D02-LT",
        "take in a declaration",
        "ansinh.collection.command:declare",
    ),
    "run": Command("Chạy kỳ thu của một tháng", "run a month of collection", "ansinh.collection.command:run"),
    "figures": Command(
        "Kiểm tra số liệu công bố và chỉ tiêu",
        "check published figures and targets",
        "ansinh.steering.targets.command:main",
    ),
    "admin": Command(
        "Mở tài khoản của hai người quản trị đầu tiên (admin create)",
        "open the accounts of the first two administrators (admin create)",
        "ansinh.web.staff.administration.command:main",
    ),
    "seal": Command(
        "Niêm phong các dòng mới của sổ cái, nhật ký truy cập",
        "seal new rows of ledger and reading log",
        "ansinh.office.chain.command:seal",
    ),
    "verify": Command(
        "Kiểm tra chuỗi niêm phong và cân đối sổ cái",
        "check the chains and the ledger's balance",
        "ansinh.ledger.command:verify",
    ),
    "documents": Command(
        "Đối chiếu kho tài liệu với sổ (documents check), bỏ tệp không ai giữ (documents sweep)",
        "compare the store of documents with the record, remove files nobody keeps",
        "ansinh.office.documents.command:main",
    ),
    "backup": Command(
        "Sao lưu cơ sở dữ liệu và tài liệu vào một thư mục",
        "save the database and the documents in a folder",
        "ansinh.office.backups.command:backup",
    ),
    "restore": Command(
        "Khôi phục bản sao lưu vào một nơi trống",
        "restore a backup into an empty place",
        "ansinh.office.backups.command:restore",
    ),
    "manage": Command(
        "Lệnh quản trị Django",
        "Django management commands",
        "ansinh.cli:manage",
        needs_django=False,
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Chạy lệnh ``ansinh``: returns the exit code; what follows the command's name is the command's own."""
    given = list(sys.argv[1:] if argv is None else argv)
    name = _parser().parse_args(given[:1]).command
    command = COMMANDS[name]
    if command.extra and not all(map(find_spec, EXTRAS[command.extra])):
        print(_missing(name, command.extra), file=sys.stderr)
        return 2
    try:
        if command.needs_django:
            _set_up_django()
        code = _function(command.target)(given[1:])
        sys.stdout.flush()
    except BilingualError as error:  # written for people: a sentence, and no traceback
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read the output (head, less) has seen enough; what is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if command.extra != "office" or not (told := _of_the_database(error)):
            raise
        print(told, file=sys.stderr)
        return 1
    return 0 if code is None else code


def law(argv: Sequence[str]) -> int:
    """``ansinh law check``: every problem of the book of law, 1 if there is any; ``law docs``: its pages."""
    parser = argparse.ArgumentParser(prog="ansinh law", description=_both(COMMANDS["law"]))
    actions = parser.add_subparsers(dest="action", required=True, metavar="check|docs")
    actions.add_parser("check", help="kiểm tra / check")
    docs = actions.add_parser("docs", help="viết tổng quan của luật / write the overview of the law")
    docs.add_argument("--check", action="store_true", help="chỉ so, không viết / compare only")
    docs.add_argument("--to", type=Path, default=Path("docs/law"), help="thư mục / folder (docs/law)")
    docs.add_argument(
        "--pages", type=Path, help="thêm một trang cho mỗi quy định / a page for each clause too"
    )
    docs.add_argument("--tests", type=Path, default=Path("tests/law"), help="trường hợp / cases (tests/law)")
    asked = parser.parse_args(argv)
    if asked.action == "docs":
        from ansinh.law import pages

        return pages.main(asked.to, asked.tests, check=asked.check, pages=asked.pages)

    from ansinh.law import check

    problems = list(check.problems())
    for problem in problems:
        print(problem)
    print(f"{len(problems)} lỗi / problems")
    return 1 if problems else 0


def manage(argv: Sequence[str]) -> int:
    """``ansinh manage …``: Django's own commands with the settings of An Sinh."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if argv and argv[0] in OWNERS:
        os.environ["ANSINH_DATABASE_ROLE"] = "owner"
    from django.core.management import execute_from_command_line

    execute_from_command_line(["ansinh manage", *argv])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ansinh",
        description="An Sinh: phần mềm nghiệp vụ bảo hiểm xã hội / the work of a social security office.",
        epilog="ansinh LỆNH --help: cách dùng từng lệnh / how to use a command.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH/COMMAND")
    for name, command in COMMANDS.items():
        commands.add_parser(name, help=_both(command), add_help=False)
    return parser


def _missing(name: str, extra: str) -> str:
    install = f"pip install 'ansinh[{extra}]'"
    return (
        f"Lệnh “ansinh {name}” cần phần [{extra}], chưa được cài: {install}\n"
        f"The command ansinh {name} needs the part [{extra}], which is not installed: {install}"
    )


def _of_the_database(error: Exception) -> BilingualError | None:
    """The sentence for a database that is not there, if that is what the error came from."""
    from ansinh.config import database

    return database.unreachable(error) if database.is_lost(error) else None


def _both(command: Command) -> str:
    return f"{command.vi} / {command.en}"


def _function(target: str) -> Callable[[Sequence[str]], int | None]:
    module, _, function = target.partition(":")
    found: Callable[[Sequence[str]], int | None] = getattr(import_module(module), function)
    return found


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
