"""Tệp nén gửi dần: an archive whose files are made while it is sent; no more than one of them is held."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from typing import Any


class _Sink:
    """What has been written since it was last taken; not to be sought in."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def take(self) -> Iterator[bytes]:
        parts, self.parts = self.parts, []
        yield from parts


def stream(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """An archive of (name, contents), in pieces. Contents are stored as they are: papers are packed."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content)
            yield from sink.take()
    yield from sink.take()
