"""What stands around a page is kept for all who see the same; nothing of one reader reaches another."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from ansinh.office.models import User
from ansinh.web import frame

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    frame._kept.clear()


def page(client: Any, address: str = "/nguoi/", **headers: str) -> str:
    return str(client.get(address, headers=headers).content.decode())


def test_a_part_is_drawn_once_and_filled_for_each(
    staff_client: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = staff_client("collection")
    one = page(client)
    made = dict(frame._kept)
    assert made
    User.objects.filter(kind="staff").update(full_name='<b>Ánh</b> & "\ue000csrf_token\ue001"')
    two = page(client)
    assert frame._kept == made
    assert "&lt;b&gt;Ánh&lt;/b&gt; &amp; &quot;\ue000csrf_token\ue001&quot;" in two  # a gap is not read again
    assert set(TOKEN.findall(one)).isdisjoint(TOKEN.findall(two))
    assert len(set(TOKEN.findall(two))) >= 1


def test_a_part_depends_on_rights_place_and_language(staff_client: Callable[..., Any]) -> None:
    director = staff_client("director")
    assert 'href="/so-cai/"' in page(director)
    assert '<a href="/nguoi/" aria-current="page">' in page(director)
    assert '<a href="/nguoi/" aria-current="true">' in page(director, "/to-khai/tk1/")
    director.cookies["django_language"] = "en"
    assert "Sign out" in page(director)
    director.cookies["django_language"] = "vi"
    clerk = staff_client("reception")
    assert 'href="/so-cai/"' not in page(clerk)
    assert "Đăng xuất" in page(clerk)


def test_the_page_one_returns_to_is_escaped(staff_client: Callable[..., Any]) -> None:
    made = page(staff_client("reception"), '/nguoi/?x="><script>1</script>&y')
    assert "<script>1" not in made
    back = re.search(r'name="next" value="([^"]*)"', made)
    assert back is not None
    assert unescape(back[1]).startswith("/nguoi/?x=")
