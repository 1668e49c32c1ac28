"""Plain factories: each makes one thing that is right, with any field as you say."""

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.utils import timezone

from netwerk.keuzes import Gesprekssoort, Lidstatus, Netwerkstatus, Plaatsing, Voor, Zicht
from netwerk.keuzes import Rol as Netwerkrol
from netwerk.models import (
    Bericht,
    Berichtzicht,
    Blokkade,
    Contact,
    Gesprek,
    Kennisgeving,
    Lidmaatschap,
    Netwerk,
    Professional,
    Reactie,
    Werkplek,
)
from organisaties.keuzes import Status
from organisaties.models import Beheer, Dienst, Locatie, Organisatie, Thema
from organisaties.models.beheer import Rol
from welzijnportal.accounts.models import Gebruiker

WACHTWOORD = "een-lang-wachtwoord-2026"
_nummer = count(1)


def maak_gebruiker(*, bevestigd: bool = True, **velden: Any) -> Gebruiker:
    velden.setdefault("email", f"mens{next(_nummer)}@voorbeeld.example")
    velden.setdefault("password", WACHTWOORD)
    gebruiker = Gebruiker.objects.create_user(**velden)
    EmailAddress.objects.create(user=gebruiker, email=gebruiker.email, verified=bevestigd, primary=True)
    return gebruiker


def maak_moderator(**velden: Any) -> Gebruiker:
    """Make a member of staff with every right on the directory, who is not a superuser."""
    moderator = maak_gebruiker(is_staff=True, **velden)
    moderator.user_permissions.set(Permission.objects.filter(content_type__app_label="organisaties"))
    return moderator


def maak_thema(**velden: Any) -> Thema:
    nummer = next(_nummer)
    velden.setdefault("naam", f"Thema {nummer}")
    velden.setdefault("slug", f"thema-{nummer}")
    return Thema.objects.create(**velden)


def maak_organisatie(
    *, beheerder: Gebruiker | None = None, redacteur: Gebruiker | None = None, **velden: Any
) -> Organisatie:
    """Make an organisation, published unless a status is given; its search row is not made here."""
    velden.setdefault("naam", f"Buurthuis De Linde {next(_nummer)}")
    velden.setdefault("kort", "Samen eten, koffie drinken en klussen in de buurt.")
    velden.setdefault("status", Status.GEPUBLICEERD)
    if velden["status"] == Status.GEPUBLICEERD:
        velden.setdefault("gepubliceerd_op", timezone.now())
        velden.setdefault("bevestigd_op", timezone.now())
    if velden["status"] == Status.SAMENGEVOEGD and "samengevoegd_met" not in velden:
        velden["samengevoegd_met"] = maak_organisatie()
    organisatie = Organisatie.objects.create(**velden)
    for persoon, rol in ((beheerder, Rol.BEHEERDER), (redacteur, Rol.REDACTEUR)):
        if persoon:
            Beheer.objects.create(organisatie=organisatie, gebruiker=persoon, rol=rol)
    return organisatie


def maak_locatie(organisatie: Organisatie, **velden: Any) -> Locatie:
    velden.setdefault("straat", "Lindelaan 12")
    velden.setdefault("postcode", "3511 AB")
    velden.setdefault("plaats", "Utrecht")
    return Locatie.objects.create(organisatie=organisatie, **velden)


def maak_dienst(organisatie: Organisatie, **velden: Any) -> Dienst:
    velden.setdefault("naam", "Samen eten")
    return Dienst.objects.create(organisatie=organisatie, **velden)


def maak_professional(*, naam: str = "", bevestigd: bool = False, **velden: Any) -> Professional:
    """Make a peer whom members of the portal may find; every other field is for nobody unless said."""
    naam = naam or f"Sanne de Wit {next(_nummer)}"
    velden.setdefault("vindbaar_voor", Voor.LEDEN)
    if "gebruiker" not in velden:
        velden["gebruiker"] = maak_gebruiker(naam=naam)
    if bevestigd:
        velden.setdefault("bevestigd_op", timezone.now())
    return Professional.objects.create(naam=naam, **velden)


def maak_werkplek(professional: Professional, organisatie: Organisatie | None = None, **velden: Any) -> Werkplek:
    """Make a confirmed place of work, at a new organisation unless one is given."""
    velden.setdefault("status", Werkplek.Status.BEVESTIGD)
    if velden["status"] != Werkplek.Status.GEVRAAGD:
        velden.setdefault("beantwoord_op", timezone.now())
    return Werkplek.objects.create(professional=professional, organisatie=organisatie or maak_organisatie(), **velden)


