"""The weekly mail to who follows a search or an organisation: one mail an address, and none when nothing is new."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from organisaties.actions.volgen import stoplink
from organisaties.keuzes import Status
from organisaties.models import Abonnement, Dienst, Doelgroep, Locatie, Organisatie, Thema
from organisaties.zoeken import zoek
from organisaties.zoeken.keuzes import bewaarde_keuzes, maak_vraag
from welzijnportal.http import volledige_url
from welzijnportal.mail import opstellen, zet_in_de_rij

WEEK = timedelta(days=7)
MEESTE_PER_VRAAG = 10
_VELDEN = {
    "naam": "de naam",
    "kort": "de samenvatting",
    "tekst": "de beschrijving",
    "telefoon": "het telefoonnummer",
    "email": "het e-mailadres",
    "website": "de website",
    "werkgebied": "het werkgebied",
}


@dataclass(frozen=True, slots=True)
class Nieuws:
    """What is new about one thing that is followed, ready for the mail."""

    naam: str
    link: str
    regels: list[tuple[str, str]]
    stoplink: str


def verstuur_weekberichten(*, nu: datetime | None = None) -> int:
    """Send what is due and return how many mails that are.

    Each address is one transaction in which its mail is queued and its term is moved, under a lock that another
    run passes over: nobody gets a mail twice and nobody is skipped, wherever a run stops.
    """
    nu = nu or timezone.now()
    themas = set(Thema.objects.values_list("slug", flat=True))
    doelgroepen = set(Doelgroep.objects.values_list("slug", flat=True))
    verstuurd, laatste = 0, ""
    while True:
        rijen = Abonnement.objects.bevestigd().filter(volgende_op__lte=nu).annotate(adres=Lower("email"))
        adres = rijen.filter(adres__gt=laatste).order_by("adres").values_list("adres", flat=True).first()
        if adres is None:
            return verstuurd
        laatste = adres
        verstuurd += _verstuur_aan(adres, nu, themas, doelgroepen)


@transaction.atomic
def _verstuur_aan(adres: str, nu: datetime, themas: set[str], doelgroepen: set[str]) -> int:
    rijen = Abonnement.objects.bevestigd().filter(email__iexact=adres, volgende_op__lte=nu)
    aan_de_beurt = list(rijen.select_related("organisatie").select_for_update(of=("self",), skip_locked=True))
    nieuws = [
        gevonden
        for abonnement in aan_de_beurt
        if (
            gevonden := _van_organisatie(abonnement, nu)
            if abonnement.organisatie
            else _van_vraag(abonnement, nu, themas, doelgroepen)
        )
    ]
    if aan_de_beurt:
        Abonnement.objects.filter(pk__in=[abonnement.pk for abonnement in aan_de_beurt]).update(
            verteld_tot=nu, volgende_op=nu + WEEK
        )
    if not nieuws:
        return 0
    alles = stoplink(aan_de_beurt[0], alles=True)
    onderwerp, tekst = opstellen("weekbericht", {"nieuws": nieuws, "stop_alles": alles})
    zet_in_de_rij([{"aan": aan_de_beurt[0].email, "onderwerp": onderwerp, "tekst": tekst, "afmeld_url": alles}])
    return 1


def _van_vraag(abonnement: Abonnement, nu: datetime, themas: set[str], doelgroepen: set[str]) -> Nieuws | None:
    """The listings that answer the question and were published since the last time."""
    vraag = maak_vraag(bewaarde_keuzes(abonnement.vraag), themas=themas, doelgroepen=doelgroepen, nu=nu)
    if vraag.provincie:
        vraag = replace(vraag, plek=None)
    gevonden = Organisatie.objects.zichtbaar().filter(
        pk__in=zoek(vraag).ids, gepubliceerd_op__gt=abonnement.verteld_tot, gepubliceerd_op__lte=nu
    )
    regels = [
        (f"{organisatie.naam}: {organisatie.kort}" if organisatie.kort else organisatie.naam, _link(organisatie))
        for organisatie in gevonden.nieuwste()[:MEESTE_PER_VRAAG]
    ]
    return _nieuws(abonnement, regels, volledige_url(abonnement.get_absolute_url()))


def _van_organisatie(abonnement: Abonnement, nu: datetime) -> Nieuws | None:
    """What changed in the listing since the last time, in words."""
    organisatie: Any = abonnement.organisatie
    if organisatie.status == Status.GEARCHIVEERD:
        was_weg = organisatie.status_op <= abonnement.verteld_tot
        return _nieuws(abonnement, [] if was_weg else [("Deze vermelding staat niet meer op het portaal.", "")], "")
    if organisatie.status != Status.GEPUBLICEERD:
        return None
    return _nieuws(
        abonnement, [(zin, "") for zin in _zinnen(organisatie, abonnement.verteld_tot, nu)], _link(organisatie)
    )


def _zinnen(organisatie: Any, sinds: datetime, nu: datetime) -> Iterator[str]:
    toen = organisatie.history.filter(history_date__lte=sinds).order_by("-history_date", "-history_id").first()
    if toen is not None:
        anders = [woord for veld, woord in _VELDEN.items() if getattr(toen, veld) != getattr(organisatie, veld)]
        if anders:
            yield f"Veranderd: {', '.join(anders)}."
    for model, nieuw, weg in ((Dienst, "Nieuw aanbod", "Niet meer"), (Locatie, "Nieuw adres", "Adres vervallen")):
        stappen = model.history.filter(organisatie_id=organisatie.pk, history_date__gt=sinds, history_date__lte=nu)
        for soort, woord in (("+", nieuw), ("-", weg)):
            namen = {str(stap.instance) for stap in stappen if stap.history_type == soort}
            if namen:
                yield f"{woord}: {', '.join(sorted(namen))}."
        veranderd = {stap.id for stap in stappen if stap.history_type == "~"} - {
            stap.id for stap in stappen if stap.history_type != "~"
        }
        if veranderd:
            yield "Het aanbod is aangepast." if model is Dienst else "Een adres is aangepast."


def _nieuws(abonnement: Abonnement, regels: list[tuple[str, str]], link: str) -> Nieuws | None:
    return Nieuws(abonnement.naam, link, regels, stoplink(abonnement)) if regels else None


def _link(organisatie: Organisatie) -> str:
    return volledige_url(organisatie.get_absolute_url())
