import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction

from organisaties.keuzes import Status
from organisaties.models import Doelgroep, Openingstijd, Openingsuitzondering, Organisatie, Thema
from organisaties.openingstijden import AMSTERDAM
from organisaties.zoeken import ververs
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie
from welzijnportal.geo.zoeken import vind_plek

pytestmark = pytest.mark.django_db
MAANDAGOCHTEND = datetime(2026, 11, 23, 10, 0, tzinfo=AMSTERDAM)


@pytest.fixture(autouse=True)
def basisgegevens(db: None) -> None:
    call_command("laad_basisgegevens", verbosity=0)


def maak_vindbaar(
    naam: str,
    plaats: str = "Utrecht",
    *,
    themas: tuple[str, ...] = ("schulden",),
    gratis: bool = True,
    **velden: Any,
) -> Organisatie:
    velden.setdefault("kort", "Hulp bij schulden en geldzorgen.")
    organisatie = maak_organisatie(naam=naam, **velden)
    organisatie.themas.set(Thema.objects.filter(slug__in=themas))
    organisatie.doelgroepen.set(Doelgroep.objects.filter(slug="volwassenen"))
    plek = vind_plek(plaats)
    assert plek is not None
    lat_lon = {"Utrecht": (52.09, 5.12), "Zutphen": (52.14, 6.2), "Lochem": (52.16, 6.41), "Amsterdam": (52.37, 4.9)}[
        plaats
    ]
    locatie = maak_locatie(
        organisatie,
        plaats=plaats,
        punt=plek.punt,
        gemeente_id=plek.gemeente_code,
        breedtegraad=lat_lon[0],
        lengtegraad=lat_lon[1],
    )
    Openingstijd.objects.create(locatie=locatie, dag=1, van=time(9), tot=time(17))
    maak_dienst(organisatie, naam="Spreekuur", is_gratis=gratis, kosten="" if gratis else "vijf euro")
    ververs([organisatie.pk])
    return organisatie


def namen(html: str) -> list[str]:
    return [
        unescape(naam)
        for naam in re.findall(r'<article class="result.*?<a href="/organisaties/[^"]+">(.*?)</a>', html, re.DOTALL)
    ]


def kop(html: str) -> str:
    gevonden = re.search(r"<h1[^>]*>(.*?)</h1>", html)
    assert gevonden
    return unescape(gevonden[1])


def vraag(client: Any, query: str) -> str:
    response = client.get(f"/organisaties/?{query}")
    assert response.status_code == 200
    return response.content.decode()


@time_machine.travel(MAANDAGOCHTEND, tick=False)
def test_lijst_noemt_aantal_woord_en_plaats(client: Any) -> None:
    maak_vindbaar("Schuldhulp Utrecht", telefoon="+31301234567")
    maak_vindbaar("Taalles Utrecht", themas=("taalles",), kort="Nederlands leren met een maatje.")
    maak_vindbaar("Schuldhulp Zutphen", plaats="Zutphen")
    html = vraag(client, "q=schulden&plaats=Utrecht")
    assert kop(html) == "1 organisatie voor “schulden” bij Utrecht"
    assert namen(html) == ["Schuldhulp Utrecht"]
    for tekst in (
        "Nu open, tot 17.00 uur",
        "Hulp bij schulden en geldzorgen.",
        "volwassenen",
        "Gratis",
        "Nagekeken op 23 november 2026",
    ):
        assert tekst in html
    assert 'href="tel:+31301234567"' in html


def test_lijst_toont_alleen_wat_gepubliceerd_is(client: Any) -> None:
    maak_vindbaar("Zichtbaar")
    for status in set(Status) - {Status.GEPUBLICEERD, Status.SAMENGEVOEGD}:
        maak_vindbaar(f"Verborgen {status}", status=status)
    html = vraag(client, "")
    assert (kop(html), namen(html)) == ("1 organisatie", ["Zichtbaar"])


@pytest.mark.parametrize("aantal", [1, 3, 12])
@pytest.mark.parametrize("query", ["", "q=schulden&plaats=Utrecht&thema=geld&kosten=gratis"])
def test_lijst_kost_vier_vragen(client: Any, django_assert_num_queries: Any, aantal: int, query: str) -> None:
    for nummer in range(aantal):
        maak_vindbaar(f"Schuldhulp {nummer}")
    # The first question of a process reads the synonyms too.
    vraag(client, "q=schulden")
    with django_assert_num_queries(4):
        html = vraag(client, query)
    assert len(namen(html)) == aantal


