import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from welzijnportal.geo.models import Gemeente, Plaats
from welzijnportal.geo.zoeken import kandidaten, stel_voor, vind_plek, vul_aan


@pytest.mark.parametrize(
    ("tekst", "naam", "soort"),
    [
        ("1097", "1097 Amsterdam", "postcode"),
        ("1097 SC", "1097 Amsterdam", "postcode"),
        ("1097sc", "1097 Amsterdam", "postcode"),
        ("1097 SC Amsterdam", "1097 Amsterdam", "postcode"),
        ("utrecht", "Utrecht", "woonplaats"),
        ("  UTRECHT  ", "Utrecht", "woonplaats"),
        ("in Utrecht", "Utrecht", "woonplaats"),
        ("Utrecht, Nederland", "Utrecht", "woonplaats"),
        ("Den Haag", "Den Haag", "woonplaats"),
        ("'s gravenhage", "Den Haag", "woonplaats"),
        ("den bosch", "'s-Hertogenbosch", "woonplaats"),
        ("Ljouwert", "Leeuwarden", "woonplaats"),
        ("Hengelo", "Hengelo (Overijssel)", "woonplaats"),
        ("Hengelo (Gelderland)", "Hengelo (Gelderland)", "woonplaats"),
        ("hengelo gld", "Hengelo (Gelderland)", "woonplaats"),
        ("Hengelo, Bronckhorst", "Hengelo (Gelderland)", "woonplaats"),
        ("Bergen (NH)", "Bergen (Noord-Holland)", "woonplaats"),
        ("Bergen (NH.)", "Bergen (Noord-Holland)", "woonplaats"),
        ("Bergen Limburg", "Bergen (Limburg)", "woonplaats"),
        ("Oosterwolde Fr", "Oosterwolde (Fryslân)", "woonplaats"),
        ("beek en donk", "Beek en Donk", "woonplaats"),
        ("Westland", "Westland", "gemeente"),
        ("súdwest fryslan", "Súdwest-Fryslân", "gemeente"),
        ("gemeente Ede", "gemeente Ede", "gemeente"),
        ("Friesland", "provincie Fryslân", "provincie"),
        ("Brabant", "provincie Noord-Brabant", "provincie"),
        ("Zeeland", "provincie Zeeland", "provincie"),
        ("provincie utrecht", "provincie Utrecht", "provincie"),
        ("Blerick", "Blerick (Venlo)", "wijk"),
    ],
)
def test_vind_plek_begrijpt(tekst, naam, soort):
    plek = vind_plek(tekst)
    assert plek is not None
    assert (plek.naam, plek.soort, plek.is_gok) == (naam, soort, False)


@pytest.mark.parametrize(
    ("tekst", "naam"),
    [
        ("Amsterdm", "Amsterdam"),
        ("rotterdan", "Rotterdam"),
        ("gronigen", "Groningen"),
        ("Dam 1, Amsterdam", "Amsterdam"),
        ("1000 AA", "1000 Amsterdam"),
    ],
)
def test_vind_plek_zegt_dat_het_gokt(tekst, naam):
    plek = vind_plek(tekst)
    assert plek is not None
    assert (plek.naam, plek.is_gok) == (naam, True)


@pytest.mark.parametrize("tekst", [None, "", " ", "xyzzy", "ab", "12", "0123", "12345", "😀", "\x00", "()", "%", "'"])
def test_vind_plek_kent_geen_onzin(tekst):
    assert vind_plek(tekst) is None
    assert kandidaten(tekst) == []


def test_de_andere_plaatsen_met_die_naam_zijn_alternatieven():
    plek = vind_plek("Hengelo")
    assert plek is not None
    assert [p.naam for p in plek.alternatieven] == ["Hengelo (Gelderland)"]
    utrecht = vind_plek("Utrecht")
    assert utrecht is not None
    assert [p.naam for p in utrecht.alternatieven] == ["provincie Utrecht"]


@pytest.mark.django_db
def test_elke_plaats_en_gemeente_vindt_zichzelf_bij_haar_volle_naam():
    voor = {plaats.weergavenaam: plaats.pk for plaats in Plaats.objects.filter(soort="woonplaats")}
    anders = {naam for naam, pk in voor.items() if pk not in {p.plaats_slug for p in kandidaten(naam)}}
    assert anders == set()
    gemeenten = {g.naam: g.pk for g in Gemeente.objects.all()}
    assert {
        n for n, pk in gemeenten.items() if pk not in {p.gemeente_code for p in kandidaten(f"gemeente {n}")}
    } == set()


@given(st.text(max_size=200))
@example("a" * 1_000_000)
@example("\u202e1097 SC\u202c")
@example("((((,,,,")
@example("1097\x00")
@example("²²²²")
@example("٣٣٣٣")
def test_geen_tekst_laat_het_zoeken_vallen(tekst):
    plek = vind_plek(tekst)
    assert plek is None or plek.punt
    assert len(stel_voor(tekst)) <= 5
    vul_aan(tekst)


@pytest.mark.parametrize(
    ("begin", "namen"),
    [
        ("ede", ["Ede", "Ederveen"]),
        ("den b", ["'s-Hertogenbosch", "Den Bommel", "Den Burg"]),
        ("LJO", ["Leeuwarden"]),
        ("1097", ["1097 Amsterdam"]),
        ("10", ["1011 Amsterdam", "1012 Amsterdam", "1013 Amsterdam", "1014 Amsterdam", "1015 Amsterdam"]),
        ("1", []),
        ("zzz", []),
        ("", []),
    ],
)
def test_stel_voor_geeft_namen_die_zo_beginnen(begin, namen):
    assert [plek.naam for plek in stel_voor(begin)] == namen


def test_stel_voor_geeft_er_hoogstens_n():
    assert [plek.naam for plek in stel_voor("am", 2)] == ["Amsterdam", "Amersfoort"]


def test_vul_aan_zegt_plaats_en_gemeente_van_een_postcode():
    adres = vul_aan("2511 CV")
    assert adres is not None
    assert (adres.plaats, adres.gemeente, adres.gemeente_code, adres.gemeente_is_voorstel, adres.provincie_code) == (
        "Den Haag",
        "'s-Gravenhage",
        "GM0518",
        False,
        "PV28",
    )


@pytest.mark.parametrize("tekst", [None, "", "x", "0123 AB", "12345"])
def test_vul_aan_kent_geen_onzin(tekst):
    assert vul_aan(tekst) is None


@pytest.mark.django_db
def test_zoeken_vraagt_de_database_niets(django_assert_num_queries):
    with django_assert_num_queries(0):
        vind_plek("Amsterdm")
        stel_voor("am")
        vul_aan("1097")
