from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisaties.keuzes import Soort, Werkgebied
from organisaties.models import Doelgroep, Openingstijd, Openingsuitzondering, Organisatie, Thema
from organisaties.openingstijden import AMSTERDAM
from organisaties.zoeken import Facetwaarde, Zoekvraag, herbouw, stel_voor, ververs, zoek
from organisaties.zoeken.vraag import AFSTAND, NAAM, NIEUWSTE
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie
from welzijnportal.geo.models import Gemeente
from welzijnportal.geo.zoeken import Plek, vind_plek

pytestmark = pytest.mark.django_db


def plek(naam: str) -> Plek:
    gevonden = vind_plek(naam)
    assert gevonden
    return gevonden


def gevonden(**velden: object) -> set[int]:
    return set(zoek(Zoekvraag(**velden)).ids)  # type: ignore[arg-type]


def waarden(vraag: Zoekvraag, facet: str) -> dict[str, int]:
    return {waarde.waarde: waarde.aantal for waarde in zoek(vraag).facetten[facet]}


def zet_neer(organisatie: Organisatie, breedte: float, lengte: float) -> None:
    maak_locatie(organisatie, breedtegraad=breedte, lengtegraad=lengte)


def test_thema_vindt_ook_wat_bij_een_onderthema_hoort() -> None:
    ouder = Thema.objects.create(slug="geld-x", naam="Geld")
    kind = Thema.objects.create(slug="lenen-x", naam="Lenen", ouder=ouder)
    met, _ = maak_organisatie(), maak_organisatie()
    maak_dienst(met).themas.add(kind)
    herbouw()
    assert gevonden(themas=("geld-x",)) == {met.pk}
    assert gevonden(themas=("lenen-x",)) == {met.pk}
    assert gevonden(themas=("bestaat-niet",)) == set()


def test_filters_van_een_soort_vullen_elkaar_aan_en_van_twee_soorten_beperken_elkaar() -> None:
    een, twee = (Doelgroep.objects.create(slug=s, naam=s) for s in ("eerste-x", "tweede-x"))
    a, b = maak_organisatie(soort=Soort.GEMEENTE), maak_organisatie(soort=Soort.VERENIGING)
    a.doelgroepen.add(een)
    b.doelgroepen.add(twee)
    herbouw()
    assert gevonden(doelgroepen=("eerste-x", "tweede-x")) == {a.pk, b.pk}
    assert gevonden(doelgroepen=("eerste-x", "tweede-x"), soort="gemeente") == {a.pk}


def test_gratis_laat_betaald_aanbod_weg() -> None:
    gratis, betaald = maak_organisatie(), maak_organisatie()
    maak_dienst(gratis)
    maak_dienst(betaald, is_gratis=False, kosten="5 euro")
    herbouw()
    assert gevonden(alleen_gratis=True) == {gratis.pk}


def test_facet_telt_alsof_het_eigen_filter_niet_gekozen_is() -> None:
    for soort in (Soort.STICHTING, Soort.STICHTING, Soort.GEMEENTE):
        maak_organisatie(soort=soort)
    maak_dienst(maak_organisatie(soort=Soort.VERENIGING), is_gratis=False)
    herbouw()
    vraag = Zoekvraag(soort="gemeente", alleen_gratis=True)
    assert zoek(vraag).totaal == 1
    assert waarden(vraag, "soort") == {"stichting": 2, "gemeente": 1}
    assert waarden(vraag, "kosten") == {"gratis": 1}
    assert Facetwaarde("gemeente", 1, is_gekozen=True) in zoek(vraag).facetten["soort"]


def test_gekozen_waarde_zonder_uitkomst_blijft_te_zien() -> None:
    maak_organisatie()
    herbouw()
    assert zoek(Zoekvraag(gemeente="GM0363")).facetten["gemeente"] == [Facetwaarde("GM0363", 0, is_gekozen=True)]


def test_plaats_vindt_dichtbij_en_wie_er_werkt() -> None:
    dichtbij, ver, landelijk, plaatselijk = (maak_organisatie() for _ in range(4))
    zet_neer(dichtbij, 52.09, 5.12)
    zet_neer(ver, 50.85, 5.69)
    landelijk.werkgebied = Werkgebied.LANDELIJK
    landelijk.save()
    plaatselijk.gemeenten.add(Gemeente.objects.get(naam="Utrecht"))
    herbouw()
    resultaat = zoek(Zoekvraag(plek=plek("Utrecht"), afstand_km=10))
    assert set(resultaat.ids) == {dichtbij.pk, landelijk.pk, plaatselijk.pk}
    assert set(resultaat.afstanden) == {dichtbij.pk}
    assert resultaat.afstanden[dichtbij.pk] < 3


def test_afstand_is_die_van_de_dichtstbijzijnde_locatie_en_de_grens_is_precies() -> None:
    organisatie = maak_organisatie()
    zet_neer(organisatie, 50.85, 5.69)
    zet_neer(organisatie, 52.20, 5.12)
    herbouw()
    km = zoek(Zoekvraag(plek=plek("Utrecht"), afstand_km=25)).afstanden[organisatie.pk]
    assert 8 < km < 16
    assert gevonden(plek=plek("Utrecht"), afstand_km=int(km) + 1) == {organisatie.pk}
    assert gevonden(plek=plek("Utrecht"), afstand_km=int(km)) == set()


