"""Điều ước quốc tế về bảo hiểm xã hội: the agreement between Viet Nam and Korea, in effect from 01/2024.

`certificate`: under whose law a worker sent to the other country stays, 60 months and 36 more. `totalised`:
months of both countries in the condition for a pension, each country paying for its own months.
Figures: `parameters.yaml`, read as `BOOK`; those of the agreement are `unverified`, its text is not at hand.

The part on benefits waits for a law of Viet Nam; 41/2024/QH15 Điều 8 khoản 4 is taken for that law, so months
are totalised from 07/2025; that both sides have declared it complete has not been seen. A certificate covers
pension and survivors insurance only: the other contributions of a Korean in Viet Nam stay due.
"""

from ansinh.law.coverage.book import BOOK
from ansinh.law.coverage.certificates import (
    Certificate,
    Country,
    Posting,
    Worker,
    certificate,
    certificate_months,
    count_from,
    home_country,
)
from ansinh.law.coverage.totalisation import Totalised, required_months, totalised

__all__ = [
    "BOOK",
    "Certificate",
    "Country",
    "Posting",
    "Totalised",
    "Worker",
    "certificate",
    "certificate_months",
    "count_from",
    "home_country",
    "required_months",
    "totalised",
]
