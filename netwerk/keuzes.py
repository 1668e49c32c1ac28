"""Fixed choices of the networks of peers."""

import secrets

from django.db import models

# Without vowels and look-alikes: no words come of it, and it can be read out over the phone.
CODETEKENS = "bcdfghjkmnpqrstvwxz23456789"


def nieuwe_code() -> str:
    """Return a short address for a person, a conversation or a message: 12 signs that say nothing of what is there.

    Not a secret: who may see the thing is asked each time. It is the lasting id by which others may know it.
    """
    return "".join(secrets.choice(CODETEKENS) for _ in range(12))


class Voor(models.IntegerChoices):
    """Who sees one field of a profile: a viewer at level ``n`` sees what is for ``n`` or more people."""

    NIEMAND = 0, "niemand"
    CONTACTEN = 1, "mijn contacten"
    LEDEN = 2, "leden van het portaal"
    IEDEREEN = 3, "iedereen"


class Zicht(models.IntegerChoices):
    """Who may see a page, the members or the conversations of a network."""

    NETWERK = 1, "alleen leden van het netwerk"
    PORTAAL = 2, "leden van het portaal"
    PUBLIEK = 3, "iedereen"


class Toelating(models.TextChoices):
    OPEN = "open", "iedereen die lid is van het portaal"
    AANVRAAG = "aanvraag", "wie het vraagt en mag van een beheerder"
    UITNODIGING = "uitnodiging", "alleen wie is uitgenodigd"


class Netwerkstatus(models.TextChoices):
    VOORGESTELD = "voorgesteld", "wacht op beoordeling"
    ACTIEF = "actief", "actief"
    SLAPEND = "slapend", "slaapt"
    AFGEWEZEN = "afgewezen", "niet doorgegaan"
    GESLOTEN = "gesloten", "gesloten"


class Rol(models.TextChoices):
    BEHEERDER = "beheerder", "Beheerder"
    LID = "lid", "Lid"


class Lidstatus(models.TextChoices):
    AANGEVRAAGD = "aangevraagd", "wil lid worden"
    LID = "lid", "lid"
    AFGEWEZEN = "afgewezen", "niet toegelaten"
    VERWIJDERD = "verwijderd", "verwijderd door een beheerder"


class Gesprekssoort(models.TextChoices):
    VRAAG = "vraag", "Vraag"
    ERVARING = "ervaring", "Ervaring"
    MEDEDELING = "mededeling", "Mededeling"
    ARTIKEL = "artikel", "Artikel"


class Plaatsing(models.TextChoices):
    """How far a text has come."""

    CONCEPT = "concept", "concept"
    GEPLAATST = "geplaatst", "geplaatst"
    INGETROKKEN = "ingetrokken", "ingetrokken door de schrijver"
    VERBORGEN = "verborgen", "verborgen door een beheerder of moderator"


class Seintje(models.TextChoices):
    """The kinds of word that somebody can get; each person chooses per kind when it comes by mail."""

    GESPREK = "gesprek", "Een nieuw gesprek in een netwerk"
    REACTIE = "reactie", "Een reactie in een gesprek dat u volgt"
    VERMELDING = "vermelding", "Iemand noemt u"
    WIE_WEET_DIT = "wie_weet_dit", "Een vraag waarop u misschien het antwoord weet"
    WAARDERING = "waardering", "Uw antwoord hielp"
    NETWERK = "netwerk", "Nieuws over een netwerk: leden, rollen, uitnodigingen"
    CONTACT = "contact", "Iemand wil contact of stelt iemand voor"
    POST = "post", "Een persoonlijk bericht"
    BERICHT = "bericht", "Een reactie op een kort bericht van u"
    VOLGER = "volger", "Iemand volgt u"


class Wanneer(models.TextChoices):
    DIRECT = "direct", "meteen"
    DAG = "dag", "één keer per dag"
    WEEK = "week", "één keer per week"
    NOOIT = "nooit", "niet per mail"