def maak_netwerk(
    *, beheerder: Professional | None = None, leden: tuple[Professional, ...] = (), **velden: Any
) -> Netwerk:
    """Make an active network with a page for all; it has a beheerder, a new one unless given."""
    nummer = next(_nummer)
    velden.setdefault("naam", f"Netwerk eenzaamheid {nummer}")
    velden.setdefault("slug", f"netwerk-eenzaamheid-{nummer}")
    velden.setdefault("doel", "Samen leren wat helpt tegen eenzaamheid.")
    velden.setdefault("status", Netwerkstatus.ACTIEF)
    netwerk = Netwerk.objects.create(**velden)
    maak_lid(netwerk, beheerder or maak_professional(), rol=Netwerkrol.BEHEERDER)
    for lid in leden:
        maak_lid(netwerk, lid)
    return netwerk


def maak_lid(netwerk: Netwerk, professional: Professional | None = None, **velden: Any) -> Lidmaatschap:
    """Make somebody a member; counts along in ``aantal_leden``."""
    velden.setdefault("status", Lidstatus.LID)
    if velden["status"] == Lidstatus.LID:
        velden.setdefault("sinds_op", timezone.now())
        netwerk.aantal_leden += 1
        netwerk.save(update_fields=["aantal_leden"])
    return Lidmaatschap.objects.create(netwerk=netwerk, professional=professional or maak_professional(), **velden)


def maak_contact(een: Professional, ander: Professional, **velden: Any) -> Contact:
    """Make two people contacts, unless a status says otherwise."""
    velden.setdefault("status", Contact.Status.BEVESTIGD)
    if velden["status"] != Contact.Status.GEVRAAGD:
        velden.setdefault("beantwoord_op", timezone.now())
    return Contact.objects.create(vrager=een, gevraagde=ander, **velden)


def maak_blokkade(door: Professional, geblokkeerd: Professional) -> Blokkade:
    return Blokkade.objects.create(door=door, geblokkeerd=geblokkeerd)


def maak_gesprek(netwerk: Netwerk | None = None, auteur: Professional | None = None, **velden: Any) -> Gesprek:
    """Make a placed question, in a new network unless given, as wide as the network's conversations."""
    if netwerk is None and velden.get("soort") != Gesprekssoort.ARTIKEL:
        netwerk = maak_netwerk()
    velden.setdefault("titel", f"Hoe bereikt u mensen die nooit komen? {next(_nummer)}")
    velden.setdefault("tekst", "Wij huren een zaal en er komt niemand. Wat doet u?")
    velden.setdefault("zicht", netwerk.zicht_gesprekken if netwerk else Zicht.PUBLIEK)
    velden.setdefault("plaatsing", Plaatsing.GEPLAATST)
    if velden["plaatsing"] != Plaatsing.CONCEPT:
        velden.setdefault("geplaatst_op", timezone.now())
    return Gesprek.objects.create(netwerk=netwerk, auteur=auteur or maak_professional(), **velden)


def maak_reactie(gesprek: Gesprek, auteur: Professional | None = None, **velden: Any) -> Reactie:
    """Make the next reply of a conversation."""
    gesprek.aantal_reacties += 1
    gesprek.save(update_fields=["aantal_reacties"])
    velden.setdefault("nummer", gesprek.aantal_reacties)
    velden.setdefault("tekst", "Wij bellen eerst aan. Dat werkt.")
    return Reactie.objects.create(gesprek=gesprek, auteur=auteur or maak_professional(), **velden)


def maak_kennisgeving(ontvanger: Professional, **velden: Any) -> Kennisgeving:
    velden.setdefault("soort", "reactie")
    velden.setdefault("tekst", "Jan reageerde op uw vraag.")
    velden.setdefault("pad", "/gesprekken/bcdfghjkmnpq/")
    return Kennisgeving.objects.create(ontvanger=ontvanger.gebruiker, **velden)


def maak_bericht(auteur: Professional | Organisatie | None = None, **velden: Any) -> Bericht:
    """Make a short message for all, by a new person unless given; hashtags in the text are not kept here."""
    if isinstance(auteur, Organisatie):
        velden["organisatie"] = auteur
    else:
        velden["auteur"] = auteur or maak_professional()
    velden.setdefault("tekst", f"Vandaag soep gekookt met de buurt. {next(_nummer)}")
    velden.setdefault("zicht", Berichtzicht.PUBLIEK)
    if velden["zicht"] < Berichtzicht.PORTAAL:
        velden.setdefault("kring", velden["auteur"])
    if velden.get("antwoord_op"):
        velden["is_antwoord"] = True
    return Bericht.objects.create(**velden)
