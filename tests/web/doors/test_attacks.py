"""Những lần đã vào được: what was carried out on bcfb51c, each as it was done; the matrix closes the kind."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.web.doors.scene import MONTH, Scene
from tests.web.doors.visits import Answer, Visitors

from ansinh.collection.models import Urge
from ansinh.office.models import Period, Run

JANUARY = str(MONTH)


def ours(scene: Scene, place: str) -> set[tuple[str, int]]:
    """The employers of a place, as an answer names them."""
    return {("employer", employer.pk) for employer in scene.places[place].employers.values()}


def seen(answer: Answer) -> str:
    """The digest of what the page showed, as its form sends it back."""
    found = re.search(r'name="seen" value="([^"]*)"', answer.text)
    return found.group(1) if found else ""


@pytest.mark.parametrize("named", ["", "?tinh=20", "?don-vi={province}"])
def test_a_director_of_one_office_does_not_close_the_month_of_the_province(
    visitors: Visitors, scene: Scene, named: str
) -> None:
    """`giamdoc.coso` closed the books of all of Lạng Sơn with one POST."""
    address = reverse("month_close") + named.format(province=scene.p.pk)
    data = {"month": JANUARY, "confirmed": "1", "tinh": "20"}
    answer = visitors.visit(
        "director@A", address, "POST", data,
        look=lambda: set(Period.objects.values_list("state", flat=True)),
    )  # fmt: skip
    assert (answer.status, answer.after) == (404, {"open"})


@pytest.mark.parametrize("seat", ["collection@A", "finance@A", "director@A", "mixed"])
def test_an_office_does_not_run_the_month_of_the_province(visitors: Visitors, seat: str) -> None:
    """`thu.coso` queued the run of the whole province."""
    before = Run.objects.count()
    answer = visitors.visit(
        seat, reverse("run_start"), "POST", {"month": JANUARY, "tinh": "20"}, look=Run.objects.count
    )
    assert (answer.status, answer.after) == (404, before)


class TestLetters:
    """`thu.coso` issued the 01-ĐĐ letters of every office of the province."""

    def urged(self) -> set[int]:
        return set(Urge.objects.values_list("employer_id", flat=True))

    def test_an_office_sends_its_own_only(self, visitors: Visitors, scene: Scene) -> None:
        before, page = self.urged(), f"{reverse('urge')}?month={JANUARY}"
        shown = visitors.visit("collection@A", page)
        assert shown.shown <= ours(scene, "A")
        data = {"month": JANUARY, "confirmed": "1", "seen": seen(shown)}
        answer = visitors.visit("collection@A", page, "POST", data, look=self.urged)
        assert answer.status == 302
        assert answer.after - before == {scene.places["A"].employers["unurged"].pk}

    def test_another_office_or_the_province_is_not_there(self, visitors: Visitors, scene: Scene) -> None:
        before = self.urged()
        for unit in (scene.p, scene.places["B"].office, scene.places["C"].office):
            data = {"month": JANUARY, "confirmed": "1", "don-vi": unit.pk}
            answer = visitors.visit("collection@A", reverse("urge"), "POST", data, look=self.urged)
            assert (answer.status, answer.after) == (404, before)

    def test_a_letter_of_another_office_is_not_there(self, visitors: Visitors, scene: Scene) -> None:
        late = scene.places["B"].employers["late"].pk
        address = reverse("paper", args=[late, JANUARY, "01-dd", "pdf"])
        assert visitors.visit("mixed", address).status == 200
        assert visitors.visit("collection@A", address).status == 404


@pytest.mark.parametrize("form", ["d15", "b10a"])
@pytest.mark.parametrize("seat", ["collection@A", "director@A"])
def test_reports_of_an_office_hold_its_own_employers(
    visitors: Visitors, scene: Scene, seat: str, form: str
) -> None:
    """`thu.coso` and `giamdoc.coso` downloaded D15 and B10a of the whole province."""
    address = reverse("report", args=[JANUARY, form])
    answer = visitors.visit(seat, address)
    assert answer.status == 200
    assert answer.shown
    assert answer.shown <= ours(scene, "A")
    for unit in (scene.p, scene.places["B"].office, scene.q):
        assert visitors.visit(seat, f"{address}?don-vi={unit.pk}").status == 404
    whole = visitors.visit("director@P", address)
    assert whole.shown & ours(scene, "A")
    assert whole.shown & ours(scene, "B")
    assert not whole.shown & ours(scene, "C")


@pytest.mark.parametrize("named", ["", "?tinh=20", "?tinh=20&ky=2026-01", "?export=xlsx"])
def test_a_director_of_one_office_does_not_read_the_ledger_of_the_province(
    visitors: Visitors, named: str
) -> None:
    """`giamdoc.coso` read the whole ledger; now not even the menu leads there."""
    answer = visitors.visit("director@A", reverse("ledger") + named)
    assert answer.status == 404
    assert reverse("ledger") not in visitors.visit("director@A", reverse("people")).text
    assert visitors.visit("director@P", reverse("ledger") + named).status == 200


class TestRightsOfTwoAssignments:
    """Reception at A and collection at B together opened A's C12, D09 and C69a."""

    PAPERS = (
        ("c12", "pdf"),
        ("c12", "xlsx"),
        ("d09", "pdf"),
        ("d09", "xlsx"),
        ("c69a", "xlsx"),
        ("c83a", "xlsx"),
    )

    def test_no_paper_of_the_office_where_one_only_receives(self, visitors: Visitors, scene: Scene) -> None:
        here, there = (scene.places[p].employers["paying"].pk for p in "AB")
        assert visitors.visit("mixed", reverse("employer", args=[here])).status == 200
        assert visitors.visit("mixed", reverse("statement", args=[there, JANUARY])).status == 200
        refused = visitors.visit("mixed", reverse("statement", args=[here, JANUARY]))
        assert (refused.status, refused.shown) == (404, set())
        for form, kind in self.PAPERS:
            refused = visitors.visit("mixed", reverse("paper", args=[here, JANUARY, form, kind]))
            assert (refused.status, refused.shown) == (404, set()), (form, kind)
            assert visitors.visit("mixed", reverse("paper", args=[there, JANUARY, form, kind])).status == 200

    def test_no_statement_of_it_in_a_list_or_a_batch(self, visitors: Visitors, scene: Scene) -> None:
        for address in (
            reverse("statements", args=[JANUARY]),
            reverse("statements", args=[JANUARY]) + "?export=xlsx",
            reverse("statements_batch", args=[JANUARY]),
            reverse("report", args=[JANUARY, "d15"]),
        ):
            answer = visitors.visit("mixed", address)
            assert answer.shown & ours(scene, "B"), address
            assert not answer.shown & ours(scene, "A"), address
        picked = {"pick": [str(pk) for pk in range(1, 500)]}
        batch = visitors.visit("mixed", reverse("statements_batch", args=[JANUARY]), "POST", picked)
        assert not batch.shown & ours(scene, "A")


