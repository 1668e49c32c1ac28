"""Conversations as peers have them: questions with answers that were tried, experiences, notices and articles."""

from datetime import datetime, timedelta
from random import Random

from django.db.models import Max
from django.utils import timezone

from netwerk.actions.gesprekken.basis import zet_vector
from netwerk.keuzes import Plaatsing, Zicht
from netwerk.models import Gesprek, Gesprekvolger, Netwerk, Professional, Reactie

ZAAD = 20261126
# Kind, title, text, labels, replies; the first reply of a question is its answer.
GESPREKKEN: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("vraag", "Hoe bereikt u mannen boven de zestig die nooit komen?",
     "Onze inloop draait goed, maar er komen bijna alleen vrouwen. Wij hebben posters bij de bouwmarkt gehangen en een "
     "artikel in de wijkkrant gezet. **Wat werkte bij u?**",
     ("eenzaamheid", "mannen"),
     ("Niet praten maar doen. Wij begonnen een werkplaats in een oude fietsenstalling. Na drie weken zaten er elf man. "
      "Het gesprek kwam vanzelf, bij het soldeerwerk.",
      "Vraag de vrouwen die al komen of hun man, broer of buurman iets kan repareren. Zo kwamen bij ons de eerste vier.",
      "Let op het tijdstip: bij ons kwamen zij pas toen wij om acht uur ’s ochtends begonnen.")),
    ("vraag", "Wat zegt u in de eerste minuut aan de deur?",
     "Wij bellen aan bij mensen met een achterstand op de huur. Vaak gaat de deur na tien seconden weer dicht. "
     "Heeft iemand een openingszin die blijft hangen?",
     ("schuldhulp", "vroegsignalering"),
     ("Zeg eerst wie u níet bent: ‘Ik ben niet van de deurwaarder en ik kom niets halen.’ Daarna pas waarvoor u komt.",
      "Wij schrijven een dag eerder een kaartje met de hand. Dan weten ze wie er komt. Scheelde de helft.")),
    ("ervaring", "Een buurttafel zonder subsidie, na één jaar",
     "In januari begonnen wij met één pan soep en zes stoelen. Nu eten er elke dinsdag dertig mensen.\n\n"
     "Wat wij leerden:\n\n- Koken moet door bewoners, niet vóór bewoners.\n- Vraag twee euro. Gratis voelt als hulp.\n"
     "- Wie afwast, komt terug.",
     ("buurtinitiatieven", "eenzaamheid"),
     ("Die twee euro herkennen wij. Toen het gratis was, kwamen er minder mensen.",
      "Mogen wij uw draaiboek gebruiken? Wij beginnen in maart.")),
    ("vraag", "Respijtzorg voor een weekend: waar begint u?",
     "Een mantelzorger wil één weekend weg, voor het eerst in vier jaar. Haar man heeft dementie. Wie regelt bij u de "
     "nacht, en wie betaalt dat?",
     ("respijtzorg", "mantelzorg", "dementie"),
     ("Bel eerst de zorgverzekeraar: in veel aanvullende pakketten zit vervangende mantelzorg. Daarna pas de Wmo. "
      "Begin zes weken van tevoren.",)),
    ("mededeling", "Bijeenkomst op donderdag: wat doen wij met de wachtlijst?",
     "Donderdag om 14.00 uur in het buurthuis. Neem één voorbeeld mee dat u bezighoudt. Noem geen namen.",
     ("wachtlijst",),
     ("Ik ben erbij.", "Ik kan niet, maar lees graag het verslag.")),
    ("vraag", "Taalles op zaterdag: hoe houdt u vrijwilligers vast?",
     "Door de week lukt het. Op zaterdag zeggen vrijwilligers na een maand af. Cursisten kunnen juist dan.",
     ("taalles", "vrijwilligers werven"),
     ("Wij werken met duo’s die om de week staan. Niemand hoeft elke zaterdag, en er is altijd iemand die de groep kent.",
      "Betaal de reiskosten meteen uit, niet per kwartaal. Klein, maar het maakte verschil.")),
    ("ervaring", "Jongeren die niet opnemen, appen wel terug",
     "Wij belden ons suf. Sinds wij een appje sturen met één vraag (‘Lukt het nog met je kamer?’) krijgen wij op zeven "
     "van de tien antwoord.",
     ("jongeren", "online jongerenwerk"),
     ("Wel afspreken wat er met die telefoon gebeurt na werktijd. Bij ons liep dat uit de hand.",)),
    ("vraag", "Wie heeft een goed gesprek over geld met tieners?",
     "Op de middelbare school hier lenen kinderen van veertien geld van elkaar via een app. Hoe begint u daarover zonder "
     "dat het een preek wordt?",
     ("jongeren", "schuldhulp"),
     ("Speel het na met nepgeld en laat ze zelf de rente verzinnen. Binnen tien minuten zeggen ze het allemaal zelf.",)),
    ("vraag", "Voedselpakket en schaamte: hoe maakt u de eerste stap kleiner?",
     "Mensen draaien bij de deur weer om. Wat helpt?",
     ("armoede", "voedselhulp"),
     ()),
    ("ervaring", "Huisbezoek met twee: duurder, en toch goedkoper",
     "Wij gaan sinds de zomer met zijn tweeën: een ouderenadviseur en een bewoner uit de straat. De bewoner blijft "
     "daarna komen. Wij hoeven minder vaak terug.",
     ("huisbezoek", "ouderen"),
     ("Mooi. Hoe regelt u de verklaring omtrent gedrag voor de bewoner?",)),
)  # fmt: skip
ARTIKELEN = (
    ("Wat een fietsenstalling ons leerde over eenzaamheid",
     "Elf mannen, één soldeerbout en geen enkel intakeformulier.",
     "Wij wilden een praatgroep. Er kwam niemand. Toen kregen wij een lege fietsenstalling.\n\n### Eerst doen, dan praten\n\n"
     "Wie iets in zijn handen heeft, hoeft niemand aan te kijken. Dat bleek de helft van het werk.\n\n"
     "### Wat wij anders zouden doen\n\nEerder de sleutel uit handen geven. Sinds bewoners zelf openen, is het hun plek.",
     ("eenzaamheid", "buurtinitiatieven")),
    ("Vijf brieven die wél gelezen werden",
     "Wat er verandert als u een brief begint met het antwoord.",
     "Wij legden vijftig brieven naast elkaar, en de reacties erop. De brieven die werkten, hadden drie dingen gemeen.\n\n"
     "1. De eerste zin zegt wat iemand moet doen.\n2. Er staat een naam onder, met een nummer dat opneemt.\n"
     "3. Er staat geen wet in.",
     ("schuldhulp", "laaggeletterdheid")),
)  # fmt: skip


