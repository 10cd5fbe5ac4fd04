"""Phần của địa chỉ: keys, months and words as an address may hold them. Anything else is no address (404).

What reaches a view is short, ASCII and in range: a key of 5,000 digits would overflow the database, a NUL or
a digit of another script would end in an error where it is first used.
"""

from __future__ import annotations

from django.urls import register_converter


class Key:
    """Khóa: a key of the database, at most 18 digits."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class _Text:
    """Chữ: handed on as it stands."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: object) -> str:
        return str(value)


class MonthText(_Text):
    """Tháng: 2026-06."""

    regex = "(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])"


class Word(_Text):
    """Mã: the code of a form, a queue or a kind of file."""

    regex = "[a-z0-9-]{1,30}"


class Dotted(_Text):
    """Tên có dấu chấm: the name of a calculator."""

    regex = r"[a-z0-9_]{1,40}(?:\.[a-z0-9_]{1,40}){0,3}"


class Token(_Text):
    """Mã bí mật của một đường dẫn."""

    regex = "[A-Za-z0-9_-]{1,100}"


def register() -> None:
    """Make them known under the names that the URL tables use."""
    for name, converter in (
        ("key", Key),
        ("month", MonthText),
        ("word", Word),
        ("dotted", Dotted),
        ("token", Token),
    ):
        register_converter(converter, name)
