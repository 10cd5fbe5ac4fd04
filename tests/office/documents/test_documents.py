"""Documents: kept once by digest, told by content, never half written, found again or missed."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import threading
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import DatabaseError, connection, connections, transaction
from tests.collection.declarations.scenery import NOW, Scenery
from tests.collection.receipts.test_receipts import camt
from tests.safety.processes import Child, killed_at, until

from ansinh.collection.models import BankFile
from ansinh.collection.receipts import services as receipts
from ansinh.config import database
from ansinh.office import documents
from ansinh.office.documents import access, checking, command, limits, services, stores
from ansinh.office.documents.models import Attachment, Document
from ansinh.office.models import Reading
from ansinh.office.rights import Actor

pytestmark = pytest.mark.django_db(transaction=True)

# Keeps a file as an officer would send it, and tells when it stands before the last word.
KEEP = """
import sys, django
django.setup()
from pathlib import Path
from django.db import transaction
from ansinh.office import documents
from ansinh.office.models import User
from ansinh.office.rights import actor_of
user, path, hold = sys.argv[1:]
actor = actor_of(User.objects.get(username=user))
with transaction.atomic():
    file = documents.examine(Path(path).read_bytes(), "giay.pdf")
    documents.keep(actor=actor, file=file, thing="declaration", key=1, role="paper")
    if hold == "hold":
        print("HERE", flush=True)
        sys.stdin.readline()
print("KEPT", flush=True)
"""
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Iterator[stores.Folder]:
    """A store of the test's own, here and in the children it starts."""
    settings.VAR, settings.DOCUMENTS = tmp_path, ""
    yield stores.Folder(tmp_path / "documents")
    Child.end_all()


def keep(actor: Actor, data: bytes, name: str = "giay.pdf", *, key: int = 1, **more: Any) -> Attachment:
    file = documents.examine(data, name)
    return documents.keep(actor=actor, file=file, thing="declaration", key=key, role="paper", **more)


def files(folder: stores.Folder) -> list[Path]:
    return sorted(path for path in folder.root.rglob("*") if path.is_file())


def forget(digest: str) -> None:
    """What its guards forbid: the owner takes a row away behind them."""
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE office_attachment DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE office_document DISABLE TRIGGER USER")
        cursor.execute(
            "DELETE FROM office_attachment WHERE document_id IN (SELECT id FROM office_document WHERE digest = %s)",
            [digest],
        )
        cursor.execute("DELETE FROM office_document WHERE digest = %s", [digest])
        cursor.execute("ALTER TABLE office_attachment ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE office_document ENABLE TRIGGER USER")


# Once


def test_the_same_bytes_are_kept_once_under_their_digest(scene: Scenery, folder: stores.Folder) -> None:
    first, second = scene.officer(), scene.officer("finance")
    one = keep(first, PDF, "don xin.pdf")
    assert keep(first, PDF, "lan nua.pdf") == one
    other = keep(second, PDF, "ban sao.pdf", key=2)
    assert (other.document, other.file_name) == (one.document, "ban sao.pdf")
    document = Document.objects.get()
    told = (document.digest, document.size, document.kind, document.first_name, document.received_by)
    assert told == (hashlib.sha256(PDF).hexdigest(), len(PDF), "pdf", "don xin.pdf", first.user)
    (path,) = files(folder)
    assert path.relative_to(folder.root).parts == (document.digest[:2], document.digest[2:4], document.digest)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for above in (path.parent, path.parent.parent, folder.root):
        assert stat.S_IMODE(above.stat().st_mode) == 0o700
    assert documents.content(document) == PDF


def test_a_row_says_for_ever_what_came_in(scene: Scenery, folder: stores.Folder) -> None:
    kept = keep(scene.officer(), PDF)
    for refused in (
        lambda: Document.objects.filter(pk=kept.document_id).update(digest="0" * 64),
        lambda: Document.objects.filter(pk=kept.document_id).delete(),
        lambda: Attachment.objects.filter(pk=kept.pk).update(key=2),
        lambda: Attachment.objects.filter(pk=kept.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match=r"permission denied|Cannot"), transaction.atomic():
            refused()


def test_two_processes_keep_the_same_at_once(scene: Scenery, folder: stores.Folder) -> None:
    user = scene.officer().user.username
    given = folder.root.parent / "giay.pdf"
    given.write_bytes(PDF)
    one = Child(folder.root.parent, "-c", KEEP, user, str(given), "hold")
    one.reach("HERE")
    two = Child(folder.root.parent, "-c", KEEP, user, str(given), "go")
    # the second waits for the first one's word on the row; the file is there for both
    until(lambda: _waiting() == 1)
    one.go_on()
    one.finish()
    two.finish()
    assert len(files(folder)) == 1
    assert (Document.objects.count(), Attachment.objects.count()) == (1, 1)


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
            " AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
        )
        return int(cursor.fetchone()[0])


