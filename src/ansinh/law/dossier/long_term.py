"""Thời hạn giải quyết các chế độ dài hạn: from the full dossier at the office."""

from ansinh.law.dossier.book import DossierScale
from ansinh.law.dossier.terms import Term, term_of
from ansinh.law.engine import Versions, provision, versions


@provision(
    "dossier.pension",
    clause="58/2014/QH13, Điều 110 khoản 4",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn giải quyết lương hưu",
)
def pension_2014(scale: DossierScale) -> Term:
    """Pensions of both schemes; public holidays were counted."""
    return term_of(scale.pension)


@provision(
    "dossier.pension",
    clause="41/2024/QH15, Điều 79 khoản 3, Điều 107 khoản 3",
    since="2025-07-01",
    term="thời hạn giải quyết lương hưu",
)
def pension_2024(scale: DossierScale) -> Term:
    """Pensions of both schemes; public holidays and Tết are not counted, weekends are."""
    return term_of(scale.pension)


@provision(
    "dossier.one_time",
    clause="58/2014/QH13, Điều 110 khoản 4",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn giải quyết BHXH một lần",
)
def one_time_2014(scale: DossierScale) -> Term:
    """The one-time payment of both schemes."""
    return term_of(scale.one_time)


@provision(
    "dossier.one_time",
    clause="41/2024/QH15, Điều 79 khoản 3, Điều 107 khoản 3",
    since="2025-07-01",
    term="thời hạn giải quyết BHXH một lần",
)
def one_time_2024(scale: DossierScale) -> Term:
    """The one-time payment of both schemes."""
    return term_of(scale.one_time)


@provision(
    "dossier.survivors",
    clause="58/2014/QH13, Điều 112 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn giải quyết chế độ tử tuất",
)
def survivors_2014(scale: DossierScale) -> Term:
    """Benefits of survivors, whoever filed."""
    return term_of(scale.survivors)


@provision(
    "dossier.survivors",
    clause="41/2024/QH15, Điều 91 khoản 3, Điều 112 khoản 2 điểm b",
    since="2025-07-01",
    term="thời hạn giải quyết chế độ tử tuất",
)
def survivors_2024(scale: DossierScale) -> Term:
    """Benefits of survivors, whoever filed."""
    return term_of(scale.survivors)


@provision(
    "dossier.emigration",
    clause="58/2014/QH13, Điều 109 khoản 5, Điều 110 khoản 4",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn giải quyết trợ cấp một lần khi ra nước ngoài định cư",
)
def emigration_2014(scale: DossierScale) -> Term:
    """The lump sum of a pensioner who leaves the country, read as a one-time payment."""
    return term_of(scale.emigration)


@provision(
    "dossier.emigration",
    clause="41/2024/QH15, Điều 76 khoản 5, Điều 115 khoản 1 điểm d",
    since="2025-07-01",
    term="thời hạn giải quyết trợ cấp một lần khi ra nước ngoài định cư",
)
def emigration_2024(scale: DossierScale) -> Term:
    """The lump sum of a pensioner who leaves the country."""
    return term_of(scale.emigration)


@provision(
    "dossier.resumption",
    clause="58/2014/QH13, Điều 114 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn giải quyết hưởng tiếp lương hưu hoặc trợ cấp hằng tháng",
)
def resumption_2014(scale: DossierScale) -> Term:
    """A suspended pension or allowance resumed."""
    return term_of(scale.resumption)


@provision(
    "dossier.resumption",
    clause="41/2024/QH15, Điều 81 khoản 2",
    since="2025-07-01",
    term="thời hạn giải quyết hưởng tiếp lương hưu hoặc trợ cấp hằng tháng",
)
def resumption_2024(scale: DossierScale) -> Term:
    """A suspended pension or allowance resumed."""
    return term_of(scale.resumption)


@provision(
    "dossier.move",
    clause="58/2014/QH13, Điều 115",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn giải quyết chuyển nơi hưởng",
)
def move_2014(scale: DossierScale) -> Term:
    """A pension paid in another place."""
    return term_of(scale.move)


@provision(
    "dossier.move",
    clause="41/2024/QH15, Điều 82 khoản 2, Điều 115 khoản 2 điểm b",
    since="2025-07-01",
    term="thời hạn giải quyết chuyển nơi hưởng",
)
def move_2024(scale: DossierScale) -> Term:
    """A pension paid in another place."""
    return term_of(scale.move)


@provision(
    "dossier.change_channel",
    clause="41/2024/QH15, Điều 82 khoản 2, Điều 115 khoản 2 điểm b",
    since="2025-07-01",
    term="thời hạn giải quyết thay đổi hình thức nhận",
)
def change_channel(scale: DossierScale) -> Term:
    """A pension paid in another way, cash or account."""
    return term_of(scale.change_channel)


@provision(
    "dossier.bridging",
    clause="41/2024/QH15, Điều 24 khoản 2",
    since="2025-07-01",
    term="thời hạn giải quyết trợ cấp hằng tháng khi chưa đủ tuổi hưởng trợ cấp hưu trí xã hội",
)
def bridging(scale: DossierScale) -> Term:
    """The monthly allowance of those without the years for a pension."""
    return term_of(scale.bridging)


@provision(
    "dossier.bridging_death",
    clause="158/2025/NĐ-CP, Điều 25 khoản 4 điểm b",
    since="2025-07-01",
    term="thời hạn giải quyết khi người hưởng trợ cấp hằng tháng chết",
)
def bridging_death(scale: DossierScale) -> Term:
    """The months not yet drawn and the funeral grant, to the relatives."""
    return term_of(scale.bridging_death)


@provision(
    "dossier.insolvent_months",
    clause="158/2025/NĐ-CP, Điều 29 khoản 2",
    since="2025-07-01",
    term="thời hạn xác nhận thời gian đóng khi đơn vị không còn khả năng đóng",
)
def insolvent_months(scale: DossierScale) -> Term:
    """Months unpaid by an employer that cannot pay, confirmed from the office's own data."""
    return term_of(scale.insolvent_months)


@provision(
    "dossier.insolvent_months_verified",
    clause="158/2025/NĐ-CP, Điều 29 khoản 2",
    since="2025-07-01",
    term="thời hạn xác nhận thời gian đóng khi cần phải xác minh",
)
def insolvent_months_verified(scale: DossierScale) -> Term:
    """Months unpaid by an employer that cannot pay, where the history must be verified."""
    return term_of(scale.insolvent_months_verified)


LONG_TERM: dict[str, Versions[[DossierScale], Term]] = {
    each.id.removeprefix("dossier."): each
    for each in (
        versions(pension_2014, pension_2024),
        versions(one_time_2014, one_time_2024),
        versions(survivors_2014, survivors_2024),
        versions(emigration_2014, emigration_2024),
        versions(resumption_2014, resumption_2024),
        versions(move_2014, move_2024),
        versions(change_channel),
        versions(bridging),
        versions(bridging_death),
        versions(insolvent_months),
        versions(insolvent_months_verified),
    )
}
