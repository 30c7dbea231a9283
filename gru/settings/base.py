"""Settings that are safe for production; everything that varies is read from the environment.

docs/settings.md has one line for each variable.
"""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from gru.settings.environment import Environment
from gru.settings.hosts import add_password, allowed_hosts

env = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = env.path("GRU_DATA_DIR", BASE_DIR / "var").resolve()
SHARED_DIR = env.path("GRU_SHARED_DIR", BASE_DIR.parent / "shared").resolve()

# --- the machine -----------------------------------------------------------------------------
DEBUG = False
_key_file = env.path("GRU_SECRET_KEY_FILE", DATA_DIR / "secret_key")
SECRET_KEY = env.get("GRU_SECRET_KEY") or (_key_file.read_text().strip() if _key_file.is_file() else "")
EMBEDDED = env.flag("GRU_EMBEDDED")  # set by the launcher, never by hand
PUBLIC_URL = env.text("GRU_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
FILES_URL = env.text("GRU_FILES_URL").rstrip("/")
ALLOWED_HOSTS = allowed_hosts(env.text("GRU_ALLOWED_HOSTS"), PUBLIC_URL, FILES_URL)
CSRF_TRUSTED_ORIGINS = [u for u in {PUBLIC_URL, FILES_URL} if u]
WSGI_APPLICATION = "gru.wsgi.application"
ROOT_URLCONF = "gru.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "gru.apps.GruConfig",
    "requests_app.lib",
    "requests_app.pages",
    "requests_app.maisons",
    "requests_app.catalog",
    "requests_app.accounts",
    "requests_app.access",
    "requests_app.api_keys",
    "requests_app.events",
    "requests_app.people",
    "requests_app.channels",
    "requests_app.outbox",
    "requests_app.routing",
    "requests_app.tickets",
    "requests_app.answers",
    "requests_app.visits",
    "requests_app.feedback",
    "requests_app.appointments",
    "requests_app.slots",
    "requests_app.reminders",
    "requests_app.webhooks",
    "requests_app.indicators",
    "requests_app.first_delay",
    "requests_app.experiments",
    "requests_app.publication",
    "requests_app.attendance",
    "requests_app.waiting_list",
    "requests_app.privacy",
    "requests_app.www.archives",
    "requests_app.www.backoffice",
    "requests_app.www.dashboards",
    "requests_app.www.trials",
    "requests_app.www.public",
    "channels_app.intake",
    "channels_app.delivery",
    "channels_app.mail",
    "channels_app.sms",
    "channels_app.frontdesk",
    "channels_app.phone",
    "channels_app.letter",
    "channels_app.portal",
    "channels_app.chat",
    "channels_app.partner",
    "requests_app.api",
    "requests_app.open311",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "gru.health.HealthMiddleware",
    "gru.metrics.timing.TimingMiddleware",
    "requests_app.lib.queries.WithoutNulMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "requests_app.lib.large_bodies.LargeBodyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "requests_app.accounts.typist.TypistMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "requests_app.accounts.middleware.StaffSessionMiddleware",
    "requests_app.pages.middleware.StoredPageMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "requests_app.www.backoffice.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "requests_app.lib.templatetags.ui",
                "requests_app.lib.templatetags.formats",
                "requests_app.channels.templatetags.channel_tags",
            ],
        },
    }
]

# --- data ------------------------------------------------------------------------------------
_postgresql, _redis = ("postgres", "postgresql", "pgsql"), ("redis", "rediss", "redis+socket")
DATABASES: dict[str, Any] = {
    "default": {
        **dj_database_url.parse(
            env.url("DATABASE_URL", "postgres://gru@/gru", schemes=_postgresql),
            conn_max_age=60,
            conn_health_checks=True,
        ),
        "ATOMIC_REQUESTS": False,
    }
}
# Read by `migrate` alone (threats: N15).
OWNER_DATABASE_URL = env.url("GRU_OWNER_DATABASE_URL", schemes=_postgresql)
REDIS_URL = add_password(
    env.url("REDIS_URL", "redis://127.0.0.1:6379/0", schemes=_redis),
    env.text("GRU_REDIS_PASSWORD_FILE"),
)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
FILES_ROOT = DATA_DIR / "files"
GEOCODER_URL = env.url("GRU_GEOCODER_URL")
CLAMAV_URL = env.text("GRU_CLAMAV_URL")
PUSH_NETWORKS = env.networks("GRU_PUSH_NETWORKS")
EVENTS_DAYS = env.number("GRU_EVENTS_DAYS", 30, least=2, most=400)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = env.path("GRU_STATIC_ROOT", DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]

