"""Forty peers as they could be: what they do, know, offer and seek, and where they work."""

from datetime import timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.utils import timezone

from netwerk.actions.mensen.profiel import zichtbaarheid_van
from netwerk.actions.mensen.vindbaar import ververs_mensen
from netwerk.models import Professional, Werkplek
from organisaties.models import Organisatie
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.geo.models import Plaats

ZAAD = 20261125
NAMEN = (
    "Sanne de Wit", "Mo el Amrani", "Fatima Yilmaz", "Jeroen Bakker", "Anneke Visser", "Kwame Mensah", "Lotte Smit",
    "Henk Dijkstra", "Priya Ramdin", "Tom Jansen", "Wil van der Meer", "Aïcha Benali", "Joris Peters", "Marijke Bos",
    "Ruben Hendriks", "Ilse Kok", "Samira Haddad", "Gerard Postma", "Noor Willems", "Daan Mulder", "Hilde de Groot",
    "Youssef Amrani", "Carla Vermeulen", "Sjoerd Hoekstra", "Esra Demir", "Piet Kuipers", "Maaike Brouwer",
    "Denise Pinas", "Bram van Dam", "Trees Jacobs", "Karim Bouzid", "Elske Veenstra", "Roos Timmermans",
    "Winston Kromodikromo", "Femke Schouten", "Ad Maas", "Leila Rahimi", "Jan-Willem Prins", "Tineke Kramer",
    "Olivier Dumont",
)  # fmt: skip
FUNCTIES = (
    ("ouderenadviseur", ("ouderen", "eenzaamheid", "huisbezoek")),
    ("opbouwwerker", ("buurtinitiatieven", "wijkmoestuinen", "bewoners betrekken")),
    ("schuldhulpverlener", ("schuldhulp", "vroegsignalering", "beslagvrije voet")),
    ("mantelzorgconsulent", ("mantelzorg", "respijtzorg", "dementie")),
    ("jongerenwerker", ("jongeren", "straathoekwerk", "online jongerenwerk")),
    ("taalcoach", ("taalles", "inburgering", "laaggeletterdheid")),
    ("sociaal raadsvrouw", ("toeslagen", "schuldhulp", "sociaal recht")),
    ("coördinator vrijwilligers", ("vrijwilligers werven", "maatjes", "eenzaamheid")),
    ("maatschappelijk werker", ("huiselijk geweld", "rouw", "wijkteam")),
    ("coördinator voedselbank", ("armoede", "voedselhulp", "vrijwilligers werven")),
)
BIEDT = (
    "Een ochtend meelopen bij onze inloop, met koffie.",
    "Ons draaiboek voor een buurtfeest zonder budget.",
    "Meekijken met een lastige aanvraag, een halfuur aan de telefoon.",
    "Een training 'aanbellen bij achterstanden' voor uw team.",
    "",
)
ZOEKT = (
    "Iemand die ervaring heeft met nachtopvang voor mantelzorgers.",
    "Een collega om samen cijfers te duiden.",
    "Voorbeelden van hoe u mannen boven de zestig bereikt.",
    "Een lokaal voor taalles op zaterdag.",
    "",
    "",
)
TEKST = (
    "Ik werk het liefst aan de keukentafel. Wat mensen zelf bedenken, houdt langer stand dan wat wij bedenken.",
    "Na vijftien jaar in de wijk weet ik vooral hoeveel ik niet weet. Bel gerust.",
    "Ik kom uit de zorg en ben overgestapt naar welzijn. Daar heb ik geen dag spijt van gehad.",
    "",
)
PLAATSEN = ("utrecht", "groningen", "enschede", "zutphen", "eindhoven", "amsterdam", "rotterdam", "nijmegen", "almere")
# Who tries the demo as a professional; the others cannot log in.
DEMO_NAMEN = {"professional": "Sanne de Wit", "beheerder": "Mo el Amrani", "redacteur": "Fatima Yilmaz"}


def vul(accounts: dict[str, Gebruiker]) -> list[Professional]:
    """Write the profiles with their labels, work and search rows; the demo accounts get three of them."""
    toeval = Random(ZAAD)  # noqa: S311 - invented people, no secrets
    voor_account = {naam: accounts[rol] for rol, naam in DEMO_NAMEN.items() if rol in accounts}
    plaatsen = list(Plaats.objects.filter(pk__in=PLAATSEN).order_by("pk"))
    organisaties = list(Organisatie.objects.zichtbaar().order_by("pk")[:80])
    mensen = []
    for nummer, naam in enumerate(NAMEN):
        functie, kennis = FUNCTIES[nummer % len(FUNCTIES)]
        plaats = toeval.choice(plaatsen) if plaatsen else None
        stand = "openbaar" if nummer % 4 == 0 else "vakgenoten"
        mens = Professional(
            gebruiker=voor_account.get(naam) or _account(naam, nummer),
            naam=naam,
            functie=functie,
            plaats=plaats,
            punt=plaats.punt if plaats else None,
            biedt=toeval.choice(BIEDT),
            zoekt=toeval.choice(ZOEKT),
            tekst=toeval.choice(TEKST),
            talen=["nl", *toeval.sample(["en", "tr", "ar", "fr"], k=nummer % 2)],
            is_volgbaar=nummer % 3 != 0,
            aangemaakt_op=timezone.now() - timedelta(days=400 - nummer * 9),
            **zichtbaarheid_van(stand),
        )
        if nummer % 5 != 4:
            mens.bevestigd_op = mens.aangemaakt_op + timedelta(days=3)
        mens.save()
        mens.expertise.set(kennis)
        anders = FUNCTIES[(nummer + 3) % len(FUNCTIES)][1]
        mens.interesses.set(anders[:2])
        if organisaties:
            _werk(mens, organisaties[(nummer * 7) % len(organisaties)])
        mensen.append(mens)
    ververs_mensen([mens.pk for mens in mensen])
    return mensen


def _account(naam: str, nummer: int) -> Gebruiker:
    gebruiker = Gebruiker(email=f"vakgenoot{nummer}@welzijnportal.example", naam=naam)
    gebruiker.set_unusable_password()
    gebruiker.save()
    EmailAddress.objects.create(user=gebruiker, email=gebruiker.email, verified=True, primary=True)
    return gebruiker


def _werk(mens: Professional, organisatie: Organisatie) -> None:
    bevestigd = mens.bevestigd_op is not None
    Werkplek.objects.create(
        professional=mens,
        organisatie=organisatie,
        functie=mens.functie,
        status=Werkplek.Status.BEVESTIGD if bevestigd else Werkplek.Status.GEVRAAGD,
        sinds_datum=mens.aangemaakt_op.date() - timedelta(days=500),
        gevraagd_op=mens.aangemaakt_op,
        beantwoord_op=mens.bevestigd_op,
    )
