"""Writing translated organisations, one transaction each, without undoing what somebody changed since."""

from collections.abc import Callable
from datetime import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from organisaties.actions.adres import hernoem
from organisaties.actions.bevestigen import bevestig
from organisaties.imports.hsds.pakket import lees_organisaties, tel_organisaties, termen
from organisaties.imports.hsds.vertalen import Vertaler
from organisaties.imports.nietvermeld import MELDING, Weerlijst
from organisaties.imports.rijen import Probleem
from organisaties.imports.toevoegen import vul_locatie
from organisaties.imports.uitvoeren import Uitkomst
from organisaties.keuzes import Soort, Status
from organisaties.models import Dienst, Importrij, Locatie, Openingstijd, Organisatie, Statusstap, Thema
from organisaties.models.bevestiging import Bevestigingsbron, Blok
from organisaties.zoeken import ververs
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.geo.models import Gemeente

_DIENST = (
    "naam",
    "tekst",
    "leeftijd_van",
    "leeftijd_tot_en_met",
    "is_gratis",
    "kosten",
    "wachttijd",
    "aanmeldlink",
    "talen",
)
_LOCATIE = ("naam", "straat", "postcode", "plaats", "telefoon", "toelichting")
_BEHOUDEN = "Niet overschreven: dit is na de vorige import op het portaal aangepast."
Voortgang = Callable[[int, int], None]


def importeer(
    *, bron: str, door: Gebruiker | None, publiceer: bool = False, voortgang: Voortgang = lambda gedaan, totaal: None
) -> Uitkomst:
    """Write the package that ``open_pakket`` read; sends no mail.

    Each organisation is a transaction of its own: a run that is cut off keeps what it wrote, and the next finds it
    unchanged. A value is written when what stands there is what the source said last; else somebody changed it, and
    it stays. What left the package stays too. New listings wait for a moderator, or are published.
    """
    vertaler = Vertaler(termen(), set(Gemeente.objects.values_list("code", flat=True)))
    schrijver = _Schrijver(bron, door, publiceer=publiceer)
    gedaan, totaal, weerlijst = 0, tel_organisaties(), Weerlijst(bron)
    for pakket in lees_organisaties():
        for ding in pakket:
            gegevens = vertaler.vertaal(ding)
            if gegevens is None:
                schrijver.uitkomst.overgeslagen += 1
            elif weerlijst.weert_gegevens(ding["id"][:120], gegevens["organisatie"], gegevens["locaties"].values()):
                schrijver.uitkomst.overgeslagen += 1
                naam = gegevens["organisatie"]["naam"][:80]
                schrijver.uitkomst.problemen.append(Probleem(ding["nummer"], "name", naam, MELDING, is_fout=False))
            else:
                schrijver.schrijf(ding["id"][:120], ding["nummer"], gegevens)
        ververs(schrijver.neem_gewijzigde())
        gedaan += len(pakket)
        voortgang(gedaan, totaal)
    schrijver.uitkomst.problemen[:0] = vertaler.problemen[:1000]
    return schrijver.uitkomst