# --- who -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
SESSION_COOKIE_AGE = 12 * 3600  # one working day; the screen locks much earlier
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "requests_app.accounts.views.older_page.confirm_older_page"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0  # this host only, not its neighbours
METRICS_TOKEN = env.get("GRU_METRICS_TOKEN")
LOCK_AFTER_MINUTES = 10  # threats: W11
# By account and address together: a stranger must not be able to lock a colleague out (W14). Then by address
# over all accounts, against someone who tries a password on each (N07).
AXES_HANDLER = "requests_app.accounts.tries.Tries"
AXES_CLIENT_IP_CALLABLE = "requests_app.lib.callers.address_or_none"
SIGN_IN_FAILURES_BY_ADDRESS = 30
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # « Attendez 15 minutes » is true; nothing piles up
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]  # never stored with a failed try
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
LIMITS_ON = env.choice("GRU_LIMITS", "default", ("default", "off")) != "off"
AXES_ENABLED = LIMITS_ON
SURVEYS_ON = env.choice("GRU_SURVEYS", "off", ("on", "off")) == "on"  # docs/decisions: surveys by channel
PERSON_SEARCHES_PER_HOUR = env.number("GRU_PERSON_SEARCHES_PER_HOUR", 300)  # threats: A05
DATA_RIGHTS_TOPIC = env.text("GRU_DATA_RIGHTS_TOPIC", "droits-donnees")  # threats: P05
JOURNAL_MONTHS = min(36, max(6, env.number("GRU_JOURNAL_MONTHS", 12)))  # threats: P02
RETENTION_MONTHS = env.number("GRU_RETENTION_MONTHS", 24, least=1)  # threats: P03
READINGS_OUTSIDE_WORK = env.number("GRU_READINGS_OUTSIDE_WORK", 40)  # threats: A08
API_CALLS_PER_MINUTE = env.number("GRU_API_CALLS_PER_MINUTE", 1_200, least=1)
SECOND_FACTOR = env.text("GRU_SECOND_FACTOR", "optional")  # optional, admins, all (threats: W14)

