"""Dịch quy định thành cây: a clause's own syntax tree, walked once, becomes one expression tree over columns.

Accepted: assignments to a name, `if`/`elif`/`else`, `return`, conditional expressions, comparisons (chained,
`in` a tuple), `and`/`or`/`not`, `+ - * / // %`, `min`, `max`, `half_up`, `down`, `up`, `int`,
`Fraction(a, b)`, attributes of facts and of the parameter scale, `scale.table[key]`, enum members, calls to
provisions, to `versions.on(month)`, to plain functions of this kind and to `tabulated` ones, and a NamedTuple
of results.
Anything else is refused at import.
"""

import ast
import builtins
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import reduce
from math import gcd
from types import FunctionType, ModuleType
from typing import Any, NoReturn

from ansinh.kernel import rounding
from ansinh.kernel.months import Month
from ansinh.law.engine.expressions import CompileError, Node, Tree
from ansinh.law.engine.parameters import Parameter, ParameterBook
from ansinh.law.engine.periods import Period
from ansinh.law.engine.provisions import Provision, Versions
from ansinh.law.engine.rationals import Arithmetic, Number
from ansinh.law.engine.tables import is_tabulated


@dataclass(frozen=True, slots=True)
class Record:
    """Một bộ kết quả hoặc dữ kiện: a NamedTuple whose fields are columns."""

    type: type
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScaleOf:
    """Các tham số của tháng trên dòng."""

    book: ParameterBook[Any]


@dataclass(frozen=True, slots=True)
class TableOf:
    """Một tham số dạng bảng: not yet read at a key."""

    parameter: Parameter


@dataclass(frozen=True, slots=True)
class InForce:
    """Phiên bản có hiệu lực ở tháng trên dòng: not yet applied."""

    versions: Versions[..., Any]
    month: Number


_BINARY = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide"}
_COMPARE = {ast.Lt: ("lt", 0), ast.LtE: ("le", 0), ast.Gt: ("lt", 1), ast.GtE: ("le", 1)}
_EQUALITY = {ast.Eq: "eq", ast.NotEq: "ne"}
_ROUNDINGS = {rounding.half_up: "half_up", rounding.down: "down", rounding.up: "up"}
_DATA_TYPES = (int, Fraction, str, tuple, frozenset)


