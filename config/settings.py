"""Every setting. What differs between two installations comes from the environment; `.env.example` lists it all."""

import os
from pathlib import Path

from config import addresses, cross_origin, documents, environment, places, providers, rest, sign_in
from config.data_folder import kept_secret
from config.environment import (
    Environment,
    is_address,
    is_host,
    is_loopback_only,
    is_origin,
    is_sender,
    is_trusted_origin,
)
from config.schedule import SCHEDULE
from web.logging import configure_logging
from web.reporting import start_error_reporting

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
env_file = Path(os.environ.get("ENV_FILE") or BASE_DIR / ".env")
if os.environ.get("ENV_FILE") or env_file.exists():
    env.read_file(env_file)

DATA_DIR = Path(env.str("DATA_DIR", default="var"))
DATA_DIR = DATA_DIR if DATA_DIR.is_absolute() else BASE_DIR / DATA_DIR
DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.parsed("REDIS_URL", "", addresses.redis, addresses.REDIS_WANTED)
IS_EMBEDDED = not DATABASE_URL

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(
    DATA_DIR if IS_EMBEDDED else None, make=environment.first_start_allowed
)
ALLOWED_HOSTS = env.names(
    "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"], is_host, "the name of a host, without scheme and port"
)
HOST = env.checked("HOST", "127.0.0.1", is_address, "an address to listen on, such as 127.0.0.1 or 0.0.0.0")
PORT = env.whole("PORT", 8000, least=1, most=65_535)
WEB_CONCURRENCY = env.whole("WEB_CONCURRENCY", 2 if REDIS_URL else 1, least=1, most=256)
WEB_THREADS = env.whole("WEB_THREADS", 4, least=1, most=256)
NUM_PROXIES = env.whole("NUM_PROXIES", 0, least=0, most=20)
HTTPS = env.flag("HTTPS", default=not is_loopback_only(ALLOWED_HOSTS))
METRICS_TOKEN = env.token("METRICS_TOKEN")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "corsheaders",
    "rest_framework",
    "django_filters",
    "drf_standardized_errors",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.facebook",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.headless",
    "django_htmx",
    "web",
    "accounts",
    "catalog",
    "notifications",
    "reviews",
    "watchlists",
    "activity",
]

