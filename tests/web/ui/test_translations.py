"""Two languages: every string has its English, and what is committed compiled is what is committed as text."""

from __future__ import annotations

import gettext
import io
import re

import pytest
from django.utils import translation
from django.utils.translation import ngettext

from ansinh.web import translations
from ansinh.web.ui import words

ENGLISH = translations.LOCALE / "en" / "LC_MESSAGES" / "django.po"
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")


def test_every_string_has_english() -> None:
    known = translations.read(ENGLISH)
    missing = [s for s in translations.strings() if not all(known.get(s, "") or [""])]
    assert missing == [], "python -m ansinh.web.translations lists them"


def test_no_string_is_taken_for_one_of_a_package() -> None:
    """Django's own Vietnamese has short words, of days and months, that would be said instead of ours."""
    with translation.override("vi"):
        said = {s: translation.gettext(s) for s in translations.strings()}
    assert {s: text for s, text in said.items() if s != text} == {}


def test_no_dead_entry() -> None:
    assert set(translations.read(ENGLISH)) == set(translations.strings())


def test_placeholders_are_kept() -> None:
    for source, text in translations.read(ENGLISH).items():
        for version in text if isinstance(text, tuple) else (text,):
            assert not version or set(PLACES.findall(version)) == set(PLACES.findall(source)), source


@pytest.mark.parametrize("language", ["en", "vi"])
def test_compiled_is_current(language: str) -> None:
    path = translations.LOCALE / language / "LC_MESSAGES" / "django.po"
    entries = translations.read(path)
    assert path.with_suffix(".mo").read_bytes() == translations.compiled(entries)
    spoken = gettext.GNUTranslations(io.BytesIO(translations.compiled(entries)))
    for source, text in entries.items():
        if isinstance(text, tuple):
            assert spoken.ngettext(source, source, 2) == (text[1] or source)
        else:
            assert spoken.gettext(source) == (text or source)


def test_text_survives_the_file(tmp_path) -> None:
    entries = {'Nói "vâng"\n\\': 'Say "yes"\n\\', "một": ("one", "many")}
    translations.write(tmp_path / "django.po", entries)
    assert translations.read(tmp_path / "django.po") == entries


def test_strings_are_found_in_code_and_templates() -> None:
    assert dict(translations._of_code('from x import gettext as _\n_("a")\nngettext("b", "b", 2)')) == {
        "a": False,
        "b": True,
    }
    found = list(
        translations._of_template(
            "{% translate 'c' %}{% firstof x _('d') %}{% blocktranslate with n=m %}{{ n }} 5%{% endblocktranslate %}"
        )
    )
    assert found == ["c", "d", "%(n)s 5%%"]


def test_english_counts() -> None:
    with translation.override("en"):
        assert words.due(1) == "1 working day left"
        assert words.due(2) == "2 working days left"
        assert words.due(-1) == "1 working day late"
    with translation.override("vi"):
        assert words.due(-2) == "quá hạn 2 ngày làm việc"
        assert ngettext("quá hạn {days} ngày làm việc", "quá hạn {days} ngày làm việc", 1).startswith(
            "quá hạn"
        )