# --- the browser -----------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
BEHIND_PROXY = env.flag("GRU_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# --- language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
# Never in a cookie: a message may name somebody, and the browser stores nothing personal (threats: W11).
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LANGUAGE_COOKIE_NAME = "gru_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# --- the territory and its channels ----------------------------------------------------------
REFERENCE_PREFIX = env.text("GRU_REFERENCE_PREFIX", "LYN")
AUTHORITY_NAME = env.text("GRU_AUTHORITY_NAME", "Métropole de Lyon")
AUTHORITY_PHONE = env.text("GRU_AUTHORITY_PHONE", "04 78 63 40 40")
APPEAL_COURT = env.text(
    "GRU_APPEAL_COURT", "Tribunal administratif de Lyon, 184 rue Duguesclin, 69433 Lyon Cedex 03"
)
DATA_OFFICER = env.text("GRU_DATA_OFFICER", "Délégué à la protection des données")
DATA_OFFICER_CONTACT = env.text("GRU_DATA_OFFICER_CONTACT")
DATA_TRANSFERS = env.text("GRU_DATA_TRANSFERS")
AUTHORITY_ADDRESS = env.text("GRU_AUTHORITY_ADDRESS")
PUBLISHER_NUMBER = env.text("GRU_PUBLISHER_NUMBER")
PUBLICATION_DIRECTOR = env.text("GRU_PUBLICATION_DIRECTOR")
HOSTING = env.text("GRU_HOSTING")
ACCESSIBILITY_PLAN_URL = env.text("GRU_ACCESSIBILITY_PLAN_URL")
ACCESSIBILITY_ACTIONS_URL = env.text("GRU_ACCESSIBILITY_ACTIONS_URL")
RELAY_URL = env.text("GRU_RELAY_URL")
AUTHORITY_HOURS = env.text("GRU_AUTHORITY_HOURS", "du lundi au vendredi, de 8 h 30 à 17 h")
AUTHORITY_HOURS_EN = env.text("GRU_AUTHORITY_HOURS_EN", "Monday to Friday, 8:30 am to 5 pm")
LEAVE_FOR = env.url("GRU_LEAVE_FOR", "https://meteofrance.com/")
MAX_UNSENT_BYTES = max(1, env.number("GRU_UNSENT_MAX_MB", 2000)) * 1_000_000  # threats: W02
MAIL_DOMAIN = env.text("GRU_MAIL_DOMAIN", "demande.invalid").lower()
MAIL_AUTHSERV = env.text("GRU_MAIL_AUTHSERV").lower()
MAIL_HOST = env.text("GRU_MAIL_HOST", "127.0.0.1")
MAIL_PORT = env.number("GRU_MAIL_PORT", 8025, most=65_535)
EMAIL_URL = env.text("GRU_EMAIL_URL")
MAIL_FROM = env.text("GRU_MAIL_FROM", f"accueil@{MAIL_DOMAIN}")
IMAP_URL = env.text("GRU_IMAP_URL")
WEBHOOKS = {
    "postmark": env.get("GRU_WEBHOOK_POSTMARK"),
    "mailgun": env.get("GRU_WEBHOOK_MAILGUN"),
}
TWILIO_ACCOUNT_SID = env.text("GRU_TWILIO_ACCOUNT_SID")
TWILIO_AUTH_TOKEN = env.get("GRU_TWILIO_AUTH_TOKEN")
TWILIO_FROM = env.text("GRU_TWILIO_FROM")
TWILIO_API_BASE = env.url("GRU_TWILIO_API_BASE").rstrip("/")
PUBLIK_PORTALS = env.get("GRU_PUBLIK_PORTALS")
# France and the overseas departments and territories that share its mobile offers (threats: S06).
SMS_COUNTRIES = env.countries("GRU_SMS_COUNTRIES", "FR,GP,MQ,GF,RE,YT,PM,BL,MF")
SMS_DAILY_SEGMENTS = env.number("GRU_SMS_DAILY_SEGMENTS", 5_000)
# Wait until the provider's list was read again, and a backup restored (threats: S02, F12).
SMS_ERASED_AFTER_DAYS = env.number("GRU_SMS_ERASED_AFTER_DAYS", 4)
MAIL_MAX_BYTES = 40 * 1024 * 1024  # threats: M01

# --- other software ---------------------------------------------------------------------------
REST_FRAMEWORK: dict[str, Any] = {"DEFAULT_RENDERER_CLASSES": []}
SPECTACULAR_SETTINGS = {
    "TITLE": "GRU",
    "DESCRIPTION": "Requests of inhabitants, for other software of the authority. See docs/api.md.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["requests_app.api.schema.only_version_1"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "requests_app.api.schema.refuse_other_members",
    ],
    "APPEND_COMPONENTS": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "TicketState": "requests_app.tickets.models.tickets.State",
        "ArrivalState": "channels_app.intake.models.arrivals.Arrival.State",
    },
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}

# --- the workers -----------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 240, 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # above every time limit: a longer task would run twice at once
    "unacked_restore_interval": 15,
    "unacked_restore_throttle": 1,
    "socket_keepalive": True,
    "health_check_interval": 25,
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
}
CELERY_TASK_SERIALIZER, CELERY_ACCEPT_CONTENT, CELERY_RESULT_EXPIRES = "json", ["json"], 3600
CELERY_TIMEZONE = "Europe/Paris"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "gru.logs.RedactingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "one_line": {"()": "gru.logs.OneLine", "format": "%(asctime)s %(levelname)s %(name)s"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "stderr_short": {"class": "logging.StreamHandler", "formatter": "one_line"},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "celery": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "twilio": {"level": "CRITICAL"},  # its client logs numbers and words
        "mail.log": {"level": "CRITICAL"},  # aiosmtpd quotes what it does not understand: words of a mail
        # Django names the path of every 4xx: our addresses hold no personal data, but it is noise.
        "django.request": {"level": "ERROR"},
        # Forged requests (an invalid Host, a form of a million fields): robots send them all day.
        "django.security": {"handlers": ["stderr_short"], "propagate": False},
    },
}

env.refuse_wrong_values()
