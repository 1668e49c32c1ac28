"""The forms of logging in and of one's account, in plain Dutch."""

import secrets
from typing import Any

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from welzijnportal.accounts.adapter import TE_VAAK
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.ratelimit import mag

# Long enough for any sentence, short enough to hash at once.
MAX_PASSWORD_LENGTH = 256
MAX_EMAIL_LENGTH = 254
WACHTWOORD_HULP = "Minstens 10 tekens. Een zinnetje van een paar woorden is makkelijk te onthouden."
CODE_FOUT = "Vul de code in."

WOORDEN: dict[str, dict[str, str]] = {
    "email": {"label": "E-mailadres", "leeg": "Vul uw e-mailadres in."},
    "login": {"label": "E-mailadres", "leeg": "Vul uw e-mailadres in."},
    "password": {"label": "Wachtwoord", "leeg": "Vul uw wachtwoord in."},
    "oldpassword": {"label": "Uw huidige wachtwoord", "leeg": "Vul uw huidige wachtwoord in."},
    "password1": {"label": "Wachtwoord", "hulp": WACHTWOORD_HULP, "leeg": "Kies een wachtwoord."},
    "remember": {"label": "Ingelogd blijven op dit apparaat"},
    "code": {"label": "Code", "leeg": CODE_FOUT},
}


class Gewoon(forms.BaseForm):
    """Says allauth's fields in the portal's words, without placeholders, and asks for a password once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for naam, veld in self.fields.items():
            veld.widget.attrs.pop("placeholder", None)
            woorden = WOORDEN.get(naam, {})
            if "label" in woorden:
                veld.label = woorden["label"]
                veld.help_text = woorden.get("hulp", "")
            if "leeg" in woorden:
                veld.error_messages["required"] = woorden["leeg"]
            if isinstance(veld, forms.EmailField):
                veld.error_messages["invalid"] = "Vul een e-mailadres in, zoals naam@voorbeeld.nl."
                # Without this allauth would cut the address off and mail what is left of it.
                veld.validators.append(_adres_niet_te_lang)
                veld.widget.attrs.update(autocapitalize="none", spellcheck="false", maxlength=str(MAX_EMAIL_LENGTH))
            if isinstance(veld.widget, forms.PasswordInput):
                veld.validators.append(_niet_te_lang)
                veld.widget.attrs.update(maxlength=str(MAX_PASSWORD_LENGTH), autocapitalize="none", spellcheck="false")
                veld.widget.attrs["data-wachtwoord"] = ""
        if "code" in self.fields:
            self.fields["code"].widget.attrs.update(
                {
                    "autocomplete": "one-time-code",
                    "autocapitalize": "none",
                    "spellcheck": "false",
                    "class": "code-field",
                    "maxlength": "40",
                }
            )


def _adres_niet_te_lang(waarde: str) -> None:
    if len(waarde) > MAX_EMAIL_LENGTH:
        raise forms.ValidationError("Dit e-mailadres is te lang.", code="max_length")


def _niet_te_lang(waarde: str) -> None:
    if len(waarde) > MAX_PASSWORD_LENGTH:
        raise forms.ValidationError(f"Gebruik hoogstens {MAX_PASSWORD_LENGTH} tekens.", code="max_length")


class MailCode(Gewoon):
    """A code that came by mail: digits, so that a phone shows its number keys."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].label = "Code uit de mail"
            self.fields["code"].help_text = "9 cijfers. De streepjes mag u weglaten."
            self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        # allauth counts wrong codes in the session, which many requests at once read before one has written.
        if not mag(context.request, "code"):
            raise forms.ValidationError(TE_VAAK, code="te_vaak")
        return super().clean_code()  # type: ignore[misc]


class LoginForm(Gewoon, account.LoginForm):
    pass


