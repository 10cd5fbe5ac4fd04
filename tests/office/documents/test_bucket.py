"""The same on an S3-compatible store: a real server of its protocol, on this machine."""

from __future__ import annotations

import hashlib
import io
import os
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from tests.collection.declarations.scenery import Scenery

from ansinh.office import documents
from ansinh.office.documents import checking, stores
from ansinh.office.documents.models import Document

pytestmark = pytest.mark.django_db
pytest.importorskip("storages")
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
DIGEST = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    moto = pytest.importorskip("moto.server")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(
    endpoint: str,
    settings: Any,
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> stores.Bucket:
    """An empty bucket of this test's own."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "thu")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "thu")
    name = f"ho-so-{hashlib.sha256(request.node.name.encode()).hexdigest()[:12]}"
    settings.VAR, settings.S3_ENDPOINT, settings.S3_REGION = tmp_path, endpoint, "us-east-1"
    settings.DOCUMENTS = f"s3://{name}/an-sinh"
    store = stores.current()
    assert isinstance(store, stores.Bucket)
    store.storage.connection.create_bucket(Bucket=name)
    return store


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def test_documents_lie_in_a_bucket(scene: Scenery, bucket: stores.Bucket) -> None:
    file = documents.examine(PDF, "don.pdf")
    kept = documents.keep(actor=scene.officer(), file=file, thing="declaration", key=1, role="paper")
    assert documents.content(kept.document) == PDF
    assert [found.key for found in bucket.storage.bucket.objects.all()] == [
        f"an-sinh/{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"
    ]
    assert checking.check(deep=True).whole
    bucket.storage.bucket.Object(bucket.name(DIGEST)).put(Body=PDF.replace(b"1.7", b"1.8"))
    assert checking.check().whole
    assert checking.check(deep=True).changed == [DIGEST]
    bucket.remove(DIGEST)
    assert checking.check().missing == [DIGEST]
    with pytest.raises(documents.DocumentError) as error:
        documents.content(kept.document)
    assert error.value.code == "documents.missing"


def test_what_nobody_keeps_goes(
    scene: Scenery, bucket: stores.Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put(DIGEST, io.BytesIO(PDF))
    assert checking.check().without_row == [DIGEST]
    assert checking.sweep() == 0
    monkeypatch.setattr(stores, "STALE", -60)
    assert checking.sweep() == 1
    assert bucket.size(DIGEST) is None
    assert not Document.objects.exists()


def test_other_bytes_never_arrive(bucket: stores.Bucket) -> None:
    with pytest.raises(documents.DocumentError) as error:
        bucket.put(DIGEST, io.BytesIO(PDF + b"more"))
    assert error.value.code == "documents.changed"
    assert list(bucket.digests()) == []


def test_a_store_that_refuses_is_no_empty_store(bucket: stores.Bucket, settings: Any) -> None:
    """A bucket that is not there is an error of the installation, not a missing document."""
    settings.DOCUMENTS = "s3://khong-co/an-sinh"
    with pytest.raises(Exception, match="NoSuchBucket"):
        b"".join(stores.current().pieces(DIGEST))


def test_a_large_file_comes_piece_by_piece(bucket: stores.Bucket) -> None:
    large = os.urandom(24 * 1024 * 1024)
    digest = hashlib.sha256(large).hexdigest()
    bucket.put(digest, io.BytesIO(large))
    told = hashlib.sha256()
    tracemalloc.start()
    for piece in bucket.pieces(digest):
        assert len(piece) <= stores.PIECE
        told.update(piece)
    tracemalloc.stop()
    assert told.hexdigest() == digest
