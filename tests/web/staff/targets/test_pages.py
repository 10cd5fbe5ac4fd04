"""Targets on screen without a browser: the question in the address, scope, export, giving down, deciding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.steering.targets.desk import unit
from tests.web.hidden import seen
from tests.web.staff.targets.scene import HEALTH, Targets

from ansinh.office import units
from ansinh.office.models import Unit
from ansinh.office.rights import actor_of
from ansinh.steering.targets import identities, published, services
from ansinh.steering.targets.models import Plan, PlanVersion

Desk = Callable[..., Any]


def text(client: Any, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def workbook(client: Any, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return load_workbook(BytesIO(data))


def test_progress_of_a_province_and_down_to_a_commune(scene: Targets, desk: Desk) -> None:
    client = desk()
    answer = client.get(f"/chi-tieu/?chi-tieu={HEALTH}")
    rows = {row.unit.name: row for row in answer.context["table"].found}
    assert list(rows) == ["Tỉnh Lạng Sơn", "BHXH cơ sở Lạng Sơn", "BHXH cơ sở Tràng Định"]
    assert (rows["Tỉnh Lạng Sơn"].actual, rows["Tỉnh Lạng Sơn"].target) == (15, 20)
    page = answer.content.decode()
    for words in ("75,0%", "còn phải đạt 5", "9/QĐ-BHXH", "số liệu đến 30/06/2026", "Xã Thất Khê"):
        assert words in page, words
    down = text(client, f"/chi-tieu/?chi-tieu={HEALTH}&don-vi={scene.two.pk}")
    assert "Xã Đoàn Kết" in down
    assert "Phường Tam Thanh" not in down
    assert "Chỉ tiêu của Xã Thất Khê" in text(client, f"/chi-tieu/?don-vi={scene.that_khe.pk}&cap=self")


def test_questions_nobody_can_ask_are_not_found(scene: Targets, desk: Desk) -> None:
    client = desk()
    for query in (
        "ky=13/2026",
        "nguon=x",
        "cap=x",
        "chi-tieu=x",
        "tinh-trang=x",
        "don-vi=x",
        "don-vi=999999",
    ):
        assert client.get(f"/chi-tieu/?{query}").status_code == 404, query


def test_an_office_sees_its_own_and_the_plan_above(scene: Targets, desk: Desk) -> None:
    client = desk(unit=scene.one)
    page = text(client, f"/chi-tieu/?chi-tieu={HEALTH}")
    assert "Chỉ tiêu của BHXH cơ sở Lạng Sơn" in page
    assert client.get(f"/chi-tieu/?don-vi={scene.two.pk}").status_code == 404
    version = text(client, f"/chi-tieu/phien-ban/{scene.version.pk}/")
    assert "Phường Kỳ Lừa" in version
    assert "Xã Đoàn Kết" not in version


def test_export_holds_what_is_filtered(scene: Targets, desk: Desk) -> None:
    client = desk()
    address = f"/chi-tieu/?chi-tieu={HEALTH}&cap=communes&tinh-trang=reached&export=xlsx"
    book = workbook(client, address)
    names = [row[0].value for row in book["Danh sách"].iter_rows(min_row=2)]
    assert names == ["Phường Tam Thanh", "Xã Thất Khê"]
    said = {row[0].value: row[1].value for row in book["Điều kiện lọc"].iter_rows()}
    assert said["Đến hết tháng"] == "06/2026"
    assert said["Tình trạng"] == "Đạt chỉ tiêu"
    assert said["Đơn vị"] == "Tỉnh Lạng Sơn"


def test_pages_cost_the_same_for_more_units(scene: Targets, desk: Desk) -> None:
    client = desk()
    draft = scene.draft()
    addresses = [
        f"/chi-tieu/?chi-tieu={HEALTH}",
        "/chi-tieu/?chi-tieu=tat-ca&cap=communes",
        "/chi-tieu/theo-don-vi/?cap=office",
        "/chi-tieu/ke-hoach/",
        f"/chi-tieu/phien-ban/{draft.pk}/",
        f"/chi-tieu/phien-ban/{draft.pk}/giao/?chi-tieu={HEALTH}&don-vi={scene.two.pk}&cach=actual",
    ]

    def costs() -> list[int]:
        found = []
        for address in addresses:
            text(client, address)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                text(client, address)
            found.append(len(asked))
        return found

    before = costs()
    scene.more_communes(scene.two, 12)
    services.open_plan(actor=None, unit=scene.province, year=2026, source="government")
    assert costs() == before
    assert max(before) <= 32, before


def test_the_progress_page_reads_plan_targets_and_figures_once(scene: Targets, desk: Desk) -> None:
    client = desk()
    text(client, f"/chi-tieu/?chi-tieu={HEALTH}")
    for level in ("children", "offices", "communes", "self"):
        with CaptureQueriesContext(connection) as asked:
            page = text(client, f"/chi-tieu/?chi-tieu={HEALTH}&cap={level}")
        assert "Xã Đoàn Kết" in page
        for table, reads in (("plan", 1), ("planversion", 1), ("target", 1)):
            assert sum(f'FROM "targets_{table}"' in q["sql"] for q in asked) == reads, (level, table)
        # the figures, and the months that have any, to choose from
        assert sum('FROM "targets_figure"' in q["sql"] for q in asked) == 2, level


def test_a_draft_is_prepared_filled_and_decided_by_another(
    scene: Targets, officer: Callable[..., Any], staff_client: Callable[..., Any]
) -> None:
    planner, director = officer("planning", unit=scene.province), officer("director", unit=scene.province)
    client = staff_client(user=planner)
    form = {"decision": "", "decided_on": "1/2/26", "decided_by": scene.province.pk}
    assert "Có lỗi cần sửa" in client.post(f"/chi-tieu/ke-hoach/{scene.plan.pk}/", form).content.decode()
    form["decision"] = "30/QĐ-BHXH"
    client.post(f"/chi-tieu/ke-hoach/{scene.plan.pk}/", form)
    draft = PlanVersion.objects.get(state="draft")
    grid = f"/chi-tieu/phien-ban/{draft.pk}/giao/?don-vi={scene.two.pk}&chi-tieu={HEALTH}"
    wrong = {f"u{scene.that_khe.pk}": "mười", f"u{scene.doan_ket.pk}": "-3", "action": "save"}
    page = client.post(grid, wrong).content.decode()
    assert page.count('aria-invalid="true"') == 1
    wrong[f"u{scene.that_khe.pk}"] = "4"
    assert "Số giao không hợp lệ" in client.post(grid, wrong).content.decode()
    good = {f"u{scene.that_khe.pk}": "4", f"u{scene.doan_ket.pk}": "7", "action": "save"}
    assert client.post(grid, good).status_code == 302
    page = text(client, f"/chi-tieu/phien-ban/{draft.pk}/")
    assert "người khác phải quyết định" in page
    assert "Cấp dưới cộng lại" in page
    assert client.post(f"/chi-tieu/phien-ban/{draft.pk}/quyet-dinh/").status_code == 200
    assert PlanVersion.objects.get(pk=draft.pk).state == "draft"

    client = staff_client(user=director)
    page = client.get(f"/chi-tieu/phien-ban/{draft.pk}/")
    assert planner.full_name in page.content.decode()
    form = {"reason": "", "seen": seen(page)}
    refused = client.post(f"/chi-tieu/phien-ban/{draft.pk}/quyet-dinh/", form).content.decode()
    assert "cấp dưới cộng lại 11, chênh 1" in refused
    form["reason"] = "Giữ lại dự phòng"
    unseen = client.post(f"/chi-tieu/phien-ban/{draft.pk}/quyet-dinh/", {**form, "seen": "0" * 64})
    assert "Nội dung đã thay đổi" in unseen.content.decode()
    assert PlanVersion.objects.get(pk=draft.pk).state == "draft"
    client.post(f"/chi-tieu/phien-ban/{draft.pk}/quyet-dinh/", form)
    page = text(client, f"/chi-tieu/phien-ban/{draft.pk}/")
    assert "Giữ lại dự phòng" in page
    changed = client.get(f"/chi-tieu/phien-ban/{draft.pk}/dieu-chinh/").context["table"].found
    assert [(c.unit.name, c.before, c.after) for c in changed] == [("Xã Đoàn Kết", 8, 7)]


def test_a_proposed_split_adds_up_and_saves_nothing(scene: Targets, desk: Desk) -> None:
    client, draft = desk(), scene.draft()
    address = f"/chi-tieu/phien-ban/{draft.pk}/giao/?don-vi={scene.province.pk}&chi-tieu={HEALTH}"
    for method in ("population", "actual", "potential"):
        grid = client.get(f"{address}&cach={method}").context["grid"]
        assert (grid.sum, grid.left) == (20, 0), method
    assert draft.targets.get(unit=scene.one).amount == 8
    assert "Cách phân bổ lạ" in text(client, f"{address}&cach=x")
    tried = client.post(address, {f"u{scene.one.pk}": "9", "action": "sum"})
    assert tried.context["grid"].sum == 21
    assert draft.targets.get(unit=scene.one).amount == 8
    emptied = client.post(address, {f"u{scene.one.pk}": "", "action": "save"})
    assert "ghi 0 nếu không giao nữa" in emptied.content.decode()
    # nothing is given in a version that is decided
    assert client.get(address.replace(str(draft.pk), str(scene.version.pk), 1)).status_code == 404


def test_the_table_goes_out_and_comes_back(scene: Targets, desk: Desk) -> None:
    client, draft = desk(), scene.draft()
    book = workbook(client, f"/chi-tieu/phien-ban/{draft.pk}/bang-giao.xlsx")
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("BHYT") + 1
    line = next(r for r in range(2, 10) if sheet.cell(r, 2).value == "Xã Đoàn Kết")
    sheet.cell(line, column).value = "chín"
    assert "Lỗi trong bảng" in send(client, draft, book)
    sheet.cell(line, column).value = 9
    assert draft.targets.get(unit=scene.doan_ket).amount == 8
    send(client, draft, book)
    assert draft.targets.get(unit=scene.doan_ket).amount == 9
    junk = SimpleUploadedFile("bang.xlsx", b"junk")
    answer = client.post(f"/chi-tieu/phien-ban/{draft.pk}/nhan-bang/", {"file": junk})
    assert "Có lỗi cần sửa" in answer.content.decode()


def send(client: Any, draft: PlanVersion, book: Any) -> str:
    data = BytesIO()
    book.save(data)
    file = SimpleUploadedFile("bang.xlsx", data.getvalue())
    answer = client.post(f"/chi-tieu/phien-ban/{draft.pk}/nhan-bang/", {"file": file}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_draft_is_dropped_after_asking(scene: Targets, desk: Desk) -> None:
    client, draft = desk(), scene.draft()
    assert "Bỏ dự thảo phiên bản 2?" in text(client, f"/chi-tieu/phien-ban/{draft.pk}/bo/")
    client.post(f"/chi-tieu/phien-ban/{draft.pk}/bo/")
    assert PlanVersion.objects.filter(pk=draft.pk).exists()
    mark = seen(client.get(f"/chi-tieu/phien-ban/{draft.pk}/bo/"))
    client.post(f"/chi-tieu/phien-ban/{draft.pk}/bo/", {"seen": mark})
    assert not PlanVersion.objects.filter(pk=draft.pk).exists()
    client.post(f"/chi-tieu/phien-ban/{scene.version.pk}/bo/")
    assert PlanVersion.objects.filter(pk=scene.version.pk).exists()


def test_a_plan_is_opened_in_scope_only(scene: Targets, desk: Desk) -> None:
    client = desk()
    stranger = unit("province", "24", "Tỉnh Bắc Ninh", scene.vss)
    facts = {"unit": stranger.pk, "year": "2027", "source": "government"}
    assert client.post("/chi-tieu/ke-hoach/", facts).status_code == 200
    assert not Plan.objects.filter(year=2027).exists()
    assert client.post("/chi-tieu/ke-hoach/", facts | {"unit": scene.province.pk}).status_code == 302
    assert Plan.objects.get(year=2027).unit == scene.province


def test_rights_decide_what_may_be_done(scene: Targets, desk: Desk) -> None:
    draft = scene.draft()
    client = desk("collection")
    assert "Giao chỉ tiêu</a>" not in text(client, f"/chi-tieu/phien-ban/{draft.pk}/")
    for name in ("giao", "nhan-bang", "bo"):
        assert client.get(f"/chi-tieu/phien-ban/{draft.pk}/{name}/").status_code == 403
    assert client.post(f"/chi-tieu/phien-ban/{draft.pk}/quyet-dinh/").status_code == 403


def test_published_figures_say_what_the_command_says(scene: Targets, desk: Desk) -> None:
    client = desk()
    found = client.get("/chi-tieu/kiem-tra/").context["table"].found
    assert [c.detail for c in found] == [c.detail for c in identities.checks(published.book())]
    page = text(client, "/chi-tieu/so-lieu-cong-bo/?tim=f06")
    for words in ("17.196", "75,6%", "khoảng", "Lạng Sơn"):
        assert words in page, words
    book = workbook(client, "/chi-tieu/so-lieu-cong-bo/?noi=20&export=xlsx")
    listed = [row[0].value for row in book["Danh sách"].iter_rows(min_row=2)]
    assert listed == [f.key for f in published.book().figures.values() if f.about == "20"]


def test_figures_by_the_units_of_another_era(scene: Targets, desk: Desk) -> None:
    client = desk()
    rows = client.get(f"/chi-tieu/theo-don-vi/?theo=2026&chi-tieu={HEALTH}").context["table"].found
    assert [(r.unit.name, r.amount, r.is_complete) for r in rows] == [("Tỉnh Lạng Sơn", 15, True)]
    past = client.get(f"/chi-tieu/theo-don-vi/?theo=2023&chi-tieu={HEALTH}").context["table"].found
    assert [(r.unit, r.is_complete) for r in past] == [(None, False)]
    for query in ("theo=1999", "cap=x", "ngay=31/02/2026"):
        assert client.get(f"/chi-tieu/theo-don-vi/?{query}").status_code == 404, query


def test_the_country_sees_2023_as_printed_and_by_the_units_of_2026(
    db: None, officer: Callable[..., Any], staff_client: Callable[..., Any]
) -> None:
    units.load()
    services.load_published()
    vss = Unit.objects.get(kind="vss")
    client = staff_client(user=officer("planning", unit=vss))
    code = "participants.compulsory"
    page = text(client, f"/chi-tieu/?ky=2023-12&chi-tieu={code}&don-vi={vss.pk}")
    for words in ("Tỉnh Nam Định", "hơn", "15/12/2023", "17/12/2023", "212.450"):
        assert words in page, words
    now = Unit.objects.get(kind="province", code="20", valid_to=None)
    # asked of the province of today, a day of 2023 is answered by the province of that day
    then = client.get(f"/chi-tieu/?ky=2023-02&chi-tieu=participants.total&don-vi={now.pk}")
    assert then.context["question"].unit == units.as_of(now, date(2023, 2, 28))
    assert "suy ra từ số đã công bố" in then.content.decode()
    assert "760.737" in then.content.decode()
    rows = client.get(f"/chi-tieu/theo-don-vi/?theo=2026&chi-tieu={code}").context["table"].found
    assert [(r.unit.name, r.amount, r.is_complete) for r in rows] == [("Tỉnh Ninh Bình", 212_450, False)]
    assert "Hà Nam" in rows[0].note


def test_who_prepared_is_told_by_the_record(scene: Targets, officer: Callable[..., Any]) -> None:
    planner = officer("planning", unit=scene.province)
    draft = scene.draft(actor=actor_of(planner))
    assert draft.prepared_by == planner


@pytest.mark.browser
def test_pages_read_well(scene: Targets, officer: Callable[..., Any], staff_page: Any, axe: Any,
                         screenshot: Any) -> None:  # fmt: skip
    draft = scene.draft()
    page = staff_page(user=officer("director", unit=scene.province))
    version = f"/chi-tieu/phien-ban/{draft.pk}/"
    for name, address in {
        "progress": f"/chi-tieu/?chi-tieu={HEALTH}",
        "office": f"/chi-tieu/?chi-tieu={HEALTH}&don-vi={scene.two.pk}",
        "every": "/chi-tieu/?chi-tieu=tat-ca&cap=self",
        "eras": f"/chi-tieu/theo-don-vi/?chi-tieu={HEALTH}",
        "plans": "/chi-tieu/ke-hoach/",
        "plan": f"/chi-tieu/ke-hoach/{scene.plan.pk}/",
        "version": version,
        "allocate": f"{version}giao/?chi-tieu={HEALTH}&cach=population",
        "upload": f"{version}nhan-bang/",
        "changes": f"{version}dieu-chinh/",
        "drop": f"{version}bo/",
        "published": "/chi-tieu/so-lieu-cong-bo/",
        "checks": "/chi-tieu/kiem-tra/",
    }.items():
        page.goto(address)
        axe(page)
        screenshot(page, f"targets-{name}")
