"""`ansinh admin create`: the first two people of an empty record, opened on the server.

Two people give every right, so two must be there first: an administrator, then an administrator or a
director. After that the server opens nobody; administrators do, on the site.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from ansinh.kernel.errors import BilingualError
from ansinh.office import units
from ansinh.office.models import Unit
from ansinh.office.staff import accounts

LOCAL = ("127.0.0.1", "localhost", "[::1]", "testserver")


def main(argv: Sequence[str]) -> int:
    """Open an account and print its one-time link. Exit code 1 when two people can give rights already."""
    asked = _parser().parse_args(argv)
    try:
        units.load()
        kind = Unit.Kind.VSS if asked.province == units.ROOT_CODE else Unit.Kind.PROVINCE
        user, token = accounts.first(
            name=asked.username,
            full_name=asked.name,
            role=asked.role,
            unit=units.unit(kind, asked.province, timezone.localdate()),
            decision=asked.decision,
        )
    except BilingualError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    link = f"{(asked.site or _site()).rstrip('/')}{reverse('invitation_link', args=[token])}"
    sys.stdout.write(
        f"{user.username}: {link}\n"
        "Liên kết dùng một lần, trong 72 giờ; trao tận tay. / The link works once, for 72 hours.\n"
    )
    return 0


def _site() -> str:
    """Where the site is, as far as the settings tell."""
    named = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL and not host.startswith((".", "*"))]
    return f"https://{named[0]}" if named else "http://127.0.0.1:8000"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ansinh admin", description="Mở tài khoản đầu tiên trên máy chủ / open the first accounts."
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="create")
    create = actions.add_parser("create", help="mở tài khoản, in liên kết mời / open one, print its link")
    create.add_argument("--username", required=True, help="tên đăng nhập / username")
    create.add_argument("--name", required=True, help="họ và tên / full name")
    create.add_argument(
        "--province", required=True, help=f"mã tỉnh, {units.ROOT_CODE}: BHXH Việt Nam / code of the province"
    )
    create.add_argument(
        "--role", choices=("administrator", "director"), default="administrator", help="vai trò / role"
    )
    create.add_argument("--decision", required=True, help="số văn bản giao quyền / number of the decision")
    create.add_argument("--site", default="", help="địa chỉ trang, https://… / address of the site")
    return parser
