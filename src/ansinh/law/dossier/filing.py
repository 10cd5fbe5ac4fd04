"""Thời hạn của người dân và người sử dụng lao động: to file, to bring what is missing, to hand money on.

Late filing is explained in writing and settled all the same (41/2024/QH15, Điều 92, Điều 113).
"""

from ansinh.law.dossier.book import DossierScale
from ansinh.law.dossier.terms import Term, term_of
from ansinh.law.engine import Versions, provision, versions


@provision(
    "dossier.sickness_filing",
    clause="58/2014/QH13, Điều 102 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn người lao động nộp hồ sơ ốm đau",
)
def sickness_filing_2014(scale: DossierScale) -> Term:
    """From the return to work, to the employer."""
    return term_of(scale.sickness_filing)


@provision(
    "dossier.sickness_filing",
    clause="41/2024/QH15, Điều 48 khoản 1",
    since="2025-07-01",
    term="thời hạn người lao động nộp hồ sơ ốm đau",
)
def sickness_filing_2024(scale: DossierScale) -> Term:
    """From the return to work, to the employer."""
    return term_of(scale.sickness_filing)


@provision(
    "dossier.maternity_filing",
    clause="58/2014/QH13, Điều 102 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn người lao động nộp hồ sơ thai sản",
)
def maternity_filing_2014(scale: DossierScale) -> Term:
    """From the return to work, to the employer."""
    return term_of(scale.maternity_filing)


@provision(
    "dossier.maternity_filing",
    clause="41/2024/QH15, Điều 62 khoản 1",
    since="2025-07-01",
    term="thời hạn người lao động nộp hồ sơ thai sản",
)
def maternity_filing_2024(scale: DossierScale) -> Term:
    """From the last day of maternity leave, to the employer."""
    return term_of(scale.maternity_filing)


@provision(
    "dossier.voluntary_maternity_filing",
    clause="41/2024/QH15, Điều 97 khoản 1",
    since="2025-07-01",
    term="thời hạn nộp hồ sơ trợ cấp thai sản của BHXH tự nguyện",
)
def voluntary_maternity_filing(scale: DossierScale) -> Term:
    """From the birth, to the office."""
    return term_of(scale.voluntary_maternity_filing)


@provision(
    "dossier.convalescence_filing",
    clause="58/2014/QH13, Điều 103 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn người sử dụng lao động nộp danh sách dưỡng sức",
)
def convalescence_filing_2014(scale: DossierScale) -> Term:
    """The employer's list, from the day the worker qualified."""
    return term_of(scale.convalescence_filing)


@provision(
    "dossier.convalescence_filing",
    clause="41/2024/QH15, Điều 49 khoản 1, Điều 63 khoản 1",
    since="2025-07-01",
    term="thời hạn người sử dụng lao động nộp danh sách dưỡng sức",
)
def convalescence_filing_2024(scale: DossierScale) -> Term:
    """The employer's list, from the day the worker took the leave."""
    return term_of(scale.convalescence_filing)


@provision(
    "dossier.injury_convalescence_filing",
    clause="84/2015/QH13, Điều 60 khoản 1",
    since="2016-07-01",
    term="thời hạn người sử dụng lao động nộp danh sách dưỡng sức sau TNLĐ-BNN",
)
def injury_convalescence_filing(scale: DossierScale) -> Term:
    """The employer's list, from the day the worker was found not recovered."""
    return term_of(scale.injury_convalescence_filing)


@provision(
    "dossier.work_injury_filing",
    clause="84/2015/QH13, Điều 59 khoản 1",
    since="2016-07-01",
    term="thời hạn người sử dụng lao động nộp hồ sơ TNLĐ-BNN",
)
def work_injury_filing(scale: DossierScale) -> Term:
    """From the day the employer had all papers, the conclusion of the medical board last."""
    return term_of(scale.work_injury_filing)


@provision(
    "dossier.survivors_filing",
    clause="58/2014/QH13, Điều 112 khoản 1",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn thân nhân nộp hồ sơ tử tuất",
)
def survivors_filing_2014(scale: DossierScale) -> Term:
    """From the death, to the employer or the office."""
    return term_of(scale.survivors_filing)


