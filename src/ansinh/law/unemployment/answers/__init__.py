"""Trả lời về bảo hiểm thất nghiệp: its calculators by their ids."""

from ansinh.law.unemployment.answers.benefits import (
    benefit,
    eligibility,
    employer_training,
    job_search_notice,
    training_fee,
    training_support,
)
from ansinh.law.unemployment.answers.preserving import preserve

__all__ = ["RULES"]

RULES = {
    "unemployment.benefit": benefit,
    "unemployment.preserve": preserve,
    "unemployment.job_search_notice": job_search_notice,
    "unemployment.training_support": training_support,
    "unemployment.employer_training": employer_training,
    "unemployment.eligibility": eligibility,
    "unemployment.training_fee": training_fee,
}
