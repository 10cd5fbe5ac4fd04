"""Cây biểu thức: whole-number expressions that a clause compiles to, shared where equal, exact everywhere.

A `Tree` interns its nodes and folds constants; `evaluate` answers a node for one set of inputs; `prove`
finds the range of every whole number from the ranges of the inputs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ansinh.law.engine.instruments import LawBookError

Kind = Literal["int", "bool", "text"]
Bounds = tuple[int, int]

INT64 = (-(2**63), 2**63 - 1)
# DuckDB's HUGEINT and Spark's DECIMAL(38, 0) both hold it.
INT128 = (1 - 10**38, 10**38 - 1)


class CompileError(LawBookError):
    """Quy định không dịch được thành cột: names the clause, the line and the construct."""


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """Một nút: `op` and its arguments, which are nodes, or the name or value of a leaf."""

    op: str
    args: tuple[Any, ...]
    kind: Kind
    origin: str

    @property
    def is_leaf(self) -> bool:
        """Lá: an input, a constant or a looked-up value."""
        return self.op in {"input", "const", "lookup"}


def _floor(a: int, b: int) -> int:
    return a // b


_APPLY: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": _floor,
    "mod": lambda a, b: a % b,
    "min": min,
    "max": max,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "not": lambda a: not a,
}
WORKED_OUT = frozenset({"parameter", "tabulated"})
"""What is known of each month and key beforehand, and never of a row."""

_COMPARISONS = {"lt", "le", "eq", "ne", "not", "and", "or"}


class Tree:
    """Vườn ươm nút: makes nodes, each distinct one once."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[Any, ...], Node] = {}
        self.origin = ""
        self.true = self.const(True)
        self.false = self.const(False)

    def const(self, value: int | bool | str) -> Node:
        """Hằng số."""
        kind: Kind = "bool" if isinstance(value, bool) else "text" if isinstance(value, str) else "int"
        return self._intern("const", (value if kind != "int" else int(value),), kind)

    def input(self, name: str, kind: Kind) -> Node:
        """Cột đầu vào."""
        return self._intern("input", (name,), kind)

    def parameter(self, name: str, unit: Any, key: Node | None, kind: Kind) -> Node:
        """Con số của luật: in the month of the row, in multiples of `unit`; `key` picks it from a table."""
        return self._intern("parameter", (name, unit, key), kind)

    def tabulated(self, function: Callable[..., int], book: str, keys: tuple[Node, ...]) -> Node:
        """Kết quả của một hàm lập bảng: for the month of the row and the values of its keys."""
        return self._intern("tabulated", (function, book, *keys), "int")

    def lookup(self, table: str, column: str, kind: Kind) -> Node:
        """Giá trị tra từ bảng nối."""
        return self._intern("lookup", (table, column), kind)

    def make(self, op: str, *args: Node) -> Node:
        """Một phép tính: folded where its arguments are constants or it changes nothing."""
        kind: Kind = "bool" if op in _COMPARISONS else args[-1].kind
        if op == "case":
            return self._case(*args)
        if op in {"and", "or"}:
            return self._logic(op, *args)
        if all(one.op == "const" for one in args):
            return self.const(_APPLY[op](*(one.args[0] for one in args)))
        simple = self._identity(op, args)
        return simple if simple is not None else self._intern(op, args, kind)

    def _identity(self, op: str, args: tuple[Node, ...]) -> Node | None:
        constants = [one.args[0] if one.op == "const" and one.kind == "int" else None for one in args]
        if op in {"add", "sub"} and constants[1] == 0:
            return args[0]
        if op in {"mul", "div"} and constants[1] == 1:
            return args[0]
        if op == "mul" and 0 in constants:
            return self.const(0)
        if (op == "add" and constants[0] == 0) or (op == "mul" and constants[0] == 1):
            return args[1]
        if op in {"min", "max"} and args[0] is args[1]:
            return args[0]
        if op == "not" and args[0].op == "not":
            inner: Node = args[0].args[0]
            return inner
        return None

    def _case(self, condition: Node, then: Node, otherwise: Node) -> Node:
        if condition.op == "const":
            return then if condition.args[0] else otherwise
        if then is otherwise:
            return then
        if otherwise.op == "case" and otherwise.args[2] is then:
            rare = self.make("and", self.make("not", condition), otherwise.args[0])
            return self._case(rare, otherwise.args[1], then)
        if then is self.true and otherwise is self.false:
            return condition
        if then is self.false and otherwise is self.true:
            return self.make("not", condition)
        if then.kind == "bool":
            # Engines answer AND and OR over whole columns faster than a CASE that splits the rows.
            taken = self.make("and", condition, then)
            return self.make("or", taken, self.make("and", self.make("not", condition), otherwise))
        return self._intern("case", (condition, then, otherwise), then.kind)

    def _logic(self, op: str, left: Node, right: Node) -> Node:
        neutral, absorbing = (self.true, self.false) if op == "and" else (self.false, self.true)
        if absorbing in (left, right):
            return absorbing
        if left is neutral or left is right:
            return right
        return left if right is neutral else self._intern(op, (left, right), "bool")

    def _intern(self, op: str, args: tuple[Any, ...], kind: Kind) -> Node:
        key = (op, kind, *(id(one) if isinstance(one, Node) else one for one in args))
        found = self._nodes.get(key)
        if found is None:
            found = self._nodes[key] = Node(op, args, kind, self.origin)
        return found


