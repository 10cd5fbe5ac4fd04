"""Thời hạn giải quyết các chế độ ngắn hạn và tai nạn lao động: from the full dossier at the office."""

from ansinh.law.dossier.book import DossierScale
from ansinh.law.dossier.terms import Term, term_of
from ansinh.law.engine import Versions, provision, versions


@provision(
    "dossier.sickness",
    clause="58/2014/QH13, Điều 102 khoản 3 điểm a",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn giải quyết chế độ ốm đau",
)
def sickness_2014(scale: DossierScale) -> Term:
    """The office settles and pays sickness benefits within this time of the full dossier."""
    return term_of(scale.sickness)


@provision(
    "dossier.sickness",
    clause="41/2024/QH15, Điều 48 khoản 3",
    since="2025-07-01",
    term="thời hạn giải quyết chế độ ốm đau",
)
def sickness_2024(scale: DossierScale) -> Term:
    """The office settles sickness benefits within this time of the full dossier."""
    return term_of(scale.sickness)


@provision(
    "dossier.maternity_by_employer",
    clause="58/2014/QH13, Điều 102 khoản 3 điểm a",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn giải quyết chế độ thai sản do người sử dụng lao động nộp",
)
def maternity_by_employer_2014(scale: DossierScale) -> Term:
    """Maternity benefits of a dossier that the employer filed."""
    return term_of(scale.maternity_by_employer)


@provision(
    "dossier.maternity_by_employer",
    clause="41/2024/QH15, Điều 62 khoản 3",
    since="2025-07-01",
    term="thời hạn giải quyết chế độ thai sản do người sử dụng lao động nộp",
)
def maternity_by_employer_2024(scale: DossierScale) -> Term:
    """Maternity benefits of a dossier that the employer filed."""
    return term_of(scale.maternity_by_employer)


@provision(
    "dossier.maternity_by_person",
    clause="58/2014/QH13, Điều 102 khoản 3 điểm b",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn giải quyết chế độ thai sản do người lao động nộp",
)
def maternity_by_person_2014(scale: DossierScale) -> Term:
    """Maternity benefits of a person who left work before the birth or adoption and files alone."""
    return term_of(scale.maternity_by_person)


@provision(
    "dossier.maternity_by_person",
    clause="41/2024/QH15, Điều 62 khoản 3",
    since="2025-07-01",
    term="thời hạn giải quyết chế độ thai sản do người lao động nộp",
)
def maternity_by_person_2024(scale: DossierScale) -> Term:
    """Maternity benefits of a dossier that the person filed."""
    return term_of(scale.maternity_by_person)


@provision(
    "dossier.voluntary_maternity",
    clause="41/2024/QH15, Điều 97 khoản 2",
    since="2025-07-01",
    term="thời hạn giải quyết trợ cấp thai sản của BHXH tự nguyện",
)
def voluntary_maternity(scale: DossierScale) -> Term:
    """The maternity grant of voluntary insurance, which began with the law of 2024."""
    return term_of(scale.voluntary_maternity)


@provision(
    "dossier.convalescence",
    clause="58/2014/QH13, Điều 103 khoản 2",
    since="2016-01-01",
    until="2025-06-30",
    term="thời hạn giải quyết dưỡng sức sau ốm đau hoặc thai sản",
)
def convalescence_2014(scale: DossierScale) -> Term:
    """Convalescence after sickness or maternity, from the employer's list."""
    return term_of(scale.convalescence)


@provision(
    "dossier.convalescence",
    clause="41/2024/QH15, Điều 49 khoản 2, Điều 63 khoản 2",
    since="2025-07-01",
    term="thời hạn giải quyết dưỡng sức sau ốm đau hoặc thai sản",
)
def convalescence_2024(scale: DossierScale) -> Term:
    """Convalescence after sickness or maternity, from the employer's list."""
    return term_of(scale.convalescence)


@provision(
    "dossier.injury_convalescence",
    clause="58/2014/QH13, Điều 107 khoản 2",
    since="2016-01-01",
    until="2016-06-30",
    term="thời hạn giải quyết dưỡng sức sau TNLĐ-BNN",
)
def injury_convalescence_2014(scale: DossierScale) -> Term:
    """Convalescence after a work injury, until the law on safety at work."""
    return term_of(scale.injury_convalescence)


@provision(
    "dossier.injury_convalescence",
    clause="84/2015/QH13, Điều 60 khoản 2",
    since="2016-07-01",
    term="thời hạn giải quyết dưỡng sức sau TNLĐ-BNN",
)
def injury_convalescence_2015(scale: DossierScale) -> Term:
    """Convalescence after a work injury or occupational disease, from the employer's list."""
    return term_of(scale.injury_convalescence)


@provision(
    "dossier.work_injury",
    clause="58/2014/QH13, Điều 106 khoản 2",
    since="2016-01-01",
    until="2016-06-30",
    term="thời hạn giải quyết chế độ TNLĐ-BNN",
)
def work_injury_2014(scale: DossierScale) -> Term:
    """Work injuries and occupational diseases, until the law on safety at work."""
    return term_of(scale.work_injury)


@provision(
    "dossier.work_injury",
    clause="84/2015/QH13, Điều 59 khoản 2",
    since="2016-07-01",
    term="thời hạn giải quyết chế độ TNLĐ-BNN",
)
def work_injury_2015(scale: DossierScale) -> Term:
    """Work injuries and occupational diseases, first, again or relapsing."""
    return term_of(scale.work_injury)


SHORT_TERM: dict[str, Versions[[DossierScale], Term]] = {
    each.id.removeprefix("dossier."): each
    for each in (
        versions(sickness_2014, sickness_2024),
        versions(maternity_by_employer_2014, maternity_by_employer_2024),
        versions(maternity_by_person_2014, maternity_by_person_2024),
        versions(voluntary_maternity),
        versions(convalescence_2014, convalescence_2024),
        versions(injury_convalescence_2014, injury_convalescence_2015),
        versions(work_injury_2014, work_injury_2015),
    )
}
