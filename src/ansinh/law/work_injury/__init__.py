"""Chế độ tai nạn lao động, bệnh nghề nghiệp: benefits of the fund, of the voluntary scheme, of employers."""

from ansinh.law.work_injury.book import BOOK
from ansinh.law.work_injury.contracts import Contracts
from ansinh.law.work_injury.facts import Entitlement, Form

__all__ = ["BOOK", "Contracts", "Entitlement", "Form"]