def children(node: Node) -> tuple[Node, ...]:
    """Các nút con."""
    return tuple(one for one in node.args if isinstance(one, Node))


def walk(roots: Iterable[Node]) -> list[Node]:
    """Mọi nút: each once, children before parents."""
    done: dict[int, Node] = {}

    def visit(node: Node) -> None:
        if id(node) not in done:
            for child in children(node):
                visit(child)
            done[id(node)] = node

    for root in roots:
        visit(root)
    return list(done.values())


def evaluate(node: Node, inputs: Mapping[str, Any], parameter: Callable[[Node, Any], Any]) -> Any:
    """Giá trị của một nút: for one assignment; only the branch taken is evaluated.

    `parameter(node, key)` answers a parameter node, already divided by its unit, or a tabulated function,
    whose keys it is given as a tuple.
    """
    if node.op == "const":
        return node.args[0]
    if node.op == "input":
        return inputs[node.args[0]]
    if node.op == "parameter":
        key = node.args[2]
        return parameter(node, None if key is None else evaluate(key, inputs, parameter))
    if node.op == "tabulated":
        return parameter(node, tuple(evaluate(one, inputs, parameter) for one in children(node)))
    if node.op == "case":
        taken = node.args[1] if evaluate(node.args[0], inputs, parameter) else node.args[2]
        return evaluate(taken, inputs, parameter)
    if node.op == "and":
        return all(evaluate(one, inputs, parameter) for one in node.args)
    if node.op == "or":
        return any(evaluate(one, inputs, parameter) for one in node.args)
    return _APPLY[node.op](*(evaluate(one, inputs, parameter) for one in node.args))


def prove(roots: Iterable[Node], leaf: Callable[[Node], Bounds]) -> dict[int, Bounds]:
    """Chứng minh khoảng giá trị: bounds of every whole-number node by id, from those of the leaves.

    Raises `CompileError` for a division that is not of a non-negative by a positive number (rounding is
    exact there only), and for anything that may pass 128 bits.
    """
    found: dict[int, Bounds] = {}
    for node in walk(roots):
        if node.kind != "int":
            continue
        bounds = leaf(node) if node.is_leaf and node.op != "const" else _bounds(node, found)
        if bounds[0] < INT128[0] or bounds[1] > INT128[1]:
            raise CompileError(
                f"{node.origin}: có thể vượt 128 bit, khoảng {bounds}",
                f"{node.origin}: may pass 128 bits, range {bounds}",
            )
        found[id(node)] = bounds
    return found


def _bounds(node: Node, found: Mapping[int, Bounds]) -> Bounds:
    if node.op == "const":
        return node.args[0], node.args[0]
    if node.op in WORKED_OUT:
        raise CompileError(
            f"{node.origin}: {node.op} phải chỉ phụ thuộc vào các cột khóa",
            f"{node.origin}: {node.op} must depend on key columns only",
        )
    if node.op == "case":
        (a, b), (c, d) = found[id(node.args[1])], found[id(node.args[2])]
        return min(a, c), max(b, d)
    (a, b), (c, d) = (found[id(one)] for one in node.args)
    if node.op in {"div", "mod"} and (a < 0 or c <= 0):
        raise CompileError(
            f"{node.origin}: phép chia cần số bị chia không âm và số chia dương, gặp {(a, b)} cho {(c, d)}",
            f"{node.origin}: division needs a non-negative and a positive number, got {(a, b)} by {(c, d)}",
        )
    corners = [a * c, a * d, b * c, b * d] if node.op == "mul" else [0]
    return {
        "add": (a + c, b + d),
        "sub": (a - d, b - c),
        "mul": (min(corners), max(corners)),
        "div": (a // d if d else 0, b // c if c else 0),
        "mod": (0, min(b, d - 1)),
        "min": (min(a, c), min(b, d)),
        "max": (max(a, c), max(b, d)),
    }[node.op]
