"""The link in the mail 'klopt dit nog?': it lets one person confirm one listing without logging in."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.urls import reverse

from organisaties.models import Beheer, Organisatie
from organisaties.models.beheer import Rol
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import volledige_url

GELDIG = timedelta(days=60)
_ZOUT = "organisaties.versheid"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link that holds stands for."""

    organisatie: Organisatie
    gebruiker: Gebruiker


class LinkFout(Exception):
    """The link does not hold; the message is in Dutch, for the screen. ``slug`` leads to the editor when it is known."""

    def __init__(self, melding: str, *, status: int, slug: str = "") -> None:
        super().__init__(melding)
        self.status, self.slug = status, slug


def maak_link(organisatie_pk: int, gebruiker_pk: int) -> str:
    """Return the address for one mail; it holds 60 days, and as long as this person is beheerder."""
    token = signing.dumps([organisatie_pk, gebruiker_pk], salt=_ZOUT)
    return volledige_url(reverse("organisaties:bevestigen_link", args=[token]))


def lees_link(token: str) -> Link:
    """Return whom and what the link is for; raise LinkFout when it is forged, past its term or the person has gone."""
    try:
        organisatie_pk, gebruiker_pk = signing.loads(token, salt=_ZOUT, max_age=GELDIG)
    except signing.SignatureExpired:
        organisatie_pk, _ = signing.loads(token, salt=_ZOUT)
        slug = Organisatie.objects.filter(pk=organisatie_pk).values_list("slug", flat=True).first()
        raise LinkFout(
            f"Deze link is ouder dan {GELDIG.days} dagen en is daarom verlopen.", status=410, slug=slug or ""
        ) from None
    except signing.BadSignature:
        raise LinkFout(
            "Deze link kennen wij niet. Kijk of u hem helemaal uit de mail hebt overgenomen.", status=404
        ) from None
    beheer = (
        Beheer.objects.filter(organisatie=organisatie_pk, gebruiker=gebruiker_pk)
        .filter(rol=Rol.BEHEERDER, gebruiker__is_active=True)
        .select_related("organisatie", "gebruiker")
        .first()
    )
    if beheer is None:
        raise LinkFout("Deze link hoort bij iemand die deze vermelding niet meer beheert.", status=410)
    return Link(beheer.organisatie, beheer.gebruiker)
