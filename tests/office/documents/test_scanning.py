"""Clamd over its socket, spoken by a server of ours: what it finds is not kept, and its silence is told."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.collection.declarations.scenery import NOW, Scenery
from tests.collection.receipts.test_receipts import camt

from ansinh.collection.models import BankFile
from ansinh.collection.receipts import services as receipts
from ansinh.office import documents
from ansinh.office.documents import scanning
from ansinh.office.documents.models import Attachment, Document

pytestmark = pytest.mark.django_db
VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
MOST = 1_000_000


class Clamd:
    """The part of clamd's protocol that INSTREAM needs: zINSTREAM, pieces with their lengths, a zero, NUL."""

    def __init__(self, server: socket.socket) -> None:
        self.server, self.heard = server, []
        self.mute = False
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                line, _ = self.server.accept()
            except OSError:
                return
            with line:
                self.answer(line)

    def answer(self, line: socket.socket) -> None:
        file = line.makefile("rb")
        assert file.read(10) == b"zINSTREAM\0"
        if self.mute:
            return
        data = b""
        while length := struct.unpack("!L", file.read(4))[0]:
            data += file.read(length)
            if len(data) > MOST:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.heard.append(data)
        line.sendall(b"stream: Eicar-Test-Signature FOUND\0" if VIRUS in data else b"stream: OK\0")


@pytest.fixture
def clamd(settings: Any) -> Iterator[Clamd]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CLAMD = f"tcp:127.0.0.1:{server.getsockname()[1]}"
        yield Clamd(server)


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


@pytest.fixture
def handed_in(scene: Scenery) -> Callable[[str], BankFile]:
    """`handed_in(text)`: a statement whose one entry says this."""
    data = camt(scene.account.number, [("R1", 5_000, "TEXT", "0101")])
    officer = scene.officer("finance")
    return lambda text: receipts.read_bank_file(
        actor=officer,
        account=scene.account,
        data=data.replace(b"TEXT", text.encode()),
        file_name="a.xml",
        month=NOW,
    )


def test_what_was_scanned_is_written_down(clamd: Clamd, handed_in: Callable[[str], BankFile]) -> None:
    file = handed_in("nop tien")
    document = Document.objects.get()
    assert (document.scan, document.scanned_at is None, document.digest) == ("clean", False, file.digest)
    assert [documents.content(document)] == clamd.heard


def test_a_virus_is_refused_and_nothing_is_kept(
    clamd: Clamd, handed_in: Callable[[str], BankFile], settings: Any, tmp_path: Path
) -> None:
    settings.VAR, settings.DOCUMENTS = tmp_path, ""
    with pytest.raises(documents.DocumentError) as error:
        handed_in(VIRUS.decode())
    assert (error.value.code, "Eicar-Test-Signature" in error.value.vi) == ("documents.virus", True)
    assert not BankFile.objects.exists()
    assert not Document.objects.exists()
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("why", ["mute", "too large", "not there"])
def test_a_scanner_that_gives_no_verdict_lets_nothing_in(clamd: Clamd, settings: Any, why: str) -> None:
    clamd.mute = why == "mute"
    if why == "not there":
        settings.CLAMD = "unix:/nowhere/clamd.ctl"
    with pytest.raises(documents.DocumentError) as error:
        documents.examine(b"a" * (2 * MOST if why == "too large" else 10), "a.txt")
    assert error.value.code == "documents.scan"


def test_a_scanner_found_on_the_machine_is_asked(
    settings: Any, scene: Scenery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a setting: asked where its socket is; what it cannot scan is kept as not scanned, and later clean."""
    path = tmp_path / "clamd.ctl"
    monkeypatch.setattr(scanning, "USUAL", (str(path),))
    settings.CLAMD = ""

    def keep() -> Attachment:
        file = documents.examine(b"%PDF-1.7 don", "don.pdf")
        return documents.keep(actor=officer, file=file, thing="declaration", key=1, role="paper")

    officer = scene.officer()
    assert keep().document.scan == "none"  # nobody to ask
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        found = Clamd(server)
        found.mute = True
        assert keep().document.scan == "none"
        found.mute = False
        assert keep().document.scan == "clean"
        settings.CLAMD = "off"
        assert not documents.examine(VIRUS, "x.txt").clean
    assert len(found.heard) == 1
