"""All settings; what differs between the demo and production comes from the environment.

`.env.example` lists every variable read here. `DEMO` is the only switch: it loads invented data
and allows plain http on localhost; without it, desabinaan.checks refuses to start with what is
unsafe. `DEBUG` does not exist: error pages are always the real ones.
"""

from datetime import timedelta
from pathlib import Path

import environ
from django.utils.csp import CSP

from desabinaan import clock
from desabinaan.logs import MOMENT

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- The environment -------------------------------------------------------------------------

DEMO = env.bool("DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")  # checked in desabinaan.checks
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Printed into every QR; a variable that is set to nothing is one that is not set.
PORTAL_URL = env.str("PORTAL_URL", default="") or "http://localhost:8000"
# Where it was before: what was printed then is still scanned, signed, and uploaded.
FORMER_PORTAL_URLS = env.list("FORMER_PORTAL_URLS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PORTAL_URL])
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///desabinaan")}
DATABASES["default"].setdefault("OPTIONS", {}).update(
    pool={
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL", default=8),
        # Waiting longer would only hold up the pages that need no database.
        "timeout": 2,
        # The pause between two attempts grows until this; then the next request tries anew.
        "reconnect_timeout": 10,
    },
    connect_timeout=5,
)
# No page is worth more of everybody's database; imports, migrations and workers take their time.
STATEMENT_SECONDS = env.int("STATEMENT_SECONDS", default=0)
# A page's queries read few rows through many tables: compiling them, or weighing every order of
# eight joins, takes longer than they do.
_QUICK = "-c jit=off -c join_collapse_limit=5"
DATABASES["default"]["OPTIONS"]["options"] = f"-c statement_timeout={STATEMENT_SECONDS}s {_QUICK}"
# A connection that died with a restarted server is replaced before anybody meets it.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
_mail = env.email_url_config(env.str("EMAIL_URL", default="") or "consolemail://")
_mail_options = {
    "host": _mail["EMAIL_HOST"],
    "port": _mail["EMAIL_PORT"],
    "username": _mail["EMAIL_HOST_USER"],
    "password": _mail["EMAIL_HOST_PASSWORD"],
    "file_path": _mail["EMAIL_FILE_PATH"],
    "use_tls": _mail.get("EMAIL_USE_TLS"),
    "use_ssl": _mail.get("EMAIL_USE_SSL"),
    "timeout": 10 if _mail["EMAIL_HOST"] else None,  # a server that hangs holds no worker
}
if DEMO and ".console." in _mail["EMAIL_BACKEND"]:
    _mail["EMAIL_BACKEND"] = "desabinaan.terminal.EmailBackend"  # whole: there is no other mailbox
_mail_given = {name: value for name, value in _mail_options.items() if value}
MAILERS = {"default": {"BACKEND": _mail["EMAIL_BACKEND"], "OPTIONS": _mail_given}}
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="") or "Portal Desa Binaan <portal@localhost>"
# What happens together is told together; then there is silence. The demo does not make one wait.
NOTICES_WAIT = timedelta(minutes=env.int("NOTICES_WAIT_MINUTES", default=1 if DEMO else 5))
NOTICES_REST = timedelta(minutes=env.int("NOTICES_REST_MINUTES", default=0 if DEMO else 60))
DEBUG = False

# --- Applications ----------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "lucide",
    "audit",
    "accounts",
    "certificates",
    "villages",
    "events",
    "reports",
    "desabinaan",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "desabinaan.middleware.headers_only_middleware",
    "desabinaan.middleware.CompressPagesMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "accounts.middleware.no_store_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "desabinaan.middleware.pressed_button_middleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "desabinaan.middleware.plain_query_middleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.SignInRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.access_middleware",
    "accounts.middleware.wanted_page_middleware",
    "accounts.middleware.OwnPasswordMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "desabinaan.urls"
WSGI_APPLICATION = "desabinaan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["desabinaan.templatetags.portal", "lucide.templatetags.lucide"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "desabinaan.rendering.FormRenderer"

