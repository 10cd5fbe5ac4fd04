"""Docstrings in two languages: a Vietnamese term first, then English; no sentence mixes them.

A heuristic: words with Vietnamese letters beside common English words in one stretch between full stops, colons,
semicolons and dashes. What stands in quotes, backticks or brackets, codes in capitals, and names of places and of
instruments are left out: an English sentence may name them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

MARKED = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
OPAQUE = re.compile(r"``.*?``|`[^`]*`|“[^”]*”|\"[^\"]*\"|'[^' ]*[^\x00-\x7f][^']*'|\([^()]*\)", re.DOTALL)
EXAMPLE = re.compile(r"^\s*>>>.*?(?=^\s*$|\Z)", re.MULTILINE | re.DOTALL)
WORD = re.compile(r"[^\W\d_]+")
ENGLISH = frozenset(
    WORD.findall(
        "the of and or is are was with by for as from that which what who where when not its only each it be this "
        "these those whose has have into their they if how first last newest oldest latest every all any none never "
        "also there then once kept made given people money one two without such except between beside under over "
        "at must may can does"
    )
)
NAMES = frozenset(
    WORD.findall(
        "tết điều khoản điểm mục phụ lục mẫu quyết định thông tư nghị luật ví dụ hùng vương việt nam"
    )
)
END = re.compile(r"(?<=[.;:])\s+|\s+—\s+|\n\s*\n")


def mixed(docstring: str) -> Iterator[str]:
    """The sentences of a docstring that mix both languages.

    >>> list(mixed("Hồ sơ đang chờ: those of the unit. Newest first (mới nhất trước)."))
    []
    >>> list(mixed("Hồ sơ đang chờ of the unit."))
    ['Hồ sơ đang chờ of the unit.']
    """
    for sentence in END.split(OPAQUE.sub(" ", EXAMPLE.sub("", docstring))):
        words = WORD.findall(sentence)
        marked = [
            word
            for place, word in enumerate(words)
            if MARKED.search(word) and word.lower() not in NAMES and not _is_name(word, place)
        ]
        if marked and ENGLISH & {word.lower() for word in words}:
            yield " ".join(sentence.split())


def _is_name(word: str, place: int) -> bool:
    return word.isupper() or (place > 0 and word[0].isupper())


def docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """Every docstring of a file, those below an assignment too, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        body = getattr(node, "body", None)
        for one in body if isinstance(body, list) else ():
            if (
                isinstance(one, ast.Expr)
                and isinstance(one.value, ast.Constant)
                and isinstance(one.value.value, str)
            ):
                yield one.lineno, one.value.value


def faults(root: Path) -> list[str]:
    """Every mixed sentence below `root`, with its file and line."""
    return [
        f"{path.relative_to(root)}:{line}: {sentence}"
        for path in sorted(root.rglob("*.py"))
        if "migrations" not in path.parts
        for line, docstring in docstrings(path)
        for sentence in mixed(docstring)
    ]
