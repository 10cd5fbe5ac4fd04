"""Rows of D02-LT for tests, made by hypothesis."""

from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from ansinh.forms.intake.d02 import D02Row
from ansinh.forms.intake.layouts import layout
from ansinh.forms.intake.synthetic import RoughStyle
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.months import Month

# Each example writes and reads workbooks: shrinking a failure would take minutes, and the first one tells.
CALM = settings(
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

UNIT = "0123456789DNA03"
NAMES = ["Nguyễn Văn Đức", "Trần Thị Ánh Tuyết", "Lò Văn Ỏn", "H'Hen Niê", "Đặng Ngọc", "Ksor"]

months = st.integers(Month(2020, 1).index, Month(2030, 12).index).map(Month.from_index)
days = st.dates(date(2010, 1, 1), date(2030, 12, 31))
coefficients = st.integers(1, 13_000)


@st.composite
def rows(draw: st.DrawFn, order: int = 0) -> D02Row:
    """One row; ``order`` keeps codes of one list apart. No code reads both ways when its zeros are lost."""
    year = draw(st.integers(1955, 2004))
    born = draw(st.dates(date(year, 1, 1), date(year, 12, 28)))
    birth = draw(
        st.sampled_from(
            [PartialDate(year), PartialDate(year, born.month), PartialDate(year, born.month, born.day)]
        )
    )
    century = 0 if year < 2000 else 2
    serial = draw(st.integers(0, 99)) * 1000 + order
    citizen = f"079{century}{year % 100:02d}{serial:06d}"
    si_number = f"{draw(st.sampled_from(['01', '79', '50']))}{draw(st.integers(0, 999)):03d}{order:05d}"
    kind = draw(st.sampled_from(layout("d02-lt").changes))
    by_scale = draw(st.booleans())
    first = draw(months)
    contract = draw(st.sampled_from([None, "indefinite", "fixed_term", "other"]))
    begins = draw(st.none() | days) if contract else None
    groups = draw(st.sampled_from([(), ("disabled",), ("household_owner",)]))
    has = draw(st.sampled_from(["si", "citizen"]))
    return D02Row(
        name=draw(st.sampled_from(NAMES)),
        si_number=si_number if has == "si" else None,
        citizen_id=citizen if has == "citizen" else None,
        birth=birth,
        job=draw(st.sampled_from(["Công nhân may, phường Đông Kinh", "Phó Chánh thanh tra Sở A"])),
        wage=None if by_scale else draw(st.integers(100_000, 90_000_000)),
        coefficient_milli=draw(coefficients) if by_scale else None,
        reserve_milli=draw(st.none() | coefficients),
        position_milli=draw(st.none() | st.integers(1, 2000)),
        beyond_frame=draw(st.none() | st.integers(1, 40).map(lambda part: Fraction(part, 100))),
        seniority=draw(st.none() | st.integers(10, 400).map(lambda part: Fraction(part, 1000))),
        other_pay=draw(st.none() | st.integers(1, 30_000_000)),
        contract=contract,
        contract_from=begins,
        contract_to=None,
        effective_on=draw(st.none() | days),
        from_month=first,
        to_month=draw(st.none() | st.just(first + draw(st.integers(0, 24)))),
        hospital_code=draw(st.sampled_from(["01001", "79A02", "20015"])),
        hospital_name=draw(st.sampled_from(["", "Bệnh viện Đa khoa"])),
        result_form=draw(st.sampled_from([None, "electronic", "paper"])),
        change=kind.code,
        direction=kind.direction,
        groups=groups,
        note=draw(
            st.sampled_from(["", "Nghỉ từ 01/07/2026", "=1+1", "-", "@x"]).filter(lambda words: words != "-")
        ),
    )


lists = st.integers(1, 5).flatmap(lambda size: st.tuples(*(rows(order) for order in range(size)))).map(list)

styles = st.builds(
    RoughStyle,
    down=st.integers(0, 15),
    right=st.integers(0, 3),
    shuffle=st.none() | st.integers(0, 1000),
    flat=st.booleans(),
    numbers_row=st.booleans(),
    misspelt=st.booleans(),
    extra=st.booleans(),
    citizen_column=st.booleans(),
    codes_as_numbers=st.booleans(),
    dates=st.sampled_from(["excel", "dmy", "dashes", "dots", "iso", "compact", "words"]),
    money=st.sampled_from(["number", "dots", "commas", "spaces", "dong"]),
    comma_decimals=st.booleans(),
    sections=st.booleans(),
)