class _Schrijver:
    def __init__(self, bron: str, door: Gebruiker | None, *, publiceer: bool) -> None:
        self.bron, self.door = bron, door
        self.status = Status.GEPUBLICEERD if publiceer else Status.INGEDIEND
        self.uitkomst = Uitkomst(is_gepubliceerd=publiceer)
        self.themas = {thema.slug: thema for thema in Thema.objects.all()}
        self._gewijzigd: list[int] = []

    def neem_gewijzigde(self) -> list[int]:
        pks, self._gewijzigd = self._gewijzigd, []
        return pks

    @transaction.atomic
    def schrijf(self, sleutel: str, nummer: int, gegevens: dict[str, Any]) -> None:
        rijen = Organisatie.objects.select_for_update(of=("self",)).filter(bron=self.bron, extern_id=sleutel)
        organisatie = rijen.first()
        vorige: dict[str, Any] = {}
        if organisatie is None:
            organisatie = self._nieuw(sleutel, gegevens)
            self.uitkomst.nieuw += 1
        else:
            vorige = Importrij.objects.filter(organisatie=organisatie).values_list("gegevens", flat=True).first() or {}
            if vorige.get("hsds") == gegevens:
                self.uitkomst.ongewijzigd += 1
                return
            self._werk_bij(organisatie, gegevens["organisatie"], vorige.get("hsds", {}).get("organisatie", {}), nummer)
            self.uitkomst.gewijzigd += 1
        pks = self._delen(organisatie, gegevens, vorige)
        Importrij.objects.update_or_create(
            organisatie=organisatie,
            defaults={"gegevens": {"hsds": gegevens, "pks": pks}, "gelezen_op": timezone.now()},
        )
        blokken = [Blok.CONTACT, Blok.DIENSTEN] + ([Blok.LOCATIE] if gegevens["locaties"] else [])
        bevestig(organisatie=organisatie, blokken=blokken, door=self.door, bron=Bevestigingsbron.IMPORT)
        if organisatie.status == Status.GEPUBLICEERD:
            self._gewijzigd.append(organisatie.pk)

    def _nieuw(self, sleutel: str, gegevens: dict[str, Any]) -> Organisatie:
        nu = timezone.now()
        organisatie: Any = Organisatie(
            **gegevens["organisatie"],
            soort=Soort.OVERIG,
            status=self.status,
            status_op=nu,
            status_door=self.door,
            gepubliceerd_op=nu if self.status == Status.GEPUBLICEERD else None,
            bron=self.bron,
            extern_id=sleutel,
        )
        self._bewaar(organisatie)
        organisatie.themas.set(self._thema(gegevens))
        organisatie.gemeenten.set(gegevens["gemeenten"])
        Statusstap.objects.create(
            organisatie=organisatie, naar=self.status, gezet_door=self.door, reden=f"Import uit {self.bron}"
        )
        return organisatie  # type: ignore[no-any-return]

    def _werk_bij(self, organisatie: Any, nieuw: dict[str, Any], vorige: dict[str, Any], nummer: int) -> None:
        te_schrijven = self._verschil(organisatie, nieuw, vorige, nummer)
        for veld in te_schrijven - {"naam"}:
            setattr(organisatie, veld, nieuw[veld])
        if te_schrijven:
            organisatie.versie += 1
            organisatie._history_user, organisatie._change_reason = self.door, f"Import uit {self.bron}"
            if "naam" in te_schrijven:
                hernoem(organisatie=organisatie, naam=nieuw["naam"])
            else:
                organisatie.save()

    def _verschil(self, ding: Any, nieuw: dict[str, Any], vorige: dict[str, Any], nummer: int = 0) -> set[str]:
        """The fields that the source changed and nobody else did."""
        velden = set()
        for veld in nieuw.keys() - {"tijden", "themas", "locaties"}:
            huidig = getattr(ding, veld)
            huidig = (huidig.as_e164 if huidig else "") if veld == "telefoon" else huidig
            if nieuw[veld] in (huidig, vorige.get(veld)):
                continue
            if veld not in vorige or huidig == vorige[veld]:
                velden.add(veld)
            elif nummer:
                self.uitkomst.problemen.append(
                    Probleem(
                        nummer,
                        veld,
                        str(nieuw[veld])[:80],
                        _BEHOUDEN,
                        False,
                    )
                )
        return velden

    def _delen(self, organisatie: Organisatie, gegevens: dict[str, Any], vorige: dict[str, Any]) -> dict[str, Any]:
        oud, pks = vorige.get("hsds", {}), vorige.get("pks", {})
        locaties: dict[str, Any] = dict(pks.get("locaties", {}))
        diensten: dict[str, Any] = dict(pks.get("diensten", {}))
        bestaand = {ding.pk: ding for ding in [*organisatie.locaties.all()]}
        for volgorde, (sleutel, waarden) in enumerate(gegevens["locaties"].items()):
            locatie = bestaand.get(locaties.get(sleutel, 0))
            locatie = self._locatie(organisatie, locatie, waarden, oud.get("locaties", {}).get(sleutel, {}), volgorde)
            locaties[sleutel] = locatie.pk
        aanwezig = {ding.pk: ding for ding in [*organisatie.diensten.all()]}
        for volgorde, (sleutel, waarden) in enumerate(gegevens["diensten"].items()):
            dienst = aanwezig.get(diensten.get(sleutel, 0))
            vorig = oud.get("diensten", {}).get(sleutel, {})
            dienst = self._dienst(organisatie, dienst, waarden, vorig, volgorde)
            diensten[sleutel] = dienst.pk
            if waarden["locaties"] != vorig.get("locaties"):
                dienst.locaties.set([locaties[plek] for plek in waarden["locaties"]])
        return {"locaties": locaties, "diensten": diensten}

    def _locatie(
        self, organisatie: Organisatie, locatie: Any, waarden: dict[str, Any], vorig: dict[str, Any], volgorde: int
    ) -> Any:
        velden = self._verschil(locatie, waarden, vorig) if locatie else set(_LOCATIE)
        locatie = locatie or Locatie(organisatie=organisatie, volgorde=volgorde)
        for veld in velden & set(_LOCATIE):
            setattr(locatie, veld, waarden[veld])
        if velden:
            if velden & {"straat", "postcode", "plaats"}:
                waar = {"straat": locatie.straat, "postcode": locatie.postcode, "plaats": locatie.plaats}
                vul_locatie(locatie, waar | {"pc4": locatie.postcode[:4]})
            self._bewaar(locatie)
        self._tijden(locatie, "locatie", waarden["tijden"], vorig.get("tijden"))
        return locatie

    def _dienst(
        self, organisatie: Organisatie, dienst: Any, waarden: dict[str, Any], vorig: dict[str, Any], volgorde: int
    ) -> Any:
        velden = self._verschil(dienst, waarden, vorig) if dienst else set(_DIENST)
        dienst = dienst or Dienst(organisatie=organisatie, volgorde=volgorde)
        for veld in velden & set(_DIENST):
            setattr(dienst, veld, waarden[veld])
        if velden:
            if dienst.is_gratis:
                dienst.kosten, dienst.bedrag = "", None
            self._bewaar(dienst)
        if waarden["themas"] != vorig.get("themas"):
            dienst.themas.set([self.themas[slug] for slug in waarden["themas"]])
        self._tijden(dienst, "dienst", waarden["tijden"], vorig.get("tijden"))
        return dienst

    def _tijden(self, eigenaar: Any, soort: str, nieuw: list[list[Any]], vorig: list[list[Any]] | None) -> None:
        huidig = [
            [tijd.dag, f"{tijd.van:%H:%M}", f"{tijd.tot:%H:%M}"]
            for tijd in eigenaar.openingstijden.all()
            if tijd.van and tijd.tot
        ]
        if nieuw in (huidig, vorig) or (vorig is not None and huidig != vorig):
            return
        eigenaar.openingstijden.all().delete()
        Openingstijd.objects.bulk_create(
            Openingstijd(**{soort: eigenaar}, dag=dag, van=time.fromisoformat(van), tot=time.fromisoformat(tot))
            for dag, van, tot in nieuw
        )

    def _thema(self, gegevens: dict[str, Any]) -> list[Thema]:
        slugs = {*gegevens["themas"], *(slug for dienst in gegevens["diensten"].values() for slug in dienst["themas"])}
        return [self.themas[slug] for slug in sorted(slugs)]

    def _bewaar(self, ding: Any) -> None:
        ding._history_user, ding._change_reason = self.door, f"Import uit {self.bron}"
        ding.save()
