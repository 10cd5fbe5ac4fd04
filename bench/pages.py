"""Tìm kiếm và trang của cán bộ at the size of a province, through Django's whole stack but the network."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

from bench import province
from bench.table import Line, tell

NAME = "pages"
SEARCH = 50
LOGGED = ("list of people", "a person", "list of employers", "an employer", "a statement on screen")
TIMES = 40
NAMES = ("Nguyễn Văn", "nguyen", "tran thi", "Lê Minh", "pham duc", "ng", "Đỗ", "hoang thi thu")


def main() -> None:
    """Sign an officer in, ask every page many times for different objects, tell medians and worst."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=1.0)
    size = province.Size.of(parser.parse_args().share)
    province.ready(size)
    _searches(size)
    _pages(size)


def _searches(size: province.Size) -> None:
    from ansinh.registers.models import Person
    from ansinh.registers.search import search

    actor = province.actor("collection")
    keys = [1 + i * size.people // TIMES for i in range(TIMES)]
    people = list(Person.objects.filter(pk__in=keys))
    asked: dict[str, list[str]] = {
        "SI number": [p.si_number for p in people],
        "citizen ID": [p.citizen_id or "" for p in people],
        "telephone": [p.phone for p in people],
        "whole name": [p.full_name for p in people],
        "whole name without marks": [p.name_fold for p in people],
        "beginning of a name": [NAMES[i % len(NAMES)] for i in range(TIMES)],
        "employer's code": [f"36{1 + i:08d}DNC14" for i in range(TIMES)],
        "employer's name": [f"Công ty {1 + i}" for i in range(TIMES)],
    }
    for what, texts in asked.items():
        middle, late, found = _timed(lambda text: len(search(actor, text)), texts)
        note = f"19 of 20 within {late:.1f} ms; {found} hits in all"
        tell(Line(NAME, f"search: {what}", middle, "ms", most=SEARCH, note=note))


def addresses(size: province.Size) -> dict[str, list[str]]:
    """The pages that are opened, with what is asked of each; after "#" what is posted, as the search box does."""
    from ansinh.demo import life

    month = life.START + 1
    people = [1 + i * (size.people // TIMES) for i in range(TIMES)]
    firms = [1 + i * (size.employers // TIMES) for i in range(TIMES)]
    return {
        "search page": [f"/tim/#{NAMES[i % len(NAMES)]}" for i in range(TIMES)],
        "list of people": [f"/nguoi/?page={1 + i}" for i in range(TIMES)],
        "list of people, by name": [
            f"/nguoi/?ten={NAMES[i % len(NAMES)].replace(' ', '+')}" for i in range(TIMES)
        ],
        "a person": [f"/nguoi/{pk}/" for pk in people],
        "list of employers": [f"/don-vi/?page={1 + i}" for i in range(min(TIMES, size.employers // 50 or 1))],
        "an employer": [f"/don-vi/{pk}/" for pk in firms],
        "a statement on screen": [f"/don-vi/{pk}/c12/{month}/" for pk in firms],
        "list of statements": [f"/thong-bao/{month}/?page={1 + i}" for i in range(TIMES // 4)],
        "ledger": ["/so-cai/"] * (TIMES // 4),
    }


def _pages(size: province.Size) -> None:
    opener = client(province.actor("director").user)

    def get(address: str) -> int:
        path, _, asked = address.partition("#")
        answer = opener.post(path, {"q": asked}, follow=True) if asked else opener.get(path)
        assert answer.status_code in {200, 302}, (address, answer.status_code)
        return answer.status_code == 200

    asked = addresses(size)
    for what, opened in asked.items():
        middle, late, _ = _timed(get, opened)
        tell(Line(NAME, what, middle, "ms", note=f"19 of 20 within {late:.0f} ms"))
    for what in LOGGED:
        _log_costs(what, get, asked[what])


def _log_costs(what: str, get: Callable[[str], int], addresses: list[str]) -> None:
    """The same pages with the reading log written and not, in turns: what knowing who looked costs."""
    from ansinh.office.reading import Log

    write = Log.write
    spent: dict[bool, list[float]] = {True: [], False: []}
    get(addresses[0])
    for address in addresses * 2:
        for logged in (True, False):
            Log.write = write if logged else lambda _self: None  # type: ignore[method-assign]
            began = time.perf_counter()
            get(address)
            spent[logged].append((time.perf_counter() - began) * 1000)
    Log.write = write  # type: ignore[method-assign]
    middle = {logged: sorted(times)[len(times) // 2] for logged, times in spent.items()}
    note = f"{middle[True]:.1f} ms with the reading log, {middle[False]:.1f} ms without, medians in turns"
    tell(Line(NAME, f"{what}: with the log / without", middle[True] / middle[False], "×", note=note))


def _timed(work: Callable[[str], int], texts: list[str]) -> tuple[float, float, int]:
    """(median, the time within which nineteen of twenty answer, sum of answers), milliseconds; once to warm up."""
    work(texts[0])
    spent, found = [], 0
    for text in texts:
        began = time.perf_counter()
        found += work(text)
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    return spent[len(spent) // 2], spent[len(spent) * 19 // 20], found


def client(user: Any) -> Any:
    """An officer signed in with a second factor shown."""
    from allauth.account.internal.flows.login import (
        _AUTHENTICATION_METHODS_USER_SESSION_KEY,
        AUTHENTICATION_METHODS_SESSION_KEY,
    )
    from django.test import Client

    signed_in = Client()
    signed_in.force_login(user)
    session = signed_in.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return signed_in


if __name__ == "__main__":
    main()
