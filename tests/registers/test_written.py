"""In which transaction a row was last written: kept by the database, whatever a statement says."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from tests.collection.month.books import Books

from ansinh.office.chain.fields import XidField
from ansinh.office.marks.columns import BEFORE
from ansinh.registers.models import Employer, Participation

pytestmark = pytest.mark.django_db(transaction=True)
OF = "SELECT written FROM registers_participation WHERE id = %s"


def one(sql: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


def test_a_statement_cannot_say_when_a_row_was_written() -> None:
    """Neither a change of the row, nor of the column alone, nor a new row that claims to be old."""
    span = Books().employer(workers=1).participation_set.get()
    before = one(OF, span.pk)
    with transaction.atomic():
        Participation.objects.filter(pk=span.pk).update(written=BEFORE)
        now = one("SELECT pg_current_xact_id()")
        assert one(OF, span.pk) == now > before
        claimed = one(
            """INSERT INTO registers_workmonth (employer_id, person_id, month, unpaid_days, sick_days,
                   maternity_days, agreed, first_month, written)
               VALUES (%s, %s, 24313, 0, 0, 0, false, false, '3') RETURNING written""",
            span.employer_id,
            span.person_id,
        )
        assert claimed == now


def test_copied_rows_bear_the_transaction_that_copies_them() -> None:
    books = Books()
    span = books.employer(workers=1).participation_set.get()
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.copy(
            "COPY registers_workmonth (employer_id, person_id, month, unpaid_days, sick_days, maternity_days,"
            " agreed, first_month, written) FROM STDIN"
        ) as sink:
            sink.write_row((span.employer_id, span.person_id, 24313, 0, 0, 0, False, False, "3"))
        with cursor.copy(
            "COPY registers_workmonth (employer_id, person_id, month, unpaid_days, sick_days, maternity_days,"
            " agreed, first_month) FROM STDIN"
        ) as sink:
            sink.write_row((span.employer_id, span.person_id, 24314, 0, 0, 0, False, False))
        cursor.execute("SELECT DISTINCT written = pg_current_xact_id() FROM registers_workmonth")
        assert cursor.fetchall() == [(True,)]


def test_a_row_that_goes_leaves_when_it_went_and_a_saved_one_changes_no_history() -> None:
    employer = Books().employer(workers=1)
    employer.save()
    employer.refresh_from_db()
    employer.save()
    assert one("SELECT count(*) FROM registers_employerevent") == 0
    with transaction.atomic():
        employer.participation_set.get().delete()
        now = one("SELECT pg_current_xact_id()")
    assert one("SELECT pgh_written FROM registers_participationevent") == now
    assert Employer.objects.values_list("written", flat=True).get() < now


def test_every_column_of_transactions_that_may_change_has_its_trigger_and_index() -> None:
    """A column named `written` without its trigger would let a change go unseen."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models()
        if any(f.name == "written" and isinstance(f, XidField) for f in model._meta.fields)
    }
    assert len(found) == 9
    for table, model in found.items():
        assert any(t.name.endswith("_stamped") for t in model._meta.triggers), table
        assert any(list(i.fields) == ["written"] for i in model._meta.indexes), table
