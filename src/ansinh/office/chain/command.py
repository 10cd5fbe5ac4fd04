"""`ansinh seal`: one more link for every chain, now."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from ansinh.config import database
from ansinh.kernel.errors import BilingualError
from ansinh.office.chain import chains, sealing
from ansinh.office.chain.models import Seal


def seal(argv: Sequence[str]) -> int:
    """Seal what is final; 1 when a chain cannot go on."""
    parser = argparse.ArgumentParser(
        prog="ansinh seal",
        description="Niêm phong các dòng mới của sổ cái và nhật ký / seal new rows of ledger and logs.",
    )
    parser.add_argument(
        "--new-epoch",
        action="store_true",
        help="sau khi khôi phục vào máy chủ khác, khi chưa ai ghi / after a restore into another server",
    )
    options = parser.parse_args(argv)
    try:
        if options.new_epoch:
            with database.as_owner():
                done = {chain.name: sealing.open_epoch(chain) for chain in chains.registered()}
        else:
            done = sealing.seal_all()
    except BilingualError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name, link in done.items():
        sys.stdout.write(f"{name}: {_told(link)}\n")
    return 0


def _told(link: Seal | None) -> str:
    if link is None:
        return "không có dòng mới / nothing new"
    return f"mắt xích {link.number}, {link.rows} dòng / link {link.number}, {link.rows} rows: {link.head}"