def test_lijst_zet_geen_cookie_en_mag_een_minuut_bewaard(client: Any) -> None:
    response = client.get("/organisaties/?q=schulden")
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
    assert response["Vary"] == "Cookie"


@time_machine.travel(MAANDAGOCHTEND, tick=False)
@pytest.mark.parametrize(
    ("query", "verwacht"),
    [
        ("thema=geld", {"A", "B"}),
        ("thema=schulden", {"A", "B"}),
        ("thema=taalles", {"C"}),
        ("thema=schulden&thema=taalles", {"A", "B", "C"}),
        ("kosten=gratis", {"A", "C"}),
        ("open=nu", {"A", "C"}),
        ("soort=gemeente", {"B"}),
        ("gemeente=GM0344", {"A", "C"}),
        ("doelgroep=ouderen", {"C"}),
        ("doelgroep=volwassenen", {"A", "B"}),
        ("plaats=Zutphen", {"B"}),
        ("plaats=Zutphen&afstand=400", {"A", "B", "C"}),
        ("plaats=provincie+Gelderland", {"B"}),
        (
            "thema=bestaat-niet&kosten=duur&open=ooit&soort=x&gemeente=GM9999&doelgroep=%21&sorteer=kwaad",
            {"A", "B", "C"},
        ),
    ],
)
def test_filters(client: Any, query: str, verwacht: set[str]) -> None:
    maak_vindbaar("A")
    b = maak_vindbaar("B", plaats="Zutphen", gratis=False, soort="gemeente")
    Openingsuitzondering.objects.create(
        locatie=b.locaties.get(), van_datum=date(2026, 11, 23), tot_en_met_datum=date(2026, 11, 23)
    )
    c = maak_vindbaar("C", themas=("taalles",))
    c.doelgroepen.set(Doelgroep.objects.filter(slug="ouderen"))
    ververs([b.pk, c.pk])
    assert set(namen(vraag(client, query))) == verwacht


def test_filters_staan_als_keuze_die_weg_kan(client: Any) -> None:
    maak_vindbaar("A")
    html = unescape(vraag(client, "q=schulden&thema=geld&thema=taalles&kosten=gratis&pagina=3&onzin=1"))
    chips = re.findall(
        r'<a class="chip" href="([^"]+)"><span class="visually-hidden">Haal weg: </span>(.*?) <svg', html
    )
    assert chips == [
        ("?q=schulden&thema=taalles&kosten=gratis", "Geld en schulden"),
        ("?q=schulden&thema=geld&kosten=gratis", "Taalles"),
        ("?q=schulden&thema=geld&thema=taalles", "Gratis"),
    ]
    assert '<a class="button button--quiet button--small" href="?q=schulden">Wis alles</a>' in html


def test_filters_tonen_hoeveel_er_overblijven(client: Any) -> None:
    for naam in "AB":
        maak_vindbaar(naam)
    maak_vindbaar("C", themas=("taalles",))
    html = vraag(client, "")
    telling = dict(re.findall(r'name="thema" value="([a-z-]+)".*?class="count">(\d+)', html))
    assert telling == {"geld": "2", "taal": "1"} or telling == {"geld": "2", "nederlands-leren": "1"}


@pytest.mark.parametrize(
    ("sorteer", "verwacht"),
    [
        ("naam", ["Aap", "Bes", "Cent"]),
        ("nieuwste", ["Cent", "Bes", "Aap"]),
        ("afstand", ["Bes", "Cent", "Aap"]),
        ("", ["Bes", "Cent", "Aap"]),
    ],
)
def test_volgorde(client: Any, sorteer: str, verwacht: list[str]) -> None:
    for dag, (naam, plaats) in enumerate([("Aap", "Utrecht"), ("Bes", "Zutphen"), ("Cent", "Lochem")], start=1):
        maak_vindbaar(naam, plaats=plaats, gepubliceerd_op=datetime(2026, 1, dag, tzinfo=AMSTERDAM))
    assert namen(vraag(client, f"plaats=Zutphen&afstand=400&sorteer={sorteer}")) == verwacht


