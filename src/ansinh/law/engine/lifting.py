"""Rút phần chung: whatever depends only on the month and a few codes is worked out once, in plain Python.

The law's figures, their sums, the choice of a clause's version by month: all of it becomes a small table
joined to the rows by one whole-number key, so that a row costs a look-up and its own arithmetic.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, product
from math import prod
from typing import Any

from ansinh.kernel.months import Month
from ansinh.law.engine.expressions import WORKED_OUT, Bounds, Node, Tree, children, evaluate, walk
from ansinh.law.engine.parameters import ParameterBook
from ansinh.law.engine.periods import NotInForce

# A table beyond this many rows would cost more to fill and to keep near the processor than it saves.
LARGEST_TABLE = 100_000


@dataclass(slots=True)
class JoinedTable:
    """Một bảng nối: rows of figures by a whole-number key made of `keys` (column → its range)."""

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
        books: Mapping[str, ParameterBook[Any]],
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
        self._seen: list[Node] = []  # keeps what `_reach` knows by id alive
        self._steps: list[int] = []

    def lift(self, roots: Iterable[Node]) -> list[Node]:
        """Các gốc mới: with lifted parts replaced by look-ups; `self.tables` holds their values."""
        wanted = list(roots)
        self._steps = self._changes(wanted)
        wanted = [self._sunk(root) for root in wanted]
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

    def _sunk(self, root: Node) -> Node:
        """Đẩy điều kiện xuống: two versions of one formula become one formula with looked-up figures.

        `case(c, min(x, a), min(x, b))` is `min(x, case(c, a, b))`; its second part is a figure of the table.
        """
        replaced: dict[int, Node] = {}
        for node in walk([root]):
            self.tree.origin = node.origin
            if node.op == "case":
                parts = [replaced[id(one)] for one in node.args]
                made = self._merged(*parts) or self.tree.make("case", *parts)
            elif node.is_leaf or node.op in WORKED_OUT:
                made = node
            else:
                made = self.tree.make(node.op, *(replaced[id(one)] for one in children(node)))
            replaced[id(node)] = made
        return replaced[id(root)]

    def _merged(self, condition: Node, then: Node, otherwise: Node) -> Node | None:
        if then is otherwise:
            return then
        if self._keys(condition) is None:
            return None
        if self._keys(then) is not None and self._keys(otherwise) is not None:
            return self.tree.make("case", condition, then, otherwise)
        if then.op != otherwise.op or then.is_leaf or then.op in WORKED_OUT:
            return None
        orders = [otherwise.args]
        if then.op in {"add", "mul", "min", "max", "and", "or"}:
            orders.append(otherwise.args[::-1])
        for order in orders:
            parts = [self._merged(condition, a, b) for a, b in zip(then.args, order, strict=True)]
            if all(part is not None for part in parts):
                return self.tree.make(then.op, *(part for part in parts if part is not None))
        return None

    def _keys(self, node: Node) -> frozenset[str] | None:
        for one in walk([node]):
            if id(one) not in self._reach:
                self._reach[id(one)] = self._keys_of(one)
                self._seen.append(one)
        return self._reach[id(node)]

    def _keys_of(self, node: Node) -> frozenset[str] | None:
        if node.op == "const":
            return frozenset()
        if node.op == "input":
            return frozenset([node.args[0]]) if node.args[0] in self.keys else None
        reached = frozenset([self.month]) if node.op in WORKED_OUT else frozenset()
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
        worth = {*WORKED_OUT, "case"}
        legal = {id(node) for node in walk(roots) if node.op in worth or self._month_matters(node)}
        chosen: dict[int, Node] = {}

        def visit(node: Node) -> None:
            if self._keys(node) is not None:
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
        sets = {keys | {self.month} for node in chosen if (keys := self._keys(node)) is not None}
        together: frozenset[str] = frozenset().union(*sets)
        if self._rows(together) <= LARGEST_TABLE:
            sets = {together}  # one join of a larger table is cheaper than several
        for keys in sorted(sets, key=lambda one: (-len(one), sorted(one))):
            if not any(keys <= table.keys.keys() for table in self.tables):
                ordered = {key: self.keys[key] for key in (self.month, *self.keys) if key in keys}
                self.tables.append(JoinedTable(f"{self.name}_{len(self.tables) + 1}", ordered))

    def _fill(self, node: Node) -> Node:
        keys = self._keys(node) or frozenset()
        table = min(
            (one for one in self.tables if keys <= one.keys.keys()), key=lambda one: (one.size, one.name)
        )
        column = f"v{len(table.columns) + 1}"
        table.columns[column] = self._values(node, table)
        table.kinds[column] = node.kind
        return self.tree.lookup(table.name, column, node.kind)

    def _values(self, node: Node, table: JoinedTable) -> list[Any]:
        # Between two changes of the law, and along keys the node does not know, the value is the same.
        own = self._keys(node) or frozenset()
        others = [key for key in table.keys if key != self.month]
        spans = [
            range(table.keys[key][0], table.keys[key][1] + 1) if key in own else [None] for key in others
        ]
        repeats = [table.keys[key][1] - table.keys[key][0] + 1 for key in others]
        values: list[Any] = []
        for start, end in pairwise(self._steps):
            cells = [
                self._value(node, {self.month: start, **dict(zip(others, known, strict=True))})
                for known in product(*spans)
            ]
            values += _spread(cells, [key in own for key in others], repeats) * (end - start)
        return values

    def _value(self, node: Node, inputs: dict[str, Any]) -> Any:
        def parameter(leaf: Node, key: Any) -> Any:
            if leaf.op == "tabulated":
                function, book_name = leaf.args[:2]
                return function(*key, self.books[book_name].on(inputs[self.month]))
            name, unit, _ = leaf.args
            book = next(one for one in self.books.values() if name in one.parameters)
            value = book[name].entry(inputs[self.month]).value
            if key is not None:
                value = value[key]
            return value if unit is None else int(value / unit)

        try:
            return evaluate(node, inputs, parameter)
        except (NotInForce, KeyError):
            # No row comes here: the compiler has checked every month in which the figure is read.
            return {"int": 0, "bool": False, "text": ""}[node.kind]

    def _rebuild(self, root: Node, replaced: dict[int, Node]) -> Node:
        for node in walk([root]):
            if id(node) in replaced:
                continue
            if node.is_leaf or node.op in WORKED_OUT:
                replaced[id(node)] = node
                continue
            self.tree.origin = node.origin
            replaced[id(node)] = self.tree.make(node.op, *(replaced[id(one)] for one in children(node)))
        return replaced[id(root)]


def _spread(cells: list[Any], known: list[bool], sizes: list[int]) -> list[Any]:
    """Trải các ô ra mọi khóa: `cells` vary along the known keys; along the others they repeat."""
    for depth in reversed(range(len(known))):
        if not known[depth]:
            inner = prod(sizes[depth + 1 :])
            cells = [
                cell
                for start in range(0, len(cells), inner)
                for cell in cells[start : start + inner] * sizes[depth]
            ]
    return cells
