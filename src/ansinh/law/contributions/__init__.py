"""Đóng bảo hiểm xã hội, thất nghiệp, y tế, tai nạn lao động bắt buộc: by fund and payer, from 01/2016.

One person: `one_month` (every fact by name), `dues(facts, BOOK.on(month))`. A list of wages: `compulsory`.
The 14-day rule: `month_due`. Conscripts and students on subsistence pay: `trainee_steps`. A month's run over
columns: `ansinh.law.contributions.columns`. Figures: `parameters.yaml`, read as `BOOK`.

Not encoded: months before 2016; temporary suspension of the pension fund (Luật 58/2014 Điều 88); detention
and suspension from work. Several contracts at once: the flags `si`, `hi`, `ui`, `wi` say where that is.
"""

from ansinh.law.contributions.attendance import absent_working_days, month_due
from ansinh.law.contributions.bases import job_minimum
from ansinh.law.contributions.book import BOOK
from ansinh.law.contributions.compulsory import Compulsory, compulsory, one_month
from ansinh.law.contributions.dues import dues
from ansinh.law.contributions.facts import Dues, Facts, MonthDue
from ansinh.law.contributions.groups import PayKind, WorkerGroup
from ansinh.law.contributions.rates import unemployment_state_ceiling
from ansinh.law.contributions.trainees import TraineeStep, trainee_steps

__all__ = [
    "BOOK",
    "Compulsory",
    "Dues",
    "Facts",
    "MonthDue",
    "PayKind",
    "TraineeStep",
    "WorkerGroup",
    "absent_working_days",
    "compulsory",
    "dues",
    "job_minimum",
    "month_due",
    "one_month",
    "trainee_steps",
    "unemployment_state_ceiling",
]
