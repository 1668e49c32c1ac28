"""How many code mails one address gets, whoever asks for them and for whichever registration."""

from django.conf import settings
from django.http import HttpRequest

from welzijnportal.ratelimit import mag

ACTIE = "aanmeldcode"


def mag_code_mailen(request: HttpRequest, email: str) -> bool:
    """Count one mail to the address; the screen must look the same whatever the answer is."""
    return mag(request, ACTIE, sleutel=email.lower())


def uitleg_code(email: str) -> str:
    """Say what is true with and without a mail, so that nobody learns how often an address was mailed."""
    meeste = settings.RATE_LIMITS[ACTIE].partition("/")[0]
    return (
        f"Vul de code in uit onze laatste mail aan {email}. U krijgt niet meer dan {meeste} mails per uur. "
        "Kijk ook bij ongewenste mail. Is er niets? Probeer het over een uur opnieuw."
    )
