"""Settings of the portal, driven by the environment; see .env.example for every variable.

Development starts without any variable. ENVIRONMENT=production refuses to start with a development
secret, with DEBUG or with open hosts, and says which.
"""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from welzijnportal import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

ENVIRONMENT = env.str("ENVIRONMENT", default="development")
if ENVIRONMENT not in ("development", "test", "production"):
    raise ImproperlyConfigured(f"ENVIRONMENT is '{ENVIRONMENT}'; it must be development, test or production.")
IN_PRODUCTION = ENVIRONMENT == "production"
IN_DEVELOPMENT = ENVIRONMENT == "development"
# The style guide and the sent-mail page; tests look at them too.
HAS_DEVELOPMENT_PAGES = not IN_PRODUCTION

DEVELOPMENT_SECRET = "only-for-development-never-use-this-in-production"  # noqa: S105
SECRET_KEY = env.str("SECRET_KEY", default="" if IN_PRODUCTION else DEVELOPMENT_SECRET)
# Older keys: sessions and second factors made with them keep working while a new key is taken into use.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=IN_DEVELOPMENT)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if IN_PRODUCTION else ["*"])
SITE_URL = env.str(
    "SITE_URL", default="" if IN_PRODUCTION else f"http://localhost:{env.str('PORT', default='8000')}"
).rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []


def _refuse_unsafe_production() -> None:
    found = []
    if len(SECRET_KEY) < 40 or SECRET_KEY == DEVELOPMENT_SECRET:
        found.append("SECRET_KEY is missing, too short (40 characters at least) or the development secret")
    if DEBUG:
        found.append("DEBUG is on")
    if not ALLOWED_HOSTS or any(host in ("*", ".") or host.startswith("*") for host in ALLOWED_HOSTS):
        found.append("ALLOWED_HOSTS is empty or open")
    if not env.str("DATABASE_URL", default=""):
        found.append("DATABASE_URL is missing: the embedded server is for development")
    if not SITE_URL.startswith("https://"):
        found.append("SITE_URL is missing or does not start with https://")
    if not env.str("SMTP_HOST", default=""):
        found.append("SMTP_HOST is missing")
    if "TRUSTED_PROXY_COUNT" not in os.environ:
        found.append("TRUSTED_PROXY_COUNT is missing: without it all visitors share one rate limit (0 without a proxy)")
    if found:
        raise ImproperlyConfigured("These settings are not safe for production: " + "; ".join(found) + ".")


if IN_PRODUCTION:
    _refuse_unsafe_production()

INSTALLED_APPS = [
    "welzijnportal",
    "welzijnportal.accounts",
    "welzijnportal.geo",
    "organisaties",
    "netwerk",
    "agenda",
    "welzijnportal.adminconfig.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "taggit",
    "phonenumber_field",
    "simple_history",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "welzijnportal.middleware.SafeRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "welzijnportal.middleware.KeepInputMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "welzijnportal.middleware.SessionActivityMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "welzijnportal.middleware.PrivatePagesMiddleware",
]

ROOT_URLCONF = "welzijnportal.urls"
WSGI_APPLICATION = "welzijnportal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "welzijnportal.context.portaal",
            ],
            "builtins": ["welzijnportal.templatetags.portaal"],
            "string_if_invalid": "",
        },
    }
]
FORM_RENDERER = "welzijnportal.forms.PortaalRenderer"

# Database -------------------------------------------------------------------------------------------

USES_EMBEDDED_DATABASE = not env.str("DATABASE_URL", default="")
if USES_EMBEDDED_DATABASE:
    _database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": env.str("DB_NAME", default="welzijnportal"),
        "USER": embedded.SUPERUSER,
        "HOST": str(embedded.socket_dir()),
    }
else:
    _database = env.db_url("DATABASE_URL")
    _database["ENGINE"] = "django.db.backends.postgresql"
_suffix = env.str("TEST_DB_SUFFIX", default="")
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60 if IN_PRODUCTION else 0),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "options": "-c statement_timeout=15000 -c lock_timeout=10000 -c timezone=UTC -c jit=off",
            **_database.get("OPTIONS", {}),
        },
        "TEST": {"NAME": f"test_{_database['NAME']}{_suffix}"},
    }
}

