"""Eight networks of peers as they could be, with their members, a request that waits and one proposal."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from netwerk.actions.netwerken.basis import zet_vector
from netwerk.keuzes import Lidstatus, Netwerkstatus, Rol, Toelating, Zicht
from netwerk.models import Lidmaatschap, Netwerk, NetwerkSteun, Professional
from organisaties.models import Organisatie, Thema
from welzijnportal.geo.models import Gemeente, Provincie

ZAAD = 20261124
HUISREGELS = (
    "1. Noem geen namen of adressen van mensen die u helpt.\n"
    "2. Wees het gerust oneens, en blijf vriendelijk.\n"
    "3. Deel ook wat niet lukte. Daar leren wij het meest van."
)


@dataclass(frozen=True, slots=True)
class Plan:
    naam: str
    slug: str
    doel: str
    tekst: str
    themas: tuple[str, ...]
    leden: int
    provincies: tuple[str, ...] = ()
    gemeenten: tuple[str, ...] = ()
    toelating: str = Toelating.OPEN
    vragen: tuple[str, ...] = ()
    zicht_pagina: int = Zicht.PUBLIEK
    zicht_leden: int = Zicht.PORTAAL
    zicht_gesprekken: int = Zicht.PORTAAL
    status: str = Netwerkstatus.ACTIEF
    welkom: str = ""
    kleuren: tuple[str, str, str] | None = None


PLANNEN = (
    Plan(
        "Samen tegen eenzaamheid", "samen-tegen-eenzaamheid",
        "Leren van elkaar wat echt helpt tegen eenzaamheid, van huisbezoek tot buurttafel.",
        "Wij zijn opbouwwerkers, ouderenadviseurs en vrijwilligerscoördinatoren. **Elke eerste donderdag van de maand** "
        "bespreken wij één vraag uit de praktijk.\n\nWat u hier vindt:\n\n- vragen van collega’s, met antwoorden die zijn uitgeprobeerd\n"
        "- draaiboeken voor de Week tegen Eenzaamheid\n- mensen die u gewoon mag bellen",
        ("eenzaam", "zorgen-voor-een-ander"), 22, zicht_gesprekken=Zicht.PUBLIEK, zicht_leden=Zicht.PUBLIEK,
        welkom="Fijn dat u er bent. Vertel in één gesprek wat u doet en waar u tegenaan loopt. Er is altijd iemand die het herkent.",
        kleuren=("#0f4d4b", "#f4b183", "#fbf3e6"),
    ),
    Plan(
        "Vroeg erbij bij geldzorgen", "vroeg-erbij-bij-geldzorgen",
        "Mensen met schulden eerder bereiken: wat zegt u bij de deur, en wat juist niet?",
        "Voor wie aanbelt bij mensen met een betalingsachterstand: vroegsignaleerders, budgetcoaches, sociaal raadslieden. "
        "Wij delen gespreksopeningen, brieven die wel gelezen worden en cijfers over wat werkt.",
        ("geld",), 18, toelating=Toelating.AANVRAAG, zicht_gesprekken=Zicht.NETWERK,
        vragen=("In welke gemeente werkt u, en wat doet u daar?", "Waar wilt u het met ons over hebben?"),
        kleuren=("#774d00", "#fcecc4", "#fffdf9"),
    ),
    Plan(
        "Mantelzorg en werk in Twente", "mantelzorg-en-werk-in-twente",
        "Steunpunten en werkgevers in Twente maken het makkelijker om te werken en te zorgen.",
        "Veertien gemeenten, één streek. Wij wisselen uit hoe wij bedrijven over de drempel krijgen.",
        ("zorgen-voor-een-ander", "werk-en-leren"), 9, gemeenten=("Enschede", "Hengelo", "Almelo"),
    ),
    Plan(
        "Taalcoördinatoren Randstad", "taalcoordinatoren-randstad",
        "Taalvrijwilligers vinden, opleiden en vasthouden.",
        "Wij bespreken intake, materiaal en wat u doet als een koppel niet klikt. Ook over de taalmeter en laaggeletterdheid op het werk.",
        ("nederlands-leren", "werk-en-leren"), 14, provincies=("Noord-Holland", "Zuid-Holland", "Utrecht"),
    ),
    Plan(
        "Jongerenwerk in de avond", "jongerenwerk-in-de-avond",
        "Voor wie ’s avonds op straat of in het jongerencentrum staat.",
        "Over drillrap, vapen, verveling en vertrouwen. Wat hier besproken wordt, blijft hier.",
        ("opvoeden",), 12, zicht_pagina=Zicht.PORTAAL, zicht_leden=Zicht.NETWERK, zicht_gesprekken=Zicht.NETWERK,
        toelating=Toelating.UITNODIGING,
    ),
    Plan(
        "Rouw en verlies in de wijk", "rouw-en-verlies-in-de-wijk",
        "Nabij blijven bij verlies, ook als er geen hulpvraag is.",
        "Voor geestelijk verzorgers, wijkverpleegkundigen, uitvaartvrijwilligers en maatjes. Wij verzamelen wat een rouwcafé laat slagen.",
        ("eenzaam", "gezondheid"), 11, toelating=Toelating.AANVRAAG, zicht_gesprekken=Zicht.PUBLIEK,
        vragen=("Hoe komt u in uw werk met rouw in aanraking?",),
        kleuren=("#6a2e5e", "#f3dcec", "#fffdf9"),
    ),
    Plan(
        "Buurthuizen van Groningen", "buurthuizen-van-groningen",
        "Beheerders van dorpshuizen en buurthuizen: over sleutels, stroom en samen koken.",
        "Van energierekening tot roosters zonder gedoe. Wij gaan twee keer per jaar bij elkaar kijken.",
        ("eenzaam", "meedoen"), 8, provincies=("Groningen",), zicht_gesprekken=Zicht.PUBLIEK,
    ),
    Plan(
        "Vrijwilligers met een rugzakje", "vrijwilligers-met-een-rugzakje",
        "Vrijwilligerswerk voor mensen die zelf ook steun kunnen gebruiken.",
        "Over begeleiding, verwachtingen en een goede start.",
        ("meedoen",), 6, status=Netwerkstatus.SLAPEND,
    ),
)  # fmt: skip


@transaction.atomic
def vul(*, mensen: list[Professional] | None = None) -> list[Netwerk]:
    """Make the networks with members out of the peers that are there; return them. Does nothing a second time.

    The first peers become beheerder, so that the demo accounts have something to keep. The same each time.
    """
    if Netwerk.objects.exists():
        return list(Netwerk.objects.order_by("pk"))
    alle = mensen if mensen is not None else list(Professional.objects.select_related("gebruiker").order_by("pk"))
    if not alle:
        return []
    toeval, nu = Random(ZAAD), timezone.now()  # noqa: S311
    netwerken = [_maak(plan, nummer, alle, nu, toeval) for nummer, plan in enumerate(PLANNEN)]
    _maak_aanvragen(netwerken, alle, nu)
    _maak_voorstel(alle, nu)
    _maak_steun(netwerken, nu)
    return netwerken


def _maak(plan: Plan, nummer: int, mensen: list[Professional], nu: datetime, toeval: Random) -> Netwerk:
    sinds = nu - timedelta(days=500 - 40 * nummer)
    slaapt = plan.status == Netwerkstatus.SLAPEND
    netwerk = Netwerk(
        naam=plan.naam, slug=plan.slug, doel=plan.doel, tekst=plan.tekst, toelating=plan.toelating,
        vragen=list(plan.vragen), zicht_pagina=plan.zicht_pagina, zicht_leden=plan.zicht_leden,
        zicht_gesprekken=plan.zicht_gesprekken, huisregels=HUISREGELS if nummer < 3 else "", welkom=plan.welkom,
        huisregels_bekijken_datum=(nu + timedelta(days=90)).date() if nummer < 3 else None, status=plan.status,
        status_op=nu - timedelta(days=20) if slaapt else sinds, aangemaakt_op=sinds,
        laatste_op=nu - timedelta(days=170 if slaapt else 2 + 3 * nummer),
        voorgesteld_door=mensen[nummer % len(mensen)],
    )  # fmt: skip
    netwerk.gewijzigd_op = sinds
    netwerk.save()
    if plan.kleuren:
        netwerk.beeld.save("beeld.png", ContentFile(_tekening(plan.kleuren, toeval)))
    netwerk.themas.set(Thema.objects.filter(slug__in=plan.themas))
    netwerk.provincies.set(Provincie.objects.filter(naam__in=plan.provincies))
    netwerk.gemeenten.set(Gemeente.objects.filter(naam__in=plan.gemeenten))
    beheerders = {mensen[nummer % len(mensen)], mensen[(nummer + 11) % len(mensen)]}
    overig = [mens for mens in mensen if mens not in beheerders]
    gekozen = toeval.sample(overig, min(plan.leden - len(beheerders), len(overig)))
    rijen = []
    for mens in [*sorted(beheerders, key=lambda mens: mens.pk), *gekozen]:
        is_beheerder = mens in beheerders
        begin = sinds if is_beheerder else nu - timedelta(days=toeval.randint(5, 480))
        rijen.append(
            Lidmaatschap(
                netwerk=netwerk,
                professional=mens,
                status=Lidstatus.LID,
                rol=Rol.BEHEERDER if is_beheerder else Rol.LID,
                sinds_op=begin,
                gevraagd_op=begin,
                deelt_mail=toeval.random() < 0.5,
                laatst_gezien_op=nu - timedelta(days=toeval.randint(0, 40)),
            )
        )
    Lidmaatschap.objects.bulk_create(rijen)
    Netwerk.objects.filter(pk=netwerk.pk).update(aantal_leden=len(rijen))
    netwerk.aantal_leden = len(rijen)
    zet_vector(netwerk)
    return netwerk


def _tekening(kleuren: tuple[str, str, str], toeval: Random) -> bytes:
    """A quiet picture of our own forms: roofs in a row, and dots that join."""
    donker, zacht, licht = kleuren
    beeld = Image.new("RGB", (1200, 500), zacht)
    pen = ImageDraw.Draw(beeld)
    for nummer in range(7):
        x, breed, hoog = nummer * 180 - 40, 200, toeval.randint(150, 270)
        pen.polygon([(x, 500 - hoog), (x + breed / 2, 500 - hoog - 90), (x + breed, 500 - hoog)], fill=donker)
        pen.rectangle((x + 18, 500 - hoog, x + breed - 18, 500), fill=licht if nummer % 2 else donker)
        pen.ellipse((x + 80, 70, x + 120, 110), fill=licht)
        pen.line([(x + 100, 90), (x + 280, 90)], fill=licht, width=6)
    uit = io.BytesIO()
    beeld.quantize(16).save(uit, "PNG")
    return uit.getvalue()


def _maak_aanvragen(netwerken: list[Netwerk], mensen: list[Professional], nu: datetime) -> None:
    antwoorden = [
        ["In Zwolle, ik ben vroegsignaleerder bij het wijkteam.", "Ik zoek een goede eerste zin bij de deur."],
        ["In Delft, als vrijwilliger bij de formulierenbrigade.", "Hoe u omgaat met schaamte."],
    ]
    netwerk = netwerken[1]
    erin = set(Lidmaatschap.objects.filter(netwerk=netwerk).values_list("professional", flat=True))
    buiten = [mens for mens in mensen if mens.pk not in erin]
    for uren, (mens, antwoord) in enumerate(zip(buiten, antwoorden, strict=False), start=1):
        Lidmaatschap.objects.create(
            netwerk=netwerk, professional=mens, status=Lidstatus.AANGEVRAAGD, antwoorden=antwoord,
            gevraagd_op=nu - timedelta(hours=9 * uren),
        )  # fmt: skip


def _maak_voorstel(mensen: list[Professional], nu: datetime) -> None:
    netwerk = Netwerk.objects.create(
        naam="Dementie en de buurt", slug="dementie-en-de-buurt", status_op=nu - timedelta(days=2),
        doel="Buurten waarin mensen met dementie mee blijven doen.", voorgesteld_door=mensen[-1],
        tekst="Odensehuizen, ontmoetingscentra en winkeliers: wat werkt, en wie betaalt het?",
    )  # fmt: skip
    zet_vector(netwerk)


def _maak_steun(netwerken: list[Netwerk], nu: datetime) -> None:
    organisaties = list(Organisatie.objects.zichtbaar().order_by("pk")[:4])
    for nummer, organisatie in enumerate(organisaties):
        is_gevraagd = nummer == 3
        NetwerkSteun.objects.create(
            netwerk=netwerken[0 if nummer < 2 else nummer - 1],
            organisatie=organisatie,
            gevraagd_door_kant=NetwerkSteun.Kant.ORGANISATIE,
            status=NetwerkSteun.Status.GEVRAAGD if is_gevraagd else NetwerkSteun.Status.BEVESTIGD,
            gevraagd_op=nu - timedelta(days=30),
            bevestigd_op=None if is_gevraagd else nu - timedelta(days=28),
        )
