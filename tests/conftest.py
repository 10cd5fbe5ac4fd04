"""What every test may ask for: a database of its own run, a browser, an officer signed in, axe, pictures."""

from __future__ import annotations

import os

os.environ["ANSINH_PROFILE"] = "test"
# Playwright's sync API keeps an event loop in this thread; Django must not take the tests for async code
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from psycopg import sql
from tests import template

from ansinh.config import browser as chromium

SCREENS = Path("var") / "screens"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PASSWORD = "Lang-Son-2026-thu"

# one profile for every property: the same examples each time and everywhere, and no clock
hypothesis.settings.register_profile("ansinh", derandomize=True, database=None, deadline=None)
hypothesis.settings.load_profile("ansinh")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests need Chromium; keep those of one file in one worker, so that it is started once.

    Modules with a `shared_record` come last: what migrations wrote is gone when theirs is emptied.
    """
    items.sort(key=lambda item: "shared_record" in getattr(item, "fixturenames", ()))
    missing = pytest.mark.skip(reason="no Chromium on this machine")
    found = chromium.find()
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not found:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """A test database per run, so that two runs on one server do not meet; those of killed runs are dropped.

    The owner makes it, as a copy of one that is migrated.
    """
    from django.conf import settings
    from django.db import connections

    from ansinh.config import database

    connection = connections["default"]
    connection.settings_dict.update(
        {name: settings.DATABASE_ROLES[database.OWNER][name] for name in database.IDENTITY}
    )
    base = f"test_{settings.DATABASES['default']['NAME']}_run"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [base + "%"])
        for (name,) in cursor.fetchall():
            pid = name.removeprefix(base).split("_")[0]
            if pid.isdigit() and not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists():
                cursor.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )
    test = connection.settings_dict["TEST"]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    test["NAME"] = f"{base}{os.getpid()}" + (f"_{worker}" if worker else "")
    with django_db_blocker.unblock():
        test["TEMPLATE"] = template.ready(connection)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tests run as the application's role; only emptying the tables between them is the owner's."""
    from django.conf import settings
    from django.core.management.commands import flush
    from django.db import connections

    from ansinh.config import database

    connection = connections["default"]
    owned = flush.Command.handle

    def as_owner(command: Any, **options: Any) -> None:
        with database.as_owner():
            owned(command, **options)
            # the queue's tables are no model's that Django would empty; this test may have a connection of its own
            with connections["default"].cursor() as cursor:
                cursor.execute(
                    "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE"
                )

    def become(role: str) -> None:
        connection.close()
        connection.settings_dict.update(
            {name: settings.DATABASE_ROLES[role][name] for name in database.IDENTITY}
        )

    with django_db_blocker.unblock():
        with connection.cursor() as cursor:  # nothing of a test need outlast a failure of the machine
            name = sql.Identifier(connection.settings_dict["NAME"])
            cursor.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(name))
        become(database.APP)
    flush.Command.handle = as_owner
    yield
    flush.Command.handle = owned
    with django_db_blocker.unblock():
        become(database.OWNER)


