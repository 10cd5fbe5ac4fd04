"""Một bộ sổ nhỏ để sao lưu: two months of dues, a payment, a letter that came in, seals; and its figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

# A small set of books, one month of it run; as a process of its own, for it is made on any server.
MADE = """
import django
django.setup()
from datetime import date
from io import BytesIO
from tests.collection.month.books import Books
from ansinh.collection.month import services
from ansinh.kernel.months import Month
from ansinh.office import documents
from ansinh.office.chain import sealing
from ansinh.office.models import User
from ansinh.office.rights import actor_of
month = Month(2026, 1)
books = Books("20")
services.open_month(unit=books.province, month=month)
for workers, wage in ((3, 9_000_000), (2, 12_340_000)):
    employer = books.employer(workers=workers, wage=wage)
books.pay(employer, date(2026, 1, 20), 5_400_000)
clerk = User.objects.create(username="van.thu", full_name="Lý Thị Hoa", kind="staff")
for words in ("một", "hai", "ba"):
    file = documents.examine(BytesIO(f"<a>{words}</a>".encode()), f"{words}.xml")
    documents.keep(actor=actor_of(clerk), file=file, thing="bank_file", key=1)
services.run_month(actor=None, unit=books.province, month=month)
sealing.seal_all()
# what came after the run, for the next one to find
from ansinh.registers.models import Participation
first = Participation.objects.order_by("pk").first()
Participation.objects.filter(pk=first.pk).update(wage=10_500_000, declaration_id=77)
"""

# Everything of money that a record says, and whether it holds.
FIGURES = """
import json, django
django.setup()
from django.db.models import Count, Sum
from ansinh.collection.models import Due, Receipt, Statement
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Line
from ansinh.office.models import Unit, Document
from ansinh.registers.models import Participation
province = Unit.objects.get(kind="province")
print(json.dumps({
    "dues": list(Due.objects.order_by("month", "pk").values_list("month", "health", "pension_survivors")),
    "receipts": list(Receipt.objects.order_by("pk").values_list("reference", "amount", "state")),
    "statements": list(Statement.objects.order_by("pk").values_list("month", "short")),
    "trial": [[str(c) for c in row] for month in (Month(2026, 1), Month(2026, 2))
              for row in ledger.trial_balance(unit_id=province.pk, month=month.index)],
    "lines": list(Line.objects.aggregate(n=Count("pk"), s=Sum("amount")).values()),
    "documents": Document.objects.count(),
    "wages": list(Participation.objects.order_by("pk").values_list("wage", flat=True)),
    "balanced": not ledger.unbalanced(),
}, default=str))
"""

# The next month; what it posts for the month before is what the last run had not read.
NEXT = """
import django
django.setup()
from ansinh.collection.month import services
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
province = Unit.objects.get(kind="province")
services.open_month(unit=province, month=Month(2026, 2))
done = services.run_month(actor=None, unit=province, month=Month(2026, 2))
assert done.state == "done", done.error
"""


def ansinh(
    surroundings: dict[str, str], *words: str, code: int | None = 0
) -> subprocess.CompletedProcess[str]:
    """One command of the product, with these variables; its code is as expected, or all it said is shown."""
    done = subprocess.run(
        [sys.executable, "-m", "ansinh.cli", *words], env=surroundings, capture_output=True, text=True
    )
    assert code is None or done.returncode == code, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def script(surroundings: dict[str, str], text: str) -> str:
    """A script that stands above; what it printed."""
    done = subprocess.run([sys.executable, "-c", text], env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def figures(at: dict[str, str], *, before: bool = False, after: str = "") -> dict[str, Any]:
    """What the record says, once a script has done its work; under "before" what it said until then."""
    told = [
        json.loads(line) for line in script(at, (FIGURES if before else "") + after + FIGURES).splitlines()
    ]
    found: dict[str, Any] = told[-1]
    return {**found, "before": told[0]} if before else found


def surroundings(var: Path, **more: str) -> dict[str, str]:
    """Variables of a process of the product with a `var/` of its own and nothing of this one's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_", "ANSINH_"))}
    return kept | {
        "ANSINH_PROFILE": "test",
        "ANSINH_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "ansinh.config.settings",
        "PYTHONPATH": str(Path(__file__).parents[3]),
        **more,
    }
