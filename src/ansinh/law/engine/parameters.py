"""Sổ tham số: every figure of the law, dated and cited, read from the `parameters.yaml` beside the rules.

    base_salary:
      term: mức lương cơ sở
      unit: VND/month
      values:
        - since: 2024-07-01
          value: 2_340_000
          source: "73/2024/NĐ-CP, Điều 3 khoản 2"
          checked: 2026-11-22

A value is a whole number, a day, a share written as text ("8%", "1/3" → an exact fraction), a word (a
choice), a list, or a map of these ({1: 5_310_000, 2: …}). It holds until the next one begins, or for ever;
`until` is written on the last value only, when the figure ends. `unverified: true` marks a value that nobody
has seen in an official text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

import yaml

from ansinh.kernel.months import Month
from ansinh.kernel.shares import share
from ansinh.law.engine.explanation import CURRENT, ParameterUse
from ansinh.law.engine.instruments import LawBookError, citations
from ansinh.law.engine.periods import NotInForce, Period, as_day

K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S", bound="Scale")

_SHARE = re.compile(r"^-?[0-9]+([.,][0-9]+)?(\s*/\s*[0-9]+)?\s*%?$")
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_VALUE_KEYS = {"since", "until", "value", "source", "checked", "unverified", "note"}
_PARAMETER_KEYS = {"term", "unit", "values", "note"}


class Table(Mapping[K, V]):
    """Bảng trong một tham số: a value by key (by region, by year); reading a key records that figure."""

    __slots__ = ("_use", "_values")

    def __init__(self, values: dict[K, Any], use: ParameterUse) -> None:
        self._values = values
        self._use = use

    def __getitem__(self, key: K) -> V:
        value = self._values[key]
        use = self._use
        within = replace(use, name=f"{use.name}[{key}]", value=value)
        if isinstance(value, dict):
            nested: V = Table(value, within)  # type: ignore[assignment]  # a table of tables
            return nested
        explanation = CURRENT.get()
        if explanation is not None:
            explanation.read(within)
        found: V = value
        return found

    def __iter__(self) -> Iterator[K]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """Một giá trị có thời hạn: a figure, the days it is in force, its source, and who has seen it."""

    period: Period
    value: Any
    source: str
    checked: date | None
    use: ParameterUse

    @property
    def unverified(self) -> bool:
        """Chưa ai đối chiếu với văn bản chính thức."""
        return self.use.unverified

    def read(self) -> Any:
        """Giá trị: its use is noted in the explanation that is open; a table is noted key by key."""
        if isinstance(self.value, dict):
            return Table(self.value, self.use)
        explanation = CURRENT.get()
        if explanation is not None:
            explanation.read(self.use)
        return self.value


class Parameter:
    """Một tham số: its term, unit and dated values, oldest first."""

    def __init__(self, name: str, term: str, unit: str, values: tuple[DatedValue, ...]) -> None:
        self.name = name
        self.term = term
        self.unit = unit
        self.values = values

    def entry(self, when: date | Month | int | str) -> DatedValue:
        """Giá trị kèm nguồn: in force on a day. Raises `NotInForce` outside its dates."""
        day = as_day(when)
        for one in reversed(self.values):
            if day >= one.period.since:
                if day in one.period:
                    return one
                break
        raise NotInForce(self.name, day)

    def on(self, when: date | Month | int | str) -> Any:
        """Giá trị vào một ngày: recorded if a computation is being explained."""
        return self.entry(when).read()

    def is_known(self, when: date | Month | int | str) -> bool:
        """Whether a value is in force on a day."""
        day = as_day(when)
        return any(day in one.period for one in self.values)

    def __repr__(self) -> str:
        return f"<parameter {self.name}: {len(self.values)} values>"


class Scale:
    """Các tham số của một ngày: `scale.base_salary` is the figure in force, recorded when explained.

    Each book has a scale of its own, a class without a body that inherits from the scales of the books it
    includes. What figures it has and of which type is read from ``parameters.yaml``: at run time here, and by
    mypy through `tests.contracts.scales`, for which a name that no book has is an error.
    """

    __slots__ = ("_book", "_entries", "day")

    def __init__(
        self, book: "ParameterBook[Any]", day: date, supposed: Mapping[str, DatedValue] | None = None
    ) -> None:
        self._book = book
        self._entries: dict[str, DatedValue] = dict(supposed or {})
        self.day = day

    def __getattr__(self, name: str) -> Any:
        found = self._entries.get(name)
        if found is None:
            found = self._entries[name] = self._book[name].entry(self.day)
        return found.read()

    def supposing(self, **figures: Any) -> Self:
        """Các tham số với vài con số giả định: the same day with some figures given instead of looked up."""
        supposed = {}
        for name, value in figures.items():
            known = self._book[name]
            use = ParameterUse(name, known.term, known.unit, value, "giả định của hồ sơ")
            supposed[name] = DatedValue(Period(self.day, self.day), value, use.source, None, use)
        return type(self)(self._book, self.day, supposed)


class ParameterBook(Generic[S]):
    """Sổ tham số của một ngành: `book.base_salary.on(day)`, or `book.on(day)` for all figures of a day."""

    def __init__(self, name: str, scale: type[S], parameters: dict[str, Parameter]) -> None:
        self.name = name
        self.scale = scale
        self.parameters = parameters
        self._scales: dict[date, S] = {}

    @classmethod
    def load(
        cls, source: str | Path, scale: type[S], *, including: "Iterable[ParameterBook[Any]]" = ()
    ) -> "ParameterBook[S]":
        """Đọc sổ: `source` is a package (its ``parameters.yaml``) or the path of a YAML file.

        `including` are books whose figures this branch reads as its own (the levels every branch shares);
        `scale` inherits from theirs. Raises `LawBookError` for a malformed figure, an unknown instrument, a
        gap or an overlap.
        """
        if isinstance(source, Path):
            name, text = source.stem, source.read_text(encoding="utf-8")
        else:
            name = source.rpartition(".")[2]
            text = (files(source) / "parameters.yaml").read_text(encoding="utf-8")
        content = yaml.safe_load(text)
        if not isinstance(content, dict):
            raise LawBookError(f"{name}: sổ tham số trống", f"{name}: the parameter book is empty")
        own = {key: _parameter(key, entry) for key, entry in content.items()}
        for other in including:
            shared = own.keys() & other.parameters.keys()
            if twice := [key for key in shared if own[key] is not other.parameters[key]]:
                raise LawBookError(
                    f"{name}: tham số đã có trong sổ {other.name}: {sorted(twice)}",
                    f"{name}: parameters already in the book {other.name}: {sorted(twice)}",
                )
            if not issubclass(scale, other.scale):
                raise LawBookError(
                    f"{name}: {scale.__name__} phải kế thừa {other.scale.__name__}",
                    f"{name}: {scale.__name__} must inherit from {other.scale.__name__}",
                )
            own |= other.parameters
        return cls(name, scale, own)

    def __getitem__(self, name: str) -> Parameter:
        try:
            return self.parameters[name]
        except KeyError:
            raise AttributeError(f"{self.name} has no parameter {name!r}") from None

    def __getattr__(self, name: str) -> Parameter:
        if name.startswith("_") or name == "parameters":
            raise AttributeError(name)
        return self[name]

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.parameters.values())

    def forget(self) -> None:
        """Bỏ các tham số đã tra: after a parameter of the book was exchanged for another."""
        self._scales.clear()

    def on(self, when: date | Month | int | str) -> S:
        """Các tham số của một ngày (of a month: of its first day)."""
        day = as_day(when)
        found = self._scales.get(day)
        if found is None:
            found = self._scales[day] = self.scale(self, day)
        return found


def replaced_values(known: Parameter, since: date, value: Any) -> tuple[DatedValue, ...]:
    """Các giá trị của một tham số với một giá trị khác từ một ngày: those before it end the day before.

    `value` is written as in ``parameters.yaml``. Raises `LawBookError` for one that is malformed.
    """
    kept = []
    for one in known.values:
        if one.period.since >= since:
            continue
        until = min(one.period.until or date.max, since - timedelta(days=1))
        kept.append(DatedValue(Period(one.period.since, until), one.value, one.source, one.checked, one.use))
    exact = _exact(value, f"{known.name} since {since}")
    use = ParameterUse(
        known.name, known.term, known.unit, exact, "giả định của cải cách / supposed by a reform"
    )
    return (*kept, DatedValue(Period(since), exact, use.source, None, use))


def _parameter(name: str, entry: Any) -> Parameter:
    if not _NAME.match(str(name)) or not isinstance(entry, dict) or not entry.get("values"):
        raise LawBookError(f"Tham số không hợp lệ: {name}", f"Malformed parameter: {name}")
    odd = set(entry) - _PARAMETER_KEYS | {
        key for value in entry["values"] for key in set(value) - _VALUE_KEYS
    }
    if odd or not entry.get("term") or not entry.get("unit"):
        raise LawBookError(
            f"{name}: thiếu term, unit hoặc có mục lạ {sorted(odd)}",
            f"{name}: term or unit missing, or unknown keys {sorted(odd)}",
        )
    rows = entry["values"]
    values: list[DatedValue] = []
    for number, row in enumerate(rows):
        following = rows[number + 1]["since"] if number + 1 < len(rows) else None
        values.append(_dated(name, entry, row, following))
    return Parameter(name, entry["term"], entry["unit"], tuple(values))


def _dated(name: str, entry: dict[str, Any], row: dict[str, Any], following: date | None) -> DatedValue:
    since, until = row.get("since"), row.get("until")
    if not isinstance(since, date) or "value" not in row or not row.get("source"):
        raise LawBookError(
            f"{name}: thiếu since, value hoặc source", f"{name}: since, value or source missing"
        )
    if following is not None:
        last = following - timedelta(days=1)
        if last < since or (until is not None and until != last):
            raise LawBookError(
                f"{name}: giá trị từ {since} chồng lên hoặc cách quãng với giá trị từ {following}",
                f"{name}: the value since {since} overlaps or leaves a gap before the one since {following}",
            )
        until = last
    unverified = bool(row.get("unverified", False))
    if not unverified and not isinstance(row.get("checked"), date):
        raise LawBookError(
            f"{name}: giá trị từ {since} chưa ghi ngày đối chiếu (checked)",
            f"{name}: the value since {since} says neither when it was checked nor that it is unverified",
        )
    citations(row["source"])
    value = _exact(row["value"], f"{name} since {since}")
    use = ParameterUse(name, entry["term"], entry["unit"], value, row["source"], unverified, since)
    return DatedValue(Period(since, until), value, row["source"], row.get("checked"), use)


def _exact(raw: Any, where: str) -> Any:
    if isinstance(raw, float):
        raise LawBookError(
            f"{where}: số thập phân phải để trong ngoặc kép ({raw})",
            f"{where}: write a decimal as quoted text ({raw}), a binary float is not exact",
        )
    if isinstance(raw, str) and _SHARE.match(raw.strip()):
        return share(raw)
    if isinstance(raw, dict):
        return {key: _exact(value, where) for key, value in raw.items()}
    if isinstance(raw, list):
        return tuple(_exact(value, where) for value in raw)
    if isinstance(raw, (int, str, Fraction, date)):
        return raw
    raise LawBookError(f"{where}: giá trị không nhận được ({raw!r})", f"{where}: unsupported value {raw!r}")
