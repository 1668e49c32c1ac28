import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from organisaties.actions import aanbod
from organisaties.actions.aanbod import tel_aanbod
from organisaties.actions.tellen import ruim_tellingen_op
from organisaties.keuzes import Status, Werkgebied
from organisaties.models import Aanbodtelling, Organisatie, Thema
from organisaties.weergave.aanbodkaart import gemeenteplekken
from organisaties.zoeken import ververs
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie, maak_thema
from welzijnportal import onderhoud

pytestmark = pytest.mark.django_db
ZUTPHEN, LOCHEM, APELDOORN, UTRECHT, GELDERLAND = "GM0301", "GM0262", "GM0200", "GM0344", "PV25"


@pytest.fixture(autouse=True)
def geodata(db: None) -> None:
    call_command("laad_geodata", verbosity=0)


@pytest.fixture
def geld() -> Thema:
    return maak_thema(slug="geld", naam="Geld en schulden", volgorde=1, tint="tint-1", icoon="geld")


def maak_aanbod(*themas: Thema, gemeente: str = ZUTPHEN, **velden: Any) -> Any:
    organisatie = maak_organisatie(**velden)
    maak_locatie(organisatie, plaats="Ergens", gemeente_id=gemeente)
    dienst = maak_dienst(organisatie)
    dienst.themas.set(themas)
    return organisatie


def geteld(thema: Thema | None = None) -> dict[str, tuple[int, int]]:
    return {t.gebied: (t.aantal_diensten, t.aantal_organisaties) for t in Aanbodtelling.objects.filter(thema=thema)}


def test_telt_per_gemeente_en_thema_en_wat_erboven_ligt(geld: Thema) -> None:
    lenen = maak_thema(slug="lenen", ouder=geld)
    eerste = maak_aanbod(lenen, naam="Eerste")
    maak_dienst(eerste, naam="Nog een").themas.set([geld, lenen])
    maak_dienst(eerste, naam="Zonder thema")
    maak_aanbod(geld, naam="Tweede")
    maak_aanbod(lenen, naam="Elders", gemeente=UTRECHT)
    tel_aanbod()
    assert geteld(lenen) == {ZUTPHEN: (2, 1), UTRECHT: (1, 1)}
    assert geteld(geld) == {ZUTPHEN: (3, 2), UTRECHT: (1, 1)}
    assert geteld(None) == {ZUTPHEN: (4, 2), UTRECHT: (1, 1)}


def test_waar_een_organisatie_werkt_bepaalt_waar_zij_telt(geld: Thema) -> None:
    plaatselijk = maak_aanbod(geld, naam="Twee gemeenten")
    plaatselijk.gemeenten.set([ZUTPHEN, LOCHEM])
    maak_aanbod(geld, naam="Landelijk", werkgebied=Werkgebied.LANDELIJK, gemeente=UTRECHT)
    provinciaal = maak_aanbod(geld, naam="Provincie", werkgebied=Werkgebied.PROVINCIAAL, gemeente=UTRECHT)
    provinciaal.provincies.set([GELDERLAND])
    tel_aanbod()
    assert geteld(geld) == {ZUTPHEN: (1, 1), LOCHEM: (1, 1), "NL": (1, 1), GELDERLAND: (1, 1)}


def test_zonder_diensten_telt_een_organisatie_voor_haar_eigen_themas(geld: Thema) -> None:
    organisatie = maak_organisatie(naam="Kaal")
    organisatie.themas.set([geld])
    organisatie.gemeenten.set([ZUTPHEN])
    dienst_zonder_thema = maak_organisatie(naam="Met dienst")
    dienst_zonder_thema.themas.set([geld])
    dienst_zonder_thema.gemeenten.set([ZUTPHEN])
    maak_dienst(dienst_zonder_thema)
    tel_aanbod()
    assert geteld(geld) == {ZUTPHEN: (2, 2)}


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.GEPUBLICEERD, Status("samengevoegd")}))
def test_wat_niet_zichtbaar_is_telt_niet(geld: Thema, status: str) -> None:
    maak_aanbod(geld, naam="Weg", status=status)
    tel_aanbod()
    assert not Aanbodtelling.objects.exists()


def test_opnieuw_tellen_vervangt_alles_in_stukken(geld: Thema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aanbod, "PER_KEER", 2)
    for nummer in range(5):
        maak_aanbod(geld, naam=f"Club {nummer}")
    stappen: list[tuple[int, int]] = []
    assert tel_aanbod(lambda gedaan, totaal: stappen.append((gedaan, totaal))) == 2
    assert len(stappen) >= 3
    assert stappen[-1][0] == stappen[-1][1]
    Aanbodtelling.objects.create(gebied=LOCHEM, thema=geld, aantal_diensten=9, aantal_organisaties=1)
    tel_aanbod()
    assert geteld(geld) == {ZUTPHEN: (5, 5)}


