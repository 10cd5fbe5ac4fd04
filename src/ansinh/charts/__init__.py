"""Biểu đồ SVG vẽ tại máy chủ: bars, parts of a whole, months, a timeline, communes as tiles.

Pure: figures and words in, one SVG text out. Pages, reports and `ansinh simulate` draw through this room.
"""

from ansinh.charts.drawing import FILLS, TINTS, WIDTH, Colour
from ansinh.charts.months import Line, months_line
from ansinh.charts.parts import Part, Row, part_bars
from ansinh.charts.progress import Bar, Group, Tile, progress_bars, tiles
from ansinh.charts.timeline import Span, timeline

__all__ = [
    "FILLS",
    "TINTS",
    "WIDTH",
    "Bar",
    "Colour",
    "Group",
    "Line",
    "Part",
    "Row",
    "Span",
    "Tile",
    "months_line",
    "part_bars",
    "progress_bars",
    "tiles",
    "timeline",
]
