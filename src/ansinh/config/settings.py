"""Settings, read from the environment. `ANSINH_PROFILE` is `demo` (default), `test` or `production`."""

from __future__ import annotations

from pathlib import Path

from environs import Env

from ansinh.config import database, folders, logs
from ansinh.config.guard import refuse_unsafe

env = Env()
PROFILE = env.str("ANSINH_PROFILE", "demo")
PACKAGE = Path(__file__).resolve().parent.parent
FACES = PACKAGE / "web"  # a feature keeps its templates and static files in its own folder
VAR = Path(env.str("ANSINH_VAR", str(Path.cwd() / "var"))).resolve()
PROXIES = env.int("ANSINH_PROXIES", 0)  # how many of ours stand in front; 0: nobody's headers count
SECURITY_CONTACT = env.str("ANSINH_SECURITY_CONTACT", "")  # an address for /.well-known/security.txt
METRICS_TOKEN = env.str("ANSINH_METRICS_TOKEN", "")  # who shows it may ask how the site is doing
LEAST_FREE_MEGABYTES = env.int("ANSINH_LEAST_FREE_MEGABYTES", 512)  # below it the site is not ready
RECEIVE_SECONDS = env.int("ANSINH_RECEIVE_SECONDS", 15)  # to send a request's head, or a small body
# proxies keep idle connections for a minute and must not meet one just closed
KEEPALIVE_SECONDS = env.int("ANSINH_KEEPALIVE_SECONDS", 75)
REQUESTS_OF_A_PROCESS = env.int("ANSINH_REQUESTS_OF_A_PROCESS", 5000)  # then a new one takes its place

DEFAULT_SECRET = "demo-only-not-a-secret-change-me-before-production"  # noqa: S105 -- production refuses it
SECRET_KEY = env.str("ANSINH_SECRET_KEY", DEFAULT_SECRET)
DEBUG = env.bool("ANSINH_DEBUG", False)
# pages for whoever builds the screens; never where people work
DEVELOPER = PROFILE != "production" and (DEBUG or env.bool("ANSINH_DEVELOPER", False))
SECURE = env.bool("ANSINH_SECURE_COOKIES", PROFILE == "production")
ALLOWED_HOSTS = env.list("ANSINH_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_cotton",
    "django_htmx",
    "ansinh.office",
    "ansinh.ledger",
    "ansinh.registers",
    "ansinh.collection",
    "ansinh.steering.targets",
    "ansinh.web",
]
if PROFILE == "demo":
    INSTALLED_APPS.append("ansinh.demo")

MIDDLEWARE = [
    "ansinh.web.shield.EdgeMiddleware",
    "ansinh.web.watch.views.ProbeMiddleware",  # before TLS, hosts and sessions, which no probe has
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ansinh.web.shield.ShieldMiddleware",  # before sessions and CSRF, which read what it refuses
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ansinh.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ansinh.web.accounts.presence.PresenceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "ansinh.web.workdays.CalendarMiddleware",
    "ansinh.web.gate.GateMiddleware",
]

ROOT_URLCONF = "ansinh.config.urls"
WSGI_APPLICATION = "ansinh.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            FACES / "templates",
            *sorted(FACES.glob("*/templates")),
            *sorted(FACES.glob("*/*/templates")),
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ansinh.web.context.shell",
            ]
        },
    }
]
COTTON_DIR = "cotton"

DATABASE_ROLES = database.roles(VAR)
# the application's role, unless a command that changes the schema asks for the owner's (`ansinh.cli`)
DATABASES = {"default": dict(DATABASE_ROLES[env.str("ANSINH_DATABASE_ROLE", database.APP)])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "office.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "ansinh.web.accounts.adapter.Adapter"
ACCOUNT_FORMS = {"change_password": "ansinh.web.accounts.forms.ChangePasswordForm"}
# attempts are counted in the database (office.signin.waiting), for accounts and devices, never by address
ACCOUNT_RATE_LIMITS = False
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "An Sinh"
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "ansinh.web.accounts.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "ansinh.web.accounts.forms.AuthenticateForm",
    "reauthenticate": "ansinh.web.accounts.forms.ReauthenticateForm",
}
# what seals secrets in the database: Fernet keys, the first seals, all of them open
FIELD_KEYS: list[str] = env.list("ANSINH_FIELD_KEYS", [])

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [FACES / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = list(FACES.glob("*/*/static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR / "files"
# documents (office.documents): "" is var/documents; a path; or s3://bucket/prefix with the extra [s3]
DOCUMENTS = env.str("ANSINH_DOCUMENTS", "")
DOCUMENT_MEGABYTES = env.int("ANSINH_DOCUMENT_MEGABYTES", 50)
DOCUMENTS_OF_A_THING = env.int("ANSINH_DOCUMENTS_OF_A_THING", 100)
S3_ENDPOINT = env.str("ANSINH_S3_ENDPOINT", "")
S3_REGION = env.str("ANSINH_S3_REGION", "")
CLAMD = env.str("ANSINH_CLAMD", "")  # unix:/path, tcp:host:port, off; "": where a socket is found

DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = VAR / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
# a cookie with this prefix is set over TLS by this very host, and no neighbour can plant one
_HOST = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{_HOST}ansinh_session"
CSRF_COOKIE_NAME = f"{_HOST}ansinh_csrf"
SESSION_ENGINE = "ansinh.office.signin.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600  # from signing in, whatever is done in it
IDLE_SECONDS = 60 * env.int("ANSINH_IDLE_MINUTES", 30)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = SECURE and env.bool("ANSINH_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES > 0 else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LOGGING = logs.set_up(
    level=env.str("ANSINH_LOG_LEVEL", "INFO" if PROFILE != "test" else "WARNING"),
    target=env.str("ANSINH_LOG_TARGET", "stderr"),
    json_lines=env.str("ANSINH_LOG_SHAPE", "json" if PROFILE == "production" else "text") == "json",
)

PGHISTORY_APPEND_ONLY = True
PROCRASTINATE_IMPORT_PATHS = [
    "ansinh.office.jobs",
    "ansinh.office.signin.purging",
    "ansinh.office.cases.jobs",
    "ansinh.office.chain.jobs",
    "ansinh.office.documents.jobs",
]
TEST_RUNNER = "django.test.runner.DiscoverRunner"
if PROFILE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

refuse_unsafe(
    profile=PROFILE,
    secret=SECRET_KEY,
    default_secret=SECRET_KEY == DEFAULT_SECRET,
    debug=DEBUG,
    secure_cookies=SECURE,
    hosts=ALLOWED_HOSTS,
)
# after the embedded server is up: started by root, it opens every folder above its own
# (DATABASE_URL may name that very server: a child of a process that started it)
folders.private_var(VAR, embedded=(VAR / "postgres").exists())
