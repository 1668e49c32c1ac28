"""Writes the invented listings into the database, in bulk and in one transaction."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from taggit.models import Tag, TaggedItem

from organisaties.actions.aanbod import tel_aanbod
from organisaties.actions.basisgegevens import laad_basisgegevens
from organisaties.actions.doorgeven import Regel, maak_lijst
from organisaties.demo.logo import maak_logo
from organisaties.demo.netwerk import maak_correcties, maak_verbindingen, maak_voorspraken, maak_vraag
from organisaties.demo.onderdelen import maak_dienst, maak_locatie, maak_tijd, maak_uitzondering
from organisaties.demo.plan import ZAAD, Planner
from organisaties.demo.tellingen import maak_tellingen
from organisaties.demo.versheid import bevestig_demo
from organisaties.demo.vormen import Organisatieplan, Plek
from organisaties.demo.wachtrij import TERUGGESTUURD, WACHT_AL, maak_stappen, maak_wachtrij, verdeel_status
from organisaties.keuzes import Status, Zichtbaarheid
from organisaties.models import (
    Beheer,
    Contactpersoon,
    Correctie,
    Dienst,
    Doelgroep,
    Locatie,
    Melding,
    Openingstijd,
    Openingsuitzondering,
    Organisatie,
    Statusstap,
    Thema,
    Verbinding,
    Voorspraak,
    Wijzigingsverzoek,
)
from organisaties.models.beheer import Rol
from organisaties.zoeken import herbouw
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.geo.models import Postcode

BRON = "demo"
Meld = Callable[[str, int, int], object]


def plekken() -> list[Plek]:
    """All postcode areas that lie in a place, in a fixed order."""
    return [
        Plek(
            pc4=rij.pc4,
            plaats=rij.plaats.naam,
            plaats_id=rij.plaats_id,
            omvang=max(rij.plaats.omvang, 1),
            gemeente=rij.gemeente_id,
            provincie=rij.gemeente.provincie_id,
            breedtegraad=rij.breedtegraad,
            lengtegraad=rij.lengtegraad,
        )
        for rij in Postcode.objects.select_related("plaats", "gemeente").order_by("pk")
    ]


@transaction.atomic
def vul(
    *, aantal: int = 400, accounts: dict[str, Gebruiker] | None = None, meld: Meld | None = None, met_logo: bool = True
) -> int:
    """Fill the directory with invented listings and rebuild the search tables; return how many services there are.

    Writes organisations with all their parts, the steps of their status, what waits for a moderator, and logo
    files. Calls `meld(stap, gedaan, totaal)`. The same each time for the same day.
    """
    return _Vuller(aantal, accounts or {}, meld or (lambda stap, gedaan, totaal: None), met_logo).vul()


def leeg() -> None:
    """Delete all demo listings with everything that hangs on them."""
    Organisatie.objects.filter(bron=BRON).delete()


def maak_doorgeeflijst(eigenaar: Gebruiker, organisaties: list[Organisatie]) -> None:
    """Give a demo account a list to pass on; an older one of the same name goes."""
    naam = "Eens kennismaken"
    eigenaar.doorgeeflijsten.filter(naam=naam).delete()
    zinnen = ("Bel gerust, zij weten dat u komt.", "Hier kunt u een keer komen kijken.", "")
    regels = [Regel(organisatie.pk, None, zin) for organisatie, zin in zip(organisaties, zinnen, strict=False)]
    maak_lijst(eigenaar=eigenaar, naam=naam, regels=regels)


def vingerafdruk(aantal: int, vandaag: datetime) -> str:
    """A digest of the whole plan, equal when the demo data are equal."""
    plannen = Planner(plekken(), vandaag.date()).maak(aantal)
    return hashlib.sha256(repr(plannen).encode()).hexdigest()


class _Vuller:
    def __init__(self, aantal: int, accounts: dict[str, Gebruiker], meld: Meld, met_logo: bool) -> None:
        self.aantal, self.accounts, self.meld, self.met_logo = aantal, accounts, meld, met_logo
        self.nu = timezone.localtime().replace(minute=0, second=0, microsecond=0)
        self.toeval = Random(ZAAD + 1)  # noqa: S311

    def vul(self) -> int:
        laad_basisgegevens()
        self.meld("Vermeldingen bedenken", 0, self.aantal)
        self.plannen = Planner(plekken(), self.nu.date()).maak(self.aantal)
        self.organisaties = [
            self._organisatie(nummer, plan, status)
            for nummer, (plan, status) in enumerate(zip(self.plannen, verdeel_status(self.aantal), strict=True))
        ]
        if self.met_logo:
            self._logos()
        self.meld("Vermeldingen bewaren", 0, self.aantal)
        Organisatie.objects.bulk_create(self.organisaties)
        self._koppel_onderdelen()
        self._onderdelen()
        self._onderwerpen()
        self._mensen()
        bevestig_demo(self.organisaties, self.nu)
        self._netwerk()
        maak_tellingen((o for o in self.organisaties if o.is_zichtbaar), self.nu.date())
        Organisatie.history.bulk_history_create(self.organisaties, batch_size=500)
        self.meld("Zoekindex bouwen", 0, self.aantal)

        def meld_index(gedaan: int, totaal: int) -> None:
            self.meld("Zoekindex bouwen", gedaan, totaal)

        herbouw(meld_index)
        tel_aanbod()
        return sum(len(plan.diensten) for plan in self.plannen)

    def _organisatie(self, nummer: int, plan: Organisatieplan, status: Status) -> Organisatie:
        gemaakt = self.nu - timedelta(days=self.toeval.randint(20, 900), hours=self.toeval.randint(0, 9))
        if nummer % 40 == 3:
            gemaakt = self.nu - timedelta(days=self.toeval.randint(1, 12))
        if status in (Status.INGEDIEND, Status.CONCEPT, Status.TERUGGESTUURD):
            gemaakt = self.nu - timedelta(days=23, hours=nummer % 24)
        is_ooit_geplaatst = status in (Status.GEPUBLICEERD, Status.GEARCHIVEERD)
        geplaatst = min(gemaakt + timedelta(hours=self.toeval.randint(5, 70)), self.nu) if is_ooit_geplaatst else None
        gecontroleerd = None
        if geplaatst:
            oudste = max(geplaatst, self.nu - timedelta(days=420))
            gecontroleerd = oudste + (self.nu - oudste) * self.toeval.betavariate(3, 1.2)
        self.status_op = self._status_op(status, geplaatst or gemaakt)
        return Organisatie(
            naam=plan.naam,
            slug=plan.slug,
            soort=plan.rechtsvorm,
            kort=plan.kort,
            tekst=plan.tekst,
            kvk_nummer=plan.kvk_nummer,
            opgericht_jaar=plan.opgericht_jaar,
            is_initiatief=plan.rechtsvorm == "burgerinitiatief",
            email=f"info@{plan.domein}",
            telefoon=plan.telefoon,
            website=f"https://www.{plan.domein}",
            talen=plan.talen,
            werkgebied=plan.werkgebied,
            status=status,
            status_op=self.status_op,
            terugstuurreden=TERUGGESTUURD[nummer % len(TERUGGESTUURD)] if status == Status.TERUGGESTUURD else "",
            gepubliceerd_op=geplaatst,
            bevestigd_op=gecontroleerd,
            aangemaakt_op=gemaakt,
            gewijzigd_op=gecontroleerd or gemaakt,
            bron=BRON,
            extern_id=plan.slug,
            open_data_akkoord_op=gemaakt,
        )

    def _status_op(self, status: Status, anders: datetime) -> datetime:
        if status == Status.INGEDIEND:
            self.wachtende = getattr(self, "wachtende", -1) + 1
            return self.nu - timedelta(hours=WACHT_AL[self.wachtende % len(WACHT_AL)])
        if status == Status.TERUGGESTUURD:
            return self.nu - timedelta(days=self.toeval.randint(1, 9))
        if status == Status.GEARCHIVEERD:
            return anders + (self.nu - anders) * 0.8
        return anders

    def _logos(self) -> None:
        for nummer, (plan, organisatie) in enumerate(zip(self.plannen, self.organisaties, strict=True)):
            if plan.heeft_logo:
                naam = f"logos/demo-{plan.slug}.png"
                if not default_storage.exists(naam):
                    naam = default_storage.save(naam, ContentFile(maak_logo(plan.naam)))
                organisatie.logo = naam
            self.meld("Logo's tekenen", nummer + 1, self.aantal)

    def _koppel_onderdelen(self) -> None:
        """Let houses and groups in a municipality belong to the welfare organisation there, and some to a national one."""
        welzijn: dict[str, Organisatie] = {}
        landelijk: list[Organisatie] = []
        for plan, organisatie in zip(self.plannen, self.organisaties, strict=True):
            if organisatie.status == Status.GEPUBLICEERD:
                if plan.soort == "welzijn":
                    welzijn.setdefault(plan.locaties[0].plek.gemeente, organisatie)
                elif plan.soort == "landelijk":
                    landelijk.append(organisatie)
        onderdelen = []
        for plan, organisatie in zip(self.plannen, self.organisaties, strict=True):
            boven = welzijn.get(plan.locaties[0].plek.gemeente)
            if plan.soort in ("buurthuis", "jongeren", "kinderen", "mantelzorg") and boven:
                organisatie.hoort_bij = boven
            elif plan.soort in ("ziek", "beperking") and landelijk and len(plan.naam) % 3 == 0:
                organisatie.hoort_bij = landelijk[len(plan.naam) % len(landelijk)]
            else:
                continue
            onderdelen.append(organisatie)
        Organisatie.objects.bulk_update(onderdelen, ["hoort_bij"])

    def _netwerk(self) -> None:
        """Partners, who vouches for whom, and what visitors proposed."""
        toeval = Random(ZAAD + 2)  # noqa: S311
        paren = [paar for paar in zip(self.plannen, self.organisaties, strict=True) if paar[1].is_zichtbaar]
        zichtbaar = [organisatie for _, organisatie in paren]
        verbindingen = maak_verbindingen(paren, self.nu, toeval)
        verbonden = {een.naar_id for een in verbindingen} | {een.van_id for een in verbindingen}
        vreemd = next((een for een in reversed(zichtbaar) if een.pk not in verbonden), None)
        if vreemd and vreemd.pk != zichtbaar[0].pk:
            verbindingen.append(maak_vraag(vreemd, zichtbaar[0], None, self.nu))
        Verbinding.objects.bulk_create(verbindingen)
        Voorspraak.objects.bulk_create(
            maak_voorspraken([een for een in verbindingen if een.beantwoord_op], self.nu, toeval)
        )
        Correctie.objects.bulk_create(maak_correcties(zichtbaar, self.nu))

    def _onderdelen(self) -> None:
        """Locations, services and their hours."""
        locaties = [
            [maak_locatie(organisatie, deel, volgorde) for volgorde, deel in enumerate(plan.locaties)]
            for plan, organisatie in zip(self.plannen, self.organisaties, strict=True)
        ]
        diensten = [
            [maak_dienst(organisatie, deel, volgorde) for volgorde, deel in enumerate(plan.diensten)]
            for plan, organisatie in zip(self.plannen, self.organisaties, strict=True)
        ]
        Locatie.objects.bulk_create([locatie for rij in locaties for locatie in rij])
        Dienst.objects.bulk_create([dienst for rij in diensten for dienst in rij])
        tijden: list[Openingstijd] = []
        uitzonderingen: list[Openingsuitzondering] = []
        koppels = []
        for plan, eigen_locaties, eigen_diensten in zip(self.plannen, locaties, diensten, strict=True):
            for deel, locatie in zip(plan.locaties, eigen_locaties, strict=True):
                tijden += [maak_tijd(slot, locatie=locatie) for slot in deel.week]
                uitzonderingen += [maak_uitzondering(anders, locatie) for anders in deel.uitzonderingen]
            for nummer, (dienstdeel, dienst) in enumerate(zip(plan.diensten, eigen_diensten, strict=True)):
                tijden += [maak_tijd(slot, dienst=dienst) for slot in dienstdeel.week]
                waar = eigen_locaties if nummer == 0 else [eigen_locaties[nummer % len(eigen_locaties)]]
                koppels += [Dienst.locaties.through(dienst=dienst, locatie=locatie) for locatie in waar]
        Openingstijd.objects.bulk_create(tijden)
        Openingsuitzondering.objects.bulk_create(uitzonderingen)
        Dienst.locaties.through.objects.bulk_create(koppels)
        self.diensten = diensten

    def _onderwerpen(self) -> None:
        """Themes, target groups, labels and where they work."""
        themas = {thema.slug: thema.pk for thema in Thema.objects.all()}
        doelgroepen = {doelgroep.slug: doelgroep.pk for doelgroep in Doelgroep.objects.all()}
        labels = {label: Tag.objects.get_or_create(name=label)[0] for plan in self.plannen for label in plan.labels}
        soort = ContentType.objects.get_for_model(Organisatie)
        rijen: dict[type[models.Model], list[models.Model]] = {}
        for plan, organisatie, diensten in zip(self.plannen, self.organisaties, self.diensten, strict=True):
            # What an admin has deleted from the lists is left out.
            voeg_toe = [
                *(
                    Organisatie.themas.through(organisatie=organisatie, thema_id=themas[s])
                    for s in plan.themas
                    if s in themas
                ),
                *(
                    Organisatie.doelgroepen.through(organisatie=organisatie, doelgroep_id=doelgroepen[s])
                    for s in plan.doelgroepen
                    if s in doelgroepen
                ),
                *(TaggedItem(tag=labels[label], object_id=organisatie.pk, content_type=soort) for label in plan.labels),
            ]
            if plan.werkgebied == "provinciaal":
                provincie = plan.locaties[0].plek.provincie
                voeg_toe.append(Organisatie.provincies.through(organisatie=organisatie, provincie_id=provincie))
            elif plan.werkgebied == "plaatselijk":
                voeg_toe += [
                    Organisatie.gemeenten.through(organisatie=organisatie, gemeente_id=code)
                    for code in dict.fromkeys(deel.plek.gemeente for deel in plan.locaties)
                ]
            for deel, dienst in zip(plan.diensten, diensten, strict=True):
                voeg_toe += [
                    Dienst.themas.through(dienst=dienst, thema_id=themas[s]) for s in deel.themas if s in themas
                ]
                voeg_toe += [
                    Dienst.doelgroepen.through(dienst=dienst, doelgroep_id=doelgroepen[s])
                    for s in deel.doelgroepen
                    if s in doelgroepen
                ]
            for rij in voeg_toe:
                rijen.setdefault(type(rij), []).append(rij)
        for model, van_model in rijen.items():
            model._default_manager.bulk_create(van_model)

    def _mensen(self) -> None:
        """Contacts, the steps of each status, the demo accounts' listings and the queue."""
        Contactpersoon.objects.bulk_create(
            Contactpersoon(
                organisatie=organisatie,
                naam=plan.contact[0],
                functie=plan.contact[1],
                naam_voor=Zichtbaarheid.IEDEREEN,
                functie_voor=Zichtbaarheid.IEDEREEN,
                email=f"{plan.contact[0].lower()}@{plan.domein}",
                email_voor=self.toeval.choice([Zichtbaarheid.LEDEN, Zichtbaarheid.NIEMAND]),
            )
            for plan, organisatie in zip(self.plannen, self.organisaties, strict=True)
            if self.toeval.random() < 0.55
        )
        Statusstap.objects.bulk_create(
            stap for organisatie in self.organisaties for stap in maak_stappen(organisatie, self.accounts.get("admin"))
        )
        zichtbaar = [organisatie for organisatie in self.organisaties if organisatie.status == Status.GEPUBLICEERD]
        beheerder, redacteur = self.accounts.get("beheerder"), self.accounts.get("redacteur")
        beheer = [(beheerder, organisatie, Rol.BEHEERDER) for organisatie in zichtbaar[:2]]
        beheer += [
            (beheerder, organisatie, Rol.BEHEERDER) for organisatie in self.organisaties if not organisatie.is_zichtbaar
        ]
        beheer += [(redacteur, organisatie, Rol.REDACTEUR) for organisatie in zichtbaar[:1]]
        Beheer.objects.bulk_create(
            Beheer(gebruiker=wie, organisatie=organisatie, rol=rol) for wie, organisatie, rol in beheer if wie
        )
        if beheerder:
            maak_doorgeeflijst(beheerder, zichtbaar[2:5])
        verzoeken, meldingen = maak_wachtrij(zichtbaar, beheerder, self.nu, self.toeval)
        Wijzigingsverzoek.objects.bulk_create(verzoeken)
        Melding.objects.bulk_create(meldingen)
