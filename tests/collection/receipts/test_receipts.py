"""Money in: a statement read once, matched when certain, in suspense otherwise, matched by hand once."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from tests.collection.declarations.scenery import NOW, Scenery

from ansinh.collection import access
from ansinh.collection.models import BankFile, Receipt, Statement
from ansinh.collection.receipts import selectors, services
from ansinh.forms.banking import matching
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Entry, Line
from ansinh.office import documents
from ansinh.office.documents import stores
from ansinh.office.hands import HandError
from ansinh.office.rights import Denied
from ansinh.registers.models import Employer, PayerAccount


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def camt(account: str, entries: list[tuple[str, int, str, str]], opening: int = 0) -> bytes:
    """A statement: (reference, signed amount, text, payer's account)."""
    closing = opening + sum(amount for _, amount, _, _ in entries)

    def balance(kind: str, amount: int) -> str:
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy='VND'>{amount}</Amt>"
            "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-06-12</Dt></Dt></Bal>"
        )

    lines = "".join(
        f"<Ntry><NtryRef>{reference}</NtryRef><Amt Ccy='VND'>{abs(amount)}</Amt>"
        f"<CdtDbtInd>{'CRDT' if amount > 0 else 'DBIT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
        "<BookgDt><Dt>2026-06-12</Dt></BookgDt><ValDt><Dt>2026-06-12</Dt></ValDt><NtryDtls><TxDtls>"
        f"<RltdPties><DbtrAcct><Id><Othr><Id>{payer}</Id></Othr></Id></DbtrAcct></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        for reference, amount, text, payer in entries
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'><BkToCstmrStmt><Stmt>"
        f"<Id>S1</Id><Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>VND</Ccy></Acct>"
        f"{balance('OPBD', opening)}{balance('CLBD', closing)}{lines}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def text_for(employer: Employer) -> str:
    return f"+BHXH+103+00+{employer.unit_code}+02001+dong BHXH+"


def read(scene: Scenery, data: bytes, name: str = "sao-ke.xml", month: Month = NOW) -> BankFile:
    return services.read_bank_file(
        actor=scene.officer("finance"), account=scene.account, data=data, file_name=name, month=month
    )


def test_certain_money_is_the_employers_and_the_rest_waits(scene: Scenery) -> None:
    employer = scene.employer()
    file = read(
        scene,
        camt(
            scene.account.number,
            [
                ("A1", 5_000_000, text_for(employer), ""),
                ("A2", 3_000_000, "MB VCB 123 " + text_for(employer).lower(), ""),
                ("A3", 2_000_000, "chuyen tien bao hiem", "0101"),
                ("A4", -700_000, "phi", ""),
            ],
            opening=1_000_000,
        ),
    )
    assert file.counts == {
        "entries": 4, "credits": 3, "new": 3, "matched": 2, "suspense": 1, "repeated": 0, "amount": 10_000_000
    }  # fmt: skip
    assert ledger.balances(unit_id=scene.province.pk, month=NOW.index) == {
        "112": 10_000_000, "338.suspense": -2_000_000, "338.surplus": -8_000_000
    }  # fmt: skip
    surplus = Line.objects.filter(account_id="338.surplus").values_list("party_id", "amount")
    assert sorted(surplus) == [(employer.pk, -5_000_000), (employer.pk, -3_000_000)]
    assert Entry.objects.filter(key=f"receipt:{scene.account.pk}:A1").exists()


def test_an_unknown_code_or_a_doubtful_text_is_left_to_an_officer(scene: Scenery) -> None:
    employer, other = scene.employer(), scene.employer()
    unknown = text_for(employer).replace(employer.unit_code, "9899999999DNA01")
    doubtful = employer.unit_code
    both = text_for(employer) + " " + other.unit_code
    entries = [(f"B{n}", 1_000, text, "") for n, text in enumerate([unknown, doubtful, both])]
    read(scene, camt(scene.account.number, entries))
    assert set(Receipt.objects.values_list("state", flat=True)) == {"suspense"}


def test_an_employer_of_another_province_is_not_matched(scene: Scenery) -> None:
    stranger = Scenery("24").employer()
    read(scene, camt(scene.account.number, [("C1", 1_000, text_for(stranger), "")]))
    assert Receipt.objects.get().employer is None


def test_the_same_file_and_the_same_entries_change_nothing(scene: Scenery) -> None:
    employer = scene.employer()
    entries = [("A1", 5_000, text_for(employer), ""), ("A2", 3_000, "khong ro", "")]
    data = camt(scene.account.number, entries)
    first = read(scene, data)
    assert read(scene, data).pk == first.pk
    later = read(scene, camt(scene.account.number, [*entries, ("A3", 1_000, "khong ro", "")]))
    assert (later.counts["new"], later.counts["repeated"]) == (1, 2)
    assert Receipt.objects.count() == 3
    assert ledger.balances(unit_id=scene.province.pk, month=NOW.index)["112"] == 9_000


def test_a_reference_that_serves_twice_loses_no_money(scene: Scenery) -> None:
    read(scene, camt(scene.account.number, [("A1", 5_000, "x", "")]))
    other = camt(scene.account.number, [("A1", 6_000, "y", "")])
    read(scene, other)
    assert sorted(Receipt.objects.values_list("amount", flat=True)) == [5_000, 6_000]
    assert ledger.balances(unit_id=scene.province.pk, month=NOW.index)["112"] == 11_000


def sheet(employer: Employer, *balances: str) -> bytes:
    """A table anybody could type; with the balances under it, one that its bank's balances prove."""
    return (
        "\n".join(balances[:1])
        + "\nNgày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Nội dung\n"
        + f"12/06/2026;FT1;;5000000;{text_for(employer)}\n"
        + "13/06/2026;FT2;20000;;phi chuyen tien\n"
        + "\n".join(balances[1:])
    ).encode()


def test_a_csv_is_read_by_its_columns(scene: Scenery) -> None:
    employer = scene.employer()
    file = read(scene, sheet(employer, "Số dư đầu kỳ;1000000", "Số dư cuối kỳ;5980000\n"), "sao-ke.csv")
    assert (file.state, file.balanced) == ("posted", True)
    assert (file.counts["credits"], file.counts["matched"]) == (1, 1)
    with pytest.raises(services.ReceiptError, match="Số dư cuối kỳ"):
        read(scene, sheet(employer, "Số dư đầu kỳ;1000000", "Số dư cuối kỳ;5980001\n"), "sao-ke.csv")


def refused(act) -> str:
    with pytest.raises(HandError) as error:
        act()
    return error.value.code


@pytest.mark.parametrize("balances", [(), ("Số dư đầu kỳ;1000000",)])
def test_a_sheet_without_balances_takes_two(scene: Scenery, balances: tuple[str, ...]) -> None:
    """One officer typed a sheet of credits that no bank had sent, and it stood in the ledger at once."""
    employer = scene.employer()
    data = sheet(employer, *balances)
    finance = scene.officer("finance")
    file = services.read_bank_file(
        actor=finance, account=scene.account, data=data, file_name="sao-ke.csv", month=NOW
    )
    assert (file.state, file.balanced, file.counts["amount"]) == ("waiting", False, 5_000_000)
    assert read(scene, data, "sao-ke.csv").pk == file.pk
    assert not Receipt.objects.exists()
    assert not Entry.objects.exists()

    seen = services.as_seen(file)
    assert refused(lambda: services.confirm(actor=finance, file=file, seen=seen)) == "hands.maker"
    other = scene.officer("finance")
    for old in ("", "0" * 64):
        assert refused(lambda old=old: services.confirm(actor=other, file=file, seen=old)) == "hands.changed"
    with pytest.raises(Denied):
        services.confirm(actor=scene.officer(), file=file, seen=seen)
    one = BankFile.objects.filter(pk=file.pk)
    for who in (finance.user, other.user, None):
        for facts in ({}, {"balanced": True}):
            # whether a file is balanced is not the application's to change at all
            words = "permission denied" if facts else "bank_file_two_people"
            with pytest.raises(DatabaseError, match=words), transaction.atomic():
                one.update(state="posted", confirmed_by=who, **facts)

    director = scene.officer("director")
    assert list(selectors.files_waiting(director)) == [file]
    done = services.confirm(actor=director, file=file, seen=seen)
    services.confirm(actor=other, file=file, seen=seen)
    assert (done.state, done.confirmed_by) == ("posted", director.user)
    assert (done.counts["new"], done.counts["matched"]) == (1, 1)
    assert ledger.balances(unit_id=scene.province.pk, month=NOW.index)["112"] == 5_000_000
    assert not selectors.files_waiting(director).exists()


def test_the_bytes_that_were_shown_are_those_posted(scene: Scenery) -> None:
    file = read(scene, sheet(scene.employer()), "sao-ke.csv")
    seen = services.as_seen(file)
    kept = documents.of(services.THING, file.pk).document
    stored = stores.Folder(Path(settings.DOCUMENTS)).path(kept.digest)
    stored.write_bytes(stored.read_bytes().replace(b"5000000", b"9000000"))
    with pytest.raises(services.ReceiptError) as error:
        services.confirm(actor=scene.officer("director"), file=file, seen=seen)
    assert error.value.code == "bank.bytes"
    assert not Entry.objects.exists()


def test_an_employer_named_since_it_was_shown_is_shown_again(scene: Scenery) -> None:
    employer = scene.employer()
    file = read(scene, sheet(employer), "sao-ke.csv")
    seen = services.as_seen(file)
    Employer.objects.filter(pk=employer.pk).update(unit_code="9899999999DNA01")
    director = scene.officer("director")
    assert refused(lambda: services.confirm(actor=director, file=file, seen=seen)) == "hands.changed"


def test_a_sheet_refused_may_come_again(scene: Scenery) -> None:
    data = sheet(scene.employer())
    file, director = read(scene, data, "sao-ke.csv"), scene.officer("director")
    seen = services.as_seen(file)
    with pytest.raises(services.ReceiptError, match="lý do"):
        services.refuse(actor=director, file=file, reason=" ", seen=seen)
    with pytest.raises(IntegrityError, match="bank_file_two_refuse"), transaction.atomic():
        BankFile.objects.filter(pk=file.pk).update(state="refused")
    said = services.refuse(actor=director, file=file, reason="Ngân hàng chưa gửi", seen=seen)
    assert (said.state, said.refused_because) == ("refused", "Ngân hàng chưa gửi")
    with pytest.raises(services.ReceiptError):
        services.confirm(actor=director, file=file, seen=seen)
    again = read(scene, data, "sao-ke.csv")
    assert (again.state, again.pk != file.pk) == ("waiting", True)
    assert not Entry.objects.exists()


def test_what_does_not_hold_is_refused_whole(scene: Scenery) -> None:
    good = [("A1", 5_000, "x", "")]
    with pytest.raises(services.ReceiptError) as refused:
        read(scene, camt(scene.account.number, good).replace(b">5000<", b">6000<", 1))
    assert refused.value.problems
    for data in (camt("999999999", good), b"", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"):
        with pytest.raises(BilingualError):
            read(scene, data)
    with pytest.raises(services.ReceiptError, match="chưa mở"):
        read(scene, camt(scene.account.number, good), month=NOW + 1)
    scene.period.state = "closed"
    scene.period.save(update_fields=["state"])
    with pytest.raises(services.ReceiptError, match="khóa sổ"):
        read(scene, camt(scene.account.number, good))
    assert not BankFile.objects.exists()
    assert not Entry.objects.exists()


def test_statements_do_not_grow_with_the_file(scene: Scenery) -> None:
    employer = scene.employer()
    officer = scene.officer("finance")
    counted = []
    for size in (3, 300):
        data = camt(
            scene.account.number,
            [
                (f"S{size}-{n}", 1_000 + n, text_for(employer) if n % 2 else "khong ro", "")
                for n in range(size)
            ],
        )
        with CaptureQueriesContext(connection) as queries:
            services.read_bank_file(
                actor=officer, account=scene.account, data=data, file_name="s.xml", month=NOW
            )
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert Receipt.objects.count() == 303


def waiting(scene: Scenery, text: str = "nop tien bao hiem", payer: str = "0123456") -> Receipt:
    read(scene, camt(scene.account.number, [("W1", 7_000, text, payer)]))
    return Receipt.objects.get(reference="W1")


def test_a_match_moves_the_money_and_remembers_the_payer(scene: Scenery) -> None:
    employer, receipt = scene.employer(), waiting(scene)
    officer = scene.officer()
    assert list(selectors.unmatched(officer)) == [receipt]
    services.match(actor=officer, receipt=receipt, employer=employer, note="UNC số 12")
    services.match(actor=officer, receipt=receipt, employer=employer, note="lần nữa")
    receipt.refresh_from_db()
    assert (receipt.state, receipt.matched_month, receipt.match_note) == ("matched", NOW.index, "UNC số 12")
    assert ledger.balances(unit_id=scene.province.pk, month=NOW.index) == {
        "112": 7_000, "338.suspense": 0, "338.surplus": -7_000
    }  # fmt: skip
    assert PayerAccount.objects.get().number == "0123456"
    with pytest.raises(services.ReceiptError, match="đã được"):
        services.match(actor=officer, receipt=receipt, employer=scene.employer(), note="")


def test_proposals_are_ranked_with_reasons(scene: Scenery) -> None:
    near, payer, named = (
        scene.employer("Công ty Một"),
        scene.employer("Công ty Hai"),
        scene.employer("Công ty TNHH Hoa Ban Trắng"),
    )
    PayerAccount.objects.create(employer=payer, number="0123456")
    wrong = near.unit_code[:9] + ("1" if near.unit_code[9] != "1" else "2") + near.unit_code[10:]
    receipt = waiting(scene, f"CTY HOA BAN TRANG {wrong}")
    found = services.proposals(actor=scene.officer(), receipt=receipt)
    assert {p.employer.pk for p in found} >= {near.pk, payer.pk, named.pk}
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    assert all(p.reasons and sum(r.points for r in p.reasons) >= p.score for p in found)
    assert len(services.proposals(actor=scene.officer(), receipt=receipt, limit=1)) == 1


def test_proposals_look_at_the_books_of_their_own_province(
    scene: Scenery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(employer: Employer, unit_id: int, month: Month, due: int) -> None:
        zero = dict.fromkeys(
            ("workers", "opening", "charged", "received", "allocated", "short", "short_late", "short_evaded",
             "charges_open", "surplus", "days_late"), 0)  # fmt: skip
        Statement.objects.create(
            run_id=1, unit_id=unit_id, employer_id=employer.pk, month=month.index, due=due, rows={},
            digest="", **zero,
        )  # fmt: skip

    owing, others = scene.employer("Công ty Một"), [scene.employer(f"Công ty {n}") for n in range(30)]
    said(owing, scene.province.pk, NOW, 7_000)
    said(others[0], scene.province.pk + 10**6, NOW + 1, 9_000)  # another province is a month ahead
    receipt = waiting(scene)
    rank, looked_at = matching.rank, []

    def ranked(entry: object, candidates: object, **how: int) -> object:
        looked_at.extend(candidates)
        return rank(entry, looked_at, **how)

    monkeypatch.setattr(matching, "rank", ranked)
    [found] = services.proposals(actor=scene.officer(), receipt=receipt)
    assert found.employer == owing
    assert [reason.points for reason in found.reasons] == [matching.AMOUNT_DUES]
    assert [one.employer_key for one in looked_at] == [str(owing.pk)]  # and not every employer


def test_scope_of_money(scene: Scenery) -> None:
    employer, receipt = scene.employer(), waiting(scene)
    elsewhere = Scenery("24")
    stranger = elsewhere.officer()
    with pytest.raises(Denied):
        services.match(actor=stranger, receipt=receipt, employer=elsewhere.employer(), note="")
    with pytest.raises(Receipt.DoesNotExist):
        access.receipt(stranger, receipt.pk)
    with pytest.raises(Employer.DoesNotExist):
        services.match(actor=scene.officer(), receipt=receipt, employer=elsewhere.employer(), note="")
    with pytest.raises(Denied):
        services.read_bank_file(
            actor=elsewhere.officer("finance"), account=scene.account, data=b"x", file_name="x", month=NOW
        )
    with pytest.raises(Denied):
        services.match(actor=scene.officer("reception"), receipt=receipt, employer=employer, note="")
    with pytest.raises(Denied):
        services.read_bank_file(
            actor=scene.officer("reception"), account=scene.account, data=b"x", file_name="x", month=NOW
        )
    assert not selectors.in_scope(scene.clerk(employer)).exists()
    services.match(actor=scene.officer(), receipt=receipt, employer=employer, note="")
    assert selectors.in_scope(scene.clerk(employer)).get().pk == receipt.pk


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_match_a_receipt_once() -> None:
    scene = Scenery()
    receipt = waiting(scene)
    choices = [(scene.officer(), scene.employer()) for _ in range(2)]
    outcomes: list[str] = []
    gate = threading.Barrier(2)

    def confirm(number: int) -> None:
        officer, employer = choices[number]
        try:
            gate.wait(timeout=20)
            services.match(actor=officer, receipt=receipt, employer=employer, note="")
            outcomes.append("matched")
        except services.ReceiptError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=confirm, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["matched", "receipt.matched"]
    assert Entry.objects.filter(kind="match").count() == 1
    assert ledger.balances(unit_id=scene.province.pk, month=NOW.index)["338.suspense"] == 0


@pytest.mark.django_db(transaction=True)
def test_one_bank_file_from_two_people_at_once_is_read_once() -> None:
    scene = Scenery()
    data = camt(scene.account.number, [(f"X{n}", 1_000, "khong ro", "") for n in range(20)])
    officer = scene.officer("finance")
    keys: list[int] = []
    gate = threading.Barrier(2)

    def send() -> None:
        try:
            gate.wait(timeout=20)
            keys.append(
                services.read_bank_file(
                    actor=officer, account=scene.account, data=data, file_name="s.xml", month=NOW
                ).pk
            )
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert Receipt.objects.count() == 20
    assert ledger.balances(unit_id=scene.province.pk, month=NOW.index)["112"] == 20_000


@pytest.mark.django_db(transaction=True)
def test_killed_while_posting_a_bank_file_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    scene = Scenery()
    data = camt(scene.account.number, [("X1", 1_000, "khong ro", "")])
    posted = ledger.post_columns

    def killed(*args: object) -> None:
        posted(*args)
        raise Killed

    monkeypatch.setattr(ledger, "post_columns", killed)
    with pytest.raises(Killed):
        read(scene, data)
    assert not Receipt.objects.exists()
    assert not Entry.objects.exists()
    monkeypatch.undo()
    assert read(scene, data).counts["new"] == 1


def test_value_days_are_kept(scene: Scenery) -> None:
    receipt = waiting(scene)
    assert (receipt.booked_on, receipt.value_on, receipt.month) == (
        date(2026, 6, 12), date(2026, 6, 12), NOW.index
    )  # fmt: skip
