"""camt.053: every version alike; what does not hold is listed; hostile XML is refused."""

from datetime import date

import pytest

from ansinh.forms.banking.camt053 import read_camt053
from ansinh.kernel.errors import BilingualError

NEW_PARTY = "<Dbtr><Pty><Nm>CTY ANH DUONG</Nm></Pty></Dbtr>"
OLD_PARTY = "<Dbtr><Nm>CTY ANH DUONG</Nm></Dbtr>"


def entry(
    amount: str = "3398400.00",
    side: str = "CRDT",
    status: str = "<Sts><Cd>BOOK</Cd></Sts>",
    reference: str = "FT1",
    party: str = NEW_PARTY,
    currency: str = "VND",
    booked: str = "<BookgDt><Dt>2026-07-03</Dt></BookgDt>",
    details: str = "",
) -> str:
    details = details or (
        f"<TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><RltdPties>{party}"
        "<DbtrAcct><Id><Othr><Id>190001</Id></Othr></Id></DbtrAcct></RltdPties>"
        "<RmtInf><Ustrd>+BHXH+103+00+0123456789DNA03+</Ustrd><Ustrd>00101+dong BHXH+</Ustrd></RmtInf></TxDtls>"
    )
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{status}{booked}'
        f"<ValDt><DtTm>2026-07-04T08:00:00+07:00</DtTm></ValDt><AcctSvcrRef>{reference}</AcctSvcrRef>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def balance(kind: str, amount: str, side: str = "CRDT") -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="VND">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd></Bal>'
    )


def document(
    *entries: str,
    opening: str = "1000000",
    closing: str = "4398400",
    version: str = "08",
    currency: str = "VND",
) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        "<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id>"
        f"<Acct><Id><Othr><Id>3731010001</Id></Othr></Id><Ccy>{currency}</Ccy></Acct>"
        f"{balance('OPBD', opening)}{balance('CLBD', closing)}{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


@pytest.mark.parametrize("version", ["02", "04", "06", "08"])
@pytest.mark.parametrize("party", [NEW_PARTY, OLD_PARTY])
@pytest.mark.parametrize("status", ["<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>", ""])
def test_versions_differ_only_in_places(version, party, status):
    (statement,) = read_camt053(document(entry(party=party, status=status), version=version))
    assert statement.problems == []
    assert (statement.account, statement.currency, statement.statement_id) == ("3731010001", "VND", "S1")
    assert (statement.opening, statement.closing) == (1_000_000, 4_398_400)
    (read,) = statement.entries
    assert (read.reference, read.amount, read.credit, read.end_to_end_id) == ("FT1", 3_398_400, True, "E1")
    assert (read.booked_on, read.value_on) == (date(2026, 7, 3), date(2026, 7, 4))
    assert (read.counterparty_name, read.counterparty_account) == ("CTY ANH DUONG", "190001")
    assert read.text == "+BHXH+103+00+0123456789DNA03+ 00101+dong BHXH+"


def test_money_out_and_an_overdrawn_account():
    data = document(entry("1500000", "DBIT"), closing="500000").replace(
        b'<Amt Ccy="VND">500000</Amt><CdtDbtInd>CRDT', b'<Amt Ccy="VND">500000</Amt><CdtDbtInd>DBIT'
    )
    (statement,) = read_camt053(data)
    assert (statement.closing, statement.entries[0].signed, statement.problems) == (-500_000, -1_500_000, [])


def test_pending_entries_are_no_part_of_the_balance():
    (statement,) = read_camt053(document(entry(), entry(status="<Sts><Cd>PDNG</Cd></Sts>", reference="FT2")))
    assert len(statement.entries) == 1
    assert statement.problems == []


def blamed(data: bytes) -> list[str]:
    return [problem.column_code for problem in read_camt053(data)[0].problems]


def test_balances_must_agree():
    assert blamed(document(entry(), closing="4398401")) == ["closing"]


@pytest.mark.parametrize("amount", ["3398400.50", "-1", "abc", "", "NaN", "1E30", "Infinity"])
def test_amounts_must_be_whole_dong(amount):
    assert "amount" in blamed(document(entry(amount)))


def test_other_currencies():
    assert "currency" in blamed(document(entry(currency="USD")))
    assert "currency" in blamed(document(entry(), currency="USD"))


def test_missing_dates_and_sides_are_told_together():
    data = document(
        entry(booked="<BookgDt><Dt>2026-02-31</Dt></BookgDt>")
        .replace("<ValDt>", "<X>")
        .replace("</ValDt>", "</X>"),
        entry(side="X", reference="FT2"),
    )
    assert {"booked_on", "direction"} <= set(blamed(data))


def test_the_same_entry_twice_in_one_file():
    (statement,) = read_camt053(document(entry(), entry(), closing="7796800"))
    assert [problem.column_code for problem in statement.problems] == ["reference"]
    assert len(statement.entries) == 2
    assert blamed(document(entry(), entry(reference="FT2"), closing="7796800")) == []


def payment(amount: str, text: str) -> str:
    return f'<TxDtls><Amt Ccy="VND">{amount}</Amt><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>'


def test_a_batch_is_split_when_its_payments_add_up():
    (statement,) = read_camt053(document(entry(details=payment("3000000", "a") + payment("398400", "b"))))
    assert [(item.amount, item.text, item.reference) for item in statement.entries] == [
        (3_000_000, "a", "FT1/1"),
        (398_400, "b", "FT1/2"),
    ]
    assert statement.problems == []
    (whole,) = read_camt053(document(entry(details=payment("3000000", "a") + payment("1", "b"))))
    assert [(item.amount, item.reference) for item in whole.entries] == [(3_398_400, "FT1")]


def test_several_statements_in_one_file():
    one = document(entry()).decode()
    statement = one[one.index("<Stmt>") : one.index("</Stmt>") + 7]
    both = one.replace("</Stmt>", "</Stmt>" + statement.replace("<Id>S1</Id>", "<Id>S2</Id>"), 1)
    assert [item.statement_id for item in read_camt053(both.encode())] == ["S1", "S2"]


def test_fingerprints_tell_entries_apart_and_repeats_together():
    first, second = (read_camt053(document(entry()))[0].entries[0] for _ in range(2))
    assert first.fingerprint("A") == second.fingerprint("A") != first.fingerprint("B")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"MZ\x90", "not-camt053"),
        (b"<a/>", "not-camt053"),
        (b"<Document><BkToCstmrStmt/></Document>", "not-camt053"),
        (b"<Document>", "damaged"),
        (b"<Document>" * 5000, "damaged"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><Document>&b;</Document>', "xml-entities"),
        (
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><Document>&b;</Document>'.encode(
                "utf-16"
            ),
            "xml-entities",
        ),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Document/>', "xml-entities"),
        (b"<a>" + b" " * (21 * 1024 * 1024), "file-too-large"),
    ],
)
def test_hostile_and_foreign_files(data, code):
    with pytest.raises(BilingualError) as caught:
        read_camt053(data)
    assert caught.value.code == code


def test_billion_laughs():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    data = f'<!DOCTYPE l [<!ENTITY l0 "ha">{levels}]><Document>&l9;</Document>'.encode()
    with pytest.raises(BilingualError):
        read_camt053(data)
