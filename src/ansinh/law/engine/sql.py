"""In thành SQL: one expression tree, one text; DuckDB and Spark SQL differ in a handful of words."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ansinh.law.engine.expressions import INT64, Bounds, Node, children, walk

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
_WIDE = {"duckdb": "HUGEINT", "spark": "DECIMAL(38, 0)"}


@dataclass(slots=True)
class Printer:
    """Bộ in một cây: figures used more than once get a column of their own in an inner SELECT.

    `bounds` are the proven ranges of the whole-number nodes; where one passes 64 bits it is computed wide.
    """

    bounds: Mapping[int, Bounds]
    dialect: Dialect
    names: dict[int, str]

    def select(self, outputs: Mapping[str, Node], passing: tuple[str, ...], source: str) -> str:
        """SELECT lồng nhau: `source` gives a column for every leaf, named in `names`; `passing` go through."""
        stages = self._stages(list(outputs.values()))
        needed = self._needed(stages, list(outputs.values()))
        text = source
        for level, stage in enumerate(stages):
            kept = [*passing, *sorted(needed[level])]
            made = [f"{self._print(node)} AS s{level + 1}_{number}" for number, node in enumerate(stage)]
            for number, node in enumerate(stage):
                self.names[id(node)] = f"s{level + 1}_{number}"
            text = f"SELECT {', '.join([*kept, *made])}\nFROM (\n{text}\n) AS q{level}"
        last = ", ".join([*passing, *(f"{self._output(node)} AS {name}" for name, node in outputs.items())])
        return f"SELECT {last}\nFROM (\n{text}\n) AS q"

    def _output(self, node: Node) -> str:
        text = self._print(node)
        return f"CAST({text} AS BIGINT)" if node.op == "const" and node.kind == "int" else text

    def _stages(self, roots: list[Node]) -> list[list[Node]]:
        uses = Counter(id(child) for node in walk(roots) for child in children(node))
        uses.update(id(root) for root in roots)
        level: dict[int, int] = {}
        stages: list[list[Node]] = []
        for node in walk(roots):
            height = max((level[id(child)] for child in children(node)), default=0)
            if uses[id(node)] > 1 and not node.is_leaf:
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
        if node.op == "case":
            condition, then, otherwise = node.args
            branches = [self._typed(one, node) for one in (then, otherwise)]
            return f"CASE WHEN {self._print(condition)} THEN {branches[0]} ELSE {branches[1]} END"
        if node.op in {"min", "max"}:
            name = "least" if node.op == "min" else "greatest"
            return f"{name}({', '.join(self._typed(one, node) for one in node.args)})"
        return self._arithmetic(node)

    def _arithmetic(self, node: Node) -> str:
        left, right = node.args
        operator = _DIVIDE[self.dialect] if node.op == "div" else _INFIX[node.op]
        first, second = self._print(left), self._print(right)
        if self._wide(node) and not self._wide(left):
            first = f"CAST({first} AS {_WIDE[self.dialect]})"
        if self._wide(node) and not self._wide(right):
            second = f"CAST({second} AS {_WIDE[self.dialect]})"
        text = f"({first} {operator} {second})"
        narrowed = node.kind == "int" and not self._wide(node) and (self._wide(left) or self._wide(right))
        return f"CAST({text} AS BIGINT)" if narrowed else text

    def _typed(self, node: Node, parent: Node) -> str:
        text = self._print(node)
        if node.kind != "int":
            return text
        if self._wide(parent):
            return text if self._wide(node) else f"CAST({text} AS {_WIDE[self.dialect]})"
        return f"CAST({text} AS BIGINT)" if node.op == "const" or self._wide(node) else text

    def _wide(self, node: Node) -> bool:
        low, high = self.bounds.get(id(node), (0, 0))
        return low < INT64[0] or high > INT64[1]


def _literal(node: Node) -> str:
    value = node.args[0]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def wide_nodes(bounds: Mapping[int, Bounds], nodes: list[Node], show: Callable[[Node], str]) -> list[str]:
    """Các phép tính vượt 64 bit: where a clause is computed in 128 bits, one line each."""
    return [
        f"{show(node)}: {bounds[id(node)]}"
        for node in nodes
        if id(node) in bounds and (bounds[id(node)][0] < INT64[0] or bounds[id(node)][1] > INT64[1])
    ]
