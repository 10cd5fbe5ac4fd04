"""What no page should have to think of: NUL bytes, encodings, sizes, keys no database holds, headers of answers.

A NUL byte in a search, a field or a cookie was an error of the site (500), and so was a charset of the
caller's choice; a hundred megabytes were read from anybody before they were refused.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.conf import settings as in_force
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from ansinh.web.shield import STRANGERS_BODY, UPLOAD_BODY, Site

PAGE = "/account/login/"
FORM = "application/x-www-form-urlencoded"

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def clerk(visitor: Client) -> Client:
    from ansinh.office.models import User

    user = User.objects.create_user("linh.dn", password="x", full_name="Vi Thị Linh", kind="employer")
    visitor.force_login(user)
    return visitor


def is_our_400(answer: Any) -> bool:
    if answer.status_code != 400:
        return False
    text = answer.content.decode()
    return "Yêu cầu không đọc được" in text and answer.headers["X-Request-ID"] in text


@pytest.mark.parametrize("path", [PAGE + "%00", "/%00", "/account/%00/login/", "/static/%00.css"])
def test_nul_in_the_address(visitor: Client, path: str) -> None:
    assert is_our_400(visitor.get(path))


@pytest.mark.parametrize("query", ["q=%00", "%00=q", "q=a%00b", "next=/%00"])
def test_nul_in_the_query(visitor: Client, query: str) -> None:
    assert is_our_400(visitor.get(f"{PAGE}?{query}"))


@pytest.mark.parametrize("name", ["login", "password", "any", "a\0b"])
def test_nul_in_a_form(visitor: Client, name: str) -> None:
    assert is_our_400(visitor.post(PAGE, {name: "a\0b"}))
    assert is_our_400(visitor.post(PAGE, f"{name}=a%00b".replace("\0", "%00"), content_type=FORM))


def test_nul_in_the_name_of_a_file(visitor: Client) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="f\0"; filename="a.xlsx"\r\n\r\nx\r\n--x--\r\n'
    assert is_our_400(visitor.post(PAGE, body, content_type="multipart/form-data; boundary=x"))


def test_nul_in_a_cookie(visitor: Client) -> None:
    """Quoted cookies may spell it in octal; the session was then looked up with it in the database."""
    assert is_our_400(visitor.get("/", HTTP_COOKIE=f'{in_force.SESSION_COOKIE_NAME}="abcdefgh\\000ijkl"'))


def served(kind: str, *, query: str = "", body: bytes = b"login=a", method: str = "POST") -> str:
    """The status that the application as served answers to a form sent to the sign-in page."""
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD=method, PATH_INFO=PAGE, QUERY_STRING=query, CONTENT_TYPE=kind,
        CONTENT_LENGTH=str(len(body)), **{"wsgi.input": io.BytesIO(body)},
    )  # fmt: skip
    told: list[str] = []
    answer = Site()(environ, lambda status, _headers: told.append(status))
    assert b"</html>" in b"".join(answer)
    return told[0]


@pytest.mark.parametrize(
    "kind",
    [
        f"{FORM}; charset*=nowhere''a",
        f"{FORM}; charset*=base64''a",
        f"{FORM}; a*=idna'%FF'%FF",
        "\xff; charset=\xff",
    ],
)
def test_a_kind_of_body_that_cannot_be_read(kind: str) -> None:
    assert served(kind).startswith("400 ")


def test_too_many_fields_with_a_charset() -> None:
    """Django reads the query while it makes a request that names a charset, outside what answers 400."""
    query = "&" * in_force.DATA_UPLOAD_MAX_NUMBER_FIELDS + "a=1"
    assert served(f"{FORM}; charset=utf-8", query=query, body=b"", method="GET").startswith("400 ")


@pytest.mark.parametrize("charset", ["utf-16", "base64", "rot13", "idna", "punycode", "latin-1", "none"])
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x", "text/plain"])
def test_another_charset(visitor: Client, charset: str, kind: str) -> None:
    assert served(f"{kind}; charset={charset}", query="next=/a").startswith("400 ")
    if charset in {"utf-16", "latin-1", "none"}:  # the others end Django's own test client
        assert is_our_400(
            visitor.generic("POST", PAGE, b"login=a", content_type=f"{kind}; charset={charset}")
        )


@pytest.mark.parametrize(
    "body", [b"", b"--x", b"--x\r\n\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\n"]
)
def test_a_broken_form_is_no_error_of_the_site(visitor: Client, body: bytes) -> None:
    for boundary in ("x", "", "a" * 300, "\xe9"):
        kind = f"multipart/form-data; boundary={boundary}"
        assert visitor.generic("POST", PAGE, body, content_type=kind).status_code in {200, 400, 403}


def test_too_many_fields_and_files(visitor: Client, clerk: Client) -> None:
    most = in_force.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert is_our_400(visitor.get(f"{PAGE}?{'&' * most}a=1"))
    assert is_our_400(clerk.post(PAGE, "&".join(["a=1"] * (most + 1)), content_type=FORM))
    files = {f"f{n}": SimpleUploadedFile("a.txt", b"a") for n in range(30)}
    assert is_our_400(clerk.post(PAGE, files))


@effort(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.binary(max_size=40),
    cookie=st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=40),
    body=st.binary(max_size=60),
    kind=st.sampled_from([FORM, "multipart/form-data; boundary=x", "multipart/form-data", "x/y", ""]),
)
def test_nothing_sent_to_the_sign_in_page_is_an_error_of_the_site(
    visitor: Client, query: bytes, cookie: str, body: bytes, kind: str
) -> None:
    extra: dict[str, Any] = {"QUERY_STRING": query.decode("latin-1"), "HTTP_COOKIE": cookie}
    assert visitor.generic("GET", PAGE, **extra).status_code < 500
    assert visitor.generic("POST", PAGE, body, content_type=kind, **extra).status_code < 500


class Unread(io.BytesIO):
    """A body that must not be touched."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = read  # type: ignore[assignment]


