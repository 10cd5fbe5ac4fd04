"""Nhật ký vận hành: one line an event, JSON in production, and nothing in it about a person but keys.

What may be written is a list (`KEYS`); texts are masked besides; an exception is its type and the places it
passed, because its message may hold a row ("Key (identity)=(…) already exists"). A line of somebody else's
library is its template without the values, for the same reason.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from gunicorn.glogging import Logger  # type: ignore[import-untyped,unused-ignore]

# Every key a line may have. None can hold a name, an identity number or an amount.
KEYS = frozenset(
    {
        # the line
        "level", "logger", "event", "request",
        # the request: who, where (ids of units), which page, how it ended
        "actor", "place", "view", "method", "route", "status", "ms", "address",
        # what happened: codes of ours, keys of the database, counts
        "verb", "role", "kind", "reason", "code", "user", "unit", "mandate", "run", "month", "job", "session",
        "count", "limit", "account", "error", "process", "bytes", "seconds", "purpose", "known", "failures",
        "by", "made_by", "sessions",
        # a link of a chain of seals
        "chain", "link", "head",
    }
)  # fmt: skip
Line = MutableMapping[str, Any]

LONGEST = 300
FRAMES = 15
CAUSES = 4

CODE = re.compile(r"[!-~]{1,200}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
REQUEST = re.compile(r"[A-Za-z0-9_.-]{6,64}")
HEAD = re.compile(r"[0-9a-f]{64}")  # a digest over rows, which tells nothing of them
ACCOUNT = re.compile(r"(?=.*[a-f])[0-9a-f]{12}")  # a keyed digest of a sign-in name, never the name
DIGITS = re.compile(r"\d(?:[\s.\-]?\d){5,}")
MAIL = re.compile(r"[^\s@,;:<>\"']+@[^\s@,;:<>\"']+")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|«[^»]*»")
# words with marks, and words with a capital letter that do not begin the sentence: both may be of a name
PERHAPS_A_NAME = re.compile(r"\S*[^\x00-\x7f]\S*|(?<=\s)[A-Z]\S*")


def masked(text: str) -> str:
    """Che số và thư: digits in runs of six or more (also parted by dots or blanks) and mail addresses.

    >>> masked("Key (identity)=(001190012345) of mai@bhxh.example, 12 rows")
    'Key (identity)=(#) of @, 12 rows'
    """
    return DIGITS.sub("#", MAIL.sub("@", CONTROL.sub(" ", text[:LONGEST])))


def masked_foreign(text: str) -> str:
    """A finished sentence of a library: nothing in quotation marks stays and no word that may be a name."""
    return masked(PERHAPS_A_NAME.sub("…", QUOTED.sub("…", text[:LONGEST])))


def error_of(exception: BaseException) -> dict[str, Any]:
    """Lỗi: type, the places passed (file:line function), and the same of its causes; never the message."""
    told: dict[str, Any] = {"type": _type(exception), "frames": _frames(exception)}
    causes: list[dict[str, Any]] = []
    cause = exception.__cause__ or exception.__context__
    while cause is not None and len(causes) < CAUSES:
        causes.append({"type": _type(cause), "frames": _frames(cause)})
        cause = cause.__cause__ or cause.__context__
    return {**told, "causes": causes} if causes else told


def _type(exception: BaseException) -> str:
    kind = type(exception)
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")


def _frames(exception: BaseException) -> list[str]:
    walked = list(traceback.walk_tb(exception.__traceback__))[-FRAMES:]
    return [f"{_place(f.f_code.co_filename)}:{line} {f.f_code.co_name}" for f, line in walked]


def _place(path: str) -> str:
    """A file by its package, without where this machine keeps it."""
    return re.sub(r"^.*?(?:/site-packages/|/src/|/lib/python[\d.]+/)", "", path)


def template_only(_logger: Any, _name: str, line: Line) -> Line:
    """A library's line: the template its code holds, without the values put into it."""
    record: logging.LogRecord = line["_record"]
    template = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    line["event"] = template if line.pop("positional_args", None) else masked_foreign(template)
    line["logger"] = record.name
    line["level"] = record.levelname.lower()
    return line


