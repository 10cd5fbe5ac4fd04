"""The shell's own pages in a browser: axe, desk and phone width, keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_sign_in_page(page: Any, axe: Callable[..., None], screenshot: Callable[..., None]) -> None:
    page.goto("/")
    assert page.url.endswith("/account/login/?next=%2F")
    assert page.locator("html").get_attribute("lang") == "vi"
    axe(page)
    screenshot(page, "sign-in")


def test_story_page(staff_page: Callable[..., Any], axe: Callable[..., None], screenshot: Callable[..., None]) -> None:
    page = staff_page("collection")
    page.goto("/ui/")
    screenshot(page, "ui")
    axe(page)
