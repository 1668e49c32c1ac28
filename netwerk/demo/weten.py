"""Practice cards as peers could write them, and questions that wait for somebody who knows."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from netwerk.actions.weten.kaarten import maak_kaart
from netwerk.keuzes import Zicht
from netwerk.models import (
    Gesprek,
    Kaarthielp,
    Lidmaatschap,
    Netwerk,
    Praktijkkaart,
    Professional,
    Rondvraag,
    Vraagverzoek,
)
from organisaties.models import Thema


@dataclass(frozen=True, slots=True)
class Plan:
    titel: str
    wat: str
    aanpak: str
    letop: str
    labels: tuple[str, ...]
    thema: str
    netwerk: str = ""
    zicht: int = Zicht.PUBLIEK
    hielp: int = 0


PLANNEN = (
    Plan(
        "Aanbellen bij iemand die geen post opent",
        "Zo komt u binnen bij iemand met achterstanden, zonder te dreigen en zonder brief vooraf.",
        "1. Loop op een doordeweekse dag langs, tussen vier en zeven.\n2. "
        "Noem alleen uw voornaam en dat u van de buurt bent. De schuld noemt u niet op de stoep.\n"
        "3. Vraag: *komt het uit, of zal ik morgen terugkomen?* Wie mag kiezen, doet eerder open.\n4. "
        "Niemand thuis? Laat een **handgeschreven** kaartje achter met een mobiel nummer.\n"
        "5. Ga drie keer, op drie verschillende tijden. Daarna pas een brief.",
        "Ga de eerste keer met z’n tweeën. "
        "Ziet u kinderen zonder toezicht of een woning zonder stroom? Bel dan dezelfde dag met het wijkteam.",
        ("schuldhulp", "huisbezoek", "vroegsignalering"), "geld", "vroeg-erbij-bij-geldzorgen", hielp=9,
    ),
    Plan(
        "Een buurttafel die blijft bestaan",
        "Elke week samen eten, zonder dat het na drie maanden op u alleen neerkomt.",
        "1. Begin met **acht** mensen die u zelf uitnodigt, niet met een flyer.\n2. "
        "Verdeel op de eerste avond drie taken: boodschappen, koken, opruimen. Wie eet, doet er één.\n"
        "3. Vraag een vaste kleine bijdrage. Gratis voelt als liefdadigheid.\n4. "
        "Sla nooit over, ook niet met vier mensen.\n5. "
        "Na acht weken kiest de tafel zelf twee gastheren of gastvrouwen. U komt dan nog één keer in de maand.",
        "Let op voedselallergie en op de sleutel: spreek af wie opent als u ziek bent.",
        ("eenzaamheid", "samen eten", "buurtinitiatieven"), "eenzaam", "samen-tegen-eenzaamheid", hielp=14,
    ),
    Plan(
        "Vrijwilligers vinden voor één middag",
        "Niet vragen om een vast jaar, maar om één middag. Van de tien blijven er vier.",
        "- Schrijf de klus op in één zin: wat, waar, hoe laat klaar.\n"
        "- Vraag het **in persoon**, aan mensen die u al kent.\n- Geef na afloop een hand, koffie en een foto.\n"
        "- Bel binnen drie dagen: *wilt u nog eens?* Wie twijfelt, vraagt u over een maand weer.",
        "Leg vooraf uit wie verzekerd is en bij wie iemand terecht kan.",
        ("vrijwilligers werven",), "meedoen", "vrijwilligers-met-een-rugzakje", hielp=6,
    ),
    Plan(
        "Een brief in gewone taal",
        "Vijf stappen om van een ambtelijke brief iets te maken wat mensen lezen.",
        "1. Zet bovenaan wat iemand **moet doen**, en vóór welke dag.\n2. Eén onderwerp per brief.\n3. "
        "Schrijf zoals u het aan tafel zou zeggen. Lees het hardop.\n"
        "4. Zet een naam en een nummer eronder van iemand die opneemt.\n5. "
        "Laat twee mensen uit de doelgroep meelezen vóór u verstuurt.",
        "Gewone taal is niet kinderlijk. Laat de uitleg staan, haal de omwegen weg.",
        ("laaggeletterdheid", "taalles"), "nederlands-leren", "taalcoordinatoren-randstad", hielp=11,
    ),
    Plan(
        "Een mantelzorger ontlasten zonder wachtlijst",
        "Drie uur vrij in de week regelen in de eigen kring, nog voor de aanvraag rond is.",
        "1. Teken samen wie er om iemand heen staat: familie, buren, club, kerk of moskee.\n2. "
        "Kies één klein blok: dinsdag van twee tot vijf.\n"
        "3. Vraag er **twee** mensen voor, om en om.\n4. Zet het op papier op de koelkast, met telefoonnummers.\n"
        "5. Bel na drie weken de mantelzorger, niet de vrijwilliger.",
        "Bij dementie: laat de vervanger twee keer meelopen voor hij alleen komt.",
        ("mantelzorg", "respijtzorg"), "zorgen-voor-een-ander", "mantelzorg-en-werk-in-twente", hielp=8,
    ),
    Plan(
        "Jongeren op straat aanspreken",
        "Eerst tien keer langslopen, dan pas praten.",
        "- Kom op **vaste** avonden, ook als het regent.\n- Groet, noem uw naam, loop door.\n"
        "- Na een paar weken blijft u staan als zij iets vragen.\n"
        "- Beloof niets wat u niet dezelfde week kunt doen.\n"
        "- Schrijf na afloop op wie u zag en wat zij zelf willen, geen namen van strafbare feiten.",
        "U bent geen politie. Zeg dat ook, en houd u eraan.",
        ("jongeren", "straathoekwerk"), "opvoeden", "jongerenwerk-in-de-avond", Zicht.PORTAAL, 5,
    ),
    Plan(
        "Op bezoek na een overlijden",
        "Wat u zegt, en wanneer u terugkomt, als iemand in de wijk zijn partner verliest.",
        "1. Ga binnen twee weken langs, tien minuten is genoeg.\n2. Zeg de naam van wie er niet meer is.\n3. "
        "Vraag niet hoe het gaat, vraag hoe **vandaag** is.\n"
        "4. Kom terug na zes weken, na drie maanden en op de verjaardag. Dan is het stil geworden.",
        "Wie niet meer eet, niet meer slaapt of niet meer wil leven: bel samen de huisarts.",
        ("rouw", "huisbezoek"), "gezondheid", "rouw-en-verlies-in-de-wijk", hielp=7,
    ),
    Plan(
        "De sleutel van het buurthuis delen",
        "Meer openingsuren zonder meer beheerders.",
        "1. Maak een lijst van vijf groepen die elke week komen.\n2. "
        "Elke groep levert één sleuteldrager met een achterwacht.\n3. "
        "Hang een blad op: licht, verwarming, afval, alarm.\n"
        "4. Doe samen één keer een droge oefening met het alarm.\n5. "
        "Eén keer per kwartaal koffie met alle sleuteldragers.",
        "Controleer de polis: niet elke verzekering dekt een avond zonder beheerder.",
        ("buurthuizen", "vrijwilligers werven"), "wonen", "buurthuizen-van-groningen", Zicht.PORTAAL, 3,
    ),
    Plan(
        "Taalles die begint bij de supermarkt",
        "Een eerste les buiten de deur, voor wie bang is voor een klas.",
        "- Spreek af bij de ingang van de winkel, met hoogstens vier mensen.\n"
        "- Kies vijf producten; ieder leest er één hardop.\n- Vraag samen iets aan de kassa.\n"
        "- Drink daarna koffie en schrijf de vijf woorden op.",
        "Neem geen contant geld van deelnemers aan en betaal niet voor hen.",
        ("taalles", "inburgering"), "nederlands-leren", "taalcoordinatoren-randstad", hielp=4,
    ),
    Plan(
        "Beslagvrije voet narekenen aan de keukentafel",
        "In een kwartier zien of iemand te weinig overhoudt.",
        "1. Leg drie papieren neer: loon of uitkering, huur, zorgpremie.\n2. "
        "Vul de gegevens in op de rekenhulp van de overheid.\n3. "
        "Houdt iemand minder over dan daar staat? Schrijf dezelfde dag aan wie beslag legt.\n4. "
        "Vraag om **herberekening** met terugwerkende kracht.",
        "Doe dit samen. Neem nooit een inlogcode van iemand over.",
        ("beslagvrije voet", "schuldhulp"), "geld", "vroeg-erbij-bij-geldzorgen", hielp=12,
    ),
    Plan(
        "Een koppel dat niet klikt uit elkaar halen",
        "Maatjes stoppen zonder dat iemand zich afgewezen voelt.",
        "1. Bel beide mensen apart, binnen een week na het eerste signaal.\n2. "
        "Zeg dat u de match verkeerd maakte.\n3. "
        "Spreek samen één laatste keer af, met een einde: een wandeling, een kopje koffie.\n4. "
        "Bied allebei iets anders aan, ook als dat even duurt.",
        "Is er iets gebeurd wat niet mag? Dan geen afscheid samen, en meld het.",
        ("maatjes", "eenzaamheid"), "eenzaam", "samen-tegen-eenzaamheid", hielp=2,
    ),
    Plan(
        "Een bewonersavond waar ook stille mensen praten",
        "Geen zaal met een microfoon, maar tafels met een vraag.",
        "- Zet tafels van zes, met aan elke tafel één gastheer of gastvrouw.\n"
        "- Eén vraag per halfuur, op papier.\n- Iedereen schrijft eerst twee minuten, dan pas praten.\n"
        "- Sluit af met drie dingen die **deze maand** gebeuren, en wie dat doet.",
        "Kondig aan hoe laat het klaar is, en stop dan ook.",
        ("bewoners betrekken", "buurtinitiatieven"), "wonen", hielp=3,
    ),
    Plan(
        "Kort en goed overdragen bij een nieuwe baan",
        "In één uur uw netwerk aan een opvolger geven.",
        "1. Schrijf vijf namen op van mensen zonder wie het niet loopt.\n2. Ga bij die vijf samen langs.\n3. "
        "Geef door wat u **niet** afmaakte.\n4. Blijf een maand lang bereikbaar, één keer per week een kwartier.",
        "Gegevens van cliënten gaan nooit mee naar uw nieuwe werk.",
        ("wijkteam",), "werk-en-leren", zicht=Zicht.PORTAAL, hielp=1,
    ),
    Plan(
        "Voedselbank zonder schaamte",
        "Een uitgifte die voelt als een winkel.",
        "1. Laat mensen zelf kiezen uit het schap.\n2. "
        "Werk met tijdvakken van een kwartier, dan staat er geen rij buiten.\n3. "
        "Zet koffie bij de ingang, niet bij de uitgang.\n4. "
        "Laat oud-klanten meehelpen, met een schort zoals iedereen.",
        "Bewaar zo weinig mogelijk van mensen: een nummer en het aantal monden is genoeg.",
        ("voedselhulp", "armoede"), "eten-en-spullen", hielp=10,
    ),
    Plan(
        "Iemand meekrijgen naar de huisarts",
        "Samen gaan, met één zin op papier.",
        "- Vraag wat iemand het liefst níet wil zeggen. Schrijf juist dat op.\n"
        "- Maak de afspraak samen aan de telefoon, op de luidspreker.\n"
        "- Ga mee tot in de wachtkamer, naar binnen alleen als iemand dat vraagt.\n- Bel de avond erna.",
        "Bij direct gevaar belt u 112. Bij gedachten aan zelfmoord belt u samen 0800-0113.",
        ("huisbezoek", "wijkteam"), "gezondheid", hielp=5,
    ),
)  # fmt: skip
WACHTENDE_VRAGEN = 6


def vul(*, mensen: list[Professional]) -> list[Praktijkkaart]:
    """Write the cards, say of some that they helped, and let some open questions go to peers; draws nothing by chance."""
    netwerken = {netwerk.slug: netwerk for netwerk in Netwerk.objects.levend()}
    themas = {thema.slug: thema for thema in Thema.objects.all()}
    nu = timezone.now()
    kaarten = []
    for nummer, plan in enumerate(PLANNEN):
        netwerk = netwerken.get(plan.netwerk)
        kaart = maak_kaart(
            door=_schrijver(netwerk, mensen, nummer),
            velden={
                "titel": plan.titel, "samenvatting": plan.wat, "aanpak": plan.aanpak, "letop": plan.letop, "zicht": plan.zicht
            },
            themas=[themas[plan.thema]] if plan.thema in themas else [],
            labels=plan.labels,
            netwerk=netwerk,
        )  # fmt: skip
        helpers = [mens for mens in mensen if not kaart.schrijvers.filter(professional=mens).exists()][: plan.hielp]
        Kaarthielp.objects.bulk_create(Kaarthielp(kaart=kaart, door=mens) for mens in helpers)
        op = nu - timedelta(days=5 + nummer * 11)
        Praktijkkaart.objects.filter(pk=kaart.pk).update(
            aantal_hielp=len(helpers), geplaatst_op=op, gewijzigd_op=op, getoetst_datum=op.date(),
            toetsen_datum=op.date() + timedelta(days=365),
        )  # fmt: skip
        kaarten.append(kaart)
    _laat_vragen_wachten(mensen)
    return kaarten


def _schrijver(netwerk: Netwerk | None, mensen: list[Professional], nummer: int) -> Professional:
    if netwerk is None:
        return mensen[nummer % len(mensen)]
    leden = Lidmaatschap.objects.leden().filter(netwerk=netwerk).select_related("professional").order_by("pk")
    return leden[nummer % min(len(leden), 5)].professional


def _laat_vragen_wachten(mensen: list[Professional]) -> None:
    """Put open questions to the first of the peers, the demo account, and to some others."""
    nu = timezone.now()
    vragen = Gesprek.objects.geplaatst().filter(
        soort="vraag", antwoord=None, is_gesloten=False, zicht__gte=Zicht.PORTAAL, netwerk__status="actief"
    )
    for nummer, gesprek in enumerate(
        vragen.exclude(auteur=mensen[0]).order_by("-laatste_op", "-pk")[:WACHTENDE_VRAGEN]
    ):
        Rondvraag.objects.create(gesprek=gesprek, ronde=1, volgende_op=nu + timedelta(days=2))
        gevraagd = [mens for mens in (mensen[0], *mensen[5 + nummer : 8 + nummer]) if mens.pk != gesprek.auteur_id]
        for mens in gevraagd if nummer < 3 else gevraagd[1:]:
            kennis = sorted(mens.expertise.names())
            reden = f"omdat u schreef dat u veel weet van {kennis[0]}" if kennis else "omdat u lid bent van dit netwerk"
            Vraagverzoek.objects.create(
                gesprek=gesprek, professional=mens, reden=reden, gestuurd_op=nu - timedelta(hours=5 + nummer)
            )
