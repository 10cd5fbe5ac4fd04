"""The automatic checks of QĐ 366/QĐ-BHXH, Điều 5 khoản 1, and those of the list itself."""

from __future__ import annotations

from datetime import date

import pytest
from tests.collection.declarations.scenery import NOW, RECEIVED, Scenery, row, workbook

from ansinh.collection.declarations import services
from ansinh.collection.models import Declaration, Refund
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.months import Month
from ansinh.office.hands import HandError
from ansinh.registers.models import HealthCard, Participation


def take(scene: Scenery, employer, rows) -> Declaration:
    return services.receive(
        actor=scene.officer(),
        employer=None,
        data=workbook(employer, rows),
        file_name="d02.xlsx",
        received_on=RECEIVED,
    )


def codes(declaration: Declaration) -> set[str]:
    return {found["code"] for found in declaration.problems}


def only(declaration: Declaration, code: str) -> dict:
    (found,) = [f for f in declaration.problems if f["code"] == code]
    return found


def test_a_name_or_birth_that_differs_names_both_values(scene: Scenery) -> None:
    employer, person = scene.employer(), scene.person("Lê Văn Hoà")
    wrong = take(scene, employer, [row(person, name="Lê Văn Hóa", birth=PartialDate(1990, 5, 18))])
    assert wrong.state == "draft"
    name, birth = only(wrong, "identity.name"), only(wrong, "identity.birth")
    assert "Lê Văn Hóa" in name["vi"]
    assert "Lê Văn Hoà" in name["vi"]
    assert "18/05/1990" in birth["vi"]
    assert "17/05/1990" in birth["vi"]
    assert (name["cell"][0], birth["cell"][0], name["row"]) == ("B", "D", birth["row"])


def test_where_the_tone_mark_stands_does_not_matter(scene: Scenery) -> None:
    employer, person = scene.employer(), scene.person("Lê Văn Hoà")
    assert take(scene, employer, [row(person, name="LÊ VĂN HÒA", birth=PartialDate(1990))]).state == "checked"


def test_two_numbers_of_two_people(scene: Scenery) -> None:
    employer, one, other = scene.employer(), scene.person(), scene.person()
    wrong = take(scene, employer, [row(one, citizen_id=other.citizen_id)])
    assert other.full_name in only(wrong, "identity.two_people")["vi"]


def test_a_number_nobody_has(scene: Scenery) -> None:
    wrong = take(scene, scene.employer(), [row(None, si_number="2099999999")])
    assert "không khớp với cơ sở dữ liệu" in only(wrong, "identity.no_match")["vi"]
    assert wrong.state == "draft"


def test_a_compulsory_elsewhere_sends_the_row_back_and_the_rest_goes_on(scene: Scenery) -> None:
    employer, other = scene.employer(), scene.employer("Công ty Khác")
    busy, free = scene.person(), scene.person()
    scene.works(busy, other)
    taken = take(scene, employer, [row(busy), row(free)])
    assert taken.state == "checked"
    assert "Công ty Khác" in only(taken, "cover.compulsory")["vi"]
    shown = services.preview(taken)
    assert [p.outcome for p in shown.people] == ["returned", "accepted"]
    services.book(actor=scene.officer(), declaration=taken, seen=services.as_seen(taken))
    assert not Participation.objects.filter(person=busy, employer=employer).exists()
    assert Participation.objects.filter(person=free, employer=employer).exists()


def test_a_second_contract_against_work_injury_only_is_no_obstacle(scene: Scenery) -> None:
    employer, other, person = scene.employer(), scene.employer(), scene.person()
    scene.works(person, other, si=False, hi=False, ui=False)
    assert services.preview(take(scene, employer, [row(person)])).people[0].outcome == "accepted"
    third, busy = scene.employer(), scene.person()
    scene.works(busy, other)
    both = take(scene, third, [row(busy, groups=("injury_only",), note="")])
    if "cover.compulsory" in codes(both):  # the form carries the group in column 18 or not at all
        pytest.fail(str(both.problems))
    assert services.preview(both).people[0].funds == ("work_injury",)


