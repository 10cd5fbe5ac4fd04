"""One employer's July 2026, sound by the form's own arithmetic, for the tests of workbooks and pages.

Nine workers; June left 3,000,000 unpaid and not yet due plus 1,000,000 late; July's dues are nine times the worked
figures of two workers at the reference wage; a payment covers part of it and 500,000 fits nobody.
"""

from dataclasses import replace
from datetime import date

from ansinh.forms.official.c12 import C12Payment, C12Row, C12Statement, PaidUp
from ansinh.forms.official.d09 import D09Line, D09List
from ansinh.forms.official.parties import Account, Agency, Employer, Signature
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.months import Month

AGENCY = Agency(
    name="Bảo hiểm xã hội cơ sở Kỳ Lừa",
    parent="Bảo hiểm xã hội tỉnh Lạng Sơn",
    code="02001",
    place="Lạng Sơn",
    address="Số 1 đường Hùng Vương, phường Kỳ Lừa, tỉnh Lạng Sơn",
    phone="0205 3 812 345",
)
EMPLOYER = Employer(
    name="Công ty TNHH Một thành viên Thương mại Ưu Việt Hữu Nghị",
    unit_code="TZ0123Z",
    address="Khu công nghiệp Đồng Bành, xã Chi Lăng, tỉnh Lạng Sơn",
    phone="0912 345 678",
)
ACCOUNT = Account(
    number="8600201001234", bank="Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam", bank_bin="970405"
)
TREASURY = Account(number="3511.0.1234567.92001", bank="Kho bạc Nhà nước khu vực VI")
SIGNATURE = Signature(title="GIÁM ĐỐC", name="Hoàng Thị Ngọc Quỳnh")

HEADS = C12Row.count(9, 9, 9, 9, 9)
ZERO = C12Row.money()


def statement() -> C12Statement:
    not_due = C12Row.money(90_000, 660_000, 135_000, 60_000, 15_000)
    late = C12Row.money(0, 1_000_000, 0, 0, 0)
    short = C12Row.money(90_000, 1_660_000, 135_000, 60_000, 15_000)
    charge = C12Row.money(0, 9_300, 0, 0, 0)
    dues = C12Row.money(1_433_700, 10_513_800, 2_150_550, 955_800, 238_950)
    paid = C12Row.money(1_523_700, 11_173_800, 2_285_550, 1_015_800, 253_950)
    rows = {
        "A.1": HEADS,
        "A.2.1": C12Row.whole(0),
        "A.2.2": short,
        "A.2.2.1": not_due,
        "A.2.2.2": late,
        "A.3": charge,
        "A.3.1": charge,
        "A.4.1": C12Row.count(0, 31, 0, 0, 0),
        "B.1": C12Row.count(0, 0, 0, 0, 0),
        "B.1.1": C12Row.count(1, 1, 1, 1, 1),
        "B.1.2": C12Row.count(1, 1, 1, 1, 1),
        "B.2": C12Row.count(0, 0, 0, 0, 0),
        "B.2.1": C12Row.count(5_310_000, 5_310_000, 5_310_000, 5_310_000, 5_310_000),
        "B.2.2": C12Row.count(5_310_000, 5_310_000, 5_310_000, 5_310_000, 5_310_000),
        "B.3": dues,
        "B.3.1": dues,
        "B.3.1.1": dues,
        "B.5": charge,
        "B.5.1": charge,
        "C": C12Row.whole(sum(paid.funds[i] or 0 for i in range(5)) + 500_000),
        "D": paid,
        "D.1": paid,
        "D.2": ZERO,
        "Đ.1": HEADS,
        "Đ.2.1": C12Row.whole(500_000),
        "Đ.2.2": C12Row.money(0, 1_000_000, 0, 0, 0),
        "Đ.2.2.2": C12Row.money(0, 1_000_000, 0, 0, 0),
        "Đ.3": C12Row.money(0, 18_600, 0, 0, 0),
        "Đ.3.1": C12Row.money(0, 18_600, 0, 0, 0),
        "Đ.4.1": C12Row.count(0, 62, 0, 0, 0),
    }
    return C12Statement(
        agency=AGENCY,
        employer=EMPLOYER,
        month=Month(2026, 7),
        rows=rows,
        payments=(
            C12Payment("UNC số 0715/2026", date(2026, 7, 15), 10_000_000),
            C12Payment("UNC số 0730/2026", date(2026, 7, 30), 6_752_800),
        ),
        paid_up={
            "retirement": PaidUp(8, Month(2026, 7)),
            "sickness": PaidUp(9, Month(2026, 7)),
            "injury": PaidUp(9, Month(2026, 7)),
            "unemployment": PaidUp(9, Month(2026, 7)),
            "health": PaidUp(9, Month(2026, 7)),
        },
        account=ACCOUNT,
        treasury_account=TREASURY,
        issued_on=date(2026, 8, 3),
        pay_by=date(2026, 8, 31),
        object_by=date(2026, 8, 15),
        signature=SIGNATURE,
    )


def with_row(base: C12Statement, code: str, row: C12Row) -> C12Statement:
    return replace(base, rows={**base.rows, code: row})


NAMES = (
    "Nguyễn Thị Ánh Tuyết",
    "Đặng Văn Hữu",
    "Hoàng Thị Ngọc Quỳnh",
    "Lý Thế Vỹ",
    "Nông Ngọc Bảo Uyên",
    "Triệu Đức Khoẻ",
)


def people(count: int) -> D09List:
    lines = [
        D09Line(
            name=NAMES[order % len(NAMES)],
            code=f"{2_000_000_000 + order:010d}"[-10:].replace("2", "0", 1),
            born=PartialDate(1980 + order % 20, 7) if order % 5 else PartialDate(1975),
            address="Thôn Đồng Én, xã Chi Lăng, tỉnh Lạng Sơn",
            clinic="Trung tâm Y tế khu vực Chi Lăng",
            position="Công nhân may công nghiệp",
            wage_social=None if order == 3 else 5_310_000 + order * 1_000,
            wage_health=None if order == 3 else 5_310_000 + order * 1_000,
            wage_unemployment=None if order == 3 else 5_310_000 + order * 1_000,
            wage_injury=None if order == 3 else 5_310_000 + order * 1_000,
            note="Nghỉ thai sản" if order == 3 else "Đã đóng đến hết 07/2026",
        )
        for order in range(count)
    ]
    changed = [
        replace(lines[0], group="increase", note="Tăng mới từ 07/2026"),
        replace(lines[1], group="decrease", note="Chấm dứt HĐLĐ"),
    ]
    return D09List(
        agency=AGENCY,
        employer=EMPLOYER,
        month=Month(2026, 7),
        lines=[*lines, *changed],
        issued_on=date(2026, 8, 3),
        signature=SIGNATURE,
    )
