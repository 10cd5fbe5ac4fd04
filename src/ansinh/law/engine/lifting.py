"""Rút phần chung: whatever depends only on the month and a few codes is worked out once, in plain Python.

The law's figures, their sums, the choice of a clause's version by month: all of it becomes a small table joined to
the rows by one whole-number key, so that a row costs a look-up and its own arithmetic, whatever the law looks like.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law.engine.expressions import Bounds, Node, Tree, children, evaluate, walk
from ansinh.law.engine.parameters import ParameterBook
from ansinh.law.engine.periods import NotInForce

# A table beyond this many rows would cost more to fill and to keep near the processor than it saves.
LARGEST_TABLE = 60_000


@dataclass(slots=True)
class JoinedTable:
    """Một bảng nối: rows of figures by a whole-number key made of `keys` (column → its lowest and highest)."""

    name: str
    keys: dict[str, Bounds]
    columns: dict[str, list[Any]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Số dòng."""
        rows = 1
        for low, high in self.keys.values():
            rows *= high - low + 1
        return rows

    def bounds(self, column: str) -> Bounds:
        """Khoảng giá trị thật có trong bảng."""
        values = [value for value in self.columns[column] if value is not None]
        return min(values), max(values)


class Lifter:
    """Rút các biểu thức chỉ phụ thuộc vào cột khóa ra thành bảng nối."""

    def __init__(
        self,
        tree: Tree,
        name: str,
        books: Mapping[str, ParameterBook],
        keys: Mapping[str, Bounds],
        month: str,
    ) -> None:
        self.tree = tree
        self.name = name
        self.keys = keys
        self.month = month
        self.books = books
        self.tables: list[JoinedTable] = []
        self._reach: dict[int, frozenset[str] | None] = {}
        self._steps: list[int] = []

    def lift(self, roots: Iterable[Node]) -> list[Node]:
        """Các gốc mới, with lifted parts replaced by look-ups; `self.tables` holds their values."""
        wanted = list(roots)
        self._steps = self._changes(wanted)
        for node in walk(wanted):
            self._reach[id(node)] = self._keys_of(node)
        chosen = self._choose(wanted)
        self._tables_for(chosen)
        replaced = {id(node): self._fill(node) for node in chosen}
        return [self._rebuild(root, replaced) for root in wanted]

    def _changes(self, roots: list[Node]) -> list[int]:
        # The months in which anything may change; between two of them every month has the same values.
        low, high = self.keys[self.month]
        days = (
            one.period.since for book in self.books.values() for parameter in book for one in parameter.values
        )
        # A figure that changes inside a month is read on the first of the month: it changes with the next.
        steps = {low, high + 1, *(Month.of(day).index + (day.day > 1) for day in days)}
        for node in walk(roots):
            if not any(self._month_matters(child) for child in children(node)):
                continue
            constants = [child.args[0] for child in children(node) if child.op == "const"]
            if node.op not in {"lt", "le", "eq", "ne"} or not constants:
                return list(range(low, high + 2))
            steps |= {constants[0], constants[0] + 1}
        return sorted(step for step in steps if low <= step <= high + 1)

    def _keys_of(self, node: Node) -> frozenset[str] | None:
        if node.op == "const":
            return frozenset()
        if node.op == "input":
            return frozenset([node.args[0]]) if node.args[0] in self.keys else None
        reached = frozenset([self.month]) if node.op == "parameter" else frozenset()
        for child in children(node):
            keys = self._reach[id(child)]
            if keys is None:
                return None
            reached |= keys
        return reached if self._rows(reached) <= LARGEST_TABLE else None

    def _rows(self, keys: frozenset[str]) -> int:
        rows = 1
        for key in keys:
            low, high = self.keys[key]
            rows *= high - low + 1
        return rows

    def _choose(self, roots: list[Node]) -> list[Node]:
        # The largest liftable parts, each once; a part without any figure of the law stays where it is.
        legal = {id(node) for node in walk(roots) if node.op == "parameter" or self._month_matters(node)}
        chosen: dict[int, Node] = {}

        def visit(node: Node) -> None:
            if self._reach[id(node)] is not None:
                if not node.is_leaf and any(id(inner) in legal for inner in walk([node])):
                    chosen[id(node)] = node
                return
            for child in children(node):
                visit(child)

        for root in roots:
            visit(root)
        return list(chosen.values())

    def _month_matters(self, node: Node) -> bool:
        return node.op == "input" and node.args[0] == self.month

    def _tables_for(self, chosen: list[Node]) -> None:
        sets = {keys for node in chosen if (keys := self._reach[id(node)]) is not None}
        for keys in sorted(sets, key=lambda one: (-len(one), sorted(one))):
            if not any(keys <= table.keys.keys() for table in self.tables):
                ordered = {key: self.keys[key] for key in (self.month, *self.keys) if key in keys}
                self.tables.append(JoinedTable(f"{self.name}_{len(self.tables) + 1}", ordered))

    def _fill(self, node: Node) -> Node:
        keys = self._reach[id(node)] or frozenset()
        table = min(
            (one for one in self.tables if keys <= one.keys.keys()), key=lambda one: (one.size, one.name)
        )
        column = f"v{len(table.columns) + 1}"
        table.columns[column] = self._values(node, table)
        table.kinds[column] = node.kind
        return self.tree.lookup(table.name, column, node.kind)

    def _values(self, node: Node, table: JoinedTable) -> list[Any]:
        others = [key for key in table.keys if key != self.month]
        spans = [range(table.keys[key][0], table.keys[key][1] + 1) for key in others]
        values: list[Any] = []
        for start, end in pairwise(self._steps):
            block = [
                self._value(node, {self.month: start, **dict(zip(others, cells, strict=True))})
                for cells in product(*spans)
            ]
            values += block * (end - start)
        return values

    def _value(self, node: Node, inputs: dict[str, Any]) -> Any:
        def parameter(leaf: Node, key: Any) -> Any:
            name, unit, _ = leaf.args
            book = next(one for one in self.books.values() if name in one.parameters)
            value = book[name].entry(inputs[self.month]).value
            if key is not None:
                value = value[key]
            return value if unit is None else int(value / unit)

        try:
            return evaluate(node, inputs, parameter)
        except (NotInForce, KeyError):
            return None  # no row may reach this cell: the compiler has checked every month it is read in

    def _rebuild(self, root: Node, replaced: dict[int, Node]) -> Node:
        for node in walk([root]):
            if id(node) in replaced:
                continue
            if node.is_leaf or node.op == "parameter":
                replaced[id(node)] = node
                continue
            self.tree.origin = node.origin
            replaced[id(node)] = self.tree.make(node.op, *(replaced[id(one)] for one in children(node)))
        return replaced[id(root)]