@provision(
    "dossier.survivors_filing",
    clause="41/2024/QH15, Điều 91 khoản 1, khoản 2, Điều 112 khoản 2 điểm a",
    since="2025-07-01",
    term="thời hạn thân nhân nộp hồ sơ tử tuất",
)
def survivors_filing_2024(scale: DossierScale) -> Term:
    """From the death or the court's decision, to the employer or the office."""
    return term_of(scale.survivors_filing)


@provision(
    "dossier.bridging_death_filing",
    clause="158/2025/NĐ-CP, Điều 25 khoản 4 điểm a",
    since="2025-07-01",
    term="thời hạn thân nhân người hưởng trợ cấp hằng tháng nộp hồ sơ",
)
def bridging_death_filing(scale: DossierScale) -> Term:
    """From the death of the recipient, to the office."""
    return term_of(scale.bridging_death_filing)


@provision(
    "dossier.pension_opening",
    clause="58/2014/QH13, Điều 110 khoản 1, khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="thời gian nộp hồ sơ hưu trí trước thời điểm đủ điều kiện",
)
def pension_opening_2014(scale: DossierScale) -> Term:
    """The dossier is filed within this time before the pension is due."""
    return term_of(scale.pension_opening)


@provision(
    "dossier.pension_opening",
    clause="41/2024/QH15, Điều 79 khoản 1, Điều 107 khoản 1",
    since="2025-07-01",
    term="thời gian nộp hồ sơ hưu trí trước thời điểm đủ điều kiện",
)
def pension_opening_2024(scale: DossierScale) -> Term:
    """The dossier is filed within this time before the person qualifies."""
    return term_of(scale.pension_opening)


@provision(
    "dossier.one_time_opening",
    clause="58/2014/QH13, Điều 110 khoản 3",
    since="2016-01-01",
    until="2025-06-30",
    term="thời gian nộp hồ sơ BHXH một lần trước thời điểm đủ điều kiện",
)
def one_time_opening(scale: DossierScale) -> Term:
    """Under the former law the dossier was filed within this time before the person qualified."""
    return term_of(scale.one_time_opening)


@provision(
    "dossier.sickness_forwarding",
    clause="58/2014/QH13, Điều 102 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn người sử dụng lao động chuyển hồ sơ ốm đau",
)
def sickness_forwarding_2014(scale: DossierScale) -> Term:
    """The employer files, from the worker's papers."""
    return term_of(scale.sickness_forwarding)


@provision(
    "dossier.sickness_forwarding",
    clause="41/2024/QH15, Điều 48 khoản 2",
    since="2025-07-01",
    term="thời hạn người sử dụng lao động chuyển hồ sơ ốm đau",
)
def sickness_forwarding_2024(scale: DossierScale) -> Term:
    """The employer files, from the worker's papers."""
    return term_of(scale.sickness_forwarding)


@provision(
    "dossier.maternity_forwarding",
    clause="58/2014/QH13, Điều 102 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn người sử dụng lao động chuyển hồ sơ thai sản",
)
def maternity_forwarding_2014(scale: DossierScale) -> Term:
    """The employer files, from the worker's papers."""
    return term_of(scale.maternity_forwarding)


@provision(
    "dossier.maternity_forwarding",
    clause="41/2024/QH15, Điều 62 khoản 1",
    since="2025-07-01",
    term="thời hạn người sử dụng lao động chuyển hồ sơ thai sản",
)
def maternity_forwarding_2024(scale: DossierScale) -> Term:
    """The employer files, from the worker's papers."""
    return term_of(scale.maternity_forwarding)


@provision(
    "dossier.survivors_forwarding",
    clause="58/2014/QH13, Điều 112 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn người sử dụng lao động chuyển hồ sơ tử tuất",
)
def survivors_forwarding_2014(scale: DossierScale) -> Term:
    """The employer files, from the family's papers."""
    return term_of(scale.survivors_forwarding)


