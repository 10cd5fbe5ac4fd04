"""Tệp trường hợp: reads a file of cases, YAML or JSON, a list of them or a single one."""

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from ansinh.kernel.errors import BilingualError

__all__ = ["read_cases"]

LARGEST = 32 * 1024 * 1024
"""A file of cases beyond this many bytes is refused before it is parsed."""

DEEPEST = 32
"""A case has about six levels; a file nested deeper than this is no file of cases."""

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """YAML without surprises: a key given twice is an error, not a silent overwrite."""


def _unique_mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise yaml.constructor.ConstructorError(
                None, None, f"khóa lặp lại / key given twice: {key}", node.start_mark
            )
    mapping: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return mapping


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)


def _unique_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("khóa lặp lại / key given twice")
    return read


def read_cases(name: str) -> list[dict[str, Any]]:
    """Đọc tệp trường hợp: ``-`` is standard input.

    Raises ``BilingualError`` with code ``cases.*`` for a file that cannot be read as cases.
    """
    cases = _parsed(name, _text(name))
    if isinstance(cases, dict):
        cases = [cases]
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise BilingualError(
            f"{name}: cần một danh sách trường hợp (id, calculator, as_of, facts)",
            f"{name}: a list of cases is needed (id, calculator, as_of, facts)",
            code="cases.shape",
        )
    return cases


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _bytes(Path(name))
        if len(raw) > LARGEST:
            raise BilingualError(
                f"{name}: tệp lớn hơn {LARGEST} byte",
                f"{name}: the file is larger than {LARGEST} bytes",
                code="cases.size",
            )
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise BilingualError(
            f"Không mở được tệp {name}: {error.strerror}",
            f"Cannot open {name}: {error.strerror}",
            code="cases.file",
        ) from error
    except UnicodeDecodeError as error:
        raise BilingualError(
            f"{name}: tệp không phải văn bản UTF-8", f"{name}: not UTF-8 text", code="cases.encoding"
        ) from error


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _refuse_depth(text: str) -> None:
    # The loader in C recurses on nested nodes and brings the whole process down; its events do not.
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise ValueError(f"lồng quá {DEEPEST} cấp / nested deeper than {DEEPEST}")


def _parsed(name: str, text: str) -> Any:
    if text.lstrip()[:1] in ("[", "{"):
        # Flow YAML may open the same way, so what is no JSON is tried as YAML, whose message stands.
        with suppress(ValueError, RecursionError):
            return json.loads(text, object_pairs_hook=_unique_object)
    try:
        _refuse_depth(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - derives from the safe loader
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise BilingualError(
            f"{name}: không đọc được YAML hoặc JSON: {error}",
            f"{name}: cannot be read as YAML or JSON: {error}",
            code="cases.syntax",
        ) from error