# --- Language and time -----------------------------------------------------------------------

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"  # only the fallback: what is printed or counted uses the office's zone
USE_I18N = True
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_DIR", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Private files: never below a public address; served by views after the page's own check.
FILES_DIR = DATA_DIR / "files"
STORAGES = {
    "default": {
        "BACKEND": "desabinaan.storage.LastingStorage",
        "OPTIONS": {"location": FILES_DIR / "uploads", "base_url": None},
    },
    "papers": {
        # A paper is named by its hash: writing it twice writes the same bytes.
        "BACKEND": "desabinaan.storage.LastingStorage",
        "OPTIONS": {
            "location": FILES_DIR / "papers",
            "base_url": None,
            "allow_overwrite": True,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The longest forms: assignments for one letter, certificates of one SK, the villages of an officer
# who hands over, one field each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# --- People ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.SignInBackend"]
# Scrypt takes less than half of PBKDF2's time here, and memory that makes guessing dear.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "accounts.passwords.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "accounts.passwords.NotCommon"},
    {"NAME": "accounts.passwords.NotOnesName"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:desk"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.PortalAccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignInForm",
    "change_password": "accounts.forms.sign_in.OwnPasswordForm",
    "reset_password": "accounts.forms.sign_in.AskForLinkForm",
    "reset_password_from_key": "accounts.forms.sign_in.NewPasswordForm",
    "reauthenticate": "accounts.forms.sign_in.ConfirmPasswordForm",
}
PASSWORD_RESET_TIMEOUT = 24 * 3600
# Django's own: allauth's notes an address to verify, which bars its owner from a second factor.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]  # unused: sign-up is closed
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "none"  # an admin enters the address; nobody signs up
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_ON_GET = False

# A second factor: for heads, acting ones too, and administrators due some time after their first
# such role began, whatever became of it.
SECOND_FACTOR_GRACE_DAYS = env.int("SECOND_FACTOR_GRACE_DAYS", default=30)
MFA_ADAPTER = "accounts.second_factor_adapter.PortalMFAAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.forms.second_factor.ActivateAppForm",
    "deactivate_totp": "accounts.forms.second_factor.RemoveAppForm",
    "authenticate": "accounts.forms.second_factor.CodeForm",
    "authenticate_webauthn": "accounts.forms.second_factor.PasskeyForm",
    "add_webauthn": "accounts.forms.second_factor.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Desa Binaan Imigrasi"
MFA_TOTP_TOLERANCE = 1  # phones whose clock is half a minute off; a code still counts only once
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # http://localhost
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

# Limits per name, not per address: a whole village may sit behind one router. They are counted
# in the database, where every process sees them and a broker that is down changes nothing. Where
# nobody need be known yet, the key is the name tried from one place (`devices.source`), so that no
# stranger keeps a person out; the wider limit per name, `…_anywhere`, is out of reach of one place.
# Whatever the name, `…_place` keeps floods away: by address, except for browsers that are known.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/5m/key",
    # 300 an hour too; not by the hour, so that it is over after the five minutes that are said.
    "login_failed_anywhere": "25/5m/key",
    # A quarter of a second of one core each: an office behind one address, but no flood.
    "login_place": "120/m/key",
    "login": None,  # allauth's own, by address: one device would close it to all behind its router
    "reset_password_here": "3/h/key",
    "reset_password_place": "30/m/key",
    "reset_password": "20/h/key",
    # A card's code typed with its name: guessing uses up nobody's card, so it is slow instead.
    "activate": "10/5m/key",
    "activate_place": "120/m/key",
    "activate_anywhere": "300/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Enough that nobody can make the oldest counts fall out by trying many names.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Safety ----------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine itself, without TLS
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 3600
# Never `preload`: with it anybody may enter the name in the list of every browser, for years.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=not DEMO)
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = 8 * 3600  # idle time of an office; a village's own phone gets longer
VILLAGE_SESSION_AGE = 30 * 24 * 3600
SESSION_SAVE_EVERY_REQUEST = False  # accounts.middleware keeps it alive, once a while
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Queue -----------------------------------------------------------------------------------

# redis-py and kombu name a Unix socket differently.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", default="papers")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_PRIORITY = 5  # 0 goes first; of a batch: desabinaan.queue.IN_BATCH
# Behind every paper: whoever waits for a certificate does not wait for somebody's table.
CELERY_TASK_ROUTES = {"certificates.tasks.make_export": {"priority": 9}}
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # worker and clock wait for the broker, however long
# A broker that is down must not hold up a decision: give up at once, the sweeper brings the rest.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 0,  # of whoever publishes; the worker has its own count, above
}
CELERY_TASK_TIME_LIMIT = 120
CELERY_TIMEZONE = TIME_ZONE
# Beat remembers no last round: a clock that was once ahead would keep it silent until then, a full
# disk would keep it from starting, and one round too many at a start does no harm.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = clock.SCHEDULE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "discreet": {"()": "desabinaan.logs.Discreet"},
        "without_strangers": {"()": "desabinaan.logs.WithoutStrangers"},
        "without_probes": {"()": "desabinaan.logs.WithoutProbes"},
    },
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s", "datefmt": MOMENT}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["discreet"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["without_probes"]},
        # Anybody can ask under a foreign name: answered 400, and not a page of log each time.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.csrf": {"filters": ["without_strangers"]},
        "pikepdf": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "fido2": {"level": "WARNING"},  # else it logs every passkey by its number
    },
}
