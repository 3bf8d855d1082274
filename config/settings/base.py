"""Settings of a running Gongshu. Everything an operator may set is an environment variable named GONGSHU_…."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from config.settings.secret import read_or_make_secret

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("GONGSHU_HOME", ROOT / "var")).resolve()
DEBUG = os.environ.get("GONGSHU_DEBUG") == "1"
SECRET_KEY = read_or_make_secret(HOME / "secret.key")
CIPHER = os.environ.get("GONGSHU_CIPHER", "aes-256-gcm")  # or sm4-gcm, for keys made from now on
ALLOWED_HOSTS = os.environ.get("GONGSHU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GONGSHU_ORIGINS", "").split(",") if o]
ROOT_URLCONF = "config.urls"
ORGANISATION_ROUTE = "desk:org"  # where an organisation's name in a breadcrumb leads
CATALOGUE = "config.catalogue"  # where kernels find what lines of work declare: JOBS, SCHEDULES, METRICS
SMS_DOOR = "gongshu.core.messages.doors.OutboxDoor"
CLIENT_ADDRESS = os.environ.get("GONGSHU_CLIENT_ADDRESS", "REMOTE_ADDR")  # behind a proxy: HTTP_X_REAL_IP
SHOW_OUTBOX = os.environ.get("GONGSHU_SHOW_OUTBOX") == "1"  # words of texts readable by whoever may see the outbox
API_KEY_MONTHS = int(os.environ.get("GONGSHU_API_KEY_MONTHS", "12"))  # how long a key may last at most
API_PER_MINUTE = int(os.environ.get("GONGSHU_API_PER_MINUTE", "600"))  # calls of one key
WEBHOOK_PRIVATE = [n for n in os.environ.get("GONGSHU_WEBHOOK_PRIVATE", "").split(",") if n]  # e.g. 10.0.0.0/8
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "treebeard",
    "csp",
    "gongshu.core.base",
    "gongshu.core.ui",
    "gongshu.core.statutes",
    "gongshu.core.people",
    "gongshu.core.files",
    "gongshu.core.orgs",
    "gongshu.core.trail",
    "gongshu.core.access",
    "gongshu.core.flow",
    "gongshu.core.jobs",
    "gongshu.core.metrics",
    "gongshu.core.messages",
    "gongshu.core.papers",
    "gongshu.core.exports",
    "gongshu.members",
    "gongshu.rosters",
    "gongshu.meetings",
    "gongshu.organising",
    "gongshu.officers",
    "gongshu.venues",
    "gongshu.delivery",
    "gongshu.intake",
    "gongshu.desk",
    "gongshu.api",
    "gongshu.demo",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongshu.core.access.middleware.sound_middleware",
    "gongshu.core.access.idle.idle_middleware",
    "gongshu.core.access.middleware.actor_middleware",
    "gongshu.core.base.snapshot.SnapshotMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "config.context.furniture",
            ],
            "builtins": ["gongshu.core.ui.templatetags.ui"],
        },
    }
]

# FULL: what was confirmed to a person survives a power cut; NORMAL would lose the last seconds in WAL mode
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-64000;PRAGMA temp_store=MEMORY;"
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("GONGSHU_DATABASE_URL") or f"sqlite:///{HOME / 'gongshu.sqlite3'}",
        conn_max_age=0,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": SQLITE_PRAGMAS,
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 16, "timeout": 30},
        "options": "-c jit=off",  # compiling a statement takes longer than running it: sums of fifty columns, ranges
    }

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # 50 MB in every process; one character at a time needs none

# rows of a roster written at once: few on SQLite, where everybody else waits meanwhile
ROSTER_ROWS_A_STEP = 1_000 if DATABASES["default"]["ENGINE"].endswith("sqlite3") else 5_000

AUTH_USER_MODEL = "people.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "gongshu.core.access.passwords.LongEnough", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "access:login"
WORKER_LOGIN = "my:login"
ROLES_FILE = ROOT / "config" / "roles.toml"
PRIVACY_FILE = ROOT / "config" / "privacy.toml"
LOGIN_REDIRECT_URL = "/"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True  # only for Django's own messages; our Chinese is written where it is read

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing; files come from the apps
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = HOME / "files"
EXPORTS_ROOT = HOME / "exports"
EXPORT_AT_ONCE = int(os.environ.get("GONGSHU_EXPORT_AT_ONCE", "20000"))  # rows; longer lists are written by a job
EXPORT_DAYS = int(os.environ.get("GONGSHU_EXPORT_DAYS", "7"))  # how long such a file is kept
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
LARGEST_REQUEST = 300 * 1024 * 1024  # bytes; well above the largest file taken, which is refused in words
ROSTER_QUICK_BYTES = int(os.environ.get("GONGSHU_ROSTER_QUICK_MB", "384")) * 1024 * 1024  # unpacked; 0: little memory
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a table of tasks is looked through in one form
SPLIT_BY_HAND = 500  # up to so many units a target is shared out with a number to be typed for each
SPLIT_MOST = 20_000  # up to so many at all; beyond, over those directly below, who share it out further
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "gongshu.core.files.uploads.UnnamedFileUploadHandler",  # none that is left behind by a crash
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

IDLE_MINUTES = int(os.environ.get("GONGSHU_IDLE_MINUTES", "30"))  # then an officer's session ends
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
HTTPS = os.environ.get("GONGSHU_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0  # of this host alone: others of the domain are not ours to bind
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a form to be put right and a page not there are no faults
}
