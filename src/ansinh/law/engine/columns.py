"""Quy định trên cột: a compiled clause as one SQL text over a relation of facts and tables of figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, get_args, get_type_hints

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.engine.compiler import Compiler, Record, ScaleOf
from ansinh.law.engine.expressions import INT64, Bounds, CompileError, Node, prove, walk
from ansinh.law.engine.lifting import JoinedTable, Lifter
from ansinh.law.engine.parameters import ParameterBook, Scale
from ansinh.law.engine.rationals import Number
from ansinh.law.engine.sql import Dialect, Printer

ColumnType = Literal["BIGINT", "INTEGER", "SMALLINT", "BOOLEAN", "VARCHAR"]

_WIDTHS = {"BIGINT": 64, "INTEGER": 32, "SMALLINT": 16}


@dataclass(frozen=True, slots=True)
class Column:
    """Một cột dữ kiện: its SQL type, lowest and highest value, and meaning.

    A `key` column is a code of few values: what depends only on keys and the month is worked out beforehand.
    """

    type: ColumnType
    low: int
    high: int
    meaning: str
    key: bool = False


class GateError(BilingualError):
    """Dữ liệu vào bị từ chối: a column holds an empty value or one outside its range."""


@dataclass
class Columns:
    """Một quy định đã dịch: `inputs`, `outputs`, and the SQL that answers every row of a relation."""

    name: str
    inputs: dict[str, Column]
    passing: tuple[str, ...]
    roots: dict[str, Node]
    tables: list[JoinedTable]
    bounds: dict[int, Bounds]

    @property
    def outputs(self) -> tuple[str, ...]:
        """Các cột kết quả: after those that pass through."""
        return (*self.passing, *self.roots)

    def sql(self, source: str = "facts", dialect: Dialect = "duckdb") -> str:
        """SELECT mọi kết quả: from the relation `source`; the joined tables must be registered.

        Rows must have passed `gate` first: one whose month or code is out of range meets no figure.
        """
        leaves = [node for node in walk(self.roots.values()) if node.op in {"input", "lookup"}]
        names: dict[int, str] = {}
        alias = {table.name: f"p{number}" for number, table in enumerate(self.tables, 1)}
        columns: list[str] = [f"f.{name}" for name in self.passing]
        for node in leaves:
            if node.op == "lookup":
                table, column = node.args
                names[id(node)] = f"{alias[table]}_{column}"
                columns.append(f"{alias[table]}.{column} AS {names[id(node)]}")
            else:
                names[id(node)] = f"x_{node.args[0]}"
                columns.append(f"f.{node.args[0]} AS {names[id(node)]}")
        joins = "".join(
            f"\nJOIN {one.name} AS {alias[one.name]} ON {alias[one.name]}.k = {self._key(one)}"
            for one in self.tables
        )
        inner = f"SELECT {', '.join(columns)}\nFROM {source} AS f{joins}"
        return Printer(self.bounds, dialect, names, self._leaf_width).select(self.roots, self.passing, inner)

    def totals_sql(self, key: str, source: str = "facts", dialect: Dialect = "duckdb") -> str:
        """SELECT tổng của mọi kết quả: by `key`, one of the columns that pass through; sums are whole.

        A sum beyond 64 bits is an error of the engine that runs it, never a wrong figure.
        """
        sums = ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in self.roots)
        return f"SELECT {key}, {sums}\nFROM (\n{self.sql(source, dialect)}\n) AS t\nGROUP BY {key}"

    def _leaf_width(self, node: Node) -> int:
        return 64 if node.op == "lookup" else _WIDTHS[self.inputs[node.args[0]].type]

    def _key(self, table: JoinedTable) -> str:
        text = ""
        for name, (low, high) in table.keys.items():
            digit = f"CAST(f.{name} AS INTEGER)" if low == 0 else f"(CAST(f.{name} AS INTEGER) - {low})"
            text = f"({text} * {high - low + 1} + {digit})" if text else digit
        return text

    def gate_sql(self, source: str = "facts") -> str:
        """Câu lệnh kiểm tra đầu vào: one row: how many rows, then count, lowest, highest of each column."""
        parts = ["count(*)"]
        for name, column in self.inputs.items():
            value = f"CAST({name} AS INTEGER)" if column.type == "BOOLEAN" else name
            parts += [f"count({name})", f"min({value})", f"max({value})"]
        return f"SELECT {', '.join(parts)} FROM {source}"

    def judge(self, row: tuple[Any, ...]) -> None:
        """Xét kết quả kiểm tra: raises `GateError` naming every column with an empty or impossible value."""
        rows, wrong = row[0], []
        for number, (name, column) in enumerate(self.inputs.items()):
            filled, low, high = row[3 * number + 1 : 3 * number + 4]
            if filled != rows:
                wrong.append((f"{name}: {rows - filled} ô trống", f"{name}: {rows - filled} empty"))
            elif rows and column.type != "VARCHAR" and (low < column.low or high > column.high):
                allowed = f"[{column.low}, {column.high}]"
                wrong.append(
                    (f"{name}: [{low}, {high}] ngoài {allowed}", f"{name}: [{low}, {high}] not in {allowed}")
                )
        if wrong:
            vi, en = ("; ".join(texts) for texts in zip(*wrong, strict=True))
            raise GateError(
                f"Dữ liệu vào không hợp lệ: {vi}", f"Facts refused: {en}", code="law.columns.gate"
            )

    def register(self, con: Any) -> None:
        """Tạo các bảng nối trong một kết nối DuckDB (temporary tables, replaced if they are there)."""
        for name, rows in self._joined_rows.items():
            con.register("joined_rows", rows)
            con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM joined_rows")
            con.unregister("joined_rows")

    @cached_property
    def _joined_rows(self) -> dict[str, Any]:
        """The joined tables as Arrow, by name: built once, for every connection they are registered in."""
        import pyarrow as pa

        kinds = {"int": pa.int64(), "bool": pa.bool_(), "text": pa.string()}
        return {
            table.name: pa.table(
                {"k": pa.array(range(table.size), pa.int32())}
                | {name: pa.array(held, kinds[table.kinds[name]]) for name, held in table.columns.items()}
            )
            for table in self.tables
        }

    def register_spark(self, session: Any) -> None:
        """Tạo các bảng nối trong một phiên Spark: small enough to be broadcast."""
        kinds = {"int": "BIGINT", "bool": "BOOLEAN", "text": "STRING"}
        for table in self.tables:
            schema = ", ".join(["k INT", *(f"{name} {kinds[kind]}" for name, kind in table.kinds.items())])
            rows = list(zip(range(table.size), *table.columns.values(), strict=True))
            session.createDataFrame(rows, schema).createOrReplaceTempView(table.name)

    def gate(self, con: Any, source: str = "facts") -> None:
        """Kiểm tra đầu vào trong DuckDB: nothing empty, nothing out of range. Raises `GateError`."""
        self.judge(con.execute(self.gate_sql(source)).fetchall()[0])

    def run(self, con: Any, source: str = "facts") -> Any:
        """Kiểm tra rồi tính mọi dòng: a DuckDB relation of `outputs`."""
        self.gate(con, source)
        self.register(con)
        return con.sql(self.sql(source))


def compile_columns(
    function: Callable[..., Any],
    *,
    name: str,
    book: ParameterBook[Any],
    passing: Mapping[str, Column] | None = None,
    month: str = "month",
    months: tuple[Month, Month] | None = None,
) -> Columns:
    """Dịch một quy định thành cột.

    `function(facts, scale)` takes a NamedTuple of facts, each field annotated with a `Column`, and the scale
    of the row's `month`; it gives a NamedTuple of results. `passing` columns go through untouched. `name`
    begins the names of the joined tables. `months` narrows the range of the month column: what did not change
    between the two becomes a constant, other versions of a clause disappear. Raises `CompileError` for a
    construct outside the subset, a figure or a version that is not in force in some month of the range, and
    arithmetic that may overflow.
    """
    hints = get_type_hints(function, include_extras=True)
    facts, columns = _facts(hints, name)
    if months is not None:
        columns[month] = replace(columns[month], low=months[0].index, high=months[1].index)
    first, last = Month.from_index(columns[month].low), Month.from_index(columns[month].high)
    compiler = Compiler(first, last)
    record = Record(facts, {field: _leaf(compiler, field, column) for field, column in columns.items()})
    arguments = [record if kind is facts else ScaleOf(book) for key, kind in hints.items() if key != "return"]
    result = compiler.apply(function, arguments, {})
    if not isinstance(result, Record):
        raise CompileError(f"{name}: kết quả phải là NamedTuple", f"{name}: the result must be a NamedTuple")
    named: dict[str, Node] = {}
    for field, value in result.fields.items():
        compiler.tree.origin = f"{name}.{field} ({function.__qualname__})"
        named[field] = compiler.node(value)
    keys = {field: (column.low, column.high) for field, column in columns.items() if column.key}
    lifter = Lifter(compiler.tree, name, {**compiler.books, book.name: book}, keys, month)
    roots = dict(zip(named, lifter.lift(named.values()), strict=True))
    tables = {table.name: table for table in lifter.tables}

    def leaf(node: Node) -> Bounds:
        if node.op == "lookup":
            return tables[node.args[0]].bounds(node.args[1])
        return columns[node.args[0]].low, columns[node.args[0]].high

    bounds = prove(roots.values(), leaf)
    for field, node in roots.items():
        low, high = bounds.get(id(node), (0, 0))
        if low < INT64[0] or high > INT64[1]:
            raise CompileError(
                f"{name}.{field}: kết quả có thể vượt 64 bit, khoảng {(low, high)}",
                f"{name}.{field}: the result may pass 64 bits, range {(low, high)}",
            )
    inputs = {**(passing or {}), **columns}
    return Columns(name, inputs, tuple(passing or ()), roots, lifter.tables, bounds)


def _is_scale(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Scale)


def _facts(hints: Mapping[str, Any], name: str) -> tuple[type, dict[str, Column]]:
    kinds = [kind for key, kind in hints.items() if key != "return" and not _is_scale(kind)]
    if len(kinds) != 1 or not hasattr(kinds[0], "_fields"):
        raise CompileError(
            f"{name}: cần một NamedTuple dữ kiện", f"{name}: one NamedTuple of facts is needed"
        )
    columns: dict[str, Column] = {}
    for field, hint in get_type_hints(kinds[0], include_extras=True).items():
        column = next((one for one in get_args(hint)[1:] if isinstance(one, Column)), None)
        if column is None:
            raise CompileError(f"{name}.{field}: thiếu mô tả cột", f"{name}.{field}: no Column is declared")
        columns[field] = column
    return kinds[0], columns


def _leaf(compiler: Compiler, field: str, column: Column) -> Any:
    if column.type == "BOOLEAN":
        return compiler.tree.input(field, "bool")
    if column.type == "VARCHAR":
        return compiler.tree.input(field, "text")
    return Number(compiler.tree.input(field, "int"))
