"""Thông báo C12-TS thành PDF: statements of the province's own month, a hundred to a file."""

from __future__ import annotations

import argparse
import os
import time

from bench import province
from bench.table import Line, tell

NAME = "print"
BATCH, ROUNDS = 100, 4
A_SECOND = 40


def main() -> None:
    """Read statements, render them, tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=1.0)
    province.ready(province.Size.of(parser.parse_args().share))
    from ansinh.collection.notices import papers
    from ansinh.demo import life
    from ansinh.forms.print.batches import cores, render_files
    from ansinh.forms.print.documents import render_batch
    from ansinh.registers.models import Employer

    month = life.START + 1
    began = time.perf_counter()
    chosen = list(Employer.objects.order_by("pk").values_list("pk", flat=True)[: BATCH * ROUNDS])
    data = papers.statements(month, chosen)
    read = (time.perf_counter() - began) / len(data)
    render_batch("C12-TS", data[:2])  # fonts and templates are read once
    spent, size = [], 0
    for start in range(0, len(data) - BATCH // 2, BATCH):
        part = data[start : start + BATCH]
        began = time.perf_counter()
        size = len(render_batch("C12-TS", part)) // len(part)
        spent.append((time.perf_counter() - began) / len(part))
    note = f"best of {len(spent)} files of {BATCH}, {size / 1024:.0f} KiB each; reading {read * 1000:.1f} ms each"
    tell(Line(NAME, "C12-TS as PDF/A, one process", 1 / min(spent), "/s", least=A_SECOND, note=note))
    parts = [data[start : start + BATCH] for start in range(0, len(data), BATCH)]
    made: dict[int, list[bytes]] = {}
    took: dict[int, float] = {}
    for used in sorted({1, cores()}):
        began = time.perf_counter()
        made[used] = list(render_files("C12-TS", parts, most=used))
        took[used] = time.perf_counter() - began
    same = all(files == made[1] for files in made.values())
    note = f"{len(parts)} files, {'the same bytes' if same else 'OTHER BYTES'}; load {os.getloadavg()[0]:.1f}"
    what = f"files one after the other / on {cores()} cores, time"
    tell(Line(NAME, what, took[1] / took[cores()], "×", note=note))


if __name__ == "__main__":
    main()
