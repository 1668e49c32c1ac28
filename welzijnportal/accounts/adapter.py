"""Where allauth meets the portal: its mails, its words, its secrets and its redirects."""

import base64
import hashlib
import logging
import secrets
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from welzijnportal import mail
from welzijnportal.validators import een_regel

logger = logging.getLogger(__name__)

TE_VAAK = "U hebt dit te vaak geprobeerd. Wacht een paar minuten en probeer het dan opnieuw."


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Dit account is afgesloten.",
        "cannot_remove_primary_email": "Dit e-mailadres hoort bij uw account. Kies eerst een ander adres.",
        "duplicate_email": "Dit is al het e-mailadres van uw account.",
        "email_password_mismatch": "Het e-mailadres of het wachtwoord klopt niet.",
        "email_taken": "Dit e-mailadres kunt u niet gebruiken. Vul een ander adres in.",
        "enter_current_password": "Dit is niet uw huidige wachtwoord.",
        "incorrect_code": "Deze code klopt niet. Kijk de code nog eens na.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "invalid_or_expired_key": "Deze link werkt niet meer.",
        "invalid_login": "Inloggen is niet gelukt. Kijk uw gegevens nog eens na.",
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe code aan.",
        "max_email_addresses": "U kunt hoogstens %d e-mailadressen gebruiken.",
        "too_many_login_attempts": TE_VAAK,
        "unknown_email": "Dit e-mailadres kennen wij niet.",
        "unverified_primary_email": "Bevestig eerst uw e-mailadres.",
        "select_only_one": "Kies één mogelijkheid.",
        "same_as_current": "Vul iets anders in dan wat er nu staat.",
        "rate_limited": TE_VAAK,
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue allauth's mail as one of the portal's own: ``account/email/x`` is ``mail/account/x.txt``."""
        mail.verstuur(template_prefix.replace("/email/", "/"), aan=email, context={**context, "email": email})

    def clean_email(self, email: str) -> str:
        """Refuse what could pass for another's address (a long s, an umlaut that is also written xn--) or is no place."""
        een_regel(email)
        if not email.isascii():
            raise ValidationError("Gebruik in uw e-mailadres alleen gewone letters en cijfers.", code="ascii")
        domein = email.rpartition("@")[2]
        if "." not in domein or "[" in domein:
            raise ValidationError("Vul een e-mailadres in, zoals naam@voorbeeld.nl.", code="invalid")
        return email

    def is_safe_url(self, url: str) -> bool:
        """Follow addresses within this site only; allauth would also follow to every allowed host."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, str]]:
        woorden = {
            "reauthenticate": "Uw wachtwoord",
            "mfa_reauthenticate": "Een code uit uw app of een herstelcode",
            "mfa_reauthenticate:webauthn": "Uw toegangssleutel",
        }
        manieren = super().get_reauthentication_methods(user)
        return [{**manier, "description": woorden[manier["id"]]} for manier in manieren]


class TweedeFactorAdapter(DefaultMFAAdapter):
    """The second factor; its secrets are encrypted with a key of SECRET_KEY, so that a copy of the database gives none."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": "Zet eerst uw extra beveiliging uit.",
        "cannot_delete_authenticator": "Deze beveiliging kunt u niet uitzetten.",
        "cannot_generate_recovery_codes": "Herstelcodes krijgt u pas als u een app of toegangssleutel gebruikt.",
        "incorrect_code": "Deze code klopt niet. Kijk de code nog eens na.",
        "unverified_email": "Bevestig eerst uw e-mailadres. Daarna kunt u extra beveiliging aanzetten.",
    }

    def _get_site_name(self) -> str:
        return "Welzijnportal"

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        aantal = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Toegangssleutel {aantal + 1}" if aantal else "Mijn toegangssleutel"

    @staticmethod
    def _sleutels() -> MultiFernet:
        geheimen = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        afgeleid = [hashlib.sha256(f"tweede factor {geheim}".encode()).digest() for geheim in geheimen]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(sleutel)) for sleutel in afgeleid])

    def encrypt(self, text: str) -> str:
        return self._sleutels().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return self._sleutels().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # SECRET_KEY was replaced without a fallback. A random secret matches no code; an empty one would.
            logger.error("A second factor cannot be read: SECRET_KEY was replaced without SECRET_KEY_FALLBACKS.")
            return base64.b32encode(secrets.token_bytes(20)).decode()


class SocialAdapter(DefaultSocialAccountAdapter):
    error_messages: ClassVar[dict[str, str]] = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": "Met dit e-mailadres kunt u zo niet inloggen. Log in zoals u gewend bent en koppel daarna %s.",
        "invalid_token": "Inloggen is niet gelukt. Probeer het opnieuw.",
        "no_password": "Kies eerst een wachtwoord. Anders kunt u straks niet meer inloggen.",
        "no_verified_email": "Bevestig eerst uw e-mailadres. Anders kunt u straks niet meer inloggen.",
        "disconnect_last": "Dit is uw enige manier om in te loggen. Kies eerst een wachtwoord.",
        "connected_other": "Dit account is al gekoppeld aan een ander account van het Welzijnportal.",
    }

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> AbstractBaseUser:
        gebruiker = super().populate_user(request, sociallogin, data)
        naam = " ".join(str(data.get("name") or "").split())[:100]
        try:
            een_regel(naam)
        except ValidationError:
            naam = ""
        gebruiker.naam = naam
        return gebruiker
