"""`ansinh demo` from nothing, on a Postgres of its own: two months lived, then run again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ansinh.config import singles

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo-command")]

FIGURES = """
import json
from django.db.models import Count, Sum
from ansinh.collection.models import Declaration, Due, Receipt, Statement
from ansinh.ledger.models import Line
from ansinh.office.models import Period
from ansinh.registers.models import Participation
running = Participation.objects.filter(to_month__isnull=True)
print(json.dumps({
    "participants": running.values("person").distinct().count(),
    "health": running.filter(hi=True).values("person").distinct().count(),
    "voluntary": running.filter(scheme=2).count(),
    "periods": list(Period.objects.order_by("month").values_list("month", "state")),
    "declarations": dict(Declaration.objects.values_list("state").annotate(Count("id")).order_by()),
    "dues": list(Due.objects.order_by("month").values_list("month").annotate(Count("id"), s=Sum("health"))),
    "received": list(Receipt.objects.order_by("month").values_list("month").annotate(Sum("amount"))),
    "statements": Statement.objects.count(),
    "ledger": Line.objects.aggregate(s=Sum("amount"))["s"],
}, default=int))
"""


def _run(var, *argv, code=0):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_URL", "DJANGO_", "ANSINH_"))}
    done = subprocess.run(
        [sys.executable, "-m", "ansinh.cli", *argv],
        env={**kept, "ANSINH_VAR": str(var), "ANSINH_PROFILE": "demo"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == code, done.stderr[-4000:]
    return done


@pytest.fixture(scope="module")
def var():
    # a short path: a Unix socket's name may have about a hundred letters
    with tempfile.TemporaryDirectory(prefix="ansinh-") as folder:
        yield Path(folder)


def _demo(var, *more, code=0):
    return _run(var, "demo", "--no-serve", "--months", "2", *more, code=code)


def _figures(var):
    return json.loads(_run(var, "manage", "shell", "-v0", "-c", FIGURES).stdout.splitlines()[-1])


def test_two_months_from_nothing_and_again(var):
    first = _demo(var)
    found = _figures(var)
    # the size says so, and lists of two months leave it so
    assert (found["participants"], found["health"], found["voluntary"]) == (13_894, 13_636, 260)
    assert [state for _, state in found["periods"]] == ["closed", "open"]
    assert found["declarations"]["booked"] == 16
    assert found["declarations"]["draft"] == 1
    assert found["ledger"] == 0
    assert len(found["received"]) == 2
    assert "giamdoc" in first.stdout
    assert "http://127.0.0.1:8000/" in first.stdout
    assert "%" in first.stderr

    again = _demo(var)
    assert _figures(var) == found
    assert "giamdoc" in again.stdout

    other = _demo(var, "--seed", "1", code=1)
    assert "--fresh" in other.stderr


def test_it_is_not_built_anew_while_a_site_is_open_on_it(var, monkeypatch):
    """It dropped the tables under whoever worked with them."""
    _demo(var)
    found = _figures(var)
    monkeypatch.setenv("ANSINH_VAR", str(var))
    with singles.only("serving", "", ""):
        refused = _demo(var, "--fresh", code=1)
    assert refused.stderr.splitlines()[-1].startswith("Đang có trang mở trên thư mục này")
    assert _figures(var) == found


@pytest.mark.drill
def test_built_anew_it_is_the_same(var):
    """Alone it makes what it then drops; after the test above it drops that."""
    _demo(var)
    found = _figures(var)
    _demo(var, "--fresh")
    assert _figures(var) == found