class SignupForm(Gewoon, account.SignupForm):
    account_already_exists: bool

    def try_save(self, request: HttpRequest) -> tuple[Gebruiker | None, HttpResponse | None]:
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:
                # Somebody signed up with the same address a moment ago.
                self.account_already_exists = True
        self._werk_evenveel()
        return super().try_save(request)

    def _werk_evenveel(self) -> None:
        """Do for a known address what a new account costs, and undo it, so that the time of answer tells nothing."""
        with transaction.atomic():
            gebruiker = Gebruiker.objects.create_user(
                f"{secrets.token_hex(16)}@welzijnportal.invalid", self.cleaned_data.get("password1")
            )
            EmailAddress.objects.create(user=gebruiker, email=gebruiker.email, primary=True)
            transaction.set_rollback(True)


class AddEmailForm(Gewoon, account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Nieuw e-mailadres"


class ChangePasswordForm(Gewoon, account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "Nieuw wachtwoord"


class SetPasswordForm(Gewoon, account.SetPasswordForm):
    pass


class ResetPasswordForm(Gewoon, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Gewoon, account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "Nieuw wachtwoord"


class ReauthenticateForm(Gewoon, account.ReauthenticateForm):
    pass


class RequestLoginCodeForm(Gewoon, account.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(MailCode, account.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCodeForm(MailCode, account.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmPasswordResetCodeForm(MailCode, account.ConfirmPasswordResetCodeForm):
    pass


class ChangeEmailForm(Gewoon, account.ChangeEmailForm):
    pass


class AuthenticateForm(Gewoon, mfa.AuthenticateForm):
    pass


class MFAReauthenticateForm(Gewoon, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(Gewoon, totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code uit de app"
        self.fields["code"].help_text = "6 cijfers. De app geeft elke halve minuut een nieuwe code."
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class Sleutelbewijs(Gewoon):
    """Refuses a passkey's answer that is not shaped as one: the browser sends it, so anybody may forge it."""

    def _clean_bewijs(self, schoon: Any) -> Any:
        try:
            return schoon()
        except (TypeError, ValueError, KeyError, AttributeError, IndexError, RecursionError):
            raise forms.ValidationError(
                "De toegangssleutel werkte niet. Probeer het opnieuw.", code="sleutel"
            ) from None


class _BewijsBijInloggen(Sleutelbewijs):
    def clean_credential(self) -> Any:
        return self._clean_bewijs(super().clean_credential)  # type: ignore[misc]


class AddWebAuthnForm(Sleutelbewijs, webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Naam van deze sleutel"
        self.fields["name"].help_text = "Zo herkent u hem later, bijvoorbeeld ‘mijn telefoon’."
        self.fields["name"].widget.attrs["maxlength"] = "60"
        self.fields["passwordless"].label = "Met deze sleutel ook zonder wachtwoord inloggen"
        self.fields[
            "passwordless"
        ].help_text = "U gebruikt dan uw vingerafdruk, uw gezicht of de pincode van uw apparaat."
        self.fields["passwordless"].initial = True

    def clean_name(self) -> str:
        naam = " ".join(super().clean_name().split())
        return naam[:60]

    def clean(self) -> dict[str, Any]:
        return self._clean_bewijs(super().clean)


class EditWebAuthnForm(Gewoon, webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Naam van deze sleutel"
        self.fields["name"].error_messages["required"] = "Geef de sleutel een naam."
        self.fields["name"].widget.attrs["maxlength"] = "60"

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())[:60]


class AuthenticateWebAuthnForm(_BewijsBijInloggen, webauthn.AuthenticateWebAuthnForm):
    pass


class LoginWebAuthnForm(_BewijsBijInloggen, webauthn.LoginWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(_BewijsBijInloggen, webauthn.ReauthenticateWebAuthnForm):
    pass


class SocialSignupForm(Gewoon, social.SignupForm):
    pass


class NaamForm(forms.ModelForm[Gebruiker]):
    class Meta:
        model = Gebruiker
        fields = ("naam",)
        labels = {"naam": "Uw naam"}
        help_texts = {"naam": "Zo ziet een ander met wie u samenwerkt wie u bent. U mag dit leeg laten."}
        widgets = {"naam": forms.TextInput(attrs={"autocomplete": "name"})}


class VerwijderForm(forms.Form):
    begrepen = forms.BooleanField(
        label="Ik weet dat ik mijn account niet terug kan krijgen",
        error_messages={"required": "Zet hier een vinkje als u uw account echt wilt verwijderen."},
    )