@pytest.mark.django_db(transaction=True)
def test_twee_tellingen_tegelijk_geven_een_uitkomst() -> None:
    thema = maak_thema(slug="geld")
    maak_aanbod(thema)

    def tel(_: int) -> int:
        try:
            return tel_aanbod()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(tel, range(8))) <= {0, 2}
    assert geteld(thema) == {ZUTPHEN: (1, 1)}


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"gebied": "GM9"}, "aanbodtelling_gebied_is_cbs_code"),
        ({"aantal_organisaties": 0}, "aanbodtelling_telt_iets"),
        ({"aantal_organisaties": 3}, "aanbodtelling_telt_iets"),
        ({"gebied": LOCHEM}, "aanbodtelling_eenmaal_per_gebied_en_thema"),
    ],
)
def test_de_database_weigert(velden: dict[str, Any], naam: str) -> None:
    Aanbodtelling.objects.create(gebied=LOCHEM, aantal_diensten=1, aantal_organisaties=1)
    with pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Aanbodtelling.objects.create(**{"gebied": ZUTPHEN, "aantal_diensten": 2, "aantal_organisaties": 1} | velden)


def test_pagina_zegt_waar_aanbod_is_en_waar_niet(client: Any, geld: Thema) -> None:
    maak_aanbod(geld)
    maak_aanbod(geld, naam="Landelijk", werkgebied=Werkgebied.LANDELIJK)
    tel_aanbod()
    html = client.get("/welzijn-in-kaart/?thema=geld&provincie=gelderland").content.decode()
    assert "<strong>1</strong> van de 51 gemeenten hebben aanbod" in html
    assert "Ook werkt 1 organisatie in heel Nederland" in html
    assert re.search(r'<a href="/welzijn-in-kaart/zutphen/">Zutphen</a></th><td class="is-number">1</td>', html)
    assert re.search(r'<a href="/welzijn-in-kaart/lochem/">Lochem</a></th><td class="is-number">geen</td>', html)
    assert 'aria-label="Zutphen: 1"' in html
    assert 'aria-label="Lochem: geen aanbod"' in html
    land = client.get("/welzijn-in-kaart/").content.decode()
    assert "<strong>1</strong> van de 342 gemeenten hebben aanbod" in land
    assert 'href="?provincie=gelderland"' in land
    assert "Geld en schulden" in land


@pytest.mark.parametrize(("sorteer", "eerst"), [("naam", "Aalten"), ("meeste", "Zutphen"), ("minste", "Aalten")])
def test_tabel_is_te_sorteren(client: Any, geld: Thema, sorteer: str, eerst: str) -> None:
    maak_aanbod(geld)
    tel_aanbod()
    html = client.get(f"/welzijn-in-kaart/?provincie=gelderland&sorteer={sorteer}").content.decode()
    namen = re.findall(r'<th scope="row"><a href="/welzijn-in-kaart/[^"]+">([^<]+)</a>', html)
    assert (namen[0], len(namen)) == (eerst, 51)


@pytest.mark.parametrize(
    "vraag",
    [
        "thema=bestaat-niet",
        "thema=%00",
        "provincie=x",
        "sorteer=(",
        "thema=geld&thema=lenen",
        "thema=" + "a" * 3000,
        "provincie[]=x",
    ],
)
@pytest.mark.parametrize("pad", ["/welzijn-in-kaart/", "/welzijn-in-kaart/csv/"])
def test_vreemde_keuzes_breken_niets(client: Any, geld: Thema, pad: str, vraag: str) -> None:
    assert client.get(f"{pad}?{vraag}").status_code in (200, 400)