# So long may the database work on one statement of a search; the visitor then gets a page that says so.
SEARCH_TIMEOUT_MS = env.int("SEARCH_TIMEOUT_MS", default=3000)

# The cache is shared by all processes, for rate limits count across them.
# Room enough: above it entries are thrown out, so that a crowd of new keys could wipe somebody's count.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
if env.str("CACHE_URL", default=""):
    CACHES = {"default": env.cache_url("CACHE_URL")}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Accounts -------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Gebruiker"
AUTHENTICATION_BACKENDS = ["welzijnportal.inloggen.Inlogger"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "welzijnportal.accounts.passwords.LangGenoeg", "OPTIONS": {"min_length": 10}},
    {"NAME": "welzijnportal.accounts.passwords.NietUwNaam"},
    {"NAME": "welzijnportal.accounts.passwords.NietTeGewoon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mijn"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "welzijnportal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ALLAUTH_USER_CODE_FORMAT = {"numeric": True}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    naam: f"welzijnportal.accounts.forms.{klasse}"
    for naam, klasse in {
        "login": "LoginForm",
        "signup": "SignupForm",
        "add_email": "AddEmailForm",
        "change_email": "ChangeEmailForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
        "reauthenticate": "ReauthenticateForm",
        "request_login_code": "RequestLoginCodeForm",
        "confirm_login_code": "ConfirmLoginCodeForm",
        "confirm_email_verification_code": "ConfirmEmailVerificationCodeForm",
        "confirm_password_reset_code": "ConfirmPasswordResetCodeForm",
    }.items()
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IN_PRODUCTION else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Our own actions beside allauth's; welzijnportal.ratelimit.mag() counts them.
RATE_LIMITS = {
    "doorgeven": "20/h/ip",
    "doorgeven_mail": "5/h/ip,20/d/ip",
    "doorgeven_adres": "3/d/key",
    "volgen": "10/h/ip,40/d/ip",
    "volgen_adres": "10/d/key",
    "melden": "5/m/ip,30/d/ip",
    "corrigeren": "5/m/ip,30/d/ip",
    "partners": "40/d/key",
    "aanmelden": "20/h/ip",
    "aanmeldcode": "5/h/key",
    "uitnodigen": "30/h/key",
    "overnemen": "10/d/key,30/d/ip",
    "gesprek": "30/h/key,100/d/key",
    "reactie": "60/h/key,300/d/key",
    "netwerk_lid_worden": "30/d/key",
    "netwerk_steun": "20/d/key",
    "niet_vermelden": "5/d/key,10/d/ip",
    "wie_weet_dit": "10/d/key",
    "weten_antwoord": "30/h/key",
    "praktijkkaarten": "20/d/key",
    "suggesties": "120/m/ip",
    # The open API: each request, a stream of everything, and a long list that must be walked through first.
    "api": "120/m/ip",
    "api_stroom": "20/h/ip",
    "api_zwaar": "20/m/ip",
    # Short messages, by account: writing, likes and passing on, following and muting.
    "bericht": "30/h/key",
    "bericht_knop": "600/h/key",
    "volgen_netwerk": "300/h/key",
    "contact_vragen": "30/h/key,100/d/key",
    "contact_uitnodigen": "20/h/key,40/d/key",
    "introductie": "20/d/key",
    "signaleren": "30/d/key",
    "post": "60/h/key",
    "post_nieuw": "20/h/key,60/d/key",
    "contact": "5/h/ip",
    "code": "30/m/ip",
}
# How many mails 'klopt dit nog?' go out on one day, so that a full directory does not look like a sender of spam.
FRESHNESS_MAILS_PER_DAY = env.int("FRESHNESS_MAILS_PER_DAY", default=500)
if FRESHNESS_MAILS_PER_DAY < 0:
    raise ImproperlyConfigured("FRESHNESS_MAILS_PER_DAY is a number of mails; 0 sends none.")
# Beside allauth's own defaults: what sends a mail to an address that a stranger may type is limited by the hour too.
ACCOUNT_RATE_LIMITS = {
    "signup": "20/m/ip,200/d/ip",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip,3/m/key,10/h/key",
    "confirm_email": "1/10s/key,10/h/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Welzijnportal"
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "welzijnportal.accounts.adapter.TweedeFactorAdapter"
MFA_FORMS = {
    naam: f"welzijnportal.accounts.forms.{klasse}"
    for naam, klasse in {
        "authenticate": "AuthenticateForm",
        "reauthenticate": "MFAReauthenticateForm",
        "activate_totp": "ActivateTOTPForm",
        "add_webauthn": "AddWebAuthnForm",
        "edit_webauthn": "EditWebAuthnForm",
        "authenticate_webauthn": "AuthenticateWebAuthnForm",
        "login_webauthn": "LoginWebAuthnForm",
        "reauthenticate_webauthn": "ReauthenticateWebAuthnForm",
    }.items()
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IN_PRODUCTION
USERSESSIONS_TRACK_ACTIVITY = True
# In development alone the demo admin enters without a second factor; everywhere else it is demanded.
ADMIN_NEEDS_SECOND_FACTOR = not IN_DEVELOPMENT

SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, list[dict[str, object]]]] = {"openid_connect": {"APPS": []}}
_PROVIDER_ORIGINS: list[str] = []
for _name, _title, _server in (
    ("LINKEDIN", "LinkedIn", "https://www.linkedin.com/oauth"),
    ("OIDC", env.str("OIDC_TITLE", default="Organisatie-account"), env.str("OIDC_SERVER_URL", default="")),
):
    if env.str(f"{_name}_CLIENT_ID", default="") and _server:
        _PROVIDER_ORIGINS.append("/".join(_server.split("/", 3)[:3]))
        SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
            {
                "provider_id": _name.lower(),
                "name": _title,
                "client_id": env.str(f"{_name}_CLIENT_ID"),
                "secret": env.str(f"{_name}_CLIENT_SECRET", default=""),
                "settings": {"server_url": _server},
            }
        )
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_ADAPTER = "welzijnportal.accounts.adapter.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "welzijnportal.accounts.forms.SocialSignupForm"}

