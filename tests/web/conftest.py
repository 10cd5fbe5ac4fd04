"""What tests of several pages share: books of one month, of an employer who pays and one who does not."""

from __future__ import annotations

from datetime import date

import pytest
from tests.collection.month.books import Books

from ansinh.collection.month import services
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Account

JANUARY = Month(2026, 1)


@pytest.fixture
def books(transactional_db: None) -> Books:
    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
    )
    made = Books()
    services.open_month(unit=made.province, month=JANUARY)
    made.paying, made.late = made.employer(workers=3), made.employer(workers=2)
    made.pay(made.paying, date(2026, 1, 20), 9_000_000)
    services.run_month(actor=None, unit=made.province, month=JANUARY)
    return made
