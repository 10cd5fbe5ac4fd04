"""`ansinh verify`: chains of ledger and logs computed anew, every entry balanced, every balance right."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from ansinh.ledger import services
from ansinh.office.chain import verifying
from ansinh.office.chain.verifying import Verified


def verify(argv: Sequence[str]) -> int:
    """Say for each chain what holds; 1 and the first broken link when one does not."""
    argparse.ArgumentParser(
        prog="ansinh verify",
        description="Kiểm tra chuỗi niêm phong và cân đối sổ cái / check chains and balance.",
    ).parse_args(argv)
    code = 0
    for result in verifying.verify_all():
        sys.stdout.write(f"{result.chain}: {_told(result)}\n")
        if result.broken:
            code = 1
    wrong = services.unbalanced()
    if wrong:
        code = 1
        sys.stdout.write(f"sổ cái / ledger: bút toán không cân / an entry does not balance: {wrong}\n")
    else:
        sys.stdout.write("sổ cái / ledger: mọi bút toán cân / every entry balances\n")
    wrong = services.misbalanced()
    if wrong:
        code = 1
        sys.stdout.write(f"số dư / balances: không khớp định khoản / not what the lines come to: {wrong}\n")
    else:
        sys.stdout.write("số dư / balances: khớp mọi định khoản / every balance is what its lines come to\n")
    return code


def _told(result: Verified) -> str:
    if result.broken:
        at = result.broken.number
        where = f"ĐỨT ở mắt xích {at} / BROKEN at link {at}" if at else "ĐỨT / BROKEN"
        return f"{where}: {result.broken.vi} / {result.broken.en}"
    waiting = f"{result.unsealed} dòng chưa niêm phong / rows not sealed yet"
    outside = (
        f"so với {result.compared} đầu chuỗi giữ ngoài / compared with {result.compared} heads kept outside"
        if result.compared
        else "không có đầu chuỗi giữ ngoài để so / no heads kept outside to compare with"
    )
    return (
        f"nguyên vẹn, {result.links} mắt xích, {result.rows} dòng / whole, {result.links} links, "
        f"{result.rows} rows; {waiting}; {outside}"
    )