@pytest.fixture
def veertig(db: None) -> None:
    for nummer in range(41):
        maak_vindbaar(f"Club {nummer:02d}")


def test_paginas(client: Any, veertig: None) -> None:
    html = vraag(client, "sorteer=naam&pagina=2")
    assert namen(html) == [f"Club {nummer}" for nummer in range(12, 24)]
    assert kop(html) == "41 organisaties"
    assert '<li id="nr-13">' in html
    assert 'href="?sorteer=naam&amp;pagina=3"' in html
    for te_ver in ("4", "5", "999999", "9" * 5000):
        laatste = namen(vraag(client, f"sorteer=naam&pagina={te_ver}"))
        assert laatste == (
            [f"Club {nummer}" for nummer in range(36, 41)]
            if len(te_ver) < 7
            else [f"Club {nummer:02d}" for nummer in range(12)]
        )
    for onzin in ("0", "-1", "x", "%C2%B2", "%D9%A3", "1e3", ""):
        assert namen(vraag(client, f"sorteer=naam&pagina={onzin}"))[0] == "Club 00"


def test_onbekende_plaats_zegt_wat_te_doen(client: Any) -> None:
    maak_vindbaar("A")
    html = unescape(vraag(client, "plaats=Qwxyzzyplaats"))
    assert "Wij kennen “Qwxyzzyplaats” niet. Vul een plaats of postcode in." in html
    assert 'aria-invalid="true" aria-describedby="zoek-plaats_error"' in html
    assert namen(html) == ["A"]


def test_plaats_met_meer_betekenissen_toont_de_andere(client: Any) -> None:
    html = unescape(vraag(client, "q=x&plaats=Hengelo"))
    assert "bij Hengelo (Overijssel)" in kop(html)
    assert '<a href="?q=x&plaats=Hengelo+%28Gelderland%29">Hengelo (Gelderland)</a>' in html


def test_verkeerd_gespelde_plaats_zegt_waar_gezocht_is(client: Any) -> None:
    assert "Wij zochten bij Amersfoort." in vraag(client, "plaats=Amersfort")


def test_verkeerd_gespeld_woord_zegt_hoe_het_gelezen_is(client: Any) -> None:
    for naam in "ABC":
        maak_vindbaar(naam)
    html = unescape(vraag(client, "q=schuldne"))
    assert set(namen(html)) == {"A", "B", "C"}
    assert "Wij lazen “schuldne” als" in html


def test_niets_gevonden_zegt_wat_te_proberen(client: Any) -> None:
    maak_vindbaar("A", plaats="Utrecht")
    html = unescape(vraag(client, "q=schulden&plaats=Zutphen&kosten=gratis"))
    assert kop(html) == "Geen organisaties voor “schulden” bij Zutphen"
    assert '<a href="?q=schulden&plaats=Zutphen&kosten=gratis&afstand=25">Zoek tot 25 km</a>' in html
    assert '<a href="?q=schulden&plaats=Zutphen">Zoek zonder filters</a>' in html
    assert '<a href="?plaats=Zutphen&kosten=gratis">Bekijk alle hulp bij Zutphen</a>' in html
    assert 'href="/themas/geld/"' in html
    assert 'href="tel:112"' in html


@pytest.mark.parametrize(
    ("q", "eerst"),
    [
        ("ik wil dood", "08000113"),
        ("Ik wíl niet meer leven", "08000113"),
        ("zelfmoordgedachten", "08000113"),
        ("suïcidaal", "08000113"),
        ("mijn man slaat me en ik wil dood", "08000113"),
        ("mijn man slaat me", "08002000"),
        ("kindermishandeling melden", "08002000"),
        ("huiselijk geweld", "08002000"),
        ("ik ben in gevaar", "112"),
    ],
)
def test_bij_nood_staan_de_nummers_boven_de_lijst(client: Any, q: str, eerst: str) -> None:
    maak_vindbaar("A", kort="Huiselijk geweld, zelfmoord, man, kindermishandeling.")
    html = vraag(client, f"q={quote(q)}")
    assert html.count('class="help-line') == 1
    hulp = html.index('class="help-line help-line--first"')
    assert html.index("<h1") < hulp < html.index('id="lijst"')
    nummers = re.findall(r'href="tel:(\d+)"', html[hulp : html.index("</p>", hulp)])
    assert nummers[0] == eerst
    assert set(nummers) >= {"112", "08000113", "08002000", "0880767000"}