def sent(client: Client, length: int, kind: str = FORM, method: str = "POST") -> Any:
    extra: dict[str, Any] = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(length)}
    return client.generic(method, PAGE, content_type=kind, **extra)


@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x", "application/octet-stream"])
def test_a_large_body_of_a_stranger_is_refused_unread(visitor: Client, kind: str) -> None:
    for length in (STRANGERS_BODY + 1, 100_000_000, 10**30):
        answer = sent(visitor, length, kind)
        assert answer.status_code == 413
        assert answer.headers["X-Request-ID"] in answer.content.decode()


def test_what_a_page_without_a_body_is_sent(visitor: Client, clerk: Client) -> None:
    assert [sent(visitor, 1, method=method).status_code for method in ("GET", "HEAD", "OPTIONS")] == [413] * 3
    assert sent(clerk, 1, method="GET").status_code == 413


def test_how_much_somebody_signed_in_may_send(clerk: Client) -> None:
    assert sent(clerk, UPLOAD_BODY + 1, "multipart/form-data; boundary=x").status_code == 413
    assert sent(clerk, int(in_force.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) + 1).status_code == 413
    file = SimpleUploadedFile("a.xlsx", b"a" * (STRANGERS_BODY + 1))
    assert clerk.post(reverse("language"), {"language": "en", "file": file}).status_code == 302


def test_a_stranger_signs_in_with_a_form_of_usual_size(visitor: Client) -> None:
    assert visitor.post(PAGE, {"login": "a" * 100, "password": "b" * 100}).status_code == 200
    assert visitor.post(PAGE, {"login": "a", "next": "a" * (STRANGERS_BODY + 1)}).status_code == 413


def test_a_body_without_a_length(visitor: Client) -> None:
    """Django does not read it: the page would take it for an empty form."""
    answer = visitor.generic("POST", PAGE, b"a=b", content_type=FORM, HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411


@pytest.mark.parametrize("number", [2**63, 10**40, "9" * 5_000, "9" * 300])
def test_a_key_no_database_holds_is_an_unknown_page(visitor: Client, staff_client: Any, number: Any) -> None:
    from django.urls import NoReverseMatch, get_resolver

    client = staff_client("collection")
    client.raise_request_exception = False
    asked = 0
    for name in {key for key in get_resolver().reverse_dict if isinstance(key, str)}:
        for argument in ("pk", "id", "key"):
            try:
                address = reverse(name, kwargs={argument: 7})
            except NoReverseMatch:
                continue
            asked += 1
            answer = client.get(address.replace("/7", f"/{number}", 1))
            assert answer.status_code == 404, address
    assert asked > 3


def test_no_page_is_kept_by_browsers_and_proxies(visitor: Client, clerk: Client) -> None:
    for client in (visitor, clerk):
        for path in (PAGE, "/", "/khong-co/", "/account/preferences/"):
            answer = client.get(path)
            assert "no-store" in answer.headers["Cache-Control"], path
            assert "camera=()" in answer.headers["Permissions-Policy"]
    kept = visitor.get("/static/ansinh/tokens.css")
    assert (kept.status_code, "no-store" in kept.headers["Cache-Control"]) == (200, False)


def test_error_pages_show_the_code_of_the_request(visitor: Client, staff_client: Any) -> None:
    shown = {404: visitor.get("/khong-co/"), 403: Client(enforce_csrf_checks=True).post(PAGE)}
    shown |= {0: staff_client("collection").get("/khong-co/")}
    for status, answer in shown.items():
        assert answer.status_code == (status or 404)
        assert f"<code>{answer.headers['X-Request-ID']}</code>" in answer.content.decode()


def test_where_to_tell_of_a_weakness(visitor: Client, settings: Any) -> None:
    path = "/.well-known/security.txt"
    settings.SECURITY_CONTACT = ""
    assert visitor.get(path).status_code == 404
    settings.SECURITY_CONTACT = "an-toan@bhxh.example"
    answer = visitor.get(path)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert lines["Contact"] == "mailto:an-toan@bhxh.example"
    assert lines["Preferred-Languages"] == "vi, en"
    left = dt.datetime.fromisoformat(lines["Expires"]) - dt.datetime.now(dt.UTC)
    assert dt.timedelta(days=30) < left < dt.timedelta(days=365)
    settings.SECURITY_CONTACT = "https://bhxh.example/bao-mat"
    assert "Contact: https://bhxh.example/bao-mat" in visitor.get(path).content.decode()
