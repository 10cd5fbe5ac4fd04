"""Trả lời về tai nạn lao động, bệnh nghề nghiệp: its calculators by their ids."""

from ansinh.law.work_injury.answers.benefits import employer_payment, fund_benefit, voluntary_benefit

__all__ = ["RULES"]

RULES = {
    "work_injury.benefit": fund_benefit,
    "work_injury.voluntary_benefit": voluntary_benefit,
    "work_injury.employer_payment": employer_payment,
}
