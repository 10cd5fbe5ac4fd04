"""Kiểm tra tệp XML: what an XML part may contain before a reader is let loose on it.

Expat walks the text once without building anything. It sees a document type declaration in whatever
encoding the part is written, which a search for bytes does not.
"""

import xml.parsers.expat as expat  # noqa: PLR0402 - the module is the parser, `from` would shadow `xml`
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ansinh.kernel.errors import BilingualError

MAX_DEPTH = 200
MAX_ATTRIBUTES = 100
MAX_NODES = 20_000_000
MAX_TOKEN = 1024 * 1024
"""Bytes of one tag: with every piece of it the parser begins anew, which takes the square of its length."""
PIECE = 64 * 1024

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Listeners:
    """What a walk reports: opening of an element (local name), its closing, its characters."""

    start: Callable[[str, Attributes], None] | None = None
    end: Callable[[str], None] | None = None
    text: Callable[[str], None] | None = None


def refuse_entities() -> BilingualError:
    """Khai báo thực thể XML: the refusal of any DOCTYPE or ENTITY (code ``xml-entities``)."""
    return BilingualError(
        "Tệp chứa khai báo DOCTYPE hoặc ENTITY, có thể làm treo máy chủ; tệp bị từ chối.",
        "The file declares a DOCTYPE or an ENTITY, which can exhaust the server; it is refused.",
        code="xml-entities",
    )


def damaged(what: str) -> BilingualError:
    """Tệp hỏng: the refusal of what cannot be read (code ``damaged``)."""
    return BilingualError(
        f"Tệp bị hỏng, không đọc được ({what}). Hãy mở tệp bằng Excel và lưu lại.",
        f"The file is damaged and cannot be read ({what}). Open it in Excel and save it again.",
        code="damaged",
    )


def too_many_elements(most: int) -> BilingualError:
    """Quá nhiều phần tử XML: the refusal of what is only tags (code ``too-many-elements``)."""
    return BilingualError(
        f"Tệp có hơn {most} phần tử XML, không phải danh sách hay sao kê.",
        f"The file has more than {most} XML elements; it is no list and no statement.",
        code="too-many-elements",
    )


def walk(
    chunks: Iterable[bytes], name: str, listeners: Listeners | None = None, *, most: int = MAX_NODES
) -> int:
    """Duyệt XML: walk ``chunks`` (pieces of some kB) as one document, calling ``listeners``.

    Answers how many elements and attributes there were. Raises ``BilingualError``: ``xml-entities`` for any
    document type declaration, ``too-many-elements`` for more than ``most`` elements and attributes,
    ``damaged`` for text that is not well-formed, nested deeper than 200, with more than 100 attributes on an
    element or a tag, comment or instruction of more than a megabyte.
    """
    listeners = listeners or Listeners()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = nodes = fed = 0
    on_start, on_end, on_text = listeners.start, listeners.end, listeners.text

    def doctype(*_: object) -> None:
        raise refuse_entities()

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal depth, nodes
        depth += 1
        nodes += 1 + len(attributes)
        if depth > MAX_DEPTH or len(attributes) > MAX_ATTRIBUTES:
            raise damaged(name)
        if nodes > most:
            raise too_many_elements(most)
        if on_start is not None:
            on_start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if on_end is not None:
            on_end(tag.rpartition(":")[2])

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if on_text is not None:
        parser.CharacterDataHandler = on_text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > MAX_TOKEN:
                raise damaged(name)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        # Refusals of the listeners pass as they are; what is left is an encoding nobody knows.
        if isinstance(error, BilingualError):
            raise
        raise damaged(name) from error
    return nodes


def check_xml(data: bytes, name: str = "xml", *, most: int = MAX_NODES) -> None:
    """Kiểm tra một tệp XML hoàn chỉnh: refuse entity bombs and broken text (see ``walk``)."""
    walk((data[start : start + PIECE] for start in range(0, len(data), PIECE)), name, most=most)
