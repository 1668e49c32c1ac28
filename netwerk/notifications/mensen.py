"""What is said of profiles: that somebody says to work somewhere, and that it was confirmed."""

from django.urls import reverse

from netwerk.keuzes import Seintje
from netwerk.models import Professional, Werkplek
from netwerk.notifications.basis import geef_kennis
from welzijnportal.http import volledige_url
from welzijnportal.mail import verstuur


def vraag_bevestiging(plek: Werkplek) -> None:
    """Ask who keeps the listing, by word to those with a profile and by mail to the others."""
    organisatie = plek.organisatie
    pad = reverse("netwerk:medewerkers", args=[organisatie.slug])
    beheer = organisatie.beheer.filter(rol="beheerder", gebruiker__is_active=True).select_related("gebruiker")
    accounts = {rij.gebruiker_id: rij.gebruiker for rij in beheer if rij.gebruiker_id != plek.professional.gebruiker_id}
    mensen = list(Professional.objects.filter(gebruiker__in=accounts))
    geef_kennis(
        aan=mensen,
        soort=Seintje.CONTACT,
        tekst=f"{plek.professional} zegt te werken bij {organisatie}. Klopt dat?",
        pad=pad,
        over=f"werkplek:{plek.pk}",
    )
    adressen = [gebruiker.email for pk, gebruiker in accounts.items() if pk not in {m.gebruiker_id for m in mensen}]
    context = {
        "naam": plek.professional.naam,
        "functie": plek.functie,
        "organisatie": organisatie,
        "link": volledige_url(pad),
    }
    if adressen:
        verstuur("werkplek_vraag", aan=adressen, context=context)


def meld_bevestigd(plek: Werkplek) -> None:
    geef_kennis(
        aan=[plek.professional],
        soort=Seintje.CONTACT,
        tekst=f"{plek.organisatie} bevestigt dat u daar werkt. Bij uw naam staat nu een vinkje.",
        pad=reverse("netwerk:profiel"),
        over=f"werkplek:{plek.pk}",
    )
