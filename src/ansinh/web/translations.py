"""Bản dịch: the English catalogue of the screens, kept without gettext's own tools.

    python -m ansinh.web.translations          # add new strings to the .po, drop dead ones, compile the .mo

Vietnamese is the source language. `locale/en` holds English for every string of ours; `locale/vi` holds
Vietnamese for the few strings of installed packages that speak no Vietnamese. Both files are committed.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = Path(__file__).resolve().parent / "locale"
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
INLINE = re.compile(r"""\b_\(\s*(?:"([^"]+)"|'([^']+)')\s*\)""")
BLOCK = re.compile(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?)\s+"(.*)"$')
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)

Text = str | tuple[str, str]  # one string, or singular and plural
Catalogue = dict[str, Text]


def strings(package: Path = PACKAGE) -> dict[str, bool]:
    """Every string of ours that is shown, with whether it has a plural."""
    found: dict[str, bool] = {}
    for path in sorted(package.rglob("*.py")):
        found.update(_of_code(path.read_text(encoding="utf-8")))
    for path in sorted(package.rglob("*.html")) + sorted(package.rglob("templates/**/*.txt")):
        found.update(dict.fromkeys(_of_template(path.read_text(encoding="utf-8")), False))
    return found


def _of_code(source: str) -> Iterator[tuple[str, bool]]:
    if not any(call in source for call in ("gettext", "_(")):
        return
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS):
            continue
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value, node.func.id.startswith("ngettext")


def _of_template(source: str) -> Iterator[str]:
    for pattern in (TRANSLATE, INLINE):
        for match in pattern.finditer(source):
            yield match[1] or match[2]
    for match in BLOCK.finditer(source):
        yield VARIABLE.sub(r"%(\1)s", match[1].replace("%", "%%"))


def read(path: Path) -> Catalogue:
    """A .po file as msgid → text."""
    entries: Catalogue = {}
    current: dict[str, str] = {}

    def keep() -> None:
        if current.get("msgid"):
            plural = current.get("msgstr[1]")
            one = current.get("msgstr[0]", current.get("msgstr", ""))
            entries[current["msgid"]] = (one, plural) if plural is not None else one
        current.clear()

    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        match = ENTRY.match(line)
        if match is None:
            continue
        if match[1] == "msgid":
            keep()
        current[match[1]] = _unquoted(match[2])
    keep()
    return entries


def write(path: Path, entries: Catalogue) -> None:
    """A catalogue as a .po file, in the order of the strings, one line each: changes read well in a diff."""
    header = "".join(f'"{_quoted(line)}\\n"\n' for line in HEADER.splitlines())
    blocks = [f'msgid ""\nmsgstr ""\n{header}']
    for source, text in sorted(entries.items()):
        if isinstance(text, tuple):
            blocks.append(
                f'msgid "{_quoted(source)}"\nmsgid_plural "{_quoted(source)}"\n'
                f'msgstr[0] "{_quoted(text[0])}"\nmsgstr[1] "{_quoted(text[1])}"\n'
            )
        else:
            blocks.append(f'msgid "{_quoted(source)}"\nmsgstr "{_quoted(text)}"\n')
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(blocks), encoding="utf-8")


def compiled(entries: Catalogue) -> bytes:
    """The .mo file of a catalogue (GNU gettext's binary format, little endian, no hash table)."""
    pairs = [(b"", HEADER.encode())]
    for source, text in sorted(entries.items(), key=lambda item: item[0].encode()):
        if isinstance(text, tuple):
            if all(text):
                pairs.append((f"{source}\0{source}".encode(), "\0".join(text).encode()))
        elif text:
            pairs.append((source.encode(), text.encode()))
    count = len(pairs)
    names, texts, data = b"", b"", b""
    start = 28 + 16 * count
    for side in (0, 1):
        table = b""
        for pair in pairs:
            table += struct.pack("<II", len(pair[side]), start + len(data))
            data += pair[side] + b"\0"
        names, texts = (table, texts) if side == 0 else (names, table)
    return struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, start) + names + texts + data


def main() -> int:
    """Bring the catalogues up to date; 1 when English is missing somewhere."""
    english = LOCALE / "en" / "LC_MESSAGES" / "django.po"
    known = read(english)
    entries: Catalogue = {}
    for source, plural in strings().items():
        entries[source] = known.get(source, ("", "") if plural else "")
    write(english, entries)
    missing = [
        source for source, text in entries.items() if not all(text if isinstance(text, tuple) else [text])
    ]
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        path.with_suffix(".mo").write_bytes(compiled(read(path)))
    for source in missing:
        sys.stdout.write(f"{source}\n")
    sys.stdout.write(f"{len(entries)} chuỗi / strings, {len(missing)} chưa dịch / not in English\n")
    return 1 if missing else 0


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _unquoted(text: str) -> str:
    return text.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")


if __name__ == "__main__":
    sys.exit(main())