def vul() -> int:
    """Write them in the networks that are there, by their members, oldest first; return how many. Always the same."""
    netwerken = list(Netwerk.objects.levend().order_by("pk"))
    if not netwerken or Gesprek.objects.exists():
        return 0
    toeval, nu = Random(ZAAD), timezone.now()  # noqa: S311 - invented texts, no secrets
    leden = {netwerk.pk: list(_leden(netwerk)) for netwerk in netwerken}
    aantal = 0
    for nummer in range(len(GESPREKKEN) * 3):
        soort, titel, tekst, labels, reacties = GESPREKKEN[nummer % len(GESPREKKEN)]
        netwerk = netwerken[(nummer * 5 + nummer // len(GESPREKKEN)) % len(netwerken)]
        if nummer >= len(GESPREKKEN):
            # The same question lives in more than one network, as it does.
            kop, teken = (titel[:-1], "?") if titel.endswith("?") else (titel, "")
            titel = f"{kop}{', ook in een dorp' if nummer < 2 * len(GESPREKKEN) else ', een jaar later'}{teken}"
        mensen = leden[netwerk.pk]
        if len(mensen) < 2:
            continue
        wie = toeval.sample(mensen, k=min(len(mensen), len(reacties) + 1))
        op = nu - timedelta(days=200 - nummer * 6, hours=toeval.randrange(12))
        _plaats(netwerk, wie, soort, titel, tekst, labels, reacties, op)
        aantal += 1
    mensen = list(Professional.objects.order_by("pk")[:6])
    for nummer, (titel, samenvatting, tekst, labels) in enumerate(ARTIKELEN):
        op = nu - timedelta(days=30 - 9 * nummer)
        een = Gesprek.objects.create(
            auteur=mensen[nummer], soort="artikel", titel=titel, samenvatting=samenvatting, tekst=tekst,
            zicht=Zicht.PUBLIEK, plaatsing=Plaatsing.GEPLAATST, geplaatst_op=op, laatste_op=op, aangemaakt_op=op,
        )  # fmt: skip
        een.labels.set(labels)
        zet_vector(een, labels)
        aantal += 1
    for netwerk in netwerken:
        laatste = netwerk.gesprekken.aggregate(op=Max("laatste_op"))["op"]
        if laatste and netwerk.status == "actief":
            Netwerk.objects.filter(pk=netwerk.pk).update(laatste_op=laatste)
    return aantal


def _leden(netwerk: Netwerk) -> list[Professional]:
    rijen = netwerk.lidmaatschappen.filter(status="lid").select_related("professional").order_by("pk")
    return [lid.professional for lid in rijen]


def _plaats(
    netwerk: Netwerk,
    wie: list[Professional],
    soort: str,
    titel: str,
    tekst: str,
    labels: tuple[str, ...],
    reacties: tuple[str, ...],
    op: datetime,
) -> None:
    gesprek = Gesprek.objects.create(
        netwerk=netwerk, auteur=wie[0], soort=soort, titel=titel, tekst=tekst, zicht=netwerk.zicht_gesprekken,
        plaatsing=Plaatsing.GEPLAATST, geplaatst_op=op, laatste_op=op, aangemaakt_op=op,
    )  # fmt: skip
    gesprek.labels.set(labels)
    zet_vector(gesprek, labels)
    geschreven = [
        Reactie(
            gesprek=gesprek,
            nummer=nummer,
            auteur=wie[nummer % len(wie)],
            tekst=woorden,
            geplaatst_op=op + timedelta(hours=7 * nummer),
            aantal_hielp=0,
        )
        for nummer, woorden in enumerate(reacties, 1)
    ]
    Reactie.objects.bulk_create(geschreven)
    Gesprekvolger.objects.bulk_create(Gesprekvolger(gesprek=gesprek, professional=mens) for mens in dict.fromkeys(wie))
    gesprek.aantal_reacties = len(geschreven)
    if geschreven:
        gesprek.laatste_op = geschreven[-1].geplaatst_op
        if soort == "vraag":
            gesprek.antwoord = geschreven[0]
    gesprek.save(update_fields=["aantal_reacties", "laatste_op", "antwoord"])
