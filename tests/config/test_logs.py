"""The log tells what happened by keys; no name, number, amount or message of an exception is in it."""

from __future__ import annotations

import ast
import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from structlog.contextvars import clear_contextvars, get_contextvars

from ansinh.config import logs, urls
from ansinh.office.models import User
from ansinh.office.security import security
from ansinh.web.gate import rule

NAME, NUMBER, MAIL, AMOUNT = "Lý Thị Thu Trang", "020190001234", "trang.ly@bhxh.example", "9.000.000.000"
PARTS = ("Trang", "trang", "020190001234", "bhxh.example", "9.000.000", "9000000000")


class BrokenError(Exception):
    """Somebody's own exception."""


@rule(public=True)
def breaks(request: HttpRequest, who: str) -> HttpResponse:
    """A page that meets what the database says of a row, and passes it on."""
    try:
        with transaction.atomic():
            for _ in range(2):
                User.objects.create(username=NUMBER, full_name=NAME, kind="staff")
    except IntegrityError as error:
        raise BrokenError(f"{NAME} {MAIL} {AMOUNT}") from error
    return HttpResponse()


urlpatterns = [path("breaks/<str:who>/", breaks, name="breaks"), *urls.urlpatterns]


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What the log as configured for production writes; then the log of the tests again."""
    from django.conf import settings

    written = io.StringIO()
    made = logs.set_up(level="INFO", target="stderr", json_lines=True)
    made["handlers"]["lines"] = {
        "class": "logging.StreamHandler", "formatter": "lines", "stream": written,
    }  # fmt: skip
    logging.config.dictConfig(made)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.config.dictConfig(settings.LOGGING)


def test_a_line_is_masked_and_has_chosen_keys_only(lines):
    security(
        "rights.granted", user=7, role="collection", name=NAME, amount=9_000_000_000, reason=f"xin {NAME}",
        code=NUMBER, unit=[1, 2],
    )  # fmt: skip
    (line,) = lines()
    assert {k: v for k, v in line.items() if k != "at"} == {
        "level": "warning", "event": "rights.granted", "logger": "ansinh.security",
        "user": 7, "role": "collection", "reason": "…", "code": "#", "unit": [1, 2],
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"Key (identity)=({NUMBER}) already exists.",
        "0201 9000 1234", "020.190.001.234", "0912-345-678", AMOUNT, f"<{MAIL}>", f"invalid header '{NAME}: x'",
        f'bad "{NAME}"', NAME,
    ],
)  # fmt: skip
def test_a_sentence_of_a_library_keeps_no_value(lines, text):
    logging.getLogger("somebody.else").error(text)
    logging.getLogger("somebody.else").error("Job %s of %s failed", text, NAME)
    plain, template = lines()
    for part in (*PARTS, "Thị", "1234", "345"):
        assert part not in json.dumps(plain, ensure_ascii=False)
    assert template["event"] == "Job %s of %s failed"


def test_a_line_cannot_be_forged(lines):
    logging.getLogger("somebody.else").error('x\n{"event": "signin.done"}')
    security("a\nb", code="c\r\nd")
    assert [line["event"] for line in lines()] == ["x … …", "a b"]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_an_error_is_its_type_and_places(lines):
    """Postgres tells the whole row of a broken constraint; Django and gunicorn wrote it into the log."""
    client = Client(raise_request_exception=False)
    answer = client.get(f"/breaks/{NUMBER}-{NAME}/", {"q": NAME, "so": NUMBER})
    assert answer.status_code == 500
    code = answer.headers["X-Request-ID"]
    assert code in answer.content.decode()
    text = json.dumps(lines(), ensure_ascii=False)
    assert [part for part in PARTS if part in text] == []
    error, request = lines()
    assert error["error"]["type"].endswith("BrokenError")
    assert any("test_logs.py" in place and place.endswith(" breaks") for place in error["error"]["frames"])
    assert [c["type"] for c in error["error"]["causes"]][:1] == ["django.db.utils.IntegrityError"]
    assert (error["request"], request["request"]) == (code, code)
    assert (request["view"], request["route"], request["status"]) == ("breaks", "breaks/<str:who>/", 500)


@pytest.mark.django_db
def test_one_line_a_request_with_who_where_what_and_how_long(lines, staff_client, officer):
    user = officer("collection")
    client = staff_client(user=user)
    answer = client.get(reverse("people"), {"q": NUMBER})
    line = [line for line in lines() if line["event"] == "request"][-1]
    assert line["actor"] == user.pk
    assert line["place"] == sorted(user.roles.values_list("unit_id", flat=True))
    assert (line["view"], line["method"], line["status"]) == ("people", "GET", answer.status_code)
    assert line["ms"] > 0
    assert line["request"] == answer.headers["X-Request-ID"]
    assert NUMBER not in json.dumps(lines())


@pytest.mark.django_db
def test_failed_sign_ins_and_refusals_are_events(lines, client):
    client.post("/account/login/", {"login": "trang.ly", "password": NUMBER}, REMOTE_ADDR="203.0.113.7")
    failed = [line for line in lines() if line["event"] == "signin.failed"]
    assert failed
    assert failed[0]["address"] == "203.0.113.7"
    text = json.dumps(lines(), ensure_ascii=False)
    assert [part for part in PARTS if part in text] == []
    assert Client(enforce_csrf_checks=True).post("/account/language/").status_code == 403
    refused = [line for line in lines() if line["event"] == "refused"]
    assert [(line["view"], line["status"]) for line in refused] == [("language", 403)]


def test_what_belongs_to_a_request_ends_with_it(client, db):
    clear_contextvars()
    client.get("/account/login/")
    assert get_contextvars() == {}


@pytest.mark.django_db
def test_a_code_from_outside_counts_only_from_a_proxy_of_ours(client, settings):
    given = "AbCd1234-from-outside"
    assert client.get("/account/login/", HTTP_X_REQUEST_ID=given).headers["X-Request-ID"] != given
    settings.PROXIES = 1
    assert client.get("/account/login/", HTTP_X_REQUEST_ID=given).headers["X-Request-ID"] == given
    forged = client.get("/account/login/", HTTP_X_REQUEST_ID="a b" * 9).headers["X-Request-ID"]
    assert " " not in forged


def test_every_event_of_the_house_gives_keys_of_the_list():
    """A key that is not on the list is lost silently, so the calls are read."""
    wrong = []
    for file in Path(logs.__file__).parent.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "security":
                wrong += [
                    f"{file.name}:{node.lineno} {k.arg}"
                    for k in node.keywords
                    if k.arg and k.arg not in logs.KEYS
                ]
    assert wrong == []


def int_of(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise BrokenError(text) from error


def test_the_readable_form_says_the_same():
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.formatter(json_lines=False))
    quiet = logging.getLogger("somebody.readable")
    quiet.addHandler(handler)
    quiet.propagate = False
    with pytest.raises(BrokenError) as raised:
        int_of(NAME)
    quiet.error("Job %s failed", NUMBER, exc_info=raised.value)
    text = written.getvalue()
    assert "error   Job %s failed" in text
    assert "test_logs.py" in text
    assert "BrokenError" in text
    assert [part for part in PARTS if part in text] == []