# Language and time ----------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
PHONENUMBER_DEFAULT_REGION = "NL"
PHONENUMBER_DEFAULT_FORMAT = "NATIONAL"
TAGGIT_CASE_INSENSITIVE = True

# Files ----------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
MEDIA_URL = "media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "welzijnportal.storage.HashedStaticStorage"
        if IN_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not IN_PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024

# Mail -----------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="Welzijnportal <noreply@welzijnportal.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="redactie@welzijnportal.example")
DEVELOPMENT_MAIL_DIR = BASE_DIR / ".data" / "mail"
if env.str("SMTP_HOST", default=""):
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": env.str("SMTP_HOST"),
                "port": env.int("SMTP_PORT", default=587),
                "username": env.str("SMTP_USER", default=""),
                "password": env.str("SMTP_PASSWORD", default=""),
                "use_tls": env.bool("SMTP_STARTTLS", default=IN_PRODUCTION),
                "timeout": 20,
            },
        }
    }
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(DEVELOPMENT_MAIL_DIR)},
        }
    }

# Security -------------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    # Chromium holds the redirect after a form to this list too, so log-in at a provider needs its origin.
    "form-action": [CSP.SELF, *_PROVIDER_ORIGINS],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "frame-src": [CSP.NONE],
    "object-src": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
} | {"fullscreen": ["self"], "publickey-credentials-get": ["self"], "publickey-credentials-create": ["self"]}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = IN_PRODUCTION and env.bool("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^gezondheid/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
SECURE_HSTS_PRELOAD = IN_PRODUCTION
if env.int("TRUSTED_PROXY_COUNT", default=0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_NAME = "__Host-sessie" if IN_PRODUCTION else "sessie"
CSRF_COOKIE_NAME = "__Host-csrf" if IN_PRODUCTION else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
# Messages may name an address; in the session they need no third cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "welzijnportal.views.fouten.csrf"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"kort": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "kort"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO"), "propagate": False},
        # One line a task and one a look at the queue would bury the rest.
        "django.tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
