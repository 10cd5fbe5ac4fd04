"""Thời gian đã công bố: the shorter time the office promises, in working days, beside the law's."""

from ansinh.law.dossier.book import DossierScale
from ansinh.law.dossier.terms import Mode, Term
from ansinh.law.engine import provision, versions


@provision(
    "dossier.announced",
    clause="896/QĐ-BHXH",
    since="2022-01-01",
    until="2026-06-30",
    term="thời gian giải quyết đã công bố",
)
def announced_2022(matter: str, scale: DossierScale) -> Term | None:
    """The promise for a matter; only that for pensions is remembered."""
    return _promised(matter, scale)


@provision(
    "dossier.announced",
    clause="1474/QĐ-BTC; 1222/QĐ-BTC",
    since="2026-07-01",
    term="thời gian giải quyết đã công bố",
)
def announced_2026(matter: str, scale: DossierScale) -> Term | None:
    """The promise for a matter, as the national portal showed it in July 2026; none where it shows none.

    For the direct payment of treatment costs the portal shows the outer limit of the law, no promise.
    """
    return _promised(matter, scale)


announced = versions(announced_2022, announced_2026)


def _promised(matter: str, scale: DossierScale) -> Term | None:
    days: int | None = scale.announced.get(matter)
    return None if days is None else Term(days, Mode.WORKING)