@pytest.fixture(scope="module")
def shared_record(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a module's fixture makes is committed for all its tests and emptied after the last of them.

    For books that are dear to make and only read: each test asks for `db` too, so that its own changes are
    undone. Such a module has no test with transactions.
    """
    from django.core.management import call_command

    with django_db_blocker.unblock():
        yield
        call_command(
            "flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=False
        )


@pytest.fixture(scope="module")
def owner(django_db_setup: None) -> Iterator[None]:
    """The tests of a module that change the schema, as the demonstration's loading does, run as the owner."""
    from ansinh.config import database

    with database.as_owner():
        yield


@pytest.fixture(scope="session", autouse=True)
def documents_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Documents of tests lie in a folder of their own."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("documents")
    settings.DOCUMENTS = str(folder)
    yield folder
    settings.DOCUMENTS = ""


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Any]:
    """One headless Chromium for the session."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        args = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=args)
        yield launched
        launched.close()


@pytest.fixture
def page(chromium_browser: Any, live_server: Any) -> Iterator[Any]:
    """A page of a fresh visitor; it fails the test on a script error or anything the CSP refuses."""
    context = chromium_browser.new_context(
        base_url=live_server.url, viewport=DESKTOP, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None,
    )
    opened.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status >= 500 else None)
    opened.set_default_timeout(10_000)
    yield opened
    context.close()
    assert wrong == []


def current_code(user: Any) -> str:
    """The time code on an officer's phone now; a used one may be used again in a test."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
    from allauth.mfa.utils import decrypt

    from ansinh.office.models import UsedStep

    UsedStep.objects.filter(user=user).delete()
    held = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return str(format_hotp_value(hotp_value(decrypt(held.data["secret"]), int(time.time()) // 30)))


@pytest.fixture
def officer(db: None) -> Callable[..., Any]:
    """`officer("collection")`: a staff account with that role over a province and a second factor."""
    from allauth.mfa.totp.internal.auth import TOTP

    from ansinh.office.models import RoleAssignment, Unit, User

    def open_account(role: str, *, enrolled: bool = True, unit: Any = None) -> Any:
        province = unit or Unit.objects.filter(kind="province").order_by("pk").first()
        if province is None:
            province = Unit.objects.create(
                kind="province", code="20", name="BHXH tỉnh Lạng Sơn", name_fold="bhxh tinh lang son",
                name_sort="bhxh tinh lang son", path="/", valid_from=date(1995, 1, 1),
            )  # fmt: skip
            province.path = f"/{province.pk}/"
            province.save(update_fields=["path"])
        user = User.objects.create_user(
            username=f"{role}.ls", password=PASSWORD, full_name="Hoàng Thị Mai", kind="staff"
        )
        RoleAssignment.objects.create(
            user=user,
            role=role,
            unit=province,
            valid_from=date(2026, 1, 1),
            decision="12/QĐ-BHXH",
            state="granted",
        )
        if enrolled:
            TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        return user

    return open_account


@pytest.fixture
def staff_client(client: Any, officer: Callable[..., Any]) -> Callable[..., Any]:
    """`staff_client("collection")`: Django's test client with password and second factor already shown."""

    def sign_in(role: str = "collection", *, user: Any = None) -> Any:
        from allauth.account.internal.flows.login import (
            _AUTHENTICATION_METHODS_USER_SESSION_KEY,
            AUTHENTICATION_METHODS_SESSION_KEY,
        )

        account = user or officer(role)
        client.force_login(account)
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(account.pk)
        session.save()
        return client

    return sign_in


@pytest.fixture
def staff_page(page: Any, officer: Callable[..., Any]) -> Callable[..., Any]:
    """`staff_page("collection")`: a browser page signed in through password and time code."""

    def sign_in(role: str = "collection", *, user: Any = None) -> Any:
        account = user or officer(role)
        page.goto("/account/login/")
        page.get_by_label("Tên đăng nhập").fill(account.username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_label("Mã xác thực").fill(current_code(account))
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_role("button", name="Đăng xuất").wait_for()
        return page

    return sign_in


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)`: no violation of WCAG 2.2 AA, on the whole page or within a selector."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Any, within: str | None = None) -> None:
        found = Axe().run(
            page,
            context=within,
            options={"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG}},
        )
        said = [
            f"{v['id']} ({v['impact']}): {v['help']}\n    "
            + "\n    ".join(n["html"][:300] for n in v["nodes"][:4])
            for v in found.response["violations"]
        ]
        assert not said, page.url + "\n" + "\n".join(said)

    return check


@pytest.fixture
def screenshot() -> Callable[..., None]:
    """`screenshot(page, "work")`: pictures at desk and phone width under var/screens/; no sideways scroll."""

    def take(page: Any, name: str, *, full: bool = True) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        for size, viewport in (("phone", PHONE), ("desktop", DESKTOP)):
            page.set_viewport_size(viewport)
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            page.screenshot(path=SCREENS / f"{name}-{size}.png", full_page=full)
            assert wide <= 0, f"{name} at {size}: {wide} px wider than the window"

    return take