class TestReceptionAtAnEmployer:
    """Reception saw statements, figures and payments on an employer's page."""

    FIGURES = ("9.000.777", "9000777", "6.400.000", "6400000", "3.200.000")

    @pytest.mark.parametrize("seat", ["reception@A", "mixed"])
    def test_the_page_shows_neither_figures_nor_payments(
        self, visitors: Visitors, scene: Scene, seat: str
    ) -> None:
        employer = scene.places["A"].employers["paying"].pk
        text = visitors.visit(seat, reverse("employer", args=[employer])).text
        assert not [figure for figure in self.FIGURES if figure in text]
        assert "/c12/" not in text
        assert "/van-ban/" not in text
        assert "/tien-nop/" not in re.sub(r"(?s)<nav.*?</nav>|<header.*?</header>", "", text)
        full = visitors.visit("collection@P", reverse("employer", args=[employer])).text
        assert "9.000.777" in full
        assert "/c12/" in full

    def test_the_list_neither_shows_nor_sorts_by_what_is_owed(self, visitors: Visitors) -> None:
        plain = visitors.visit("reception@A", reverse("employers"))
        assert not [figure for figure in self.FIGURES if figure in plain.text]
        for word in ("short", "-short", "late", "workers"):
            sorted_ = visitors.visit("reception@A", f"{reverse('employers')}?sort={word}&export=xlsx")
            assert not [figure for figure in self.FIGURES if figure in sorted_.text], word


def test_a_household_of_two_offices_shows_ours_only(visitors: Visitors, scene: Scene) -> None:
    """Somebody of B lives with somebody of A: at B the page counts the other and does not name them."""
    lodger, crossing = scene.places["A"].people["lodger"].pk, scene.places["B"].people["crossing"].pk
    officer = scene.session_of(scene.places["B"].account_of["staff"])
    answer = visitors.visit(officer, reverse("household", args=[scene.shared.pk]))
    assert answer.status == 200
    assert answer.shown & {("person", lodger), ("person", crossing)} == {("person", crossing)}
    assert answer.shown <= answer.logged
    assert visitors.visit(officer, reverse("person", args=[lodger])).status == 404


def test_a_right_that_is_over_or_was_only_proposed_opens_nothing(visitors: Visitors, scene: Scene) -> None:
    """`finance` at A is proposed for the officer of A: until somebody grants it, money is not theirs."""
    officer = scene.places["A"].account_of["staff"]
    assert officer.roles.filter(role="finance", state="proposed").exists()
    seat = scene.session_of(officer)
    assert visitors.visit(seat, reverse("people")).status == 200
    assert visitors.visit(seat, reverse("receipts")).status == 403
