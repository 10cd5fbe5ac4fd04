"""Ai vào được đâu: what is right, address by address. Written by hand against the decisions of the office.

A row says which roles may enter (`who`), at what the right is asked (`at`), and what is answered then. What
follows for a seat is worked out in `test_matrix.py`: nobody signed in is sent to sign in; somebody from
outside, or an officer without the role anywhere, is refused (403); a role held elsewhere finds nothing (404).

Roles by a letter: r reception, c collection, b benefits, h health review, f finance, k checks, p planning,
d director, a administrator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.web.doors.scene import MONTH, Place

from ansinh.office import documents
from ansinh.office.cases import services as cases

ROLES = {
    "r": "reception", "c": "collection", "b": "benefits", "h": "health_review", "f": "finance",
    "k": "checks", "p": "planning", "d": "director", "a": "administrator",
}  # fmt: skip
EVERYBODY = "rcbhfkpda"
OFFICERS = "rcbhfkpd"
JANUARY = str(MONTH)
Kwargs = Callable[[Place], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """Một địa chỉ: `get` and `post` are the status for who may; 405 where the page takes no such request.

    `at`: "object" (named by the address, exists at A, B and C), "anywhere" (shows what is in reach),
    "province" (a page of whole provinces: a role at a base office finds nothing).
    `also`: further roles that must be held at the same object, as a second right.
    """

    who: str = EVERYBODY
    at: str = "anywhere"
    name: Kwargs | None = None
    get: int = 200
    post: int = 405
    query: str = ""
    data: Kwargs = field(default=lambda _place: {})
    also: str = ""
    signed_in: bool = False
    public: bool = False
    stranger: int = 0
    """Of a public page: status for nobody signed in, where it differs."""
    outside: int = 0
    """Of a page that is everybody's: status for somebody from outside, where it differs."""
    outside_post: int = 0
    """What the same answers to a POST that the page does not take, where it looks for the thing first."""
    others: int = 403
    """Status for an officer who has none of the roles, where the page itself says no."""


def _pk(of: Callable[[Place], Any], **more: Any) -> Kwargs:
    return lambda place: {"pk": of(place).pk, **more}


def person(**more: Any) -> Kwargs:
    return _pk(lambda p: p.people["one"], **more)


def employer(which: str = "paying", **more: Any) -> Kwargs:
    return _pk(lambda p: p.employers[which], **more)


def declaration(state: str) -> Kwargs:
    return _pk(lambda p: p.declarations[state])


def receipt(state: str) -> Kwargs:
    return _pk(lambda p: p.receipts[state])


def refund(which: str) -> Kwargs:
    return _pk(lambda p: p.refunds[which])


def case(**more: Any) -> Kwargs:
    return _pk(lambda p: cases.of_thing("declaration", p.declarations["draft"].pk), **more)


def household(place: Place) -> dict[str, Any]:
    return {"pk": place.household.pk if place.household else 0}


def member(place: Place) -> dict[str, Any]:
    return {**household(place), "person": place.people["pensioner"].pk}


def version(which: str) -> Kwargs:
    return _pk(lambda p: getattr(p, which))


def _of(kwargs: Mapping[str, Any]) -> Kwargs:
    return lambda _place: dict(kwargs)


SELF = Row(signed_in=True)
READERS = "cfkd"
PEOPLE = "rcbhkd"
EMPLOYERS = "rcbkdf"
STATEMENTS = "bcfkd"
BOTH = STATEMENTS  # the gate asks for the right to statements; `also` asks for people
REPORTS = "cfkdp"
DECLARATIONS = "rcfkd"
TARGETS = "rcbhfkpd"
CASES = "rcfd"
PLANNERS = "pd"