@pytest.mark.parametrize(("group", "code"), [("HT", "cover.pensioner"), ("TN", "cover.unemployed")])
def test_a_pension_or_unemployment_benefit_sends_the_row_back(scene: Scenery, group: str, code: str) -> None:
    person = scene.person()
    scene.works(person, None, scheme=3, health_group=group, si=False, ui=False, wi=False, wage=0)
    taken = take(scene, scene.employer(), [row(person)])
    assert code in codes(taken)
    assert services.preview(taken).people[0].outcome == "returned"


def test_b_voluntary_and_household_cover_end_and_a_refund_is_prepared(scene: Scenery) -> None:
    employer, person = scene.employer(), scene.person()
    voluntary = scene.works(
        person, None, scheme=2, to_month=Month(2026, 12).index, hi=False, ui=False, wi=False, wage=1_500_000
    )
    household = scene.works(person, None, scheme=3, health_group="GD", si=False, ui=False, wi=False, wage=0)
    HealthCard.objects.create(
        person=person, number=f"GD420{person.si_number}", payer="self",
        valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31),
    )  # fmt: skip
    taken = take(scene, employer, [row(person, note="STK 1020 3040 5060 Vietinbank")])
    shown = services.preview(taken)
    assert (shown.refunds, shown.cards_closed, shown.people[0].outcome) == (2, 1, "accepted")
    services.book(actor=scene.officer(), declaration=taken, seen=services.as_seen(taken))
    voluntary.refresh_from_db()
    household.refresh_from_db()
    assert (voluntary.to_month, household.to_month) == (NOW.index - 1, NOW.index - 1)
    refunds = Refund.objects.filter(declaration=taken, person=person)
    assert {r.account for r in refunds} == {"531.pension_survivors", "531.health"}
    assert {r.bank_account for r in refunds} == {"102030405060 Vietinbank"}
    assert all("7 tháng" in r.reason for r in refunds)


def test_c_a_budget_paid_card_is_closed_the_day_before(scene: Scenery) -> None:
    person = scene.person()
    poor = scene.works(person, None, scheme=3, health_group="HN", si=False, ui=False, wi=False, wage=0)
    card = HealthCard.objects.create(
        person=person, number=f"HN220{person.si_number}", payer="budget",
        valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31),
    )  # fmt: skip
    taken = take(scene, scene.employer(), [row(person)])
    services.book(actor=scene.officer(), declaration=taken, seen=services.as_seen(taken))
    card.refresh_from_db()
    poor.refresh_from_db()
    assert (card.closed_on, poor.to_month) == (date(2026, 5, 31), NOW.index - 1)
    assert not Refund.objects.exists()


@pytest.mark.parametrize(("begun", "late"), [(date(2026, 5, 11), False), (date(2026, 5, 10), True)])
def test_registered_later_than_thirty_days(scene: Scenery, begun: date, late: bool) -> None:
    taken = take(scene, scene.employer(), [row(scene.person(), effective_on=begun, from_month=NOW - 1)])
    assert ("increase.late" in codes(taken)) is late
    assert taken.state == "checked"
    if late:
        assert "31 ngày" in only(taken, "increase.late")["vi"]


# from 2026-01: the reference level is 2.34 million, twenty times it 46.8; region III: 20 x 4.14 = 82.8 million
@pytest.mark.parametrize(
    ("wage", "expected"),
    [
        (2_339_999, {"wage.floor"}),
        (2_340_000, set()),
        (46_800_000, set()),
        (46_800_001, {"wage.cap"}),
        (82_800_000, {"wage.cap"}),
        (82_800_001, {"wage.cap", "wage.cap_ui"}),
    ],
)
def test_wages_beyond_floor_and_caps_name_the_clause(scene: Scenery, wage: int, expected: set[str]) -> None:
    taken = take(scene, scene.employer(), [row(scene.person(), wage=wage)])
    assert {c for c in codes(taken) if c.startswith("wage.")} == expected
    assert all("Điều" in f["vi"] for f in taken.problems if f["code"].startswith("wage."))
    assert taken.state == "checked"


