"""Every setting. What differs between two installations comes from the environment; `.env.example` lists it all."""

import os
from pathlib import Path

from config import documents, environment
from config.environment import Environment, is_loopback_only, kept_secret
from config.schedule import SCHEDULE
from web.logging import configure_logging
from web.reporting import start_error_reporting

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
env_file = Path(os.environ.get("ENV_FILE", BASE_DIR / ".env"))
if env_file.is_file():
    env.read_env(env_file, overwrite=False)

DATA_DIR = Path(env.str("DATA_DIR", default="var"))
DATA_DIR = DATA_DIR if DATA_DIR.is_absolute() else BASE_DIR / DATA_DIR
DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
IS_EMBEDDED = not DATABASE_URL

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(
    DATA_DIR if IS_EMBEDDED else None, make=environment.first_start_allowed
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
WEB_CONCURRENCY = env.int("WEB_CONCURRENCY", default=2 if REDIS_URL else 1)
WEB_THREADS = env.int("WEB_THREADS", default=4)
NUM_PROXIES = env.int("NUM_PROXIES", default=0)
HTTPS = env.bool("HTTPS", default=not is_loopback_only(ALLOWED_HOSTS))
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "corsheaders",
    "rest_framework",
    "django_filters",
    "drf_standardized_errors",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "web",
    "accounts",
    "catalog",
]

MIDDLEWARE = [
    "web.observation.ObservationMiddleware",
    "web.requests.RequestLimitsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "web.middleware.ContentSecurity",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "web.compression.CompressionMiddleware",
    "web.middleware.Origins",
    "web.middleware.Sessions",
    "web.middleware.Hosts",
    "django.middleware.csrf.CsrfViewMiddleware",
    "web.middleware.Authentication",
    "web.middleware.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False
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
DATABASES = {"default": env.db_url_config(DATABASE_URL or f"sqlite:///{DATA_DIR / 'marquee.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}  # in memory, threads would not see each other
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits at BEGIN, where SQLite's busy timeout works
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
        " PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

CACHE_KEY_PREFIX = env.str("CACHE_KEY_PREFIX", default="marquee")
if REDIS_URL:
    _shared_cache = {
        "BACKEND": "web.caches.GuardedRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 2},
    }
else:
    # The worker is another process: what it drops must be gone for the web server too, so the embedded cache is files.
    _shared_cache = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
CACHES = {"default": _shared_cache | {"KEY_PREFIX": CACHE_KEY_PREFIX, "TIMEOUT": 3600}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Background work -------------------------------------------------------------------------------------------------
BROKER_FOLDER = DATA_DIR / "broker"
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="") or REDIS_URL or "filesystem://"
if CELERY_BROKER_URL == "filesystem://":
    BROKER_FOLDER.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_FOLDER),
        "data_folder_out": str(BROKER_FOLDER),
        "control_folder": str(BROKER_FOLDER / "control"),
    }
elif CELERY_BROKER_URL.startswith(("redis:", "rediss:")):
    # Two installations on one Redis would else take each other's tasks.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": f"{CACHE_KEY_PREFIX}:celery:"}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False  # into the log, whose lines go to stdout: every line would be lost
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"catalog.tasks.*": {"queue": "sync"}}
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_TIMEZONE = "UTC"

# --- TMDB ------------------------------------------------------------------------------------------------------------
TMDB_TOKEN = env.str("TMDB_TOKEN", default="")
TMDB_BASE_URL = env.str("TMDB_BASE_URL", default="")
TMDB_EXPORTS_URL = env.str("TMDB_EXPORTS_URL", default="https://files.tmdb.org/p/exports")
TMDB_RATE = env.float("TMDB_RATE", default=40.0)
TMDB_TIMEOUT = env.float("TMDB_TIMEOUT", default=10.0)
RECOMMENDER_USE_CONTENT = env.bool("RECOMMENDER_USE_CONTENT", default=False)

# --- Who is who ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
EMAIL_URL = env.str("EMAIL_URL", default="consolemail://")
vars().update(env.email_url_config(EMAIL_URL))
ACCOUNT_EMAIL_VERIFICATION = env.checked(
    "ACCOUNT_EMAIL_VERIFICATION",
    "optional",
    {"mandatory", "optional", "none"}.__contains__,
    "mandatory, optional or none",
)

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
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/"
CORS_EXPOSE_HEADERS = ["ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
THROTTLE_RATES = {
    "anon": env.rate("THROTTLE_ANON", "1000/min"),
    "user": env.rate("THROTTLE_USER", "3000/min"),
    "write": env.rate("THROTTLE_WRITE", "120/min"),
    "login": env.rate("THROTTLE_LOGIN", "10/min"),
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "https://image.tmdb.org"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- Files, language, time -------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / (env.str("STATIC_ROOT", default="") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "gif", "webp", "woff", "woff2", "gz", "br", "zip"]
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

# --- The API ---------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["web.rendering.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["web.rendering.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "web.rendering.AlwaysJSON",
    "DEFAULT_PAGINATION_CLASS": "web.pagination.PageNumberPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": ["web.throttling.CallerThrottle"],
    "DEFAULT_SCHEMA_CLASS": "web.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "NUM_PROXIES": NUM_PROXIES,
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = documents.SPECTACULAR
DRF_STANDARDIZED_ERRORS = {"EXCEPTION_HANDLER_CLASS": "web.errors.ExceptionHandler"}

LOGGING_CONFIG = None
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOG_FORMAT = env.checked("LOG_FORMAT", "json", {"json", "console"}.__contains__, "json or console")
configure_logging(level=LOG_LEVEL, style=LOG_FORMAT)
SENTRY_DSN = env.str("SENTRY_DSN", default="")
start_error_reporting(SENTRY_DSN)