MIDDLEWARE = [
    "web.observation.ObservationMiddleware",
    "web.requests.RequestLimitsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "web.middleware.ContentSecurity",
    "web.middleware.StaticFiles",
    "web.compression.CompressionMiddleware",
    "web.middleware.Origins",
    "web.middleware.Sessions",
    "web.middleware.Hosts",
    "django.middleware.csrf.CsrfViewMiddleware",
    "web.middleware.Authentication",
    "web.middleware.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.browsing.BrowserSessions",
    "accounts.page_language.PageLanguage",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Where things are kept -------------------------------------------------------------------------------------------
DATABASES = {
    "default": env.parsed("DATABASE_URL", "", lambda url: places.database(url, DATA_DIR), addresses.DATABASE_WANTED)
}
CACHE_KEY_PREFIX = env.token("CACHE_KEY_PREFIX", "marquee")
CACHES = {"default": places.shared_cache(REDIS_URL, DATA_DIR) | {"KEY_PREFIX": CACHE_KEY_PREFIX, "TIMEOUT": 3600}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Background work -------------------------------------------------------------------------------------------------
BROKER_FOLDER = DATA_DIR / "broker"
CELERY_BROKER_URL = env.parsed(
    "CELERY_BROKER_URL", REDIS_URL or addresses.FOLDER, addresses.broker, addresses.BROKER_WANTED
)
CELERY_BROKER_TRANSPORT_OPTIONS = places.broker_options(CELERY_BROKER_URL, BROKER_FOLDER, CACHE_KEY_PREFIX)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False  # into the log, whose lines go to stdout: every line would be lost
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"catalog.tasks.*": {"queue": "sync"}, "accounts.tasks.send_mail": {"queue": "mail"}}
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_TIMEZONE = "UTC"

# --- TMDB ------------------------------------------------------------------------------------------------------------
TMDB_TOKEN = env.token("TMDB_TOKEN")
TMDB_BASE_URL = env.parsed("TMDB_BASE_URL", "", addresses.http, addresses.HTTP_WANTED)
TMDB_EXPORTS_URL = env.parsed(
    "TMDB_EXPORTS_URL", "https://files.tmdb.org/p/exports", addresses.http, addresses.HTTP_WANTED
)
# Only a stand-in of one's own may be called without end.
TMDB_RATE = env.number("TMDB_RATE", 40.0, most=1000, zero="no limit" if TMDB_BASE_URL else "")
TMDB_TIMEOUT = env.number("TMDB_TIMEOUT", 10.0, most=600)
RECOMMENDER_USE_CONTENT = env.flag("RECOMMENDER_USE_CONTENT", default=False)

# --- Who is who ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
PASSWORD_ROUNDS = env.whole("PASSWORD_ROUNDS", 12, least=4, most=20)
PASSWORD_HASHERS, AUTH_PASSWORD_VALIDATORS = sign_in.HASHERS, sign_in.VALIDATORS
SIMPLE_JWT = sign_in.TOKENS
vars().update(env.parsed("EMAIL_URL", "consolemail://", addresses.email, addresses.EMAIL_WANTED))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.checked(
    "EMAIL_FROM", "marquee@localhost", is_sender, "an address, as in Marquee <marquee@example.org>"
)
ACCOUNT_EMAIL_VERIFICATION = env.word("ACCOUNT_EMAIL_VERIFICATION", "optional", ["mandatory", "optional", "none"])
vars().update(sign_in.allauth(ACCOUNT_EMAIL_VERIFICATION, https=HTTPS))
SOCIAL = providers.social(
    google=(env.token("GOOGLE_CLIENT_ID"), env.token("GOOGLE_CLIENT_SECRET")),
    facebook=(env.token("FACEBOOK_CLIENT_ID"), env.token("FACEBOOK_CLIENT_SECRET")),
    others=env.parsed("OIDC_PROVIDERS", "[]", providers.oidc, providers.OIDC_WANTED),
)
vars().update(SOCIAL)

# --- What a stranger may do ------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "web.errors.csrf_failure"
if NUM_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The proxy that ends TLS redirects; a redirect here would break its health checks, which come over plain HTTP.
SILENCED_SYSTEM_CHECKS = ["security.W008"]
CORS_ALLOWED_ORIGINS = env.names("CORS_ALLOWED_ORIGINS", [], is_origin, "like https://app.example.org")
vars().update(cross_origin.SETTINGS)
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS", [], is_trusted_origin, "like https://movies.example.org")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
# Where a picture of 2 MiB may come with the rest of a form.
UPLOAD_PATHS = frozenset({"/api/v1/users/profile", "/accounts/profile/"})
UPLOAD_MAX_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE * 2 + 131_072
THROTTLE_RATES = {
    "anon": env.rate("THROTTLE_ANON", "1000/min"),
    "user": env.rate("THROTTLE_USER", "3000/min"),
    "write": env.rate("THROTTLE_WRITE", "120/min"),
    "login": env.rate("THROTTLE_LOGIN", "10/min"),
    "account": env.rate("THROTTLE_ACCOUNT", "30/hour"),
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "https://image.tmdb.org"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *providers.origins(SOCIAL["SOCIALACCOUNT_PROVIDERS"])],
        "frame-ancestors": ["'none'"],
    }
}

# --- Files, language, time -------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / (env.str("STATIC_ROOT", default="") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "web.packing.PackedStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "gif", "webp", "woff", "woff2", "gz", "br", "zip"]
vars().update(places.languages(BASE_DIR / "locale"))
TIME_ZONE = "UTC"

# --- The API ---------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = rest.REST_FRAMEWORK | {"NUM_PROXIES": NUM_PROXIES}
SPECTACULAR_SETTINGS = documents.SPECTACULAR
DRF_STANDARDIZED_ERRORS = {"EXCEPTION_HANDLER_CLASS": "web.errors.ExceptionHandler"}

LOGGING_CONFIG = None
LOG_LEVEL = env.word("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
LOG_FORMAT = env.word("LOG_FORMAT", "json", ["json", "console"])
configure_logging(level=LOG_LEVEL, style=LOG_FORMAT)
SENTRY_DSN = env.str("SENTRY_DSN", default="")
start_error_reporting(SENTRY_DSN)
