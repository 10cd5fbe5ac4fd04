"""Tên người giả lập: weighted lists turned into the tables from which names are drawn in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import duckdb
import pyarrow as pa
import yaml

from ansinh.kernel.text import fold, sort_key

SLOTS = 1_000


@cache
def lists() -> dict[str, dict[str, dict[str, int]]]:
    """The lists of the data file: kind → people or sex → name → weight."""
    text = resources.files("ansinh.demo").joinpath("data", "names.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, dict[str, int]]] = yaml.safe_load(text)
    return loaded


def register(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table `name_slot` (kind, list, slot 0..999, word, folded, letters, tones, cases).

    `letters`, `tones` and `cases` are a name's parts of the sort key, unstripped: names of several words have
    the parts joined by "!", "0" and "0", which is how `kernel.text.sort_key` reads a space.
    """
    rows: list[dict[str, Any]] = []
    for kind, by_list in lists().items():
        for of, weights in by_list.items():
            for slot, word in enumerate(_slots(weights)):
                letters, tones, cases = key_parts(word)
                rows.append(
                    {
                        "kind": kind,
                        "of": of,
                        "slot": slot,
                        "word": word,
                        "folded": fold(word),
                        "letters": letters,
                        "tones": tones,
                        "cases": cases,
                    }
                )
    con.register("name_slots", pa.Table.from_pylist(rows))
    con.execute("CREATE OR REPLACE TABLE name_slot AS SELECT * FROM name_slots")


def key_parts(word: str) -> tuple[str, str, str]:
    """The three levels of a word's sort key with nothing stripped at their ends."""
    letters, tones, cases = sort_key(f"{word} Á").split(" ")
    return letters.removesuffix("!a"), tones.removesuffix("004"), cases.removesuffix("01")


def _slots(weights: Mapping[str, int]) -> list[str]:
    total = sum(weights.values())
    words = list(weights)
    out: list[str] = []
    seen = 0
    for word in words:
        seen += weights[word]
        out += [word] * (seen * SLOTS // total - len(out))
    return out
