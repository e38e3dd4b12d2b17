"""Passwords, tokens, and how allauth is set up here."""

from datetime import timedelta
from typing import Any

HASHERS = [
    "accounts.hashers.PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
TOKENS = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=10),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=30),
    "AUDIENCE": "marquee-api",
}


def allauth(verification: str, *, https: bool) -> dict[str, Any]:
    """The settings, where e-mail addresses are verified as told (`mandatory`, `optional`, `none`)."""
    return {
        "ACCOUNT_ADAPTER": "accounts.adapter.AccountAdapter",
        "ACCOUNT_LOGIN_METHODS": {"username", "email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "username*", "password1*"],
        "ACCOUNT_USERNAME_VALIDATORS": "accounts.models.names.SIGNING_UP",
        # Where an address need not be confirmed, signing up tells at once whether it is taken.
        "ACCOUNT_PREVENT_ENUMERATION": verification == "mandatory",
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
        # A second factor would be walked around.
        "ACCOUNT_LOGIN_ON_PASSWORD_RESET": False,
        # So that the links of the pages serve the API, and the other way round.
        "ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR": "django.contrib.auth.tokens.PasswordResetTokenGenerator",
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "account",
        "ACCOUNT_LOGOUT_REDIRECT_URL": "home",
        "HEADLESS_TOKEN_STRATEGY": "accounts.headless.TokenStrategy",
    } | second_factors(https=https)


def second_factors(*, https: bool) -> dict[str, Any]:
    return {
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        # Browsers have passkeys for encrypted sites and for localhost alone.
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not https,
        "MFA_TOTP_ISSUER": "Marquee",
        "MFA_ADAPTER": "accounts.second_factor.SecondFactors",
    }