@pytest.mark.parametrize("q", ["", "schulden", "mijn man is dood", "veilig fietsen", "leven met dementie"])
def test_zonder_nood_staan_de_nummers_onder_de_lijst(client: Any, q: str) -> None:
    html = vraag(client, f"q={quote(q)}")
    assert html.count('class="help-line"') == 1
    assert html.index('id="lijst"') < html.index('class="help-line"')


def test_thema_over_geweld_zet_veilig_thuis_boven_de_lijst(client: Any) -> None:
    assert re.findall(r'href="tel:(\d+)"', vraag(client, "thema=huiselijk-geweld"))[0] == "08002000"


def test_onzin_vindt_niets(client: Any) -> None:
    maak_vindbaar("A")
    html = unescape(vraag(client, "q=xyzzyqwv"))
    assert namen(html) == []
    assert "Wij kennen “xyzzyqwv” niet." in html


def test_kaart_draagt_de_nummers_van_de_lijst_en_geen_geheim_adres(client: Any) -> None:
    maak_vindbaar("Aap")
    geheim = maak_vindbaar("Bes", plaats="Zutphen")
    geheim.locaties.update(is_geheim=True)
    ververs([geheim.pk])
    html = vraag(client, "sorteer=naam")
    assert namen(html) == ["Aap", "Bes"]
    assert re.findall(r'class="kaart-stip" href="(#[^"]+)"', html) == ["#nr-1"]
    assert "Zutphen" in html


def test_afstand_tot_een_geheim_adres_is_die_tot_de_plaats(client: Any) -> None:
    """Two listings, one at the edge of its place: the confidential one gives the same distance as the middle."""
    plek = vind_plek("Utrecht")
    assert plek is not None
    for naam, is_geheim in (("Geheim", True), ("Open", False)):
        organisatie = maak_vindbaar(naam)
        organisatie.locaties.update(is_geheim=is_geheim, breedtegraad=52.12, lengtegraad=5.2)
        ververs([organisatie.pk])
    html = vraag(client, "plaats=Zutphen&afstand=400&sorteer=naam")
    afstanden = re.findall(r"Utrecht, ([\d,]+ k?m)", html)
    zutphen = vind_plek("Zutphen")
    assert zutphen is not None
    assert namen(html) == ["Geheim", "Open"]
    assert afstanden[0] == f"{plek.punt.afstand(zutphen.punt):.0f} km"
    assert afstanden[1] != afstanden[0]


KWAAD = [
    "q=" + quote("\U0001f600 \u202e<script>alert(1)</script>"),
    "q=" + "a" * 200_000,
    "q=" + quote("(((|&!:*'\"\\%_") + "&plaats=" + quote("'); DROP TABLE"),
    "q=a&q=b&plaats=x&plaats=y&pagina=1&pagina=2&thema=geld&thema=geld&sorteer=naam&sorteer=",
    "afstand=-5&afstand=1e309",
    "afstand=nan&pagina=-1&gemeente=GM0344%0A",
    "thema=" + "&thema=".join(f"t{n}" for n in range(500)),
    "q=%F0%28%8C%28&plaats=%FF%FE",
    "q[]=x&q[$ne]=1&plaats[]=y",
    "plaats=" + "9" * 5000,
    "q=%0D%0A%0D%0ASet-Cookie:x",
    "q=" + quote("\ud83d".encode("utf-8", "surrogatepass")),
]


@pytest.mark.parametrize("query", KWAAD, ids=range(len(KWAAD)))
def test_kwade_parameters_geven_een_gewone_pagina(client: Any, query: str) -> None:
    maak_vindbaar("A")
    response = client.get(f"/organisaties/?{query}")
    assert response.status_code == 200
    html = response.content.decode()
    assert "<script>alert" not in html
    assert len(html) < 100_000
    assert kop(html)


def test_nul_byte_is_een_vriendelijke_400(client: Any) -> None:
    assert client.get("/organisaties/?q=%00").status_code == 400


