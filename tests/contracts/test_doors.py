"""The lint of doors finds what it is for, and finds nothing in the source as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contracts.doors import ROOT, SOMEWHERE, findings, of_module, of_template

FACE = "src/ansinh/web/staff/example.py"
SERVICE = "src/ansinh/collection/example.py"


def test_nothing_is_found() -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (FACE, "def page(request, pk):\n    return Person.objects.get(pk=pk)", ".objects in a face"),
        (FACE, "rows = Person._default_manager.all()", "._default_manager in a face"),
        (FACE, 'def book(actor):\n    if actor.somewhere("declaration.book"): pass', ".somewhere() in book"),
        (SERVICE, 'def book(actor):\n    return actor.may("declaration.book")', ".may() without at="),
        (
            SERVICE,
            'from ansinh.office.rights import require\n\ndef book(actor):\n    require(actor, "month.close")',
            "require() without at=",
        ),
        (FACE, "keys = [k for k in posted if k.isdigit()]", "takes ² and ٣"),
        (FACE, 'page = int(request.GET.get("page", "1"))', "int() of what a request says"),
        (FACE, 'path("nguoi/<int:pk>/", people.page)', "take <key:…>"),
    ],
)
def test_what_opened_a_page_is_found(name: str, text: str, words: str) -> None:
    found = [said for _line, said in of_module(name, text)]
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    "text",
    [
        'def page(actor, found):\n    return actor.may("person.read", at=found)',
        "ok = text.isascii() and text.isdigit() and len(text) < 19",
        "unit = forms.ModelChoiceField(Unit.objects.none())",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert list(of_module(FACE, text)) == []


def test_a_template_reads_no_rows() -> None:
    found = list(of_template("<p>\n{% for p in person.model.objects.all %}{{ p }}{% endfor %}"))
    assert [line for line, _words in found] == [2]
    assert list(of_template("{{ table.rows }}")) == []


def test_a_view_without_rule_and_a_room_without_rights_are_found(tmp_path: Path) -> None:
    web, room = tmp_path / "src/ansinh/web/staff", tmp_path / "src/ansinh/stores"
    web.mkdir(parents=True)
    room.mkdir()
    (room / "models.py").write_text("class Box: ...", encoding="utf-8")
    (web / "bare.py").write_text("def page(request): ...", encoding="utf-8")
    (web / "urls.py").write_text(
        "from django.urls import path\nfrom ansinh.web.staff import bare\n"
        'urlpatterns = [path("", require_safe(bare.page), name="bare")]\n',
        encoding="utf-8",
    )
    assert findings(tmp_path) == [
        "src/ansinh/stores/models.py:1: the room stores has tables and no rights.py that declares its verbs",
        "src/ansinh/web/staff/urls.py:3: page of src/ansinh/web/staff/bare.py has no @rule: say who may enter",
    ]


def test_every_exception_is_still_there() -> None:
    """An exception whose line has gone would cover the next one written there."""
    gone = []
    for place in SOMEWHERE:
        name, function = place.split(":")
        text = (ROOT / name).read_text(encoding="utf-8")
        if f"def {function}(" not in text or ".somewhere(" not in text:
            gone.append(place)
    assert gone == []
