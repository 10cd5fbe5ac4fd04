"""Thời hạn của bảo hiểm y tế, thất nghiệp và trợ cấp hưu trí xã hội.

The commune and the employment service decide a few of them; the office follows their clocks.
"""

from ansinh.law.dossier.book import DossierScale
from ansinh.law.dossier.terms import Term, term_of
from ansinh.law.engine import Versions, provision, versions


@provision(
    "dossier.health_direct",
    clause="25/2008/QH12, Điều 32 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn thanh toán trực tiếp chi phí khám bệnh và chữa bệnh",
)
def health_direct_2008(scale: DossierScale) -> Term:
    """Costs of treatment paid to the patient, from the full dossier."""
    return term_of(scale.health_direct)


@provision(
    "dossier.health_direct",
    clause="188/2025/NĐ-CP, Điều 56 khoản 3",
    since="2025-07-01",
    term="thời hạn thanh toán trực tiếp chi phí khám bệnh và chữa bệnh",
)
def health_direct_2025(scale: DossierScale) -> Term:
    """Costs of treatment paid to the patient where nothing is missing."""
    return term_of(scale.health_direct)


@provision(
    "dossier.health_direct_supplemented",
    clause="188/2025/NĐ-CP, Điều 56 khoản 4 điểm c",
    since="2025-07-01",
    term="thời hạn thanh toán trực tiếp kể từ ngày nhận hồ sơ bổ sung",
)
def health_direct_supplemented(scale: DossierScale) -> Term:
    """Costs of treatment after a supplement: a term of its own, whatever had run before."""
    return term_of(scale.health_direct_supplemented)


@provision(
    "dossier.unemployment_confirmation",
    clause="28/2015/NĐ-CP, Điều 16",
    since="2016-01-01",
    until="2025-12-31",
    term="thời hạn xác nhận thời gian đóng BHTN",
)
def unemployment_confirmation_2015(scale: DossierScale) -> Term:
    """The office confirms the months insured and returns the book."""
    return term_of(scale.unemployment_confirmation)


@provision(
    "dossier.unemployment_confirmation",
    clause="374/2025/NĐ-CP, Điều 14 khoản 1 điểm c",
    since="2026-01-01",
    term="thời hạn xác nhận thời gian đóng BHTN",
)
def unemployment_confirmation_2025(scale: DossierScale) -> Term:
    """The office confirms the months insured and returns the book."""
    return term_of(scale.unemployment_confirmation)


@provision(
    "dossier.unemployment_decision",
    clause="28/2015/NĐ-CP, Điều 18 khoản 1",
    since="2016-01-01",
    until="2025-12-31",
    term="thời hạn quyết định hưởng trợ cấp thất nghiệp",
)
def unemployment_decision_2015(scale: DossierScale) -> Term:
    """The department of labour decides, from the full dossier at the employment centre."""
    return term_of(scale.unemployment_decision)


@provision(
    "dossier.unemployment_decision",
    clause="374/2025/NĐ-CP, Điều 16 khoản 1",
    since="2026-01-01",
    term="thời hạn quyết định hưởng trợ cấp thất nghiệp",
)
def unemployment_decision_2025(scale: DossierScale) -> Term:
    """The department of home affairs decides, from the full dossier at the employment centre."""
    return term_of(scale.unemployment_decision)


@provision(
    "dossier.unemployment_payment",
    clause="28/2015/NĐ-CP, Điều 18 khoản 2 điểm a",
    since="2016-01-01",
    until="2025-12-31",
    term="thời hạn chi trả trợ cấp thất nghiệp",
)
def unemployment_payment_2015(scale: DossierScale) -> Term:
    """The first month is paid within this time of the decision's arrival."""
    return term_of(scale.unemployment_payment)


@provision(
    "dossier.unemployment_payment",
    clause="374/2025/NĐ-CP, Điều 16 khoản 2",
    since="2026-01-01",
    term="thời hạn chi trả trợ cấp thất nghiệp",
)
def unemployment_payment_2025(scale: DossierScale) -> Term:
    """Paid within this time of the last day on which the decision is collected."""
    return term_of(scale.unemployment_payment)


@provision(
    "dossier.training_payment",
    clause="374/2025/NĐ-CP, Điều 13",
    since="2026-01-01",
    term="thời hạn chi trả hỗ trợ học nghề",
)
def training_payment(scale: DossierScale) -> Term:
    """Support for training, from the list of learners."""
    return term_of(scale.training_payment)


@provision(
    "dossier.social_pension",
    clause="176/2025/NĐ-CP, Điều 4",
    since="2025-07-01",
    term="thời hạn giải quyết trợ cấp hưu trí xã hội",
)
def social_pension(scale: DossierScale) -> Term:
    """The commune decides, from the written request."""
    return term_of(scale.social_pension)


@provision(
    "dossier.social_pension_funeral",
    clause="176/2025/NĐ-CP, Điều 5",
    since="2025-07-01",
    term="thời hạn quyết định hỗ trợ chi phí mai táng",
)
def social_pension_funeral(scale: DossierScale) -> Term:
    """The commune decides, from the full dossier."""
    return term_of(scale.social_pension_funeral)


BESIDE: dict[str, Versions[[DossierScale], Term]] = {
    each.id.removeprefix("dossier."): each
    for each in (
        versions(health_direct_2008, health_direct_2025),
        versions(health_direct_supplemented),
        versions(unemployment_confirmation_2015, unemployment_confirmation_2025),
        versions(unemployment_decision_2015, unemployment_decision_2025),
        versions(unemployment_payment_2015, unemployment_payment_2025),
        versions(training_payment),
        versions(social_pension),
        versions(social_pension_funeral),
    )
}
