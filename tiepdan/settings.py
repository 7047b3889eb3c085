"""Settings: everything that differs between installations comes from TIEPDAN_* (see environment.py)."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from tiepdan import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.folder("DATA", BASE_DIR / "var")
ARCHIVE = env.folder("ARCHIVE", DATA_DIR / "archive")
GUIDES = BASE_DIR / "docs" / "huong-dan"  # what people read on «Hướng dẫn»
FILES = env.folder("FILES", DATA_DIR / "files")  # papers and dossiers, named by their hash

DEBUG = env.flag("DEBUG")
HTTPS = env.flag("HTTPS")
PROXIES = env.number("PROXIES", 0, 0, 9)  # proxies of ours in front: how far X-Forwarded-For is believed
PORT = env.number("PORT", 8000, 1, 65535)
# Where this installation's own processes reach the pages.
WEB_URL = env.url("WEB_URL", f"http://127.0.0.1:{PORT}", ["http", "https"])
# Where others reach the pages: it stands in messages. Behind a TLS front the name that people type.
PUBLIC_URL = env.url("PUBLIC_URL", WEB_URL, ["http", "https"]).rstrip("/")
SECRET_KEY = env.secret("SECRET_KEY", DATA_DIR / "secret_key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("TRUSTED_ORIGINS")

# Media engine
MEDIA_ENGINE = env.choice("MEDIA_ENGINE", "livekit", ["livekit", "fake"])
LIVEKIT_URL = env.url("LIVEKIT_URL", "ws://127.0.0.1:7880", ["ws", "wss"])
# The address that browsers use, when it differs from the one the server itself uses.
LIVEKIT_PUBLIC_URL = env.url("LIVEKIT_PUBLIC_URL", LIVEKIT_URL, ["ws", "wss"])
LIVEKIT_KEY = env.text("LIVEKIT_KEY", "tiepdan")
LIVEKIT_SECRET = env.secret("LIVEKIT_SECRET", DATA_DIR / "livekit_secret")
LIVEKIT_UDP_PORT = env.number("LIVEKIT_UDP_PORT", 7882, 1, 65535)
LIVEKIT_WEBHOOK_URL = env.url("LIVEKIT_WEBHOOK_URL", f"{WEB_URL}/api/livekit/webhook", ["http", "https"])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    # The rooms of the house, lowest first (the import order that tests/test_architecture.py checks).
    "tiepdan.kernel",
    "tiepdan.audit",
    "tiepdan.accounts",
    "tiepdan.policy",
    "tiepdan.files",
    "tiepdan.sheets",
    "tiepdan.notify",
    "tiepdan.documents",
    "tiepdan.cases",
    "tiepdan.points",
    "tiepdan.receptions",
    "tiepdan.invitations",
    "tiepdan.media",
    "tiepdan.readiness",
    "tiepdan.recordings",
    "tiepdan.live",
    "tiepdan.portal",
    "tiepdan.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tiepdan.kernel.middleware.PrivateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tiepdan.kernel.middleware.TidyMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tiepdan.accounts.middleware.FirstThingsMiddleware",
    "tiepdan.accounts.middleware.SignedOutMiddleware",
    "tiepdan.kernel.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "tiepdan.urls"
WSGI_APPLICATION = "tiepdan.wsgi.application"
FORM_RENDERER = "tiepdan.kernel.drawing.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "tiepdan" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tiepdan.accounts.context.desk",
                "tiepdan.kernel.context.site",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", DATA_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/dang-nhap/"
STAFF_HOME = "/viec-cua-toi/"  # where «/» leads a person for whom no app has something better
PUBLIC_PAGES = ("/cong-khai/", "/tra-cuu/")  # for everybody: no session, no cookie
HELP_PHONE = env.text("HELP_PHONE")  # of the central point, shown before anybody has signed in
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600  # one working day: a reception must never sign anybody out half-way
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # scripts read the token from the page configuration
CSRF_FAILURE_VIEW = "tiepdan.accounts.kept.csrf_failure"

# Browser rules
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
_LIVEKIT = urlsplit(LIVEKIT_PUBLIC_URL)
_LIVEKIT_HTTP = f"{'https' if _LIVEKIT.scheme == 'wss' else 'http'}://{_LIVEKIT.netloc}"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF, "blob:"],
        # The http address: the client asks LiveKit's /rtc/validate for the reason of a refusal.
        "connect-src": [SELF, f"{_LIVEKIT.scheme}://{_LIVEKIT.netloc}", _LIVEKIT_HTTP],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# Messages (docs/notices.md). Without a server they wait in the outbox.
SMTP_HOST = env.text("SMTP_HOST")
SMTP_SECURITY = env.choice("SMTP_SECURITY", "starttls", ["starttls", "tls", "none"])
SMTP_PORT = env.number("SMTP_PORT", {"starttls": 587, "tls": 465, "none": 25}[SMTP_SECURITY], 1, 65535)
SMTP_USER = env.text("SMTP_USER")
SMTP_PASSWORD = env.secret_file("SMTP_PASSWORD_FILE")
SMTP_FROM = env.mail_address("SMTP_FROM", SMTP_USER if "@" in SMTP_USER else "")
if SMTP_HOST and not SMTP_FROM:
    raise env.bad("SMTP_FROM", "", "địa chỉ thư của cơ quan, vì đã có TIEPDAN_SMTP_HOST")
SMTP_TIMEOUT = env.number("SMTP_TIMEOUT", 8, 1, 120)  # seconds for each step of the conversation
# Seconds for the last answer: a server that has the message may take its time; hanging up leaves us unsure.
SMTP_PATIENCE = env.number("SMTP_PATIENCE", 60, 1, 240)
SMS_URL = env.url("SMS_URL", "", ["http", "https"]) if env.text("SMS_URL") else ""
SMS_TOKEN = env.secret_file("SMS_TOKEN_FILE")
SMS_TIMEOUT = env.number("SMS_TIMEOUT", 8, 1, 120)

# Files that people upload
FILE_UPLOAD_HANDLERS = ["tiepdan.files.uploads.LimitedUpload"]
VIRUS_SCAN = env.text("VIRUS_SCAN").split()  # a program and its words, such as «clamdscan --no-summary --fdpass»

# Certificates (PEM, DER) of the authorities whose digital signatures this installation trusts (docs/documents.md)
TRUST_ROOTS = env.existing_folder("TRUST_ROOTS")

# Language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["tiepdan.formats"]

# Files of the pages
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "tiepdan" / "static"]
STATIC_ROOT = env.folder("STATIC", DATA_DIR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "stream": sys.stdout, "formatter": "line"}},
    "root": {"handlers": ["out"], "level": env.choice("LOG", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"])},
    "loggers": {"django.server": {"handlers": ["out"], "level": "INFO", "propagate": False}},
}