def test_paginas_zijn_licht_en_vragen_een_vast_aantal_keer_de_database(
    client: Any, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    call_command("laad_basisgegevens", verbosity=0)
    paden = [
        ("/welzijn-in-kaart/", 3),
        ("/welzijn-in-kaart/?provincie=noord-brabant", 3),
        ("/welzijn-in-kaart/?thema=geld", 2),
        ("/welzijn-in-kaart/zutphen/", 5),
        ("/welzijn-in-kaart/csv/", 2),
    ]
    for ronde in range(2):
        for pad, vragen in paden:
            with django_assert_num_queries(vragen):
                response = client.get(pad)
            assert response.status_code == 200, pad
            assert not response.cookies
            assert "public" in response["Cache-Control"]
            if "csv" not in pad:
                assert len(response.content) <= 40_000, (pad, len(response.content))
                assert b"csrf" not in response.content
        if ronde == 0:
            themas = list(Thema.objects.all())
            Aanbodtelling.objects.bulk_create(
                Aanbodtelling(gebied=gebied, thema=thema, aantal_diensten=12_345, aantal_organisaties=1_234)
                for gebied in [*gemeenteplekken(), GELDERLAND, "NL"]
                for thema in [None, *themas]
                # Zutphen has the main themes alone, so that all below them must be looked for elsewhere.
                if gebied != ZUTPHEN or thema is None or thema.ouder_id is None
            )


def test_pagina_van_een_gemeente(client: Any, geld: Thema) -> None:
    lenen = maak_thema(slug="lenen", naam="Lenen", ouder=geld)
    eenzaam = maak_thema(slug="eenzaam", naam="Eenzaam", volgorde=2)
    nergens = maak_thema(slug="nergens", naam="Nergens te vinden", volgorde=3)
    maak_aanbod(geld)
    maak_aanbod(lenen, naam="Buur", gemeente=LOCHEM)
    maak_aanbod(eenzaam, naam="Ver", gemeente=APELDOORN)
    maak_aanbod(nergens, naam="Te ver", gemeente=UTRECHT)
    maak_aanbod(eenzaam, naam="Landelijk", werkgebied=Werkgebied.LANDELIJK)
    tel_aanbod()
    html = client.get("/welzijn-in-kaart/zutphen/").content.decode()
    assert "1 dienst of activiteit van 1 organisatie die hier werkt" in html
    assert f'<a href="/organisaties/?gemeente={ZUTPHEN}&amp;thema=geld">Geld en schulden</a>' in html
    assert "Nog niet hier: Lenen." in html
    assert re.search(r'<strong>Eenzaam</strong><span>Het dichtst bij: <a href="/welzijn-in-kaart/apeldoorn/">', html)
    assert '<a href="/organisaties/?thema=eenzaam">1 landelijke organisatie</a>' in html
    assert re.search(rf"<strong>{nergens.naam}</strong><span class=\"muted\">Niet in de buurt", html)


def test_pagina_van_een_gemeente_noemt_de_beste_bij_naam(client: Any, geld: Thema) -> None:
    lenen = maak_thema(slug="lenen", naam="Lenen", ouder=geld)
    hier = [maak_aanbod(lenen if nummer % 2 else geld, naam=f"Geldhulp {nummer}") for nummer in range(7)]
    elders = maak_aanbod(geld, naam="Geldhulp elders", gemeente=UTRECHT)
    weg = maak_aanbod(geld, naam="Geldhulp weg")
    ververs([organisatie.pk for organisatie in (*hier, elders, weg)])
    tel_aanbod()
    Organisatie.objects.filter(pk=weg.pk).update(status=Status.GEARCHIVEERD)
    html = client.get("/welzijn-in-kaart/zutphen/").content.decode()
    genoemd = set(re.findall(r'<li><a href="[^"]+">(Geldhulp [^<]+)</a></li>', html))
    assert len(genoemd) == 3
    assert genoemd <= {organisatie.naam for organisatie in hier}
    assert re.search(rf'<a href="/organisaties/\?gemeente={ZUTPHEN}&amp;thema=geld">Alle 8 organisaties', html)


def test_gemeente_zonder_iets_en_een_onbekende(client: Any) -> None:
    assert "nog niets uit deze gemeente" in client.get("/welzijn-in-kaart/zutphen/").content.decode()
    assert client.get("/welzijn-in-kaart/atlantis/").status_code == 404
    naar = client.get("/welzijn-in-kaart/gm0301/")
    assert (naar.status_code, naar["Location"]) == (301, "/welzijn-in-kaart/zutphen/")


def test_csv_heeft_elke_gemeente_en_ook_de_witte_vlekken(client: Any, geld: Thema) -> None:
    maak_aanbod(geld)
    tel_aanbod()
    response = client.get("/welzijn-in-kaart/csv/?provincie=gelderland&thema=geld")
    assert response["Content-Disposition"] == 'attachment; filename="welzijn-in-kaart-geld-gelderland.csv"'
    rijen = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rijen) == 51
    assert {rij["gemeente"]: rij["aanbod"] for rij in rijen if rij["gemeente"] in ("Zutphen", "Lochem")} == {
        "Zutphen": "1",
        "Lochem": "0",
    }
    alles = client.get("/welzijn-in-kaart/csv/").content.decode("utf-8-sig")
    assert alles.count("\n") == 343


def test_sitemap_noemt_gemeenten_met_aanbod(client: Any, geld: Thema, settings: Any) -> None:
    settings.SITE_URL = "https://welzijn.example"
    maak_aanbod(geld)
    tel_aanbod()
    xml = client.get("/sitemap-gemeenten.xml").content.decode()
    assert "<loc>https://welzijn.example/welzijn-in-kaart/zutphen/</loc>" in xml
    assert "welzijn-in-kaart/lochem" not in xml


def test_telt_elke_dag_vanzelf() -> None:
    assert onderhoud._daily["aanbod"] is tel_aanbod
    assert onderhoud._daily["tellingen"] is ruim_tellingen_op
