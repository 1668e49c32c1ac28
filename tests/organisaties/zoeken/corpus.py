"""A small directory of our own, to hold each way of finding to account."""

from organisaties.models import Dienst, Doelgroep, Organisatie, Synoniemgroep, Thema
from organisaties.zoeken import herbouw, synoniemen
from tests.fabriek import maak_organisatie

# name, what one gets, text
AANBOD = (
    ("Schuldhulpverlening Noord", "Hulp bij schulden", "Samen zoeken wij naar een oplossing met uw schuldeisers."),
    ("Budgetcoach aan huis", "Grip op uw geld", "Een vrijwilliger kijkt mee naar uw uitgaven en uw schulden."),
    ("Voedselbank De Mand", "Gratis voedselpakket", "Elke week een pakket met eten voor wie weinig te besteden heeft."),
    ("Eettafel Zuid", "Samen eten", "Een warme maaltijd met buurtgenoten, elke woensdag."),
    ("Taalhuis", "Nederlandse taalles", "Oefen uw Nederlands in een kleine groep."),
    ("De Vrije Slag", "Zwemlessen voor volwassenen", "Leer zwemmen in uw eigen tempo."),
    ("Huiswerkclub Pluim", "Huiswerkbegeleiding", "Na schooltijd helpen studenten met het huiswerk."),
    ("Digitaal Café", "Computercursus", "Leren omgaan met internet en uw telefoon."),
    ("Salon Samen", "Kapper voor mensen met een klein inkomen", "Een knipbeurt zonder dat het u iets kost."),
    ("Maatjesproject Dichtbij", "Een maatje", "Iedere week iemand die tijd voor u heeft, tegen eenzaamheid."),
    ("Klussendienst Buurman", "Kleine klussen in huis", "Een lamp ophangen of een lekkende kraan."),
    ("Buurthuis De Spil", "Koffie en activiteiten", "Loop gerust binnen, de koffie is klaar."),
    ("Dierenarts voor minima", "Zorg voor uw huisdier", "Korting op een consult voor hond of kat."),
    ("Kringloop Tweede Kans", "Goedkope meubels", "Ook kleding en speelgoed."),
    ("Rechtswinkel", "Gratis juridisch advies", "Studenten rechten beantwoorden uw vragen."),
    ("Steunpunt Mantelzorg", "Hulp voor mantelzorgers", "Even op adem komen als u voor een ander zorgt."),
    ("Theaterschool", "Toneellessen", "Spelen op het podium voor jong en oud."),
    ("Fietslab", "Leren fietsen", "Fietsles voor vrouwen die het nooit leerden."),
)

# question, kind, names that were asked for
OORDELEN = (
    ("schuldhulpverlening", "exact", {"Schuldhulpverlening Noord"}),
    ("voedselbank", "exact", {"Voedselbank De Mand"}),
    ("juridisch advies", "exact", {"Rechtswinkel"}),
    ("kleding", "exact", {"Kringloop Tweede Kans"}),
    ("maatjes", "inflection", {"Maatjesproject Dichtbij"}),
    ("klusjes", "inflection", {"Klussendienst Buurman"}),
    ("zwemmen", "inflection", {"De Vrije Slag"}),
    ("buurthuizen", "inflection", {"Buurthuis De Spil"}),
    ("fietsen", "inflection", {"Fietslab"}),
    ("schuldhulp", "compound", {"Schuldhulpverlening Noord"}),
    ("hulp bij schulden", "compound", {"Schuldhulpverlening Noord"}),
    ("dieren arts", "compound", {"Dierenarts voor minima"}),
    ("nederlandse les", "compound", {"Taalhuis"}),
    ("theaterles", "compound", {"Theaterschool"}),
    ("computerles", "synonym", {"Digitaal Café"}),
    ("kapsalon", "synonym", {"Salon Samen"}),
    ("niemand om mee te praten", "synonym", {"Maatjesproject Dichtbij"}),
    ("voedselbnak", "typo", {"Voedselbank De Mand"}),
    ("huiswerkbegeliding", "typo", {"Huiswerkclub Pluim"}),
    ("mantelzorgre", "typo", {"Steunpunt Mantelzorg"}),
)


def maak_corpus() -> dict[str, Organisatie]:
    """Make the listings, a theme, a target group and a few synonyms, and build the index."""
    gelijk, verwijst = Synoniemgroep.Soort.GELIJK, Synoniemgroep.Soort.VERWIJST
    Synoniemgroep.objects.create(soort=gelijk, woorden=["computerles", "computercursus"])
    Synoniemgroep.objects.create(soort=gelijk, woorden=["kapper", "kapsalon"])
    Synoniemgroep.objects.create(soort=verwijst, woorden=["niemand om mee te praten"], doelen=["maatje"])
    synoniemen.vergeet()
    geld = Thema.objects.create(slug="geld-proef", naam="Rondkomen", trefwoorden=["armoede"])
    schulden = Thema.objects.create(slug="schulden-proef", naam="Uit de schulden", ouder=geld)
    vrouwen = Doelgroep.objects.create(slug="vrouwen-proef", naam="Vrouwen")
    gemaakt = {}
    for naam, aanbod, tekst in AANBOD:
        organisatie = maak_organisatie(naam=naam, kort=aanbod, tekst=tekst)
        Dienst.objects.create(organisatie=organisatie, naam=aanbod)
        gemaakt[naam] = organisatie
    gemaakt["Schuldhulpverlening Noord"].themas.add(schulden)
    gemaakt["Fietslab"].doelgroepen.add(vrouwen)
    herbouw()
    return gemaakt
