"""Every folder of pages is whole, is found, and keeps what is its own to itself."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.urls import Resolver404, URLResolver, get_resolver, resolve, reverse
from django.urls.resolvers import RegexPattern

from ansinh.office.rights.verbs import verb as verb_of
from ansinh.web import features, queues, urls
from ansinh.web.features import Feature, Group
from ansinh.web.gate import rule_of

WEB = Path(features.__file__).parent
ALL = features.every()
SOURCES = [path for path in WEB.parent.rglob("*.py") if path.parent.name != "numbers"]
BINDS = re.compile(r'numbers\.(?:bind|give)\(.*thing="(\w+)"')
PACKAGES = {one.package: one for one in ALL}


def folder_of(feature: Feature) -> Path:
    return WEB / feature.face / feature.name


def named(feature: Feature) -> Any:
    return pytest.param(feature, id=f"{feature.face}/{feature.name}")


def test_every_folder_of_a_face_is_a_feature() -> None:
    folders = {
        f"{face}/{path.name}"
        for face in features.FACES
        for path in (WEB / face).glob("*/")
        if (path / "__init__.py").exists()
    }
    assert folders == {f"{one.face}/{one.name}" for one in ALL}


def test_no_page_lies_beside_the_features() -> None:
    """What several features share has no page of its own."""
    beside = [
        path.name
        for face in features.FACES
        for path in (WEB / face).glob("*.py")
        if re.search(r"^@rule\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert beside == []


@pytest.mark.parametrize("feature", [named(one) for one in ALL])
def test_a_feature_is_whole(feature: Feature) -> None:
    assert feature.module == f"ansinh.web.{feature.face}.{feature.name}.feature"
    assert feature.urls, "a feature has addresses of its own, in urls.py"
    assert bool(feature.entries) != bool(feature.reached), (
        "an entry of the menu, or in `reached` why there is none"
    )
    addresses = (folder_of(feature) / "urls.py").read_text(encoding="utf-8")
    for entry in feature.entries:
        page = resolve(reverse(entry.url_name)).func
        assert rule_of(page).verb == entry.verb, (
            "who sees the entry may enter the page, and who may enter sees it"
        )
        assert f'name="{entry.url_name}"' in addresses
        assert verb_of(entry.verb).roles or verb_of(entry.verb).mandates
        assert str(entry.label).strip()
    for queue in feature.queues:
        assert verb_of(queue.verb).roles


def test_views_are_those_of_the_folder_whose_table_names_them() -> None:
    strange = [
        f"{one.package}: {pattern.name}"
        for one in ALL
        for pattern in __import__(one.urls, fromlist=["urlpatterns"]).urlpatterns
        if not pattern.callback.__module__.startswith(f"{one.package}.")
    ]
    assert strange == []


@pytest.mark.parametrize("kind", ["templates", "static"])
@pytest.mark.parametrize("feature", [named(one) for one in ALL])
def test_a_feature_uses_all_that_is_its_own_and_nobody_else_does(feature: Feature, kind: str) -> None:
    folder = folder_of(feature) / kind
    own = f"{feature.face}/{feature.name}/" if kind == "templates" else "ansinh/"
    mine, others = _texts(folder_of(feature)), _texts(WEB, without=folder_of(feature))
    for path in folder.rglob("*"):
        if path.is_dir():
            continue
        name = path.relative_to(folder).as_posix()
        assert name.startswith(own), f"{name} would be found under another feature's name"
        assert name not in others, f"{name} is used elsewhere: what is shared lies beside the features"
        drawn = name in mine or f'"{path.stem}"' in mine or f'"{path.stem.replace("_", "-")}"' in mine
        assert drawn, f"nobody uses {name}"


def test_what_is_shared_is_used_by_two() -> None:
    for face in features.FACES:
        shared = WEB / face / "templates"
        for path in shared.rglob("*.html"):
            name = path.relative_to(shared).as_posix()
            users = [one for one in ALL if name in _texts(folder_of(one))]
            beside = any(name in p.read_text(encoding="utf-8") for p in (WEB / face).glob("*.py"))
            assert beside or len(users) > 1, f"{name} belongs to one feature"


def test_names_are_given_once() -> None:
    counted = Counter(queue.name for queue in queues.every())
    counted += Counter(entry.url_name for one in ALL for entry in one.entries)
    assert [name for name, times in counted.items() if times > 1] == []


def test_a_folder_put_into_a_face_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cards = tmp_path / "outsiders" / "cards"
    cards.mkdir(parents=True)
    (tmp_path / "outsiders" / "__init__.py").touch()
    (cards / "__init__.py").touch()
    (cards / "urls.py").write_text("urlpatterns = []\n", encoding="utf-8")
    (cards / "feature.py").write_text(
        "from ansinh.web.features import Feature\nFEATURE = Feature(__name__, reached='by letter')\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    try:
        found = features.found_in("outsiders")
        assert [(one.face, one.name, one.urls) for one in found] == [
            ("outsiders", "cards", "outsiders.cards.urls")
        ]
        assert features.found_in("ansinh.web.nobody") == []
    finally:
        for name in [n for n in sys.modules if n.partition(".")[0] == "outsiders"]:
            del sys.modules[name]


def test_stories_are_a_developers_only(settings: Any) -> None:
    assert get_resolver().resolve("/ui/")
    settings.DEVELOPER = False
    site = URLResolver(RegexPattern(r"^/"), urls.addresses())
    assert site.resolve("/viec/")
    with pytest.raises(Resolver404):
        site.resolve("/ui/")
    assert Group.DEVELOPERS not in {entry.group for one in features.every() for entry in one.entries}


def _texts(folder: Path, *, without: Path | None = None) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".py", ".html"} and not (without and path.is_relative_to(without))
    )


def test_whatever_bears_numbers_has_a_name_and_pages() -> None:
    """A series nobody draws would be an error of the page that lists it."""
    written = {call for path in SOURCES for call in BINDS.findall(path.read_text(encoding="utf-8"))}
    assert written
    assert written == set(features.numbered())
