"""An office with an invented procedure whose facts are a dictionary: officers, cases, acts at random."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from tests.office.people import People

from ansinh.office import hands
from ansinh.office.cases import loading, procedures, services
from ansinh.office.cases.models import Case
from ansinh.office.cases.procedures import Provider
from ansinh.office.rights import Actor

TEXT = Path(__file__).with_name("procedure.yaml").read_text("utf-8")
KEYS = count(1)
RECEIVED = date(2026, 11, 2)


class Desk:
    """One province with an office; `facts[key]` is the record of a thing, `person(key)` whom it is about."""

    def __init__(self) -> None:
        self.people = People()
        self.facts: dict[int, dict[str, Any]] = {}
        self.asked = 0
        self.done: list[tuple[str, int]] = []
        self.clerk = self.officer("collection")
        self.other = self.officer("collection")
        self.director = self.officer("director")
        self.reserve = [self.officer("collection"), self.officer("director")]

    def officer(self, *roles: str) -> Actor:
        user = self.people.account("staff")
        for role in roles:
            self.people.give(user, role, self.people.a)
        return self.people.actor(user)

    def provider(self) -> Provider:
        return Provider(facts=self.read, as_seen=self.seen, decided=self.decided)

    def read(self, keys: Sequence[int], names: Collection[str]) -> dict[int, dict[str, Any]]:
        self.asked += 1
        return {k: {n: v for n, v in self.facts[k].items() if n in names} for k in keys}

    def seen(self, key: int) -> str:
        return hands.seen(key, self.facts[key], hands.makers("trial", key))

    def decided(self, _: Actor, case: Case, __: str) -> None:
        self.done.append((case.outcome, case.thing_id))

    def open(self, actor: Actor | None = None, many: int = 1, **facts: Any) -> list[Case]:
        matters = []
        for _ in range(many):
            key = next(KEYS)
            self.facts[key] = {"income": 10, "family": ["A"], "account": "123", **facts}
            parties = [("person", self.person(key)), ("employer", 77)]
            matters.append(services.Matter(key, self.people.a.pk, RECEIVED, parties, filed_by="person"))
        return services.open_many(actor=actor or self.clerk, procedure="trial", matters=matters)

    @staticmethod
    def person(key: int) -> int:
        return 1000 + key

    def ready(self, actor: Actor | None = None, **facts: Any) -> Case:
        """A case that only waits for its decision."""
        (case,) = self.open(actor, **facts)
        for step in ("receive", "assess", "reason"):
            services.answer(actor=actor or self.clerk, case=case, step=step, answer={"of": step})
        return self.again(case)

    @staticmethod
    def again(case: Case) -> Case:
        return Case.objects.select_related("office").get(pk=case.pk)

    def decide(self, case: Case, actor: Actor | None = None, outcome: str = "approved", **more: Any) -> Case:
        given = {"seen": self.seen(case.thing_id), "judge_all": True, "reason": "vì sao", **more}
        return services.decide(actor=actor or self.director, case=case, outcome=outcome, **given)


@contextmanager
def registered() -> Iterator[Desk]:
    """The procedure, only for as long as the test lasts."""
    desk = Desk()
    procedures.register(loading.read(TEXT, "procedure.yaml"), desk.provider())
    try:
        yield desk
    finally:
        procedures.forget("trial")
