"""Thủ tục nhận danh sách của đơn vị: its file, and who provides for it."""

from __future__ import annotations

from importlib import resources

from ansinh.collection.declarations import casework, services
from ansinh.office.cases import loading, procedures


def register() -> None:
    """Khai báo thủ tục: called once, when the application starts."""
    text = resources.files("ansinh.collection").joinpath("procedures", "declaration.yaml").read_text("utf-8")
    provider = procedures.Provider(
        facts=casework.facts,
        as_seen=services.seen_by_key,
        decided=casework.only_by_booking,
        closed=casework.closed,
    )
    procedures.register(loading.read(text, "collection/procedures/declaration.yaml"), provider)