def error_in(_logger: Any, _name: str, line: Line) -> Line:
    """The exception of a line as type and places."""
    given = line.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    if isinstance(given, tuple):
        given = given[1]
    if isinstance(given, BaseException):
        line["error"] = error_of(given)
    return line


def allowed(_logger: Any, _name: str, line: Line) -> Line:
    """Only keys of the list, and of values only numbers, codes without blanks, addresses and digests."""
    return {key: _plain(key, value) for key, value in line.items() if key in KEYS and value is not None}


def _plain(key: str, value: Any) -> Any:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(key, v) for v in value]
    if key == "error" and isinstance(value, dict):
        return value  # made by error_of, from code alone
    text = str(value)
    if key == "event":
        return masked(text)
    if _has_a_form(key, text):
        return text
    return masked(text) if CODE.fullmatch(text) else "…"


def _has_a_form(key: str, text: str) -> bool:
    """An address, a request's code, a digest: digits, but neither a number of a person nor an amount."""
    if key == "address":
        try:
            return bool(ipaddress.ip_address(text))
        except ValueError:
            return False
    form = {"request": REQUEST, "account": ACCOUNT, "head": HEAD}.get(key)
    return form is not None and form.fullmatch(text) is not None


def as_json(_logger: Any, _name: str, line: Line) -> str:
    """One line of JSON, the same order of keys every time."""
    first = {key: line.pop(key) for key in ("at", "level", "event", "request") if key in line}
    return json.dumps({**first, **line}, ensure_ascii=False)


def as_text(_logger: Any, _name: str, line: Line) -> str:
    """The same for eyes: time, level, event, then the rest as key=value; an error's places below it."""
    error = line.pop("error", None)
    head = f"{str(line.pop('at', ''))[11:19]} {line.pop('level', ''):<7} {line.pop('event', '')}"
    text = " ".join([head, *(f"{key}={value}" for key, value in line.items() if key != "logger")])
    while error:
        text += "".join(f"\n    {place}" for place in error["frames"]) + f"\n    {error['type']}"
        causes = error.get("causes", [])
        error = {**causes[0], "causes": causes[1:]} if causes else None
    return text


def set_up(*, level: str, target: str, json_lines: bool) -> dict[str, Any]:
    """Django's LOGGING, and structlog behind it. `target` is "stderr" or the path of a file."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler: dict[str, Any] = {"class": "logging.StreamHandler", "formatter": "lines"}
    if target != "stderr":
        handler = {"class": "logging.handlers.WatchedFileHandler", "filename": target, "formatter": "lines"}
    unheard = {"handlers": [], "level": "NOTSET", "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "ansinh.config.logs.formatter", "json_lines": json_lines}},
        "handlers": {"lines": handler},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "ansinh": {"level": level},
            "django": unheard,  # Django's own handlers would write and mail whole messages
            "django.server": unheard,
            # our line of the request tells 4xx; this logger adds the place of a 500
            "django.request": {**unheard, "level": "ERROR"},
            "django.security.csrf": {**unheard, "level": "ERROR"},
        },
    }


def formatter(*, json_lines: bool) -> logging.Formatter:
    """The formatter of all lines, ours and those of libraries."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.contextvars.merge_contextvars, template_only],
        pass_foreign_args=True,
        use_get_message=False,
        processors=[
            error_in,
            allowed,
            structlog.processors.TimeStamper(fmt="iso", utc=False, key="at"),
            as_json if json_lines else as_text,
        ],
    )


class ServerLog(Logger):  # type: ignore[misc,unused-ignore]
    """Gunicorn's own lines, through the same formatter as all others."""

    def setup(self, cfg: Any) -> None:
        """Leave gunicorn's handlers away; its lines rise to the root."""
        super().setup(cfg)
        self.error_log.handlers = [h for h in self.error_log.handlers if not getattr(h, "_gunicorn", False)]
        self.error_log.propagate = True
