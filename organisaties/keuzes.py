"""Fixed choices of the directory."""

from django.db import models


class Soort(models.TextChoices):
    STICHTING = "stichting", "Stichting"
    VERENIGING = "vereniging", "Vereniging"
    GEMEENTE = "gemeente", "Gemeente"
    COOPERATIE = "cooperatie", "Coöperatie"
    BURGERINITIATIEF = "burgerinitiatief", "Burgerinitiatief"
    ONDERNEMING = "onderneming", "Onderneming"
    OVERIG = "overig", "Anders"


class Status(models.TextChoices):
    CONCEPT = "concept", "Concept"
    INGEDIEND = "ingediend", "Ingediend"
    GEPUBLICEERD = "gepubliceerd", "Gepubliceerd"
    TERUGGESTUURD = "teruggestuurd", "Teruggestuurd"
    GEARCHIVEERD = "gearchiveerd", "Gearchiveerd"
    SAMENGEVOEGD = "samengevoegd", "Samengevoegd"


class Bevestigritme(models.IntegerChoices):
    """After how many months a listing's beheerders are asked whether it still holds."""

    KWARTAAL = 3, "elke 3 maanden"
    HALFJAAR = 6, "elke 6 maanden"
    JAAR = 12, "elk jaar"


class Versheidsstap(models.IntegerChoices):
    """How far the question 'klopt dit nog?' has come; any confirmation of the whole listing leads back to the first."""

    VERS = 0, "bevestigd"
    GEVRAAGD = 1, "gevraagd of het nog klopt"
    HERINNERD = 2, "één keer herinnerd"
    OPNIEUW_HERINNERD = 3, "twee keer herinnerd"
    VEROUDERD = 4, "mogelijk verouderd"
    GEZAKT = 5, "staat lager in de lijst"
    GEWAARSCHUWD = 6, "gewaarschuwd voor het archief"
    GEARCHIVEERD = 7, "in het archief, want niet bevestigd"


class Zichtbaarheid(models.TextChoices):
    IEDEREEN = "iedereen", "iedereen"
    LEDEN = "leden", "alleen wie is ingelogd"
    NIEMAND = "niemand", "alleen onze beheerders"


class AanmeldenVia(models.TextChoices):
    INLOOP = "inloop", "Gewoon binnenlopen"
    TELEFOON = "telefoon", "Bellen"
    MAIL = "mail", "Mailen"
    FORMULIER = "formulier", "Formulier op de website"
    VERWIJZING = "verwijzing", "Via een verwijzer (huisarts, wijkteam of andere organisatie)"


class Dag(models.IntegerChoices):
    MAANDAG = 1, "maandag"
    DINSDAG = 2, "dinsdag"
    WOENSDAG = 3, "woensdag"
    DONDERDAG = 4, "donderdag"
    VRIJDAG = 5, "vrijdag"
    ZATERDAG = 6, "zaterdag"
    ZONDAG = 7, "zondag"


class Werkgebied(models.TextChoices):
    PLAATSELIJK = "plaatselijk", "Deze gemeenten"
    PROVINCIAAL = "provinciaal", "Deze provincies"
    LANDELIJK = "landelijk", "Heel Nederland"


class Toegankelijkheid(models.TextChoices):
    ROLSTOEL = "rolstoel", "Toegankelijk met een rolstoel"
    TOILET = "toilet", "Toilet voor rolstoelgebruikers"
    LIFT = "lift", "Lift of alles gelijkvloers"
    PARKEREN = "parkeren", "Parkeerplaats voor mensen met een beperking"
    RINGLEIDING = "ringleiding", "Ringleiding voor slechthorenden"
    HULPHOND = "hulphond", "Hulphond welkom"
    PRIKKELARM = "prikkelarm", "Rustige ruimte met weinig prikkels"
    OV = "ov", "Dicht bij een bus-, tram- of treinhalte"


# ISO 639-1 codes, or 639-3 where there is none; names in Dutch.
TALEN: list[tuple[str, str]] = [
    ("nl", "Nederlands"),
    ("dse", "Nederlandse Gebarentaal"),
    ("fy", "Fries"),
    ("pap", "Papiaments"),
    ("srn", "Sranantongo"),
    ("en", "Engels"),
    ("de", "Duits"),
    ("fr", "Frans"),
    ("es", "Spaans"),
    ("pt", "Portugees"),
    ("it", "Italiaans"),
    ("el", "Grieks"),
    ("pl", "Pools"),
    ("ro", "Roemeens"),
    ("bg", "Bulgaars"),
    ("hu", "Hongaars"),
    ("cs", "Tsjechisch"),
    ("uk", "Oekraïens"),
    ("ru", "Russisch"),
    ("bs", "Bosnisch, Kroatisch of Servisch"),
    ("sq", "Albanees"),
    ("tr", "Turks"),
    ("ku", "Koerdisch"),
    ("ar", "Arabisch"),
    ("ary", "Marokkaans-Arabisch"),
    ("zgh", "Berbers (Tamazight)"),
    ("fa", "Farsi"),
    ("prs", "Dari"),
    ("ps", "Pasjtoe"),
    ("ur", "Urdu"),
    ("hi", "Hindi"),
    ("hns", "Sarnami"),
    ("ta", "Tamil"),
    ("ti", "Tigrinya"),
    ("am", "Amhaars"),
    ("so", "Somalisch"),
    ("zh", "Chinees"),
    ("vi", "Vietnamees"),
    ("th", "Thais"),
    ("id", "Indonesisch"),
    ("tl", "Tagalog"),
    ("rom", "Romani"),
]
