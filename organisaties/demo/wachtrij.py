"""What waits for a moderator in the demo data: listings in each status, requests, reports."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from organisaties.keuzes import Status
from organisaties.models import Melding, Organisatie, Statusstap, Wijzigingsverzoek
from welzijnportal.accounts.models import Gebruiker

# Ages in hours of the listings in the queue.
WACHT_AL = [1, 5, 20, 44, 70, 120, 190, 330, 500]
TERUGGESTUURD = [
    "De beschrijving gaat vooral over uw plannen. Kunt u erbij zetten wat mensen nu al bij u kunnen halen?",
    "Het telefoonnummer gaf geen gehoor. Klopt het? Zet er graag bij wanneer u bereikbaar bent.",
    "Uw vermelding lijkt veel op die van het wijkteam. Is dit een eigen organisatie of hoort u daarbij?",
    "Wilt u de namen van deelnemers uit de tekst halen? Dan kunnen wij de vermelding plaatsen.",
    "Wij kunnen de website niet openen. Pas het adres aan of laat het veld leeg.",
]
MELDINGEN = [
    "Op zaterdag stond ik voor een dichte deur. Er hing een briefje dat ze alleen nog door de week open zijn.",
    "Het nummer dat hier staat, is van de oude coördinator. Die werkt er sinds de zomer niet meer.",
    "Volgens mij zijn jullie verhuisd naar het gebouw naast de bibliotheek.",
    "Er staat gratis, maar ik moest twee euro betalen. Niet erg, wel handig om te weten.",
    "De ingang met de rolstoel is aan de achterkant, dat staat er niet bij.",
    "De taalles op woensdag bestaat niet meer, alleen nog op maandag en donderdag.",
    "Deze organisatie staat er twee keer in, een keer met 'stichting' ervoor.",
    "Wij vallen ook onder dit team, maar ons dorp staat niet bij het werkgebied.",
]


def verdeel_status(aantal: int) -> list[Status]:
    """The status of each of so many listings: nearly all are published, some are on their way."""
    deel = max(1, aantal // 50) if aantal >= 20 else 0
    anders = (
        [Status.CONCEPT] * deel
        + [Status.INGEDIEND] * min(deel + 1, len(WACHT_AL))
        + [Status.TERUGGESTUURD] * min(deel, len(TERUGGESTUURD))
        + [Status.GEARCHIVEERD] * deel
    )
    return [Status.GEPUBLICEERD] * (aantal - len(anders)) + anders if deel else [Status.GEPUBLICEERD] * aantal


def maak_wachtrij(
    zichtbaar: Sequence[Organisatie], beheerder: Gebruiker | None, nu: datetime, toeval: Random
) -> tuple[list[Wijzigingsverzoek], list[Melding]]:
    """Requests to change and reports of visitors about listings that are published; not saved."""
    uitgekozen = toeval.sample(list(zichtbaar), min(len(zichtbaar), 12))
    verzoeken = []
    for nummer, organisatie in enumerate(uitgekozen[:4]):
        veld, oud, nieuw = [
            (Wijzigingsverzoek.Veld.NAAM, organisatie.naam, f"{organisatie.naam} en omgeving"),
            (Wijzigingsverzoek.Veld.WEBSITE, organisatie.website, organisatie.website.replace("www.", "nieuw.")),
            (Wijzigingsverzoek.Veld.KVK, organisatie.kvk_nummer, "00009901"),
            (Wijzigingsverzoek.Veld.NAAM, organisatie.naam, f"Stichting {organisatie.naam}"),
        ][nummer]
        verzoeken.append(
            Wijzigingsverzoek(
                organisatie=organisatie,
                veld=veld,
                oude_waarde=oud,
                nieuwe_waarde=nieuw,
                gevraagd_door=beheerder,
                gevraagd_op=nu - timedelta(hours=[3, 30, 75, 160][nummer]),
            )
        )
    meldingen = [
        Melding(
            organisatie=organisatie,
            tekst=tekst,
            email="buurvrouw@voorbeeld.example" if nummer % 3 == 0 else "",
            gemeld_op=nu - timedelta(hours=6 + 31 * nummer),
        )
        for nummer, (organisatie, tekst) in enumerate(zip(uitgekozen[4:], MELDINGEN, strict=False))
    ]
    return verzoeken, meldingen


def maak_stappen(organisatie: Organisatie, admin: Gebruiker | None) -> list[Statusstap]:
    """The steps that brought a listing to its status; not saved."""
    status = Status(organisatie.status)
    if status == Status.CONCEPT:
        return []
    ingediend = organisatie.status_op if status == Status.INGEDIEND else organisatie.aangemaakt_op
    stappen = [Statusstap(organisatie=organisatie, van=Status.CONCEPT, naar=Status.INGEDIEND, gezet_op=ingediend)]
    if organisatie.gepubliceerd_op:
        stappen.append(
            Statusstap(
                organisatie=organisatie,
                van=Status.INGEDIEND,
                naar=Status.GEPUBLICEERD,
                gezet_door=admin,
                gezet_op=organisatie.gepubliceerd_op,
            )
        )
    if status in (Status.TERUGGESTUURD, Status.GEARCHIVEERD):
        stappen.append(
            Statusstap(
                organisatie=organisatie,
                van=stappen[-1].naar,
                naar=status,
                gezet_door=admin,
                gezet_op=organisatie.status_op,
                reden=organisatie.terugstuurreden or "De organisatie is gestopt.",
            )
        )
    return stappen