class Compiler:
    """Bộ dịch cho một lượt: one tree, one stretch of months in which rows may lie."""

    def __init__(self, first: Month, last: Month) -> None:
        self.tree = Tree()
        self.arithmetic = Arithmetic(self.tree)
        self.active = (first, last)
        self.books: dict[str, ParameterBook[Any]] = {}

    def apply(self, function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Thay một quy định bằng biểu thức của nó."""
        plain = function.function if isinstance(function, Provision) else function
        if isinstance(function, Provision):
            self._in_force(function.id, function.period)
        body = _Body(self, plain, getattr(function, "id", plain.__qualname__))
        before = self.tree.origin
        try:
            return body.run(args, kwargs)
        finally:
            self.tree.origin = before

    def apply_versions(self, chosen: InForce, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Mỗi dòng theo phiên bản của tháng mình: the members joined by comparisons of the month."""
        first, last = self.active
        result: Any = None
        expected = first
        for member in chosen.versions.members:
            since = max(_month_start(member, member.period.since), first)
            until = last if member.period.until is None else min(Month.of(member.period.until), last)
            if until < since:
                continue
            if since != expected:
                break
            self.active = (since, until)
            value = self.apply(member, args, kwargs)
            self.active = (first, last)
            later = self.arithmetic.compare("le", self.arithmetic.of(since.index), chosen.month)
            result = value if result is None else self.merge(later, value, result)
            expected = until + 1
        if expected != last + 1:
            raise CompileError(
                f"{self.tree.origin}: {chosen.versions.id} không có hiệu lực từ tháng {expected.vi()}",
                f"{self.tree.origin}: {chosen.versions.id} is not in force from {expected}",
            )
        return result

    def read(self, book: ParameterBook[Any], name: str) -> Any:
        """Đọc một tham số ở tháng trên dòng; it must be in force in every month a row may have."""
        self.books[book.name] = book
        parameter = book[name]
        self._in_force(name, Period(parameter.values[0].period.since, parameter.values[-1].period.until))
        if isinstance(parameter.values[0].value, dict):
            return TableOf(parameter)
        return self._parameter(parameter, [one.value for one in parameter.values], None)

    def read_at(self, table: TableOf, key: Any) -> Any:
        """Đọc một ô của tham số dạng bảng."""
        values = [cell for one in table.parameter.values for cell in one.value.values()]
        node = key if isinstance(key, Node) else self.arithmetic.whole(self.arithmetic.of(key))
        return self._parameter(table.parameter, values, node)

    def _parameter(self, parameter: Parameter, values: list[Any], key: Node | None) -> Any:
        if key is None and len(settled := self._values_of(parameter)) == 1:
            return settled[0]
        if all(isinstance(value, bool) for value in values):
            return self.tree.parameter(parameter.name, None, key, "bool")
        if all(isinstance(value, (int, Fraction)) and not isinstance(value, bool) for value in values):
            unit = reduce(_common, (Fraction(value) for value in values if value), Fraction(0)) or Fraction(1)
            return Number(self.tree.parameter(parameter.name, unit, key, "int"), unit)
        if all(isinstance(value, str) for value in values):
            return self.tree.parameter(parameter.name, None, key, "text")
        raise CompileError(
            f"{self.tree.origin}: tham số {parameter.name} không dùng được trên cột",
            f"{self.tree.origin}: parameter {parameter.name} is of a kind columns cannot hold",
        )

    def _values_of(self, parameter: Parameter) -> list[Any]:
        # The values that rows may meet here; a figure that never changed is a constant of the SQL.
        first, last = self.active
        months = Period(first.first_day, last.first_day)
        return list(dict.fromkeys(one.value for one in parameter.values if one.period.overlaps(months)))

    def _in_force(self, name: str, period: Period) -> None:
        first, last = self.active
        if period.since > first.first_day or (period.until is not None and period.until < last.last_day):
            raise CompileError(
                f"{self.tree.origin}: {name} không có hiệu lực trong cả {first.vi()}–{last.vi()}",
                f"{self.tree.origin}: {name} is not in force throughout {first}..{last}",
            )

    def merge(self, condition: Node, then: Any, otherwise: Any) -> Any:
        """Gộp hai nhánh thành một giá trị có điều kiện."""
        if condition.op == "const":
            return then if condition.args[0] else otherwise
        if then is otherwise:
            return then
        if isinstance(then, Record) and isinstance(otherwise, Record) and then.type is otherwise.type:
            fields = {
                name: self.merge(condition, value, otherwise.fields[name])
                for name, value in then.fields.items()
            }
            return Record(then.type, fields)
        if _is_number(then) and _is_number(otherwise):
            return self.arithmetic.choose(condition, self.arithmetic.of(then), self.arithmetic.of(otherwise))
        if _is_plain(then) and _is_plain(otherwise):
            return self.tree.make("case", condition, self.node(then), self.node(otherwise))
        raise CompileError(
            f"{self.tree.origin}: hai nhánh cho hai loại giá trị khác nhau",
            f"{self.tree.origin}: the two branches give values of different kinds",
        )

    def node(self, value: Any) -> Node:
        """Nút của một giá trị đúng/sai hoặc chữ: a whole number may stand for it."""
        if isinstance(value, Node):
            return value
        if isinstance(value, (bool, str)):
            return self.tree.const(value)
        return self.arithmetic.whole(self.arithmetic.of(value))


class _Body:
    """Thân một hàm đang được dịch."""

    def __init__(self, compiler: Compiler, function: Any, name: str) -> None:
        self.compiler = compiler
        self.tree = compiler.tree
        self.arithmetic = compiler.arithmetic
        self.name = name
        if not isinstance(function, FunctionType):
            raise CompileError(f"{name}: không phải hàm Python", f"{name}: not a plain Python function")
        self.function = function
        self.file = inspect.getsourcefile(function) or "?"
        lines, self.first_line = inspect.getsourcelines(function)
        self.definition = ast.parse(textwrap.dedent("".join(lines))).body[0]
        self.names = inspect.getclosurevars(function)

    def run(self, args: list[Any], kwargs: dict[str, Any]) -> Any:
        assert isinstance(self.definition, ast.FunctionDef)  # noqa: S101 - a FunctionType has a def or a lambda
        bound = inspect.signature(self.function).bind(*args, **kwargs)
        bound.apply_defaults()
        self._at(self.definition)
        result = self._block(self.definition.body, dict(bound.arguments))
        if result is None:
            self._refuse(self.definition, "a path without return")
        return result

    # Statements

    def _block(self, statements: list[ast.stmt], names: dict[str, Any]) -> Any:
        for number, statement in enumerate(statements):
            self._at(statement)
            if isinstance(statement, ast.Return) and statement.value is not None:
                return self._value(statement.value, names)
            if isinstance(statement, ast.If):
                rest = statements[number + 1 :]
                if _returns(statement):
                    return self._branch(statement, rest, names)
                self._join(statement, names)
            elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
                self._assign(statement, names)
            elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
                self._refuse(statement)
        return None

    def _branch(self, statement: ast.If, rest: list[ast.stmt], names: dict[str, Any]) -> Any:
        condition = self._truth(statement.test, names)
        if condition.op == "const":
            return self._block((statement.body if condition.args[0] else statement.orelse) + rest, names)
        then = self._block(statement.body + rest, dict(names))
        otherwise = self._block(statement.orelse + rest, dict(names))
        self._at(statement)
        if then is None or otherwise is None:
            self._refuse(statement, "a path without return")
        return self.compiler.merge(condition, then, otherwise)

    def _join(self, statement: ast.If, names: dict[str, Any]) -> None:
        condition = self._truth(statement.test, names)
        then, otherwise = dict(names), dict(names)
        self._block(statement.body, then)
        self._block(statement.orelse, otherwise)
        self._at(statement)
        for name in then.keys() & otherwise.keys():
            names[name] = self.compiler.merge(condition, then[name], otherwise[name])

    def _assign(self, statement: ast.Assign | ast.AnnAssign, names: dict[str, Any]) -> None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        if len(targets) != 1 or not isinstance(targets[0], ast.Name) or statement.value is None:
            self._refuse(statement)
        names[targets[0].id] = self._value(statement.value, names)

    # Expressions

    def _value(self, node: ast.expr, names: dict[str, Any]) -> Any:
        method = getattr(self, f"_value_{type(node).__name__.lower()}", None)
        if method is None:
            self._refuse(node)
        return method(node, names)

    def _value_constant(self, node: ast.Constant, _names: dict[str, Any]) -> Any:
        if not isinstance(node.value, (int, str)):
            self._refuse(node)
        return node.value

    def _value_name(self, node: ast.Name, names: dict[str, Any]) -> Any:
        for scope in (names, self.names.nonlocals, self.names.globals, vars(builtins)):
            if node.id in scope:
                return scope[node.id]
        return self._refuse(node, f"the name {node.id!r}, unknown here or set on one path only")

    def _value_tuple(self, node: ast.Tuple, names: dict[str, Any]) -> Any:
        return tuple(self._value(one, names) for one in node.elts)

    def _value_attribute(self, node: ast.Attribute, names: dict[str, Any]) -> Any:
        owner = self._value(node.value, names)
        if isinstance(owner, Record):
            if node.attr not in owner.fields:
                self._refuse(node)
            return owner.fields[node.attr]
        if isinstance(owner, ScaleOf):
            return self.compiler.read(owner.book, node.attr)
        if (isinstance(owner, type) and issubclass(owner, Enum)) or isinstance(owner, ModuleType):
            return getattr(owner, node.attr)
        return self._refuse(node)

    def _value_subscript(self, node: ast.Subscript, names: dict[str, Any]) -> Any:
        owner = self._value(node.value, names)
        if not isinstance(owner, TableOf):
            self._refuse(node)
        return self.compiler.read_at(owner, self._value(node.slice, names))

    def _value_ifexp(self, node: ast.IfExp, names: dict[str, Any]) -> Any:
        condition = self._truth(node.test, names)
        if condition.op == "const":
            return self._value(node.body if condition.args[0] else node.orelse, names)
        return self.compiler.merge(condition, self._value(node.body, names), self._value(node.orelse, names))

    def _value_boolop(self, node: ast.BoolOp, names: dict[str, Any]) -> Any:
        op = "and" if isinstance(node.op, ast.And) else "or"
        return reduce(lambda a, b: self.tree.make(op, a, b), (self._truth(one, names) for one in node.values))

    def _value_unaryop(self, node: ast.UnaryOp, names: dict[str, Any]) -> Any:
        if isinstance(node.op, ast.Not):
            return self.tree.make("not", self._truth(node.operand, names))
        if isinstance(node.op, ast.USub):
            return self.arithmetic.multiply(self.arithmetic.of(-1), self._number(node.operand, names))
        return self._refuse(node)

    def _value_binop(self, node: ast.BinOp, names: dict[str, Any]) -> Any:
        left, right = self._number(node.left, names), self._number(node.right, names)
        if type(node.op) in _BINARY:
            return getattr(self.arithmetic, _BINARY[type(node.op)])(left, right)
        if isinstance(node.op, (ast.FloorDiv, ast.Mod)):
            op = "div" if isinstance(node.op, ast.FloorDiv) else "mod"
            return Number(self.tree.make(op, self.arithmetic.whole(left), self.arithmetic.whole(right)))
        return self._refuse(node)

    def _value_compare(self, node: ast.Compare, names: dict[str, Any]) -> Any:
        operands = [self._value(one, names) for one in (node.left, *node.comparators)]
        links = [
            self._compare(node, op, operands[number], operands[number + 1])
            for number, op in enumerate(node.ops)
        ]
        return reduce(lambda a, b: self.tree.make("and", a, b), links)

    def _compare(self, node: ast.expr, op: ast.cmpop, left: Any, right: Any) -> Node:
        if isinstance(op, (ast.In, ast.NotIn)) and isinstance(right, (tuple, frozenset)):
            members = sorted(right) if isinstance(right, frozenset) else right
            same = [self._compare(node, ast.Eq(), left, member) for member in members]
            found = reduce(lambda a, b: self.tree.make("or", a, b), same, self.tree.false)
            return found if isinstance(op, ast.In) else self.tree.make("not", found)
        if type(op) in _COMPARE and _is_number(left) and _is_number(right):
            name, swapped = _COMPARE[type(op)]
            pair = (right, left) if swapped else (left, right)
            return self.arithmetic.compare(name, *(self.arithmetic.of(one) for one in pair))
        if type(op) in _EQUALITY and _is_number(left) and _is_number(right):
            pair = (self.arithmetic.of(left), self.arithmetic.of(right))
            return self.arithmetic.compare(_EQUALITY[type(op)], *pair)
        if type(op) in _EQUALITY and _is_plain(left) and _is_plain(right):
            return self.tree.make(_EQUALITY[type(op)], self.compiler.node(left), self.compiler.node(right))
        return self._refuse(node)

    def _value_call(self, node: ast.Call, names: dict[str, Any]) -> Any:
        if any(isinstance(one, ast.Starred) for one in node.args) or any(
            one.arg is None for one in node.keywords
        ):
            self._refuse(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "on":
            return self._in_force(node, names)
        callee = self._value(node.func, names)
        args = [self._value(one, names) for one in node.args]
        kwargs = {str(one.arg): self._value(one.value, names) for one in node.keywords}
        self._at(node)
        if is_tabulated(callee):
            return self._tabulated(node, callee, args, kwargs)
        if isinstance(callee, InForce):
            return self.compiler.apply_versions(callee, args, kwargs)
        if isinstance(callee, Provision) or (isinstance(callee, FunctionType) and callee not in _ROUNDINGS):
            return self.compiler.apply(callee, args, kwargs)
        if isinstance(callee, type) and hasattr(callee, "_fields"):
            bound = inspect.signature(callee).bind(*args, **kwargs)
            bound.apply_defaults()
            return Record(callee, dict(bound.arguments))
        return self._builtin(node, callee, args, kwargs)

    def _tabulated(self, node: ast.Call, callee: Any, args: list[Any], kwargs: dict[str, Any]) -> Number:
        *keys, scale = args
        if kwargs or not isinstance(scale, ScaleOf) or not all(_is_number(key) for key in keys):
            self._refuse(node, "a tabulated function takes whole numbers and the scale, in order")
        self.compiler.books[scale.book.name] = scale.book
        nodes = tuple(self.arithmetic.whole(self.arithmetic.of(key)) for key in keys)
        return Number(self.tree.tabulated(callee, scale.book.name, nodes))

    def _in_force(self, node: ast.Call, names: dict[str, Any]) -> InForce:
        assert isinstance(node.func, ast.Attribute)  # noqa: S101 - the caller has looked
        owner = self._value(node.func.value, names)
        if not isinstance(owner, Versions) or len(node.args) != 1 or node.keywords:
            self._refuse(node)
        return InForce(owner, self._number(node.args[0], names))

    def _builtin(self, node: ast.Call, callee: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        known: dict[Any, Callable[..., Any]] = {
            min: lambda *rest: reduce(self.arithmetic.least, rest),
            max: lambda *rest: reduce(self.arithmetic.greatest, rest),
            Fraction: lambda top, *bottom: reduce(self.arithmetic.divide, bottom, top),
        }
        known |= {one: _rounding(self.arithmetic, how) for one, how in _ROUNDINGS.items()}
        if callee is int and len(args) == 1 and isinstance(args[0], Node) and args[0].kind == "bool":
            return Number(self.tree.make("case", args[0], self.tree.const(1), self.tree.const(0)))
        try:
            action = known[callee]
        except (KeyError, TypeError):
            self._refuse(node)
        if kwargs or not args or not all(_is_number(one) for one in args):
            self._refuse(node)
        return action(*(self.arithmetic.of(one) for one in args))

    def _number(self, node: ast.expr, names: dict[str, Any]) -> Number:
        value = self._value(node, names)
        if not _is_number(value):
            self._refuse(node, "a number is needed")
        self._at(node)
        return self.arithmetic.of(value)

    def _truth(self, node: ast.expr, names: dict[str, Any]) -> Node:
        value = self._value(node, names)
        if isinstance(value, bool):
            return self.tree.const(value)
        if not (isinstance(value, Node) and value.kind == "bool"):
            self._refuse(node, "a condition is needed")
        self._at(node)
        return value

    def _at(self, node: ast.stmt | ast.expr) -> None:
        self.tree.origin = f"{self.name} ({self.file}:{self.first_line + node.lineno - 1})"

    def _refuse(self, node: ast.stmt | ast.expr, what: str = "") -> NoReturn:
        self._at(node)
        construct = f"{type(node).__name__} {ast.unparse(node).splitlines()[0]!r}"
        what = f"{what}: {construct}" if what else construct
        raise CompileError(
            f"{self.tree.origin}: không dịch được thành cột: {what}",
            f"{self.tree.origin}: cannot be compiled to columns: {what}",
        )


def _rounding(arithmetic: Arithmetic, how: str) -> Callable[[Number], Number]:
    return lambda value: arithmetic.rounded(how, value)


def _returns(statement: ast.If) -> bool:
    return any(isinstance(inner, ast.Return) for inner in ast.walk(statement))


def _is_number(value: Any) -> bool:
    return isinstance(value, (Number, int, Fraction)) and not isinstance(value, bool)


def _is_plain(value: Any) -> bool:
    return isinstance(value, (Node, bool, str))


def _common(a: Fraction, b: Fraction) -> Fraction:
    return Fraction(
        gcd(a.numerator * b.denominator, b.numerator * a.denominator), a.denominator * b.denominator
    )


def _month_start(member: Provision[..., Any], since: date) -> Month:
    if since.day != 1:
        raise CompileError(
            f"{member.id}: có hiệu lực giữa tháng ({since}), không chọn được theo tháng",
            f"{member.id}: comes into force inside a month ({since}), rows cannot choose by month",
        )
    return Month.of(since)
