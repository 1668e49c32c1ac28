"""Eighty invented short messages by people and organisations, with answers, likes and who follows whom."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from netwerk.actions.berichttekst import eerste_link, labels_in
from netwerk.models import Bericht, Berichtlabel, Berichtzicht, Professional, Volgt, Waardering
from organisaties.demo import DEMO_ACCOUNTS
from organisaties.models import Organisatie, Thema

ZAAD = 42
VAN_MENSEN = [
    "Vanochtend de eerste #eetclub in de flat gehad. Negen bewoners, twee pannen hutspot en één gitaar.",
    "Tip voor wie brieven voorleest: laat mensen de envelop zelf openen. Dat scheelt veel schaamte. #schulden",
    "Wie heeft een goed voorbeeld van een huisbezoek-formulier dat níét als een keuring voelt? #eenzaamheid",
    "Onze buurtbus rijdt weer. Dank aan de drie chauffeurs die op hun vrije zaterdag de olie hebben ververst.",
    "Gesprek met een jonge mantelzorger van 14. Zij noemt het ‘gewoon helpen’. Hoe bereiken jullie deze groep? #mantelzorg #jongeren",
    "Gelezen: een derde van de mensen die recht hebben op bijzondere bijstand vraagt die niet aan. Wij bellen nu zelf. #schulden",
    "Taalcafé op dinsdag is vol. We zoeken een tweede ruimte in Lombok, liefst met een keuken. #taal",
    "Vandaag geleerd: ‘hebt u hulp nodig?’ geeft altijd nee. ‘Zal ik even meekijken?’ geeft bijna altijd ja.",
    "Drie nieuwe vrijwilligers op de fietswerkplaats. Twee van hen kwamen vorig jaar zelf met een lekke band. #vrijwilligers",
    "De #Wmo-balie is verhuisd naar de bibliotheek. Nu al drukker dan in het stadhuis. Drempels doen ertoe.",
    "Wie gaat er mee kijken bij de wandelgroep in Zwolle? Elke woensdag, 10 uur, weer of geen weer. #bewegen",
    "Een bewoner van 91 leert bij ons videobellen. Haar eerste gesprek was met haar zus in Canada. Kippenvel.",
    "Ons #maatjes-project zoekt mannen. Wij hebben nu 31 vrouwen en 4 mannen als maatje.",
    "Werkt iemand met de #ZRM in het sociaal wijkteam? Ik hoor graag wat wel en niet helpt.",
    "Huiswerkklas gestart in het buurthuis. Twaalf kinderen, zes tafels en heel veel krentenbollen. #opvoeden",
    "Vandaag een warme overdracht in plaats van een verwijsbrief. Het kostte een uur en scheelt drie maanden.",
    "Voor wie het zoekt: de nieuwe normen voor kwijtschelding staan op https://www.rijksoverheid.nl/onderwerpen/schulden",
    "Wij stoppen met inschrijfformulieren voor de inloop. Naam en koffie of thee, meer hoeft er niet.",
    "De eerste #rouwgroep voor jongeren zit vol. Er was dus écht behoefte aan.",
    "Wat doen jullie als iemand elke week belt en nooit komt? Wij bellen nu terug op een vast moment. Dat helpt.",
    "Samen met de woningcorporatie alle portieken langs geweest. 46 gesprekken, 11 hulpvragen. #wonen",
    "Vanmiddag #Repaircafé: elf lampen, vier broodroosters en een accordeon gered.",
    "Ik zoek iemand die Tigrinya spreekt en een uur per week wil tolken bij onze inloop in Arnhem. #taal",
    "Buurtgezinnen werkt. Na een half jaar zegt moeder: ik slaap weer. #opvoeden",
    "Vraag uit de praktijk: hoe leg je in gewone taal uit wat bewindvoering is? Ik begin met ‘iemand betaalt eerst uw huur’.",
    "De gemeente wil onze cijfers. Ik heb drie verhalen meegestuurd. Ze vroegen om meer verhalen.",
    "Vandaag zag ik hoe belangrijk één bankje is. Het nieuwe bankje bij de flat is al een ontmoetingsplek.",
    "Hoe gaan jullie om met vrijwilligers die eigenlijk zelf hulp nodig hebben? #vrijwilligers",
    "Wij hebben nu een stilte-uur in de inloop. Voor wie prikkels te veel zijn. Elke donderdag van 9 tot 10. #ggz",
    "De kookgroep van de #nieuwkomers kookt vrijdag voor het hele buurthuis. Ik verheug me al op de linzen.",
    "Nieuwe collega’s vragen wat ze de eerste week moeten doen. Mijn antwoord: koffie drinken, luisteren, niks oplossen.",
    "Iemand ervaring met een #energiecoach die óók naar schulden kijkt? Wij willen dat in één bezoek doen.",
    "Groepje senioren heeft zelf een belcirkel opgezet. Wij doen daar niks aan. Dat is precies goed. #ouderen",
    "In de wachtkamer van de huisarts hangt nu ons kaartje: ‘Praten? Bel Ria.’ Ria is al zes keer gebeld. #welzijnoprecept",
    "We hebben het woord ‘cliënt’ uit onze folders gehaald. Nu staat er gewoon ‘u’.",
    "Kledingbank heeft dringend winterjassen in kindermaten nodig. Brengen kan tot vrijdag.",
    "Vandaag de schuldhulpverlener aan tafel in de moskee. Na het gebed, met thee. Veertien vragen. #schulden",
    "Wat een dag. Huisuitzetting voorkomen door één telefoontje op het goede moment. #wonen",
    "Onze oudste vrijwilliger stopt op haar 88e. Ze gaf 31 jaar taalles. Wat geef je iemand die alles al gaf?",
    "Tienermoeders willen geen cursus. Ze willen samen lunchen met oppas erbij. Dus dat doen we. #opvoeden",
    "Wij delen ons draaiboek voor een buurtmaaltijd graag. Stuur een bericht. #eenzaamheid",
    "Bij ons kunnen mensen nu ook ’s avonds langskomen met hun post. Werkenden met schulden zagen we eerst nooit.",
    "Ik las vandaag een brief van de overheid met het woord ‘derhalve’ erin. Vier keer.",
    "Dagje meegelopen met de straatcoach. Hij kent elke naam op het plein. #jongeren",
    "Kan iemand mij vertellen hoe jullie de AVG uitleggen aan vrijwilligers? Ik zoek iets op één A4.",
    "Onze tuin is omgespit door de buurt-bbl’ers. In maart kunnen de aardappels erin. #buurt",
    "Een vader kwam voor zijn administratie en bleef voor het schaken. #eenzaamheid",
    "Vandaag voor het eerst samen met de politie spreekuur. Spannend, en goed.",
    "Wie organiseert er een #dementie-vriendelijke wandeling? Ik wil er graag een keer bij zijn.",
    "Bijzonder: de buurvrouw die altijd klaagde over de herrie, geeft nu drumles in het jongerencentrum.",
    "Ons spreekuur heet nu ‘Even vragen’. Sindsdien komen er twee keer zoveel mensen.",
    "Morgen training signaleren van laaggeletterdheid. Er zijn nog drie plekken, ook voor collega’s van buiten. #taal",
    "Afscheid van een gezin dat ik twee jaar zag. Ze hadden taart gebakken. Ik had een brok.",
    "Als je één ding mocht veranderen aan de intake? Ik zou de eerste vraag altijd laten zijn: wat gaat goed?",
]
VAN_ORGANISATIES = [
    "Onze inloop is vanaf maandag ook op dinsdagavond open, van 19.00 tot 21.00 uur. Kom gerust binnen.",
    "Wij zoeken een vrijwilliger die op vrijdag wil koken voor 25 mensen. Een kookdiploma hoeft niet. #vrijwilligers",
    "Zaterdag is het open huis. Er is soep, muziek en iemand die uw vragen over post en geld beantwoordt. #schulden",
    "Het spreekuur van volgende week gaat door op een andere plek: de bibliotheek, eerste verdieping.",
    "Nieuw: een cursus Nederlands voor beginners, overdag, met kinderopvang. #taal",
    "Dank aan alle 43 vrijwilligers die meehielpen met de kerstpakketten.",
    "Onze telefoon is de hele zomer bemand. Juist dan kan het stil zijn. #eenzaamheid",
    "Wij zijn verhuisd. U vindt ons nu naast de apotheek, met een deur zonder drempel.",
    "Mantelzorgers drinken elke eerste donderdag koffie bij ons. U hoeft niets te zeggen. #mantelzorg",
    "De wandelgroep is terug. Rustig tempo, en na afloop koffie. #bewegen",
    "Wij hebben plek voor tien kinderen in de huiswerkklas. Aanmelden kan bij de balie. #opvoeden",
    "Ons jaarverslag is er, op twee kantjes en in gewone taal.",
    "Vanwege de feestdagen zijn wij gesloten van 24 december tot en met 1 januari. De telefoon werkt wel.",
    "Fietsles voor volwassenen begint weer in maart. Er zijn fietsen om te lenen. #nieuwkomers",
    "Samen met de gemeente starten wij een meldpunt voor mensen met een huurachterstand. #wonen",
    "Woensdagmiddag is er een stille ruimte voor wie even weg wil uit de drukte. #ggz",
]
ANTWOORDEN = [
    "Mooi! Mag ik dit delen met mijn team?",
    "Herkenbaar. Wij doen het net zo, maar dan op zaterdag.",
    "Ik stuur u ons formulier, dan kunt u kijken of het past.",
    "Hier in Deventer zoeken wij precies hetzelfde. Zullen we bellen?",
    "Wat fijn om te lezen op een maandagochtend.",
    "Ja, en vergeet de koffie niet.",
    "Bij ons hielp het om met de bewoners zelf te beginnen.",
    "Ik kom graag een keer kijken.",
    "Goede vraag. Ik vraag het na bij onze vrijwilligers.",
    "Dank, dit ga ik morgen proberen.",
]


def vul() -> int:
    """Write them by the people and organisations that are there, oldest first; return how many. Always the same."""
    mensen = list(Professional.objects.select_related("gebruiker").order_by("pk")[:40])
    organisaties = list(Organisatie.objects.zichtbaar().order_by("pk")[: len(VAN_ORGANISATIES)])
    if not mensen or not organisaties:
        return 0
    toeval = Random(ZAAD)  # noqa: S311 - invented texts, no secrets
    Professional.objects.filter(pk__in=[mens.pk for nummer, mens in enumerate(mensen) if nummer % 5]).update(
        is_volgbaar=True
    )
    volgbaar = list(Professional.objects.filter(pk__in=[mens.pk for mens in mensen], is_volgbaar=True).order_by("pk"))
    geschreven = _schrijf(toeval, mensen, organisaties)
    antwoorden = _antwoord(toeval, mensen, geschreven)
    _waardeer(toeval, mensen, geschreven)
    _volg(toeval, mensen, volgbaar, organisaties)
    return len(geschreven) + len(antwoorden)


def _schrijf(toeval: Random, mensen: list[Professional], organisaties: list[Organisatie]) -> list[Bericht]:
    teksten: list[tuple[str, Professional | Organisatie]] = [
        (tekst, mensen[nummer % len(mensen)]) for nummer, tekst in enumerate(VAN_MENSEN)
    ]
    teksten += [(tekst, organisaties[nummer % len(organisaties)]) for nummer, tekst in enumerate(VAN_ORGANISATIES)]
    toeval.shuffle(teksten)
    begin = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=31)
    berichten = []
    for nummer, (tekst, wie) in enumerate(teksten):
        # By day: from eight in the morning to half past nine.
        dag, deel = divmod(30 * nummer / len(teksten), 1)
        op = begin + timedelta(days=dag, minutes=int(deel * 810))
        berichten.append(
            Bericht(
                auteur=wie if isinstance(wie, Professional) else None,
                organisatie=wie if isinstance(wie, Organisatie) else None,
                tekst=tekst,
                link=eerste_link(tekst),
                zicht=Berichtzicht.PUBLIEK if isinstance(wie, Organisatie) or nummer % 3 else Berichtzicht.PORTAAL,
                geplaatst_op=op,
                gewijzigd_op=op,
            )
        )
    berichten = Bericht.objects.bulk_create(berichten)
    Berichtlabel.objects.bulk_create(
        Berichtlabel(bericht=bericht, label=label) for bericht in berichten for label in labels_in(bericht.tekst)
    )
    return berichten


def _antwoord(toeval: Random, mensen: list[Professional], berichten: list[Bericht]) -> list[Bericht]:
    antwoorden = []
    for bericht, tekst in zip(toeval.sample(berichten, len(ANTWOORDEN)), ANTWOORDEN, strict=True):
        wie = toeval.choice([mens for mens in mensen if mens.pk != bericht.auteur_id] or mensen)
        op = min(bericht.geplaatst_op + timedelta(hours=3), timezone.now())
        antwoorden.append(
            Bericht(
                auteur=wie,
                tekst=tekst,
                antwoord_op=bericht,
                is_antwoord=True,
                zicht=bericht.zicht,
                geplaatst_op=op,
                gewijzigd_op=op,
            )
        )
        bericht.aantal_antwoorden = 1
    Bericht.objects.bulk_update(berichten, ["aantal_antwoorden"])
    return Bericht.objects.bulk_create(antwoorden)


def _waardeer(toeval: Random, mensen: list[Professional], berichten: list[Bericht]) -> None:
    waarderingen, herhalingen = [], []
    for bericht in berichten:
        anderen = [mens for mens in mensen if mens.pk != bericht.auteur_id]
        blij = toeval.sample(anderen, min(len(anderen), toeval.choice([0, 0, 1, 2, 3, 5])))
        waarderingen += [Waardering(bericht=bericht, door=mens, op=bericht.geplaatst_op) for mens in blij]
        bericht.aantal_waarderingen = len(blij)
        if blij and toeval.random() < 0.15:
            herhalingen.append(
                Bericht(herhaalt=bericht, auteur=blij[0], zicht=bericht.zicht, geplaatst_op=bericht.geplaatst_op)
            )
            bericht.aantal_herhalingen = 1
    Waardering.objects.bulk_create(waarderingen)
    Bericht.objects.bulk_create(herhalingen)
    Bericht.objects.bulk_update(berichten, ["aantal_waarderingen", "aantal_herhalingen"])


def _volg(
    toeval: Random, mensen: list[Professional], volgbaar: list[Professional], organisaties: list[Organisatie]
) -> None:
    themas = list(Thema.objects.filter(ouder=None).order_by("pk")[:6])
    demo = {email for email, _, _ in DEMO_ACCOUNTS}
    rijen: dict[tuple[int, str, int], Volgt] = {}
    for mens in mensen:
        # The accounts that one logs in with have something to read.
        aantal = 15 if mens.gebruiker.email in demo else 5
        for wie in toeval.sample(volgbaar, min(aantal, len(volgbaar))):
            if wie.pk != mens.pk:
                rijen[mens.pk, "mens", wie.pk] = Volgt(volger=mens, professional=wie)
        for organisatie in toeval.sample(organisaties, min(aantal // 3, len(organisaties))):
            rijen[mens.pk, "organisatie", organisatie.pk] = Volgt(volger=mens, organisatie=organisatie)
        for thema in toeval.sample(themas, min(1, len(themas))):
            rijen[mens.pk, "thema", thema.pk] = Volgt(volger=mens, thema=thema)
    Volgt.objects.bulk_create(rijen.values(), ignore_conflicts=True)
