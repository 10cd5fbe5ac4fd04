"""Deny by default: every address carries a rule, and the gate keeps each rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from tests.collection.declarations.scenery import Scenery

from ansinh.office.models import Reading, RoleAssignment, User
from ansinh.office.rights import Denied, verbs
from ansinh.web.gate import GUARDED_ELSEWHERE, GateMiddleware, Rule, is_guarded_elsewhere, rule, rule_of

KNOWN_VERBS = frozenset(verbs())


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def test_every_address_has_a_rule() -> None:
    bare = [
        str(p.pattern)
        for p in patterns()
        if not is_guarded_elsewhere(p.callback) and rule_of(p.callback) is None
    ]
    assert bare == []


def test_every_verb_is_one_somebody_may_hold() -> None:
    asked = {r.verb for p in patterns() if (r := rule_of(p.callback)) and r.verb}
    assert asked <= KNOWN_VERBS


def test_public_addresses_are_these() -> None:
    public = {p.name for p in patterns() if (r := rule_of(p.callback)) and r.public}
    # the steps of signing in, of signing out, and of an invitation; each asks for what came before it
    assert public == {
        "account_login",
        "account_signup",
        "account_logout",
        "account_inactive",
        "mfa_authenticate",
        "mfa_activate_totp",
        "invitation",
        "invitation_link",
        "language",
        "security_txt",
        # for this machine, or with a token: the view itself says no to others
        "healthz",
        "readyz",
        "metrics",
    }


def test_second_factor_is_waived_only_to_show_it() -> None:
    waived = {
        p.name for p in patterns() if (r := rule_of(p.callback)) and not r.public and not r.second_factor
    }
    assert waived == {"mfa_reauthenticate"}


def test_packages_that_guard_themselves_are_named() -> None:
    assert all(name.startswith(("allauth.", "django.")) for name in GUARDED_ELSEWHERE)
    assert not any(name.startswith("ansinh") for name in GUARDED_ELSEWHERE)


@pytest.mark.parametrize(
    "wrong", [{}, {"verb": "person.read", "public": True}, {"signed_in": True, "public": True}]
)
def test_a_rule_is_one_thing(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a rule is"):
        Rule(**wrong)


def test_a_view_without_rule_is_refused() -> None:
    gate = GateMiddleware(lambda request: HttpResponse())
    with pytest.raises(PermissionDenied):
        gate.process_view(RequestFactory().get("/"), lambda request: HttpResponse("secret"), (), {})


def test_a_rule_on_a_class_counts() -> None:
    from django.views import View

    @rule(signed_in=True)
    class Page(View):
        pass

    assert rule_of(Page.as_view()) == Rule(signed_in=True)


@pytest.mark.django_db
class TestAnswers:
    def test_stranger_is_sent_to_sign_in_and_back(self, client: Any) -> None:
        answer = client.get("/ui/?only=field")
        assert answer.status_code == 302
        assert answer["Location"] == "/account/login/?next=%2Fui%2F%3Fonly%3Dfield"

    def test_fragment_moves_the_whole_page(self, client: Any) -> None:
        answer = client.get(
            "/ui/job/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/ui/?only=x"
        )
        assert answer["HX-Redirect"] == "/account/login/?next=%2Fui%2F%3Fonly%3Dx"

    def test_verb_held(self, staff_client: Callable[..., Any]) -> None:
        assert staff_client("collection").get("/ui/job/").status_code == 200

    def test_verb_not_held(self, staff_client: Callable[..., Any], officer: Callable[..., Any]) -> None:
        user = officer("collection")
        RoleAssignment.objects.filter(user=user).update(valid_to=date(2026, 2, 1))
        answer = staff_client(user=user).get("/ui/job/")
        assert answer.status_code == 403
        text = answer.content.decode()
        assert "Việc này chưa được giao" in text
        assert "has not been given this task" in text

    def test_password_alone_is_not_enough_for_staff(self, client: Any, officer: Callable[..., Any]) -> None:
        client.force_login(officer("collection"))
        assert client.get("/ui/")["Location"] == "/account/code/confirm/?next=%2Fui%2F"

    def test_staff_without_second_factor_must_be_invited(
        self, client: Any, officer: Callable[..., Any]
    ) -> None:
        client.force_login(officer("collection", enrolled=False))
        assert client.get("/ui/")["Location"] == "/account/code/activate/?next=%2Fui%2F"
        assert client.get("/account/code/activate/").status_code == 403

    def test_who_sent_a_form_returns_to_its_page(self, client: Any) -> None:
        """Possible before: the way back led to an address that takes only what is sent, and answered 405."""
        sent = client.post("/ui/job/", HTTP_REFERER="http://testserver/ui/form/?draft=1")
        assert sent["Location"] == "/account/login/?next=%2Fui%2Fform%2F%3Fdraft%3D1"
        foreign = client.post("/ui/job/", HTTP_REFERER="https://evil.example/ui/form/")
        assert foreign["Location"] == "/account/login/?next=%2F"

    def test_citizen_needs_no_second_factor_and_gets_no_staff_page(self, client: Any) -> None:
        citizen = User.objects.create_user(username="dan", full_name="Lý A Sìn", kind="outside")
        client.force_login(citizen)
        assert client.get("/account/preferences/").status_code == 200
        assert client.get("/ui/").status_code == 403

    def test_a_mandate_opens_no_officers_page_and_the_first_page_says_whom_it_is_for(
        self, client: Any
    ) -> None:
        """A clerk's right to read the own workers is no way into the officers' page of a person."""
        scene = Scenery()
        employer, person = scene.employer("Xưởng May Lụa"), scene.person()
        scene.works(person, employer)
        client.force_login(scene.clerk(employer).user)
        for address in (f"/don-vi/{employer.pk}/", f"/nguoi/{person.pk}/", "/nguoi/", "/don-vi/"):
            assert client.get(address).status_code == 403
        text = client.get("/").content.decode()
        assert "Xưởng May Lụa" in text
        assert "Người làm bảo hiểm của đơn vị" in text
        assert Reading.objects.filter(
            look__outcome="refused", look__user__username__startswith="clerk"
        ).exists()
        assert Reading.objects.filter(
            subject="employer", subject_id=employer.pk, look__purpose="own"
        ).exists()

    def test_inactive_account_is_a_stranger(self, client: Any, officer: Callable[..., Any]) -> None:
        user = officer("collection")
        client.force_login(user)
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert "/account/login/" in client.get("/ui/")["Location"]

    def test_a_service_that_refuses_answers_403(
        self, staff_client: Callable[..., Any], monkeypatch: Any
    ) -> None:
        from ansinh.web.staff.stories import pages as stories

        def refuse(*_args: Any, **_kwargs: Any) -> None:
            raise Denied("month.close")

        monkeypatch.setattr(stories, "sample_job", refuse)
        assert staff_client("collection").get("/ui/job/").status_code == 403

    def test_unknown_page_says_so_in_two_languages(self, client: Any) -> None:
        answer = client.get("/khong-co/")
        assert answer.status_code == 404
        assert "Không tìm thấy trang" in answer.content.decode()
        assert "outside your scope" in answer.content.decode()

    def test_failure_page_needs_nothing(self, client: Any) -> None:
        from django.template.loader import render_to_string

        text = render_to_string("500.html")
        assert "chưa được ghi" in text
        assert "nothing was saved" in text

    def test_nothing_inline_in_a_page(self, staff_client: Callable[..., Any]) -> None:
        text = staff_client("collection").get("/ui/table/").content.decode()
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<script>" not in text
