"""What a password must be, said in plain Dutch: long, not somebody's name, and not what everybody takes."""

from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

# Django's list of twenty thousand is English; these are what Dutch people add a year to.
TE_GEWOON = frozenset(
    """
    wachtwoord welkom geheim hallo zomer winter herfst lente voorjaar welzijn welzijnportal portaal inloggen
    toegang nederland amsterdam rotterdam denhaag utrecht eindhoven groningen ajax feyenoord psv voetbal
    organisatie stichting vereniging buurthuis gemeente januari februari maart april juni juli augustus september
    oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    """.split()  # noqa: SIM905 - fifty quoted words read worse
)


class LangGenoeg(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Gebruik minstens {self.min_length} tekens."

    def get_help_text(self) -> str:
        return f"Gebruik minstens {self.min_length} tekens."


class NietUwNaam(password_validation.UserAttributeSimilarityValidator):
    def __init__(self) -> None:
        super().__init__(user_attributes=("email", "naam"))

    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op uw naam of e-mailadres."

    def get_help_text(self) -> str:
        return "Gebruik niet uw naam of e-mailadres."


class NietTeGewoon(password_validation.CommonPasswordValidator):
    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        woord = "".join(teken for teken in password.lower() if teken.isalpha())
        if not woord or woord in TE_GEWOON:
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        return "Dit wachtwoord is makkelijk te raden. Kies een zinnetje van een paar woorden."

    def get_help_text(self) -> str:
        return "Gebruik geen woord dat veel mensen kiezen."