ROWS: dict[str, Row] = {
    # signing in: everybody's own
    "security_txt": Row(public=True, get=404, post=404),  # no contact is set here
    # asked from this machine, as every seat of these tests is; no worker gives a sign of life here
    "healthz": Row(public=True),
    "readyz": Row(public=True, get=503),
    "metrics": Row(public=True),
    "account_login": Row(public=True, get=302, stranger=200, post=302),
    "account_logout": Row(public=True, get=200, stranger=302, post=302),
    "account_inactive": Row(public=True),
    "account_signup": Row(public=True, get=302, post=302),
    "account_reauthenticate": Row(signed_in=True, post=200),
    "account_change_password": Row(signed_in=True, post=200),
    "mfa_authenticate": Row(public=True, get=302, post=302),
    "mfa_reauthenticate": Row(signed_in=True, outside=302, post=200),
    "mfa_activate_totp": Row(public=True, get=302, outside=200, post=302),
    "invitation": Row(public=True, get=404, post=404),
    "invitation_link": Row(public=True, name=_of({"token": "khong-co"}), get=200, stranger=404),
    "mfa_view_recovery_codes": Row(signed_in=True, outside=404),  # nobody from outside has any here
    "mfa_generate_recovery_codes": Row(signed_in=True, post=302),
    "mfa_download_recovery_codes": Row(signed_in=True, outside=404, outside_post=404),
    "mfa_index": Row(signed_in=True, get=302, post=302),
    "mfa_deactivate_totp": Row(signed_in=True, get=302, post=302),
    "preferences": Row(signed_in=True, post=302),
    "sessions": Row(signed_in=True, post=404),  # which session is to end is not said
    "language": Row(public=True, get=405, post=302),
    "home": Row(signed_in=True),
    # what is nobody's
    "ui": Row(post=200),
    "ui_table": Row(post=200),
    "ui_job": Row(),
    "ui_form": Row(post=200),
    "calculators": Row(OFFICERS),
    "calculator": Row(OFFICERS, name=_of({"name": "contribution.compulsory"}), post=422),
    # work: whoever has no queue is told so; a queue one has not is not there
    "work": Row("rcfkda", get=302, others=200),
    "work_queue:rights": Row("ad", name=_of({"queue": "quyen-cho-dong-y"}), others=404),
    "work_queue": Row(DECLARATIONS, name=_of({"queue": "cua-phong"}), others=404),
    "work_queue:receipts": Row("cf", name=_of({"queue": "tien-cho-khop"}), others=404),
    "work_queue:refunds": Row("cf", name=_of({"queue": "hoan-tra-xac-dinh"}), others=404),
    "work_queue:approve": Row("d", name=_of({"queue": "hoan-tra-cho-duyet"}), others=404),
    "search": Row("rcbkdhfp", post=200),
    # cases: whoever reads one but does not do its step is told so, and nothing happens
    "cases": Row(CASES),
    "cases_waiting": Row(CASES),
    "cases_done": Row(CASES),
    "case_next": Row(CASES, get=405, post=302),
    "case": Row(CASES, "object", case()),
    "case_take": Row(CASES, "object", case(), get=405, post=302),
    "case_assign": Row("d", "object", case(), get=405, post=200),
    "case_release": Row(CASES, "object", case(), get=405, post=200),
    "case_wait": Row(CASES, "object", case(), get=405, post=200),
    "case_resume": Row(CASES, "object", case(code="supplement"), get=405, post=200),
    "case_question": Row(CASES, "object", case(code="errors"), get=405, post=200),
    "case_approve": Row(CASES, "object", case(code="check"), get=405, post=302),
    "case_confirm": Row(CASES, "object", case(code="check"), get=405, post=302),
    "case_return": Row(CASES, "object", case(code="check"), get=405, post=200),
    # shown to whoever reads the case: what it would do, or why they may not; nothing is done without a reason
    "case_stop": Row(CASES, "object", case(), post=200),
    "case_withdraw": Row(CASES, "object", case(), post=200),
    "case_withdraw_agree": Row(CASES, "object", case(), post=200),
    "case_withdraw_refuse": Row(CASES, "object", case(), post=200),
    "case_reopen": Row(CASES, "object", case(), post=200),
    "case_hand_over": Row(CASES, "object", case(), post=200),
    "case_people": Row("da"),
    "case_stand_in": Row("d", get=405, post=200),
    "case_stand_in_end": Row("d", "object", _pk(lambda p: p.stand_in), get=405, post=302),
    "case_bar": Row("da", get=405, post=200),
    "case_bar_lift": Row("da", "object", _pk(lambda p: p.bar), get=405, post=302),
    # people
    "people": Row(PEOPLE),
    "person": Row(PEOPLE, "object", person()),
    "person_calculator": Row(PEOPLE, "object", person(name="retirement.age"), post=422),
    "tk1": Row("c", "object", person(), post=200),
    "tk1_new": Row("c", post=200),
    "household_begin": Row("c", "object", person(), get=405, post=302),
    "household": Row(PEOPLE, "object", household),
    "household_add": Row("c", "object", household, post=200),
    "household_settle": Row("c", "object", household, post=200),
    "household_relate": Row("c", "object", member, post=302, data=_of({"relation": "parent"})),
    "household_remove": Row("c", "object", member, post=302),
    # employers
    "employers": Row(EMPLOYERS),
    "employer": Row(EMPLOYERS, "object", employer()),
    "employer_status": Row("c", "object", employer(), post=200),
    "tk3": Row("c", "object", employer(), post=200),
    "tk3_new": Row("c", post=200),
    # declarations
    "declarations": Row(DECLARATIONS),
    "declaration_upload": Row("rc", post=200),
    "declaration_grid_start": Row("rc", post=200),
    "declaration_grid": Row("rc", "object", employer(), post=200),
    "declaration": Row(DECLARATIONS, "object", declaration("checked")),
    "declaration_check": Row("rc", "object", declaration("checked"), get=405, post=302),
    "declaration_book": Row("cd", "object", declaration("checked"), post=302),
    "declaration_return": Row("rc", "object", declaration("draft"), post=200, data=_of({"reason": "Thiếu"})),
    "declaration_errors": Row(DECLARATIONS, "object", declaration("draft")),
    "declaration_file": Row(DECLARATIONS, "object", declaration("booked")),
    "document": Row(DECLARATIONS, "object", _pk(lambda p: documents.of("declaration", p.declarations["booked"].pk))),
    # money
    "receipts": Row(READERS),
    "receipt": Row(READERS, "object", receipt("suspense"), post=302),
    "receipt_upload": Row("f", post=200),
    "receipt_file": Row(READERS, "object", _pk(lambda p: p.bank_file)),
    "receipt_file_confirm": Row("fd", "object", _pk(lambda p: p.waiting), get=405, post=302),
    "receipt_file_refuse": Row("fd", "object", _pk(lambda p: p.waiting), get=405, post=302,
                               data=_of({"reason": "Sai"})),
    "refunds": Row(READERS),
    "refund": Row(READERS, "object", refund("person")),
    "refund_prepare": Row("cf", post=200),
    "refund_assess": Row("cf", "object", refund("unassessed"), get=405, post=200),
    "refund_approve": Row("d", "object", refund("employer"), get=405, post=200),
    "refund_refuse": Row("d", "object", refund("person"), get=405, post=302, data=_of({"reason": "Sai"})),
    # months and papers
    "runs": Row(REPORTS),
    "run": Row(REPORTS, "province-object", _pk(lambda p: p.run)),
    "run_progress": Row(REPORTS, "province-object", _pk(lambda p: p.run)),
    "measure_start": Row("cfd", "province", get=405, post=302, data=_of({"month": JANUARY})),
    "all_runs": Row(REPORTS),
    "run_retry": Row("cfd", "province-object", _pk(lambda p: p.run), get=405, post=302),
    "run_cancel": Row("cfd", "province-object", _pk(lambda p: p.run), post=200),
    "run_start": Row("cfd", "province", get=405, post=302, data=_of({"month": JANUARY})),
    "month_close_rows": Row("d", "province", lambda _p: {"code": "collection.lists_draft"},
                            query=f"?month={JANUARY}"),
    "month_close": Row("d", "province", query=f"?month={JANUARY}", post=302,
                       data=_of({"month": JANUARY, "confirmed": "1"})),
    "urge": Row("c", query=f"?month={JANUARY}", post=302, data=_of({"month": JANUARY, "confirmed": "1"})),
    "statement": Row(STATEMENTS, "object", employer(month=JANUARY)),
    "paper:c12": Row(STATEMENTS, "object", employer(month=JANUARY, form="c12", kind="pdf")),
    "paper:c12x": Row(STATEMENTS, "object", employer(month=JANUARY, form="c12", kind="xlsx")),
    "paper:d09": Row(BOTH, "object", employer(month=JANUARY, form="d09", kind="pdf"), also="rcbhkd"),
    "paper:c69a": Row(BOTH, "object", employer(month=JANUARY, form="c69a", kind="xlsx"), also="rcbhkd"),
    "paper:c83a": Row(BOTH, "object", employer(month=JANUARY, form="c83a", kind="xlsx"), also="rcbhkd"),
    "paper:01-dd": Row(STATEMENTS, "object", employer("late", month=JANUARY, form="01-dd", kind="pdf")),
    "statements": Row(STATEMENTS, name=_of({"month": JANUARY})),
    "statements_batch": Row(STATEMENTS, name=_of({"month": JANUARY}), post=200, data=_of({"everything": "1"})),
    "reports": Row(REPORTS),
    "report:b10a": Row(REPORTS, name=_of({"month": JANUARY, "form": "b10a"})),
    "report:d15": Row(REPORTS, name=_of({"month": JANUARY, "form": "d15"})),
    "ledger": Row("fd", "province"),
    "numbers": Row("kda"),
    "readings": Row("a", post=200),  # a number is posted, never asked in the address
    # administration
    "administration": Row("ad"),
    "admin_accounts": Row("a"),
    "admin_account_open": Row("a", post=200),
    "admin_account": Row("a", "object", _pk(lambda p: p.account_of["staff"])),
    "admin_account_act": Row("a", "object", _pk(lambda p: p.account_of["staff"], name="phien"), post=302),
    "admin_role_propose": Row("a", "object", _pk(lambda p: p.account_of["staff"]), post=200),
    "admin_mandate_propose": Row("a", "object", _pk(lambda p: p.account_of["outside"]), post=200),
    "admin_roles": Row("ad"),
    "admin_mandates": Row("ad"),
    "admin_right": Row("ad", "object", _pk(lambda p: p.role, kind="vai-tro")),
    "admin_right:mandate": Row("ad", "object", _pk(lambda p: p.mandate, kind="uy-quyen")),
    "admin_right_grant": Row("ad", "object", _pk(lambda p: p.role, kind="vai-tro"), get=405, post=200),
    "admin_right_refuse": Row("ad", "object", _pk(lambda p: p.role, kind="vai-tro"), get=405, post=200),
    "admin_right_end": Row("a", "object", _pk(lambda p: p.role, kind="vai-tro"), get=405, post=200),
    "admin_units": Row("ad"),
    "admin_unit": Row("ad", "object", _pk(lambda p: p.office)),
    "admin_unit_edit": Row("a", "object", _pk(lambda p: p.office), post=200),
    "admin_collecting_propose": Row("a", "object", _pk(lambda p: p.office), post=200),
    "admin_collecting": Row("ad", "object", _pk(lambda p: p.proposed)),
    "admin_collecting_confirm": Row("ad", "object", _pk(lambda p: p.proposed), get=405, post=200),
    "admin_collecting_refuse": Row("ad", "object", _pk(lambda p: p.proposed), get=405, post=200),
    "admin_collecting_end": Row("a", "object", _pk(lambda p: p.proposed), get=405, post=200),
    "admin_calendar": Row("a", "province"),
    "admin_calendar_announce": Row("a", "province", post=200),
    "admin_alerts": Row("a"),
    "admin_alert": Row("a", "object", _pk(lambda p: p.alert), post=200),
    # targets
    "targets": Row(TARGETS),
    "targets_eras": Row(TARGETS),
    "targets_published": Row(TARGETS),
    "targets_checks": Row(TARGETS),
    "target_plans": Row(TARGETS, post=200),
    "target_plan": Row(TARGETS, "object", _pk(lambda p: p.plan), post=200),
    "target_version": Row(TARGETS, "object", version("draft")),
    "target_changes": Row(TARGETS, "object", version("draft")),
    "target_sheet": Row(TARGETS, "object", version("draft")),
    "target_allocate": Row(PLANNERS, "object", version("draft"), post=200),
    "target_upload": Row(PLANNERS, "object", version("draft"), post=200),
    "target_decide": Row(PLANNERS, "object", version("draft"), get=405, post=302),
    "target_drop": Row(PLANNERS, "object", version("draft"), post=302),
}  # fmt: skip

EXPORTS = (
    "work_queue", "cases", "cases_waiting", "cases_done", "people", "employers", "employer", "household", "declarations", "declaration", "receipts",
    "receipt_file", "refunds", "statements", "reports", "readings", "numbers", "targets", "target_plans",
    "target_version", "admin_accounts", "admin_roles",
)  # fmt: skip
"""Pages whose table can be had as a workbook (`?export=xlsx`): whoever may read the page, and the same people."""
REPORTS_OF_EMPLOYERS = ("C69b-HD", "C83b-HD", "B03-TS", "B04-TS", "B01-TS", "B06-TS")
ROWS |= {f"{key}:export": replace(ROWS[key], query="?export=xlsx") for key in EXPORTS}
ROWS |= {
    f"reports:{code}{export}": replace(ROWS["reports"], query=f"?mau={code}{export}")
    for code in REPORTS_OF_EMPLOYERS
    for export in ("", "&export=xlsx")
}
