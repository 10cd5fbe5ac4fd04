"""Seals over ledger and reading log: a change of any sealed row is found, and its link named.

Before there were seals, whoever reached the database as its superuser could change, remove or slip in an entry
of any day, and nothing showed it.
"""

from __future__ import annotations

import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction
from tests.safety.processes import owners_address

from ansinh.config import database
from ansinh.ledger import command as ledger_command
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Account, Entry, Line
from ansinh.office import documents
from ansinh.office.chain import chains, heads, sealing, verifying
from ansinh.office.chain.command import seal as seal_command
from ansinh.office.chain.models import Seal
from ansinh.office.models import Look, Reading, User
from ansinh.office.rights import actor_of

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = count(1)
BACKDATED = """
INSERT INTO ledger_entry (key, kind, unit_id, month, posted_on, text, xid)
SELECT 'slipped in', 'due', 1, month, posted_on, '', xid FROM ledger_entry ORDER BY id LIMIT 1
"""


@pytest.fixture(autouse=True)
def var(settings: Any, tmp_path: Any) -> Any:
    settings.VAR = tmp_path
    Account.objects.bulk_create(
        (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
    )
    return tmp_path


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else writes to this database: transactions that other test runs hold open elsewhere do not matter."""

    def next_one() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())")
            return int(cursor.fetchone()[0])

    monkeypatch.setattr(sealing, "oldest_under_way", next_one)


def post(amount: int = 1_000) -> Entry:
    return ledger.post(
        key=f"thu:{next(KEYS)}", kind="due", unit_id=1, month=24_312, posted_on=date(2026, 1, 20),
        sides=[ledger.Side(ledger.BANK, amount), ledger.Side(ledger.SUSPENSE, -amount)],
    )  # fmt: skip


def chain(name: str = "ledger_entry") -> chains.Chain:
    return next(c for c in chains.registered() if c.name == name)


def three_links(name: str = "ledger_entry") -> list[Seal]:
    made = []
    for _ in range(3):
        post()
        made.append(sealed(name))
    return made


def sealed(name: str = "ledger_entry") -> Seal:
    link = sealing.seal(chain(name))
    assert link is not None
    return link


def settled() -> list[Seal]:
    """All links, once no other transaction of the server (of another test run) stands in the way of the last."""
    end = time.monotonic() + 300
    while verifying.verify(chain()).unsealed:
        assert time.monotonic() < end, "somebody's transaction never ended"
        sealing.seal(chain())
        time.sleep(0.1)
    return list(Seal.objects.filter(chain="ledger_entry").order_by("number"))


@contextmanager
def owner() -> Iterator[psycopg.Connection]:
    """Somebody who owns the tables and switches their guards off."""
    with psycopg.connect(owners_address(), autocommit=True) as held:
        tables = ("ledger_entry", "ledger_line", "office_seal", "office_look")
        for table in tables:
            held.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield held
        for table in tables:
            held.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.usefixtures("alone")
def test_every_table_of_ledger_reading_log_and_documents_is_sealed(settings: Any) -> None:
    settings.DOCUMENTS = ""
    post()
    user = User.objects.create(username="a", full_name="A", kind="staff")
    look = Look.objects.create(user=user, view="person", address="/", purpose="lookup")
    Reading.objects.create(look=look, subject="person", subject_id=1)
    file = documents.examine(b"%PDF-1.7", "don.pdf")
    documents.keep(actor=actor_of(user), file=file, thing="declaration", key=1)
    for name in (
        "ledger_entry", "ledger_line", "office_look", "office_reading", "office_document", "office_attachment"
    ):  # fmt: skip
        link = sealed(name)
        assert (link.number, link.epoch, link.rows) == (1, 1, 2 if name == "ledger_line" else 1)
        assert sealing.seal(chain(name)) is None
    results = verifying.verify_all()
    assert [r.broken for r in results] == [None] * 6
    assert [(r.links, r.unsealed, r.compared) for r in results] == [(1, 0, 1)] * 6


@pytest.mark.parametrize(
    ("change", "link"),
    [
        ("UPDATE ledger_entry SET text = 'khác' WHERE id = (SELECT max(id) - 1 FROM ledger_entry)", 2),
        (
            "DELETE FROM ledger_line; DELETE FROM ledger_entry WHERE id = (SELECT min(id) FROM ledger_entry)",
            1,
        ),
        (BACKDATED, 1),
        ("UPDATE ledger_entry SET xid = '1' WHERE id = (SELECT max(id) FROM ledger_entry)", 1),
        ("UPDATE office_seal SET rows = 7 WHERE number = 2", 2),
        ("UPDATE office_seal SET sealed_at = sealed_at - interval '1 day' WHERE number = 3", 3),
        ("DELETE FROM office_seal WHERE number = 2", 3),
        ("DELETE FROM office_seal WHERE number = 3", 3),
    ],
)
@pytest.mark.usefixtures("alone")
def test_whatever_is_changed_behind_the_guards_is_found(change: str, link: int) -> None:
    three_links()
    assert verifying.verify(chain()).broken is None
    with owner() as held:
        for statement in change.split("; "):
            held.execute(statement)  # type: ignore[call-overload]
    broken = verifying.verify(chain()).broken
    assert broken is not None
    assert (broken.chain, broken.number) == ("ledger_entry", link)


@pytest.mark.usefixtures("alone")
def test_who_computes_the_whole_chain_anew_is_found_by_the_heads_outside() -> None:
    three_links()
    with owner() as held:
        held.execute("UPDATE ledger_entry SET text = 'khác' WHERE id = (SELECT min(id) FROM ledger_entry)")
        before = ""
        for link in Seal.objects.filter(chain="ledger_entry").order_by("number"):
            link.digest = chains.content(chain(), chains.Stretch(link.after, link.until, 0)).digest
            before = sealing.head_of(link, before)
            held.execute(
                "UPDATE office_seal SET digest = %s, head = %s WHERE id = %s", [link.digest, before, link.pk]
            )
    broken = verifying.verify(chain()).broken
    assert broken is not None
    assert (broken.number, broken.en) == (1, "is not the head kept outside the database")
    heads.path("ledger_entry").unlink()
    assert verifying.verify(chain()).broken is None


@pytest.mark.usefixtures("alone")
def test_heads_outside_are_private_and_written_once(var: Any) -> None:
    links = three_links()
    file = var / "heads" / "ledger_entry.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [(k.number, k.head) for k in heads.kept("ledger_entry")] == [(n.number, n.head) for n in links]
    assert heads.publish("ledger_entry") == 0
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:1]))  # killed before it was written
    assert heads.publish("ledger_entry") == 2
    assert len(heads.kept("ledger_entry")) == 3


def test_a_transaction_that_ends_late_is_sealed_later_and_stops_nobody() -> None:
    for _ in range(2):
        post()
    first = settled()
    insert = "INSERT INTO ledger_entry (key, kind, unit_id, month, posted_on, text) VALUES (%s, 'due', 1, 24312, '2026-01-20', '') RETURNING id"
    address = database.environment(connection.settings_dict["NAME"], django_settings.DATABASE_ROLES)
    with psycopg.connect(address["DATABASE_URL"]) as slow:
        (low,) = slow.execute(insert, ["slow"]).fetchone()
        high = post().pk
        assert low < high
        began = time.monotonic()
        assert sealing.seal(chain()) is None  # what came after it waits, for it may still add to its own link
        assert time.monotonic() - began < 5
        assert verifying.verify(chain()).unsealed == 1
        slow.commit()
    later = settled()[len(first) :]
    assert sum(link.rows for link in later) == 2
    assert max(link.last_id for link in later) == high
    assert later[0].after == first[-1].until
    assert verifying.verify(chain()).broken is None


def test_two_sealers_at_once_make_one_chain() -> None:
    for _ in range(5):
        post()
    start = threading.Barrier(4)
    wrong: list[BaseException] = []

    def work() -> None:
        try:
            start.wait()
            for _ in range(5):
                post()
                sealing.seal(chain())
        except BaseException as error:  # noqa: BLE001 -- told below, in the test's own thread
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    post()
    links = settled()
    assert [link.number for link in links] == list(range(1, len(links) + 1))
    result = verifying.verify(chain())
    assert (result.broken, result.rows, result.unsealed, result.compared) == (None, 26, 0, len(links))


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("told", [0, 1, 2], ids=["as restored", "one link further", "two links further"])
def test_restored_into_another_server_it_goes_on_in_a_new_epoch(
    monkeypatch: pytest.MonkeyPatch, told: int
) -> None:
    """Transaction numbers start again after dump and restore: here, as if the former server had been far ahead.

    The file of heads may tell of links that the record has not: it is of before, or of a killed restore.
    """
    post()
    far = 10**12
    with monkeypatch.context() as former:
        former.setattr(sealing, "oldest_under_way", lambda: far)
        assert sealing.seal(chain()) is not None
    unsealed = post()
    with owner() as held:
        held.execute("UPDATE ledger_entry SET xid = %s::xid8 WHERE id = %s", [str(far + 5), unsealed.pk])
    ours = post()

    with pytest.raises(sealing.ChainError) as refused:
        sealing.seal(chain())
    assert refused.value.code == "chain.restored"
    broken = verifying.verify(chain()).broken
    assert broken is not None
    with heads.path("ledger_entry").open("a") as file:
        file.writelines(f"{2 + n} 2026-01-01 0 {'f' * 64}\n" for n in range(told))
    assert seal_command(["--new-epoch"]) == 0
    assert len(list(heads.path("ledger_entry").parent.glob("ledger_entry.*.txt"))) == bool(told)
    links = list(Seal.objects.filter(chain="ledger_entry").order_by("number"))
    assert [(n.epoch, n.rows, n.first_id) for n in links] == [(1, 1, 0), (1, 1, 0), (2, 0, ours.pk)]

    post()
    link = sealed()
    assert (link.epoch, link.rows) == (2, 2)
    assert verifying.verify(chain()).broken is None
    with owner() as held:
        held.execute("UPDATE ledger_entry SET text = 'khác' WHERE id = %s", [unsealed.pk])
    broken = verifying.verify(chain()).broken
    assert broken is not None
    assert broken.number == 2


@pytest.mark.usefixtures("alone")
def test_settings_of_a_session_change_no_digest() -> None:
    three_links()
    user = User.objects.create(username="a", full_name="A", kind="staff")
    Look.objects.create(user=user, view="person", address="/", purpose="lookup")
    whole = chains.Stretch(0, 10**15, 0)
    before = [chains.content(c, whole) for c in chains.registered()]
    with connection.cursor() as cursor:
        for setting in (
            "TimeZone TO 'America/New_York'",
            "DateStyle TO 'German'",
            "bytea_output TO 'escape'",
        ):
            cursor.execute(f"SET {setting}")
    try:
        assert [chains.content(c, whole) for c in chains.registered()] == before
    finally:
        connection.close()


@pytest.mark.usefixtures("alone")
def test_no_row_says_that_another_transaction_wrote_it() -> None:
    for model, values in ((Entry, {"key": "x", "kind": "due", "unit_id": 1, "month": 1}), (Line, None)):
        row = model(posted_on=date(2026, 1, 1), **values) if values else None
        if row is None:
            entry = post()
            row = Line(entry=entry, account_id=ledger.BANK, amount=0, unit_id=1, month=entry.month)
        row.xid = 3
        with pytest.raises(DatabaseError, match="another transaction"), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.usefixtures("alone")
def test_the_commands_say_what_holds_and_which_link_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    three_links()
    assert seal_command([]) == 0
    assert ledger_command.verify([]) == 0
    said = capsys.readouterr().out
    assert "ledger_entry: nguyên vẹn, 3 mắt xích" in said
    assert "every entry balances" in said
    with owner() as held:
        held.execute(
            "UPDATE ledger_line SET amount = amount + 1 WHERE id = (SELECT min(id) FROM ledger_line)"
        )
    assert ledger_command.verify([]) == 1
    said = capsys.readouterr().out
    assert "ledger_line: ĐỨT ở mắt xích 1 / BROKEN at link 1" in said
    assert "an entry does not balance: thu:" in said


@pytest.mark.usefixtures("alone")
def test_a_hundred_thousand_rows_are_sealed_in_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    entry = post()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_line (entry_id, account_id, party_id, amount, unit_id, month)
               SELECT %s, '112', i, CASE WHEN i %% 2 = 0 THEN i ELSE 1 - i END, 1, 24312
               FROM generate_series(0, 99999) i""",
            [entry.pk],
        )
    began = time.monotonic()
    link = sealed("ledger_line")
    took = time.monotonic() - began
    assert link.rows == 100_002
    began = time.monotonic()
    assert verifying.verify(chain("ledger_line")).broken is None
    with capsys.disabled():
        print(f"\n100,002 rows sealed in {took:.2f} s, verified in {time.monotonic() - began:.2f} s")
    assert took < 20
