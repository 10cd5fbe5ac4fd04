"""What the application's role may do is what the models declare; who may do more is told, and not served."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from tests.safety.processes import owners_address

from ansinh.config import database
from ansinh.ledger.models import Line
from ansinh.office.models import RoleAssignment, User
from ansinh.office.privileges import Grants, apply, problems
from ansinh.office.privileges.declared import of_model, privileges
from ansinh.office.privileges.standing import runtime_role
from ansinh.registers.models import Employer, Participation
from ansinh.web.serving import server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("model", "grants"),
    [
        (Employer, Grants()),
        (User, Grants()),
        (Participation, Grants(delete=True)),
        (Line, Grants(update=False)),
        (User.groups.through, Grants(update=False, delete=True)),
        (Participation.pgh_event_model, Grants(insert=False, update=False)),
        (RoleAssignment.pgh_event_model, Grants(insert=False, update=False)),
        (ContentType, Grants(insert=False, update=False)),
        (Authenticator, Grants(delete=True)),
    ],
)
def test_what_a_model_gets_with_and_without_a_word(model: type[Model], grants: Grants) -> None:
    assert of_model(model) == grants


def test_columns_are_named_by_their_fields() -> None:
    changed = {column for kind, column in privileges()["collection_receipt"] if kind == "UPDATE"}
    assert changed >= {"state", "employer_id", "matched_by_id"}
    assert changed.isdisjoint({"amount", "payer_account", "reference", None})


def test_the_role_of_the_application_raises_no_doubt_and_the_owner_does() -> None:
    assert problems() == []
    with database.as_owner():
        (told,) = [p for p in problems() if "DATABASE_OWNER_URL" in p.vi]
    assert "owns" in told.en


def test_a_privilege_nobody_declared_is_told_and_taken_back() -> None:
    with psycopg.connect(owners_address()) as owner:
        owner.execute(f"GRANT UPDATE (amount), TRUNCATE ON ledger_line TO {runtime_role()}")  # type: ignore[call-overload]
        owner.execute("GRANT SELECT ON office_user TO PUBLIC")
    (told,) = problems()
    assert "ledger_line, office_user" in told.en
    with database.as_owner():
        assert apply().changed == ["ledger_line", "office_user"]
        assert apply().changed == []
    assert problems() == []


def test_guards_that_can_be_ignored_are_told_and_mended(capsys: pytest.CaptureFixture[str]) -> None:
    with psycopg.connect(owners_address()) as owner:
        owner.execute(
            "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean"
            " LANGUAGE sql AS $$ SELECT current_setting('pgtrigger.ignore', true) IS NOT NULL $$"
        )
    assert [p.vi for p in problems()] == ["bộ bảo vệ bảng còn tắt được; hãy chạy `ansinh manage grants`"]
    with database.as_owner():
        call_command("grants")
    assert problems() == []
    assert "0 bảng đổi quyền" in capsys.readouterr().out


def test_a_production_site_is_not_served_by_who_owns_the_tables(
    settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before, the site was served by the superuser of its own database, and nobody was told."""
    with database.as_owner():
        assert not [r for r in server.reasons_to_refuse() if "DATABASE_OWNER_URL" in r]
        assert "DATABASE_OWNER_URL" in capsys.readouterr().err
        settings.PROFILE = "production"  # type: ignore[attr-defined]
        assert [r for r in server.reasons_to_refuse() if "DATABASE_OWNER_URL" in r]
    assert not [r for r in server.reasons_to_refuse() if "DATABASE_OWNER_URL" in r]


def test_the_owner_does_not_begin_inside_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError), database.as_owner():
        raise AssertionError
    with database.as_owner():
        assert connection.settings_dict["USER"] != runtime_role()
    assert connection.settings_dict["USER"] == runtime_role()


def test_the_owners_address_alone_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It would have been passed over, and the embedded server migrated instead."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@localhost/ansinh")
    with pytest.raises(SystemExit, match="DATABASE_URL"):
        database.roles(tmp_path)


def test_an_address_comes_back_whole() -> None:
    """What a URL asks of the connection, such as TLS, was lost on the way to COPY and ADBC."""
    address = "postgresql://app:p%40ss@db.example:5433/ansinh?sslmode=verify-full"
    assert database.libpq(database.django(address)) == address
    socket = database.django("postgresql://app@/ansinh?host=/run/pg&port=5433")
    assert database.django(database.libpq(socket)) == socket
