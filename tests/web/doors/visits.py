"""Một lượt vào: a request of a seat, what it answered, whom it showed, what it left in the log; then undone."""

from __future__ import annotations

import re
import traceback
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from pypdf import PdfReader
from tests.web.doors.names import SIGN
from tests.web.doors.scene import Scene, Seat

from ansinh.office.models import Reading

NUMBER = re.compile(r"\d{10,12}")
CODE = re.compile(r"98\d{8}dna01")
SAVEPOINT = re.compile(r"\bs\d+_x\d+\b")
PEOPLE = frozenset({"person", "employer"})


@dataclass(frozen=True)
class Line:
    """Dòng nhật ký: look, its outcome and verb, whom."""

    look: int
    outcome: str
    verb: str
    subject: str
    key: int


@dataclass
class Answer:
    """Trả lời: `status`, the bytes, the lines of the log and the statements it cost."""

    scene: Scene
    status: int
    kind: str
    location: str
    body: bytes
    lines: list[Line]
    looks: int
    statements: list[str]
    trouble: str = ""
    after: Any = None

    @cached_property
    def text(self) -> str:
        """All that can be read in the answer, whatever it is."""
        return text_of(self.body, self.kind)

    @cached_property
    def shown(self) -> set[tuple[str, int]]:
        """People and employers of the scene that the answer names, by name or number."""
        text = self.text.lower()
        joined = re.sub(r"\s+", "", text)
        marks = {m.group().lower() for t in (text, joined) for m in SIGN.finditer(t)}
        marks |= set(NUMBER.findall(text)) | set(CODE.findall(text))
        return {self.scene.by_token[m] for m in marks if m in self.scene.by_token}

    @property
    def logged(self) -> set[tuple[str, int]]:
        """People and employers that a line says were shown."""
        return {(x.subject, x.key) for x in self.lines if x.outcome == "shown" and x.subject in PEOPLE}

    @property
    def inserts(self) -> int:
        """Statements that wrote lines: one for each kind of look."""
        return sum("INSERT INTO office_look" in sql for sql in self.statements)

    @property
    def outcomes(self) -> set[str]:
        """Outcomes of the looks."""
        return {x.outcome for x in self.lines}


class Visitors:
    """Requests as any seat of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._client = _browser()
        self._before = Reading.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def client(self, seat: Seat | str) -> Client:
        """The browser as that seat; nothing of the one before is kept, but the middleware, which is loaded once."""
        found = self.scene.seats[seat] if isinstance(seat, str) else seat
        self._client.cookies.clear()
        if found.session:
            self._client.cookies[settings.SESSION_COOKIE_NAME] = found.session
        return self._client

    def visit(
        self,
        seat: Seat | str,
        address: str,
        method: str = "GET",
        data: Any = None,
        *,
        look: Callable[[], Any] = lambda: None,
        **how: Any,
    ) -> Answer:
        """One request; whatever it changed is undone. An exception is a status of 500 with its trace.

        `look` is called before the undoing: what it returns is `after`, what was there after the request.
        """
        client, trouble = self.client(seat), ""
        statements: list[str] = []
        with transaction.atomic():
            with connection.execute_wrapper(_noted(statements)):
                try:
                    got: Any = (
                        client.generic(method, address, **how)
                        if data is None and method not in {"GET", "POST"}
                        else getattr(client, method.lower())(address, data, **how)
                    )
                    body = b"".join(got.streaming_content) if got.streaming else got.content
                except Exception:  # noqa: BLE001 -- whatever it is, it is an answer of 500
                    trouble, got, body = traceback.format_exc(limit=-4), None, b""
            lines = [] if trouble else _lines(self._before)
            after = None if trouble else look()
            transaction.set_rollback(True)
        return Answer(
            self.scene,
            500 if got is None else got.status_code,
            "" if got is None else got.headers.get("Content-Type", ""),
            "" if got is None else got.headers.get("Location", ""),
            body,
            lines,
            len({line.look for line in lines}),
            statements,
            trouble,
            after,
        )


@cache
def _browser() -> Client:
    """One for all: the middleware, which looks through the static files, is loaded once."""
    return Client()


def _noted(statements: list[str]) -> Any:
    """A wrapper that keeps the text of each statement, without its values."""

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(SAVEPOINT.sub("", str(sql)))
        return execute(sql, params, many, context)

    return note


def _lines(after: int) -> list[Line]:
    rows = Reading.objects.filter(pk__gt=after).values_list(
        "look_id", "look__outcome", "look__verb", "subject", "subject_id"
    )
    return [Line(*row) for row in rows]


def text_of(body: bytes, kind: str) -> str:
    """The words of a page, a workbook or a PDF."""
    if body[:4] == b"%PDF":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    if body[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(body)) as packed:
            parts = [
                packed.read(n).decode("utf-8", "replace") for n in packed.namelist() if n.endswith(".xml")
            ]
        return re.sub(r"<[^>]+>", " ", "\n".join(parts))
    return body.decode("utf-8", "replace")