def test_sorteren_op_afstand_naam_en_nieuwste() -> None:
    nu = timezone.now()
    b = maak_organisatie(naam="Bij de Brug", gepubliceerd_op=nu)
    a = maak_organisatie(naam="Áchter de dijk", gepubliceerd_op=nu - timedelta(days=1))
    c = maak_organisatie(naam="Centrum", gepubliceerd_op=nu - timedelta(days=2))
    zet_neer(a, 52.30, 5.12)
    zet_neer(b, 52.10, 5.12)
    herbouw()
    assert zoek(Zoekvraag(sorteer=NAAM)).ids == [a.pk, b.pk, c.pk]
    assert zoek(Zoekvraag(sorteer=NIEUWSTE)).ids == [b.pk, a.pk, c.pk]
    assert zoek(Zoekvraag(plek=plek("Utrecht"), afstand_km=0, sorteer=AFSTAND)).ids == [b.pk, a.pk, c.pk]
    assert zoek(Zoekvraag(sorteer="onzin")).totaal == 3


def test_bladeren_toont_alles_een_keer() -> None:
    alle = {maak_organisatie(naam=f"Gelijk {n}").pk for n in range(23)}
    herbouw()
    gezien = [pk for pagina in (1, 2, 3) for pk in zoek(Zoekvraag(tekst="gelijk", pagina=pagina, per_pagina=10)).ids]
    assert len(gezien) == 23
    assert set(gezien) == alle
    assert zoek(Zoekvraag(tekst="gelijk", pagina=10**9)).ids == []
    assert len(zoek(Zoekvraag(tekst="gelijk", pagina=-5, per_pagina=10)).ids) == 10


MAANDAG = date(2026, 11, 23)


def om(uur: int, minuut: int = 0, dag: date = MAANDAG) -> datetime:
    return datetime.combine(dag, time(uur, minuut), AMSTERDAM)


def test_open_nu_volgt_de_week_en_de_afwijkende_dagen() -> None:
    organisatie = maak_organisatie()
    locatie = maak_locatie(organisatie)
    Openingstijd.objects.create(locatie=locatie, dag=1, van=time(9), tot=time(17))
    Openingstijd.objects.create(locatie=locatie, dag=2, van=time(9), tot=time(17), is_op_afspraak=True)
    Openingsuitzondering.objects.create(
        locatie=locatie, van_datum=MAANDAG + timedelta(7), tot_en_met_datum=MAANDAG + timedelta(7)
    )
    Openingsuitzondering.objects.create(
        locatie=locatie,
        van_datum=MAANDAG + timedelta(5),
        tot_en_met_datum=MAANDAG + timedelta(6),
        is_gesloten=False,
        van=time(20),
        tot=time(23, 59),
    )
    ververs([organisatie.pk])

    def is_open(moment: datetime) -> bool:
        return gevonden(alleen_open=True, nu=moment) == {organisatie.pk}

    assert not is_open(om(8, 59))
    assert is_open(om(9))
    assert is_open(om(16, 59))
    assert not is_open(om(17))
    assert not is_open(om(10, dag=MAANDAG + timedelta(1)))
    assert not is_open(om(10, dag=MAANDAG + timedelta(7)))
    assert is_open(om(20, 30, dag=MAANDAG + timedelta(6)))
    assert zoek(Zoekvraag(nu=om(10))).facetten["open"] == [Facetwaarde("nu", 1)]


def test_open_nu_kent_de_tijden_van_een_dienst() -> None:
    organisatie = maak_organisatie()
    Openingstijd.objects.create(dienst=maak_dienst(organisatie), dag=1, van=time(9), tot=time(12))
    herbouw()
    assert gevonden(alleen_open=True, nu=om(11)) == {organisatie.pk}


@pytest.mark.parametrize("aantal", [1, 30])
def test_zoeken_stelt_een_vast_aantal_vragen(aantal: int) -> None:
    for _ in range(aantal):
        zet_neer(maak_organisatie(naam="Buurthuis"), 52.09, 5.12)
    herbouw()
    zoek(Zoekvraag(tekst="buurthuis"))
    vraag = Zoekvraag(tekst="buurthuis", plek=plek("Utrecht"), soort="stichting", alleen_gratis=True, alleen_open=True)
    with CaptureQueriesContext(
        connection,
    ) as vragen:
        zoek(vraag)
    assert len(vragen) == 2
    with CaptureQueriesContext(connection) as vragen:
        zoek(Zoekvraag(tekst="buurthius"))
    assert len(vragen) == 4


def test_stel_voor_geeft_themas_en_namen_die_zo_beginnen() -> None:
    Thema.objects.create(slug="taal-x", naam="Taal en lezen")
    maak_organisatie(naam="Taalhuis Oost")
    maak_organisatie(naam="Huis van Taal")
    concept = maak_organisatie(naam="Taalverborgen", status=Organisatie.Status.CONCEPT)
    herbouw()
    voorstellen = [(s.soort, s.naam) for s in stel_voor("taal")]
    assert ("thema", "Taal en lezen") in voorstellen
    assert ("organisatie", "Taalhuis Oost") in voorstellen
    assert concept.naam not in [naam for _, naam in voorstellen]
    assert stel_voor("t") == stel_voor("%%") == []
