"""Settings of the installation, from the environment. Defaults are `make run`'s; docs/deployment.md lists them all."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from config import embedded, env

DAY = 24 * 60 * 60

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("ISNAD_VAR", str(BASE_DIR / "var")))

DEBUG = env.flag("DEBUG", True)
SECRET_KEY = env.text("SECRET_KEY", "development only" if DEBUG else None)
# Of the four keys no two are the same, and each can be changed alone. This one seals second factors: the first key of
# the list encrypts, all of them decrypt. `python -m config.keys` makes one.
TOTP_KEYS = env.words("TOTP_KEY", "ZGV2ZWxvcG1lbnQgb25seSwgMzIgYnl0ZXMgbG9uZyE=" if DEBUG else None)
# And this one signs captures: the first key signs, all of them are recognised as ours.
CAPTURE_KEYS = env.words(
    "CAPTURE_KEY", "ZGV2ZWxvcG1lbnQgb25seSwgZm9ydHktZWlnaHQgYnl0ZXMgbG9uZywgbm8gbW9y" if DEBUG else None
)
# Ed25519 seeds in base64 that sign the checkpoints of the ledger, the name of the log in them, and verifier keys of
# earlier signers that go on being trusted.
LEDGER_KEYS = env.words("LEDGER_KEY", "bGVkZ2VyLCBkZXZlbG9wbWVudCBvbmx5LCAzMiBieXQ=" if DEBUG else None)
LEDGER_NAME = env.text("LEDGER_NAME", "isnad.localhost/ledger" if DEBUG else None)
LEDGER_TRUSTED_KEYS = env.words("LEDGER_TRUSTED_KEYS", "")
# The demo case with its people, whose passwords everybody knows, and the loopback address its pages are served on.
ISNAD_DEMO = env.flag("ISNAD_DEMO", DEBUG)
ISNAD_DEMO_PAGES = env.text("ISNAD_DEMO_PAGES", "127.0.0.1:8123")
# Private addresses a capture may reach all the same.
ISNAD_CAPTURE_ALLOW = env.words("ISNAD_CAPTURE_ALLOW", ISNAD_DEMO_PAGES if ISNAD_DEMO else "")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver" if DEBUG else "")

INSTALLED_APPS = [
    "config",
    "newsroom",
    "audit",
    "sources",
    "verification",
    "publishing",
    "config.support.SupportConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "template_partials",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # A view nobody marked as open is closed.
    "config.unsent.TypedIsNotLost",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "audit.middleware.OriginMiddleware",
    "config.refusals.WordsForARefusal",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": embedded.database(VAR_DIR)}
# Where web server and workers are another role than the one that migrates: for `migrate`, which sets its rights.
DATABASE_WEB_URL = env.text("DATABASE_WEB_URL", "")
REDIS_URL = embedded.broker_url(VAR_DIR)

# Which of the queues a task goes to, when not "default", and what Celery's beat publishes (schedules in seconds).
TASK_ROUTES: dict[str, dict[str, str]] = {
    "sources.make_capture": {"queue": "capture"},
    "sources.stamp_capture": {"queue": "capture"},
    "sources.ask_for_copy": {"queue": "capture"},
    "audit.anchor_outside": {"queue": "capture"},
}
BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep captures": {"task": "sources.sweep_captures", "schedule": 30.0, "options": {"expires": 30}},
    "sweep errands": {"task": "sources.sweep_errands", "schedule": 30.0, "options": {"expires": 30}},
    "sweep anchors": {"task": "audit.sweep_anchors", "schedule": 60.0, "options": {"expires": 60}},
    "sign the ledger": {"task": "audit.make_checkpoint", "schedule": 600.0, "options": {"expires": 600}},
    "look quotations up": {"task": "verification.look_up_due", "schedule": 30.0, "options": {"expires": 30}},
    "sweep watches": {"task": "sources.sweep_watches", "schedule": 120.0, "options": {"expires": 120}},
    "keep watches": {"task": "verification.keep_watches", "schedule": 120.0, "options": {"expires": 120}},
    "open passage alerts": {"task": "verification.open_passage_alerts", "schedule": 30.0, "options": {"expires": 30}},
    "sweep verifications": {"task": "audit.sweep_verifications", "schedule": 30.0, "options": {"expires": 30}},
    "count claims again": {"task": "verification.recount_due", "schedule": 30.0, "options": {"expires": 30}},
}

# Evidentiary files, named by what they hold.
ARCHIVE_ROOT = env.text("ARCHIVE_ROOT", str(VAR_DIR / "archive"))
# What makes a capture unless it is said: BROWSER (where one is; else HTTP, and the capture says so), or HTTP.
CAPTURE_ENGINE = env.choice("CAPTURE_ENGINE", "BROWSER", {"BROWSER", "HTTP"})
CAPTURE_FULL_PAGE = env.flag("CAPTURE_FULL_PAGE", True)
# Consent banners in a browser: LEAVE, or DECLINE by the rules of autoconsent, which `make setup` puts into this folder.
CAPTURE_BANNERS = env.choice("CAPTURE_BANNERS", "LEAVE", {"LEAVE", "DECLINE"})
BANNER_RULES = BASE_DIR / "static" / "vendor" / "autoconsent"
BROWSER = env.text("BROWSER", "")
BROWSER_SANDBOX = env.flag("BROWSER_SANDBOX", True)
# Where archived pages are played (config/replay_settings.py). `*` stands for a label of each capture, so that no page
# can reach another. Cookies know no ports, so the host differs, not only the port.
REPLAY_PORT = env.number("REPLAY_PORT", env.number("PORT", 8000) + 100)
REPLAY_ORIGIN = env.text("REPLAY_ORIGIN", f"http://*.localhost:{REPLAY_PORT}" if DEBUG else None)
# What one capture may use, where it differs from sources/archiving/limits.py.
CAPTURE_LIMITS: dict[str, Any] = {}
# Politeness: how many captures of one host run at once, and the seconds between the beginnings of two.
CAPTURES_PER_HOST = env.number("CAPTURES_PER_HOST", 2)
CAPTURE_HOST_PAUSE = env.number("CAPTURE_HOST_PAUSE", 1)

# Who says that a capture or a checkpoint was there by a certain time (audit/stamps/authorities.py), and which private
# addresses such services may have.
TIMESTAMP_AUTHORITIES = env.words("TIMESTAMP_AUTHORITIES", "")
TIMESTAMP_AUTHORITIES_RETIRED = env.words("TIMESTAMP_AUTHORITIES_RETIRED", "")  # believed, and not asked any more
OPENTIMESTAMPS_CALENDARS = env.words("OPENTIMESTAMPS_CALENDARS", "")
LEDGER_ANCHORS = env.words("LEDGER_ANCHORS", "")
SERVICES_ALLOW = env.words("SERVICES_ALLOW", "")
# The Internet Archive. Asking it tells it the address, so it is asked when a person says so, unless IA_AUTOMATIC.
IA_ACCESS_KEY = env.text("IA_ACCESS_KEY", "")
IA_SECRET_KEY = env.text("IA_SECRET_KEY", "")
IA_AUTOMATIC = env.flag("IA_AUTOMATIC", False)
IA_URL = env.text("IA_URL", "https://web.archive.org")
IA_TIMEMAP_URL = env.text("IA_TIMEMAP_URL", "https://web.archive.org/web/timemap/link/")

# Of a capture made elsewhere: the file as it comes, and what a WACZ may grow to. Large bodies go to the disk at once.
UPLOAD_MEGABYTES = env.number("UPLOAD_MEGABYTES", 100)
UPLOAD_UNPACKED_MEGABYTES = env.number("UPLOAD_UNPACKED_MEGABYTES", 1000)

AUTH_USER_MODEL = "newsroom.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "config.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an admin vouches for the address
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "config.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = "Isnad"

# Throttles stand in PostgreSQL, where all processes see them and Redis cannot take them along.
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_USERNAME_CALLABLE = "config.accounts.attempted_email"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# allauth's own limits and its guard against a TOTP code used twice need a cache that all processes share.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

SESSION_COOKIE_AGE = 7 * DAY
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.unsent.too_old"
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", not DEBUG)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, by plain HTTP
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 0 if DEBUG else 365 * DAY)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", False)
# Subdomains and preloading bind more than this installation: their owner decides.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if env.flag("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Where a link leads shall not learn that this newsroom follows it.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # allauth draws the TOTP code as a data: picture
        "connect-src": ["'self'"],
        "frame-src": [REPLAY_ORIGIN],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb")
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "config.uploading.NotTooLarge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "isnad@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if DEBUG else 'smtp'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = env.text("MAIL_HOST", "localhost")
EMAIL_PORT = env.number("MAIL_PORT", 25)
EMAIL_HOST_USER = env.text("MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("MAIL_TLS", False)

LANGUAGE_CODE = "en"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
LANGUAGE_COOKIE_AGE = 365 * DAY
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# To the console, where the process manager collects it. No request bodies, no arguments, no mail to admins: whoever
# reads a log is not for that reason a custodian.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # Their information is about single addresses and people.
        "axes": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
    },
}