def test_months_in_the_future_and_before_the_law(scene: Scenery) -> None:
    employer, leaver = scene.employer(), scene.person()
    scene.works(leaver, employer)
    assert "month.future" in codes(take(scene, employer, [row(scene.person(), from_month=NOW + 1)]))
    ahead = row(leaver, "leave_job", "decrease", wage=None, from_month=NOW + 1)
    assert take(scene, employer, [ahead]).state == "checked"
    old = row(scene.person(), from_month=Month(2015, 12), effective_on=None)
    assert "month.before_law" in codes(take(scene, employer, [old]))


def test_every_error_at_once_and_nothing_half_written(scene: Scenery) -> None:
    employer, person, absent = scene.employer(), scene.person(), scene.person()
    before = Participation.objects.count()
    taken = take(
        scene,
        employer,
        [
            row(person),
            row(person),
            row(person, to_month=NOW - 1),
            row(absent, "leave_job", "decrease", wage=None),
            row(scene.person(), name="Sai Tên"),
        ],
    )
    assert taken.state == "draft"
    assert len({f["row"] for f in taken.problems if f["level"] == "error"}) == 4
    assert {"person.absent", "identity.name", "reading"} <= codes(taken)
    with pytest.raises(services.DeclarationError):
        services.book(actor=scene.officer(), declaration=taken, seen=services.as_seen(taken))
    assert Participation.objects.count() == before
    red = services.annotated_file(actor=scene.officer(), declaration=taken)
    from ansinh.forms.intake.files import open_table

    sheet = open_table(red, "loi.xlsx").sheets[0]
    texts = [v for values in sheet.rows for v in values if isinstance(v, str)]
    assert "Lỗi" in texts
    assert any("Sai Tên" in v and "Cột B" in v for v in texts)


def test_a_grid_takes_the_same_path(scene: Scenery) -> None:
    employer, person = scene.employer(), scene.person()
    typed = {
        "name": person.full_name,
        "si_number": person.si_number,
        "birth": "17/05/1990",
        "job": "Kế toán",
        "wage": "9.000.000",
        "from_month": "06/2026",
        "change": "tăng mới",
    }
    good = services.from_grid(
        actor=scene.clerk(employer), employer=employer, rows=[{}, typed], received_on=RECEIVED
    )
    assert (good.state, good.source) == ("checked", "grid")
    wrong = services.from_grid(
        actor=scene.officer(), employer=employer, rows=[{**typed, "wage": "chín triệu"}], received_on=RECEIVED
    )
    (found,) = [f for f in wrong.problems if f["column"] == "wage"]
    assert (found["row"], found["value"]) == (1, "chín triệu")
    assert services.annotated_file(actor=scene.officer(), declaration=wrong)[:2] == b"PK"


def test_answered_within_three_working_days_and_returned_with_a_reason(scene: Scenery) -> None:
    taken = take(scene, scene.employer(), [row(scene.person())])
    assert taken.due_on == date(2026, 6, 15)  # Wednesday the 10th, Thursday, Friday, Monday
    with pytest.raises(services.DeclarationError):
        services.return_(actor=scene.officer(), declaration=taken, reason=" ", seen=services.as_seen(taken))
    for old in ("", "0" * 64):
        with pytest.raises(HandError):
            services.return_(actor=scene.officer(), declaration=taken, reason="Thiếu chữ ký", seen=old)
    back = services.return_(
        actor=scene.officer(), declaration=taken, reason="Thiếu chữ ký", seen=services.as_seen(taken)
    )
    assert (back.state, back.problems[0]["vi"]) == ("returned", "Thiếu chữ ký")
    assert back.due_on == taken.due_on