@provision(
    "dossier.survivors_forwarding",
    clause="41/2024/QH15, Điều 91 khoản 2",
    since="2025-07-01",
    term="thời hạn người sử dụng lao động chuyển hồ sơ tử tuất",
)
def survivors_forwarding_2024(scale: DossierScale) -> Term:
    """The employer files, from the family's papers."""
    return term_of(scale.survivors_forwarding)


@provision(
    "dossier.injury_convalescence_paying",
    clause="58/2014/QH13, Điều 107 khoản 3",
    since="2016-01-01",
    until="2016-06-30",
    term="thời hạn người sử dụng lao động trả tiền dưỡng sức sau TNLĐ-BNN",
)
def injury_convalescence_paying_2014(scale: DossierScale) -> Term:
    """The employer hands the money on, from its arrival."""
    return term_of(scale.injury_convalescence_paying)


@provision(
    "dossier.injury_convalescence_paying",
    clause="84/2015/QH13, Điều 60 khoản 3",
    since="2016-07-01",
    term="thời hạn người sử dụng lao động trả tiền dưỡng sức sau TNLĐ-BNN",
)
def injury_convalescence_paying_2015(scale: DossierScale) -> Term:
    """The employer hands the money on, from its arrival."""
    return term_of(scale.injury_convalescence_paying)


@provision(
    "dossier.health_direct_asking",
    clause="188/2025/NĐ-CP, Điều 56 khoản 4 điểm a",
    since="2025-07-01",
    term="thời hạn yêu cầu bổ sung hồ sơ thanh toán trực tiếp",
)
def health_direct_asking(scale: DossierScale) -> Term:
    """The office says in writing, once, what is missing."""
    return term_of(scale.health_direct_asking)


@provision(
    "dossier.health_direct_supplement",
    clause="188/2025/NĐ-CP, Điều 56 khoản 4 điểm b",
    since="2025-07-01",
    term="thời hạn người bệnh bổ sung hồ sơ thanh toán trực tiếp",
)
def health_direct_supplement(scale: DossierScale) -> Term:
    """The patient brings what was asked for, from the letter's arrival."""
    return term_of(scale.health_direct_supplement)


def _by_matter(
    ending: str, *each: Versions[[DossierScale], Term]
) -> dict[str, Versions[[DossierScale], Term]]:
    return {one.id.removeprefix("dossier.").removesuffix(ending): one for one in each}


FILING = _by_matter(
    "_filing",
    versions(sickness_filing_2014, sickness_filing_2024),
    versions(maternity_filing_2014, maternity_filing_2024),
    versions(voluntary_maternity_filing),
    versions(convalescence_filing_2014, convalescence_filing_2024),
    versions(injury_convalescence_filing),
    versions(work_injury_filing),
    versions(survivors_filing_2014, survivors_filing_2024),
    versions(bridging_death_filing),
)
"""Nộp hồ sơ, kể từ sự kiện."""

OPENING = _by_matter(
    "_opening",
    versions(pension_opening_2014, pension_opening_2024),
    versions(one_time_opening),
)
"""Thời gian nộp trước thời điểm đủ điều kiện."""

FORWARDING = _by_matter(
    "_forwarding",
    versions(sickness_forwarding_2014, sickness_forwarding_2024),
    versions(maternity_forwarding_2014, maternity_forwarding_2024),
    versions(survivors_forwarding_2014, survivors_forwarding_2024),
)
"""Người sử dụng lao động chuyển hồ sơ, kể từ ngày nhận đủ giấy tờ."""

PAYING = _by_matter(
    "_paying",
    versions(injury_convalescence_paying_2014, injury_convalescence_paying_2015),
)
"""Người sử dụng lao động trả tiền, kể từ ngày nhận tiền."""

ASKING = _by_matter(
    "_asking",
    versions(health_direct_asking),
)
"""Cơ quan BHXH yêu cầu bổ sung, kể từ ngày nhận hồ sơ."""

SUPPLEMENT = _by_matter(
    "_supplement",
    versions(health_direct_supplement),
)
"""Người dân bổ sung, kể từ ngày được yêu cầu."""