# Killed, rolled back, damaged


def test_killed_in_the_middle_nothing_is_seen_and_what_is_left_goes(
    scene: Scenery, folder: stores.Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    user = scene.officer().user.username
    given = folder.root.parent / "giay.pdf"
    given.write_bytes(PDF)
    killed_at("office_document", folder.root.parent, "-c", KEEP, user, str(given), "go")
    digest = hashlib.sha256(PDF).hexdigest()
    assert not Document.objects.exists()
    half = folder.root / stores.HALF_WRITTEN / "tmp-half"  # what a writer killed while writing leaves
    half.write_bytes(PDF[:100])
    assert [found for found, _ in folder.digests()] == [digest]
    assert command.main(["check"]) == 0
    assert digest in capsys.readouterr().out
    assert checking.sweep() == 0  # not before a day has passed: it may be somebody's at this moment
    for old in (folder.path(digest), half):
        os.utime(old, (1, 1))
    assert command.main(["sweep"]) == 0
    assert files(folder) == []
    kept = keep(scene.officer(), PDF)
    assert documents.content(kept.document) == PDF


def test_a_file_cut_short_is_written_again(scene: Scenery, folder: stores.Folder) -> None:
    digest = hashlib.sha256(PDF).hexdigest()
    with transaction.atomic():
        keep(scene.officer(), PDF)
        transaction.set_rollback(True)
    assert not Document.objects.exists()
    folder.path(digest).write_bytes(PDF[:50])
    assert documents.content(keep(scene.officer(), PDF).document) == PDF


def test_nothing_is_visible_before_all_of_it_is_there(folder: stores.Folder) -> None:
    digest = hashlib.sha256(PDF).hexdigest()

    class Breaks(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError("the line broke")
            return super().read(100)

    with pytest.raises(OSError, match="the line broke"):
        folder.put(digest, Breaks(PDF))
    with pytest.raises(documents.DocumentError) as error:
        folder.put(digest, io.BytesIO(PDF + b"more"))
    assert error.value.code == "documents.changed"
    assert files(folder) == []


def test_who_keeps_it_meanwhile_keeps_it(scene: Scenery, folder: stores.Folder) -> None:
    """A sweep comes by while somebody sends the same file again: the file stays."""
    officer, digest = scene.officer(), hashlib.sha256(PDF).hexdigest()
    folder.put(digest, io.BytesIO(PDF))
    os.utime(folder.path(digest), (1, 1))
    swept: list[int] = []

    def sweep() -> None:
        swept.append(checking.sweep())
        connections.close_all()

    with transaction.atomic():
        keep(officer, PDF)
        thread = threading.Thread(target=sweep)
        thread.start()
        thread.join()
    assert swept == [0]
    assert checking.sweep() == 0
    assert documents.content(Document.objects.get()) == PDF


def test_another_databases_folder_is_not_swept(
    scene: Scenery, folder: stores.Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "FEW", 2)
    for number in range(3):
        data = b"giay %d" % number
        folder.put(hashlib.sha256(data).hexdigest(), io.BytesIO(data))
    for path in files(folder):
        os.utime(path, (1, 1))
    assert command.main(["sweep"]) == 1
    assert len(files(folder)) == 3
    assert command.main(["sweep", "--all"]) == 0
    assert files(folder) == []


def test_what_is_lost_or_changed_is_found(
    scene: Scenery, folder: stores.Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    officer = scene.officer()
    kept = [keep(officer, PDF + bytes([n]), key=n + 1).document.digest for n in range(3)]
    assert command.main(["check", "--deep"]) == 0
    assert "3 tài liệu" in capsys.readouterr().out
    folder.path(kept[0]).unlink()
    path = folder.path(kept[1])
    path.write_bytes(path.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.8"))
    assert command.main(["check"]) == 1
    told = capsys.readouterr().out
    assert kept[0] in told
    assert kept[1] not in told  # its size is right: only who reads it again sees it
    assert command.main(["check", "--deep"]) == 1
    told = capsys.readouterr().out
    assert kept[0] in told
    assert kept[1] in told
    assert kept[2] not in told
    with pytest.raises(documents.DocumentError) as error:
        documents.content(Document.objects.get(digest=kept[0]))
    assert error.value.code == "documents.missing"


def test_a_file_without_a_row_is_found(scene: Scenery, folder: stores.Folder) -> None:
    kept = keep(scene.officer(), PDF).document.digest
    forget(kept)
    assert checking.check().without_row == [kept]


# Large, and too much


def test_fifty_megabytes_go_through_little_memory(
    scene: Scenery, folder: stores.Folder, settings: Any
) -> None:
    officer, piece = scene.officer(), os.urandom(1024 * 1024)
    with TemporaryUploadedFile("quet.pdf", "application/pdf", 0, None) as upload:
        upload.write(b"%PDF-1.7\n")
        for _ in range(49):
            upload.write(piece)
        tracemalloc.start()
        file = documents.examine(upload.file, "quet.pdf")
        kept = documents.keep(actor=officer, file=file, thing="declaration", key=1, role="paper")
        size = sum(len(p) for p in stores.current().pieces(kept.document.digest))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        settings.DOCUMENT_MEGABYTES = 48
        with pytest.raises(documents.DocumentError) as error:
            documents.examine(upload.file, "quet.pdf")
    assert size == kept.document.size == 49 * 1024 * 1024 + 9
    assert peak < 5 * 1024 * 1024, peak
    assert (error.value.code, "48 MB" in error.value.vi, "48 MB" in error.value.en) == (
        "file-too-large",
        True,
        True,
    )


def test_too_many_and_nothing_are_refused(scene: Scenery, folder: stores.Folder, settings: Any) -> None:
    settings.DOCUMENTS_OF_A_THING = 2
    officer = scene.officer()
    for number in range(2):
        keep(officer, PDF + bytes([number]))
    assert keep(officer, PDF + b"\0").pk  # what it has already is no more of it
    for data, code in ((PDF, "documents.many"), (b"", "file-empty")):
        with pytest.raises(documents.DocumentError) as error:
            keep(officer, data)
        assert error.value.code == code
    assert limits.check_count(1) is None
    with pytest.raises(LookupError):
        services.keep(actor=officer, file=documents.examine(PDF, "x"), thing="nothing", key=1)


def test_what_runs_is_no_paper(scene: Scenery, folder: stores.Folder) -> None:
    """The name says pdf; the content is asked."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as zipped:
        zipped.writestr("xl/workbook.xml", "<workbook/>")
        zipped.writestr("xl/vbaProject.bin", "x")
    for data in (
        b"MZ\x90\0\3", b"#!/bin/sh\nrm", b"<html><script>1</script>", package.getvalue(), b"\0\1\2\3",
        b"<?xml version='1.0'?><!-- a --><svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    ):  # fmt: skip
        with pytest.raises(documents.DocumentError) as error:
            keep(scene.officer(), data)
        assert error.value.code == "documents.kind"
    assert files(folder) == []


# Who reads


def test_whoever_reads_the_thing_reads_its_file(scene: Scenery, folder: stores.Folder) -> None:
    data = camt(scene.account.number, [("R1", 5_000, "nop tien", "0101")])
    finance = scene.officer("finance")
    read = receipts.read_bank_file(
        actor=finance, account=scene.account, data=data, file_name="sao ke.xml", month=NOW
    )
    attached = documents.of("bank_file", read.pk)
    assert attached
    assert attached.places() == scene.account.places()
    opened = access.attachment(finance, attached.pk)
    assert (b"".join(documents.pieces(opened.document)), opened.document.kind) == (data, "camt")
    told = Reading.objects.filter(look__user=finance.user, look__outcome="shown")
    assert set(told.values_list("subject", "subject_id")) >= {
        ("document", attached.pk),
        ("bank_file", read.pk),
    }
    foreign = Scenery("24").officer("finance")
    for actor in (foreign, scene.officer("benefits")):
        for key in (attached.pk, attached.pk + 1_000):
            with pytest.raises(Attachment.DoesNotExist):
                access.attachment(actor, key)
        outside = Reading.objects.filter(look__user=actor.user, look__outcome="outside")
        assert outside.filter(subject="document", subject_id=attached.pk).count() == 1


def test_a_statement_without_its_file_is_no_statement(scene: Scenery, folder: stores.Folder) -> None:
    """The database asks for the document when the transaction ends, with the digest that the row names."""
    officer, given = scene.officer(), documents.examine(b"ngay;tien\n", "x.csv")

    def stated(digest: str, *, kept: bool) -> None:
        with transaction.atomic():
            made = BankFile.objects.create(
                unit_id=scene.province.pk, account=scene.account, file_name="x.csv", digest=digest
            )
            if kept:
                documents.keep(actor=officer, file=given, thing="bank_file", key=made.pk)

    for digest, kept in (("0" * 64, True), (given.digest, False)):
        with pytest.raises(DatabaseError, match="bank_file_bytes"):
            stated(digest, kept=kept)
    assert not BankFile.objects.exists()
    stated(given.digest, kept=True)
