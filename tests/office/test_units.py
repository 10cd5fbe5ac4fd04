"""Units of two eras: loaded once, found by day, and rolled from one era to the other."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import transaction

from ansinh.office import units
from ansinh.office.models import Unit

IN_2023 = date(2023, 12, 31)
LAST_DAY = date(2025, 6, 30)
FIRST_DAY = date(2025, 7, 1)
IN_2026 = date(2026, 6, 30)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The whole list, loaded once for the module; every test's own transaction is nested in this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield units.load()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.xdist_group("units")
@pytest.mark.usefixtures("loaded")
class TestUnits:
    def test_a_second_load_writes_nothing(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(8):
            assert units.load() == units.Loaded(0, 0)

    @pytest.mark.parametrize(
        ("kind", "day", "count"),
        [
            ("province", LAST_DAY, 63),
            ("province", FIRST_DAY, 34),
            ("district", LAST_DAY, 696),
            ("district", FIRST_DAY, 0),
            ("commune", FIRST_DAY, 3321),
            ("base_office", LAST_DAY, 0),
            ("vss", IN_2026, 1),
        ],
    )
    def test_counts_of_each_era(self, kind, day, count):
        assert Unit.objects.filter(units._valid(day), kind=kind).count() == count

    def test_a_code_names_another_province_after_the_merger(self):
        assert units.unit("province", "24", LAST_DAY).name == "Tỉnh Bắc Giang"
        assert units.unit("province", "24", FIRST_DAY).name == "Tỉnh Bắc Ninh"

    def test_a_province_that_was_merged_has_one_successor(self):
        bac_giang, bac_ninh = (units.unit("province", code, LAST_DAY) for code in ("24", "27"))
        assert units.successor(bac_giang, LAST_DAY) == bac_giang
        assert units.successor(bac_giang, IN_2026) == units.successor(bac_ninh, IN_2026)

    def test_a_merged_province_has_no_single_predecessor(self):
        merged = units.unit("province", "24", IN_2026)
        with pytest.raises(units.UnknownUnit) as refused:
            units.as_of(merged, IN_2023)
        assert refused.value.code == "unit.no_succession"

    def test_a_province_that_stayed_goes_back_too(self):
        lang_son = units.unit("province", "20", IN_2026)
        assert units.as_of(lang_son, IN_2023) == units.unit("province", "20", IN_2023)

    def test_unknown_unit(self):
        with pytest.raises(units.UnknownUnit) as refused:
            units.unit("district", "178", FIRST_DAY)
        assert refused.value.code == "unit.unknown"

    def test_paths_are_chains_of_parents(self):
        by_id = Unit.objects.in_bulk()
        for unit in by_id.values():
            above = by_id[unit.parent_id].path if unit.parent_id else "/"
            assert unit.path == f"{above}{unit.pk}/"

    def test_every_commune_of_lang_son_lies_in_a_base_office(self):
        lang_son = units.unit("province", "20", IN_2026)
        offices = list(Unit.objects.filter(kind="base_office", parent=lang_son))
        assert len(offices) == 11
        assert all(units.is_synthetic(o) for o in offices)
        assert Unit.objects.filter(kind="commune", parent__in=offices).count() == 65

    def test_no_province_has_more_than_twelve_offices(self):
        counts = Counter(Unit.objects.filter(kind="base_office").values_list("parent_id", flat=True))
        assert len(counts) == 34
        assert max(counts.values()) <= 12

    def test_regions_of_lang_son(self):
        """293/2025/NĐ-CP, phụ lục, mục 9: four wards in region III, the rest in IV."""
        lang_son = units.unit("province", "20", IN_2026)
        regions = Unit.objects.filter(kind="commune", path__startswith=lang_son.path).values_list(
            "region", "name"
        )
        assert {n for r, n in regions if r == 3} == {
            "Phường Tam Thanh",
            "Phường Lương Văn Tri",
            "Phường Kỳ Lừa",
            "Phường Đông Kinh",
        }
        assert {r for r, _ in regions} == {3, 4}

    def test_a_figure_by_units_of_2023_and_of_2026(self):
        """Records carry the commune of their own time; the figure adds up in either era's provinces."""
        communes = {
            code: Unit.objects.get(kind="commune", code=code, valid_from=since)
            for code, since in (
                ("05986", units.PRESENT_SINCE),  # Tam Thanh, Lạng Sơn, 2026
                ("06040", units.FORMER_SINCE),  # Thất Khê, Tràng Định, 2023
                ("07210", units.FORMER_SINCE),  # thành phố Bắc Giang, 2023
                ("09163", units.FORMER_SINCE),  # thành phố Bắc Ninh, 2023
            )
        }
        people = {"05986": 7, "06040": 5, "07210": 11, "09163": 13}

        def per_province(on):
            total = Counter()
            for code, rolled in ((c, units.roll(communes.values(), on)[u.pk]) for c, u in communes.items()):
                total[rolled.province.name if rolled.province else units.NO_DATA] += people[code]
            return total

        assert per_province(IN_2026) == {"Tỉnh Lạng Sơn": 12, "Tỉnh Bắc Ninh": 24}
        assert per_province(IN_2023) == {"Tỉnh Lạng Sơn": 12, "Tỉnh Bắc Giang": 11, "Tỉnh Bắc Ninh": 13}
        rolled = units.roll(communes.values(), IN_2026)
        assert rolled[communes["06040"].pk].office.name == "BHXH cơ sở Tràng Định"
        assert rolled[communes["06040"].pk].note == ""
        in_2023 = units.roll(communes.values(), IN_2023)
        assert in_2023[communes["06040"].pk].office.name == "Huyện Tràng Định"
        assert in_2023[communes["05986"].pk].office.name == "Thành phố Lạng Sơn"
        # no base office of Bắc Ninh is known to stand for a district: said, not guessed
        assert rolled[communes["07210"].pk].office is None
        assert units.NO_DATA in rolled[communes["07210"].pk].note

    def test_a_commune_is_not_given_a_successor_by_its_code(self):
        former = units.unit("commune", "06040", IN_2023)
        assert units.successor(former, IN_2026) is None


def test_data_files_agree_with_each_other():
    listed = units.listed()
    keys = {item.key for item in listed}
    assert len(keys) == len(listed)
    communes = [c for o in units.base_offices() for c in o.communes]
    assert len(communes) == len(set(communes)) == 3321
    assert len({o.code for o in units.base_offices()}) == len(units.base_offices())
