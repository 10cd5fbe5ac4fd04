"""Số hữu tỷ trên cột: an exact rational of whole-number expressions, and arithmetic with it."""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from ansinh.law.engine.expressions import CompileError, Node, Tree


@dataclass(frozen=True, slots=True)
class Number:
    """Một số: `top / bottom * scale`; `bottom` is None for 1. A whole number has scale 1 and no bottom."""

    top: Node
    scale: Fraction = Fraction(1)
    bottom: Node | None = None


class Arithmetic:
    """Phép tính trên `Number`: over the nodes of one tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def of(self, value: "Number | Fraction | int") -> Number:
        """Một số từ hằng số hoặc chính nó."""
        if isinstance(value, Number):
            return value
        exact = Fraction(value)
        return Number(self.tree.const(exact.numerator), Fraction(1, exact.denominator))

    def add(self, a: Number, b: Number) -> Number:
        """Tổng: a + b."""
        return self._sum("add", a, b)

    def subtract(self, a: Number, b: Number) -> Number:
        """Hiệu: a - b."""
        return self._sum("sub", a, b)

    def multiply(self, a: Number, b: Number) -> Number:
        """Tích: a * b; a constant only changes the scale."""
        a, b = self._into_scale(a), self._into_scale(b)
        make = self.tree.make
        bottom = a.bottom if b.bottom is None else b.bottom
        if a.bottom is not None and b.bottom is not None:
            bottom = make("mul", a.bottom, b.bottom)
        if b.top.op == "const":
            a, b = b, a
        return Number(make("mul", b.top, a.top), a.scale * b.scale, bottom)

    def divide(self, a: Number, b: Number) -> Number:
        """Thương: a / b, exact."""
        if b.top.op == "const" and b.bottom is None:
            value = b.top.args[0] * b.scale
            if value == 0:
                raise CompileError(f"{self.tree.origin}: chia cho 0", f"{self.tree.origin}: division by zero")
            return Number(a.top, a.scale / value, a.bottom)
        make = self.tree.make
        top = a.top if b.bottom is None else make("mul", a.top, b.bottom)
        bottom = b.top if a.bottom is None else make("mul", a.bottom, b.top)
        return Number(top, a.scale / b.scale, bottom)

    def compare(self, op: str, a: Number, b: Number) -> Node:
        """So sánh: op is lt, le, eq or ne; bottoms are positive, so cross products compare."""
        left, right, _, _ = self._aligned(a, b)
        return self.tree.make(op, left, right)

    def choose(self, condition: Node, a: Number, b: Number) -> Number:
        """Chọn a nếu điều kiện đúng, nếu không b."""
        make = self.tree.make
        if a.bottom is not None or b.bottom is not None:
            scale = _common(a.scale, b.scale)
            one = self.tree.const(1)
            bottom = make("case", condition, a.bottom or one, b.bottom or one)
            tops = self._times(a.top, a.scale / scale), self._times(b.top, b.scale / scale)
            return Number(make("case", condition, *tops), scale, bottom)
        left, right, scale, _ = self._aligned(a, b)
        return Number(make("case", condition, left, right), scale)

    def least(self, a: Number, b: Number) -> Number:
        """Số nhỏ hơn."""
        return self._extreme("min", a, b)

    def greatest(self, a: Number, b: Number) -> Number:
        """Số lớn hơn."""
        return self._extreme("max", a, b)

    def whole(self, value: Number) -> Node:
        """Nút số nguyên: a value that is whole by its construction. Raises `CompileError` otherwise."""
        if value.bottom is not None or value.scale.denominator != 1:
            raise CompileError(
                f"{self.tree.origin}: cần số nguyên, hãy làm tròn trước",
                f"{self.tree.origin}: a whole number is needed here, round it first",
            )
        return self._times(value.top, value.scale)

    def rounded(self, how: str, value: Number) -> Number:
        """Làm tròn half_up, down hoặc up: integer division of a non-negative number, exact."""
        if value.bottom is None and value.scale.denominator == 1:
            return Number(self.whole(value))
        make, const = self.tree.make, self.tree.const
        top = make("mul", value.top, const(value.scale.numerator))
        bottom = const(value.scale.denominator)
        if value.bottom is not None:
            bottom = make("mul", value.bottom, bottom)
        if how == "up":
            top = make("add", top, make("sub", bottom, const(1)))
        elif how == "half_up" and bottom.op == "const" and bottom.args[0] % 2 == 0:
            # Same as (2n + d) // 2d for an even d, and it needs one bit less.
            top = make("add", top, const(bottom.args[0] // 2))
        elif how == "half_up":
            top = make("add", make("mul", top, const(2)), bottom)
            bottom = make("mul", bottom, const(2))
        return Number(make("div", top, bottom))

    def _sum(self, op: str, a: Number, b: Number) -> Number:
        left, right, scale, bottom = self._aligned(a, b)
        return Number(self.tree.make(op, left, right), scale, bottom)

    def _extreme(self, op: str, a: Number, b: Number) -> Number:
        if a.bottom is not None or b.bottom is not None:
            first, second = (a, b) if op == "min" else (b, a)
            return self.choose(self.compare("le", a, b), first, second)
        left, right, scale, _ = self._aligned(a, b)
        return Number(self.tree.make(op, left, right), scale)

    def _aligned(self, a: Number, b: Number) -> tuple[Node, Node, Fraction, Node | None]:
        # Both as whole multiples of one scale over one bottom.
        scale = b.scale if _is_zero(a) else a.scale if _is_zero(b) else _common(a.scale, b.scale)
        left = a.top if _is_zero(a) else self._times(a.top, a.scale / scale)
        right = b.top if _is_zero(b) else self._times(b.top, b.scale / scale)
        make = self.tree.make
        if a.bottom is b.bottom:
            return left, right, scale, a.bottom
        if b.bottom is not None:
            left = make("mul", left, b.bottom)
        if a.bottom is not None:
            right = make("mul", right, a.bottom)
        if a.bottom is not None and b.bottom is not None:
            return left, right, scale, make("mul", a.bottom, b.bottom)
        return left, right, scale, a.bottom or b.bottom

    def _times(self, node: Node, factor: Fraction) -> Node:
        return self.tree.make("mul", node, self.tree.const(factor.numerator))

    def _into_scale(self, value: Number) -> Number:
        if value.top.op != "const" or value.bottom is not None or value.top.args[0] == 0:
            return value
        return Number(self.tree.const(1), value.scale * value.top.args[0])


def _is_zero(value: Number) -> bool:
    return value.top.op == "const" and value.top.args[0] == 0


def _common(a: Fraction, b: Fraction) -> Fraction:
    # The largest number of which both scales are whole multiples.
    return Fraction(
        gcd(a.numerator * b.denominator, b.numerator * a.denominator), a.denominator * b.denominator
    )
