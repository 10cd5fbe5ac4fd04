"""In thành SQL: one expression tree, one text; DuckDB and Spark SQL differ in a handful of words."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ansinh.law.engine.expressions import Bounds, Node, children, walk

Dialect = Literal["duckdb", "spark"]

_INFIX = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "mod": "%",
    "lt": "<",
    "le": "<=",
    "eq": "=",
    "ne": "<>",
    "and": "AND",
    "or": "OR",
}
_DIVIDE = {"duckdb": "//", "spark": "DIV"}
_TYPES = {16: "SMALLINT", 32: "INTEGER", 64: "BIGINT"}
_WIDEST = 128
_WIDE = {"duckdb": "HUGEINT", "spark": "DECIMAL(38, 0)"}


@dataclass(slots=True)
class Printer:
    """Bộ in một cây: figures used more than once get a column of their own in an inner SELECT.

    `bounds` are the proven ranges of the whole-number nodes: every sum and product is computed in a type that
    holds it, 128 bits wide where 64 do not. `leaf_width` tells the bits of a column's own type.
    """

    bounds: Mapping[int, Bounds]
    dialect: Dialect
    names: dict[int, str]
    leaf_width: Callable[[Node], int]
    widths: dict[int, int] = field(default_factory=dict)

    def select(self, outputs: Mapping[str, Node], passing: tuple[str, ...], source: str) -> str:
        """SELECT lồng nhau: `source` gives a column for every leaf, see `names`; `passing` go through."""
        stages = self._stages(list(outputs.values()))
        needed = self._needed(stages, list(outputs.values()))
        text = source
        for level, stage in enumerate(stages):
            kept = [*passing, *sorted(needed[level])]
            made = [f"{self._print(node)} AS s{level + 1}_{number}" for number, node in enumerate(stage)]
            for number, node in enumerate(stage):
                self.names[id(node)] = f"s{level + 1}_{number}"
            text = f"SELECT {', '.join([*kept, *made])}\nFROM (\n{text}\n) AS q{level}{self._barrier(level)}"
        last = ", ".join([*passing, *(f"{self._output(node)} AS {name}" for name, node in outputs.items())])
        return f"SELECT {last}\nFROM (\n{text}\n) AS q"

    def _barrier(self, level: int) -> str:
        # Without it DuckDB folds the inner SELECTs together and computes shared figures again and again.
        return "\nOFFSET 0" if self.dialect == "duckdb" and level > 0 else ""

    def _output(self, node: Node) -> str:
        if node.kind != "int":
            return self._print(node)
        return self._widened(node, 64, exactly=True)

    def _stages(self, roots: list[Node]) -> list[list[Node]]:
        uses = Counter(id(child) for node in walk(roots) for child in children(node))
        uses.update(id(root) for root in roots)
        # The printed form of a minimum or maximum names its parts twice.
        repeated = {id(one) for node in walk(roots) if node.op in {"min", "max"} for one in children(node)}
        level: dict[int, int] = {}
        stages: list[list[Node]] = []
        for node in walk(roots):
            height = max((level[id(child)] for child in children(node)), default=0)
            if (uses[id(node)] > 1 or id(node) in repeated) and not node.is_leaf:
                height += 1
                if height > len(stages):
                    stages.append([])
                stages[height - 1].append(node)
            level[id(node)] = height
        return stages

    def _needed(self, stages: list[list[Node]], roots: list[Node]) -> list[set[str]]:
        # For each stage, the columns that it must hand on to the stages after it.
        staged = {id(node): f"s{i + 1}_{j}" for i, stage in enumerate(stages) for j, node in enumerate(stage)}
        needed: list[set[str]] = []
        later: set[str] = set()
        for node in roots:
            later |= self._columns_of(node, staged)
        for level in range(len(stages) - 1, -1, -1):
            needed.append({name for name in later if name not in {staged[id(one)] for one in stages[level]}})
            later = set(needed[-1])
            for node in stages[level]:
                for child in children(node):
                    later |= self._columns_of(child, staged)
        return needed[::-1]

    def _columns_of(self, node: Node, staged: Mapping[int, str]) -> set[str]:
        if id(node) in staged:
            return {staged[id(node)]}
        if node.op == "const":
            return set()
        if node.is_leaf:
            return {self.names[id(node)]}
        return set().union(*(self._columns_of(child, staged) for child in children(node)))

    def _print(self, node: Node) -> str:
        if id(node) in self.names:
            return self.names[id(node)]
        if node.op == "const":
            return _literal(node)
        if node.op == "not":
            return f"(NOT {self._print(node.args[0])})"
        if node.kind != "int":
            return self._plain(node)
        if node.op == "case":
            condition, then, otherwise = node.args
            branches = [self._widened(one, self._width(node), exactly=True) for one in (then, otherwise)]
            return f"CASE WHEN {self._print(condition)} THEN {branches[0]} ELSE {branches[1]} END"
        if node.op in {"min", "max"}:
            # Two comparisons of columns cost a third of what least() and greatest() do.
            left, right = (self._widened(one, self._width(node), exactly=True) for one in node.args)
            first, second = (right, left) if node.op == "max" else (left, right)
            return f"CASE WHEN {left} < {right} THEN {first} ELSE {second} END"
        return self._arithmetic(node)

    def _plain(self, node: Node) -> str:
        # A condition, or a choice between texts or truths: nothing here can overflow.
        if node.op == "case":
            condition, then, otherwise = (self._print(one) for one in node.args)
            return f"CASE WHEN {condition} THEN {then} ELSE {otherwise} END"
        left, right = (self._print(one) for one in node.args)
        return f"({left} {_INFIX[node.op]} {right})"

    def _arithmetic(self, node: Node) -> str:
        operator = _DIVIDE[self.dialect] if node.op == "div" else _INFIX[node.op]
        working = max(self._width(node), *(self._width(one) for one in node.args))
        left, right = node.args
        first = self._widened(left, working, exactly=left.op == "const" and right.op == "const")
        second = self._widened(right, working, exactly=False)
        text = f"({first} {operator} {second})"
        narrowed = working == _WIDEST and self._width(node) < _WIDEST
        return f"CAST({text} AS BIGINT)" if narrowed else text

    def _widened(self, node: Node, width: int, *, exactly: bool) -> str:
        text = self._print(node)
        if node.op == "const":
            return f"CAST({text} AS {self._type(width)})" if exactly or width == _WIDEST else text
        return f"CAST({text} AS {self._type(width)})" if self._width(node) < width else text

    def _type(self, width: int) -> str:
        return _WIDE[self.dialect] if width == _WIDEST else _TYPES[width]

    def _width(self, node: Node) -> int:
        """Số bit của kiểu SQL: wide enough for what is proven, and for what it is computed from."""
        found = self.widths.get(id(node))
        if found is None:
            low, high = self.bounds[id(node)]
            needed = next(
                (bits for bits in _TYPES if -(2 ** (bits - 1)) <= low and high < 2 ** (bits - 1)), _WIDEST
            )
            if node.op == "const":
                found = needed
            elif node.is_leaf:
                found = self.leaf_width(node)
            else:
                parts = [one for one in children(node) if one.kind == "int" and one.op != "const"]
                found = max([needed, *(min(self._width(one), 64) for one in parts)])
                if node.op == "div" and self.dialect == "spark":
                    found = max(found, 64)
            self.widths[id(node)] = found
        return found


def _literal(node: Node) -> str:
    value = node.args[0]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)