def test_landelijke_organisatie_van_ver_werkt_in_heel_nederland(client: Any) -> None:
    maak_vindbaar("Luisterlijn", plaats="Amsterdam", werkgebied="landelijk")
    ver, dichtbij = vraag(client, "plaats=Zutphen"), vraag(client, "plaats=Amsterdam")
    assert (namen(ver), namen(dichtbij)) == (["Luisterlijn"], ["Luisterlijn"])
    assert "Heel Nederland</li>" in ver
    assert "kaart-stip" not in ver
    assert "Heel Nederland</li>" not in dichtbij
    assert "kaart-stip" in dichtbij


def test_wie_hier_alleen_werkt_en_ver_weg_zit_staat_niet_op_de_kaart(client: Any) -> None:
    ver = maak_vindbaar("Ver", plaats="Amsterdam", werkgebied="plaatselijk")
    plek = vind_plek("Zutphen")
    assert plek is not None
    ver.gemeenten.add(plek.gemeente_code)
    ververs([ver.pk])
    maak_vindbaar("Dichtbij", plaats="Zutphen")
    html = vraag(client, "plaats=Zutphen&sorteer=naam")
    assert namen(html) == ["Dichtbij", "Ver"]
    assert re.findall(r'class="kaart-stip" href="(#[^"]+)"', html) == ["#nr-1"]
    assert "Op de kaart staat alleen wie binnen 10 km zit." in html


def test_provincie_met_dezelfde_naam_is_een_eigen_vraag(client: Any) -> None:
    html = unescape(vraag(client, "q=schulden&plaats=Utrecht&afstand=25"))
    assert 'Bedoelde u de hele <a href="?q=schulden&plaats=provincie+Utrecht">provincie Utrecht</a>?' in html
    assert "Of bedoelde u" not in html


@pytest.mark.parametrize(
    ("query", "is_open"),
    [
        ("", True),
        ("q=schulden", False),
        ("plaats=Utrecht", False),
        ("q=xyzzyqwv", True),
        ("plaats=Qwxyzzyplaats", True),
        ("q=schulden&plaats=Qwxyzzyplaats", True),
    ],
)
def test_zoekvelden_zijn_dicht_als_er_iets_gevonden_is(client: Any, query: str, is_open: bool) -> None:
    maak_vindbaar("A")
    assert ('<details class="search-fold" open>' in vraag(client, query)) == is_open


@time_machine.travel(MAANDAGOCHTEND, tick=False)
def test_lang_niet_nagekeken_stelt_niet_gerust(client: Any) -> None:
    maak_vindbaar("Oud", bevestigd_op=datetime(2025, 9, 22, tzinfo=AMSTERDAM))
    maak_vindbaar("Vers", bevestigd_op=datetime(2025, 11, 24, tzinfo=AMSTERDAM))
    oud, vers = vraag(client, "sorteer=naam").split('id="nr-2"')
    assert "Mogelijk verouderd" in oud
    assert "Nagekeken op" not in oud
    assert "Nagekeken op 24 november 2025" in vers
    assert "Mogelijk verouderd" not in vers


@pytest.mark.django_db(transaction=True)
def test_een_zoekvraag_die_te_lang_duurt_wordt_afgebroken_en_zegt_wat_te_doen(client: Any, settings: Any) -> None:
    settings.SEARCH_TIMEOUT_MS = 150
    ververs([maak_organisatie(naam="Hulp bij schulden").pk])
    with ThreadPoolExecutor(1) as ander, transaction.atomic(), connection.cursor() as cursor:
        # Nobody can read the search table until this transaction ends: a statement that really waits.
        cursor.execute("LOCK TABLE organisaties_zoekrij IN ACCESS EXCLUSIVE MODE")

        def zoek_elders() -> Any:
            try:
                return client.get("/organisaties/?q=schulden&plaats=Utrecht"), client.get(
                    "/organisaties/suggesties/?q=schu"
                )
            finally:
                connection.close()

        pagina, suggesties = ander.submit(zoek_elders).result(timeout=30)
    html = pagina.content.decode()
    assert (pagina.status_code, pagina["Retry-After"], suggesties.status_code) == (503, "30", 503)
    assert "Zoek met één of twee woorden" in html
    assert 'value="schulden"' in html
    assert 'href="tel:112"' in html
    assert 'href="tel:08000113"' in html
    assert "no-store" in pagina["Cache-Control"]
    assert client.get("/organisaties/?q=schulden").status_code == 200
