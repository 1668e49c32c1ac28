from collections.abc import Callable

import pytest

from organisaties.imports.kolommen import SPELLINGEN, deel_in
from organisaties.imports.rijen import Voorbeeld, kort_af
from tests.organisaties.imports.conftest import KOP, RIJ
from welzijnportal.tabular import TabelFout, lees

Bekijk = Callable[..., Voorbeeld]


@pytest.mark.parametrize(("veld", "spelling"), [(v, s) for v, alle in SPELLINGEN.items() for s in alle])
def test_every_spelling_of_a_header_is_known(veld: str, spelling: str) -> None:
    kop = f"{spelling.upper()} ;naam\nx;y" if veld != "naam" else f"{spelling.upper()};x\ny;z"
    assert deel_in(lees(kop.encode())).kolommen[0].veld == veld


def test_a_title_above_the_header_is_passed_over_and_unknown_columns_are_told() -> None:
    indeling = deel_in(lees(b"Sociale kaart 2026;\n\nNaam;Kleur;Woonplaats\nHuis;rood;Ede"))
    assert [(kolom.kop, kolom.veld) for kolom in indeling.kolommen] == [
        ("Naam", "naam"),
        ("Kleur", ""),
        ("Woonplaats", "plaats"),
    ]
    assert [rij.nummer for rij in indeling.rijen] == [4]


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        ("kleur;maat\nrood;5", "Er is geen kolom met de naam van de organisatie."),
        ("naam;plaats", "Onder de kop van de tabel staan geen rijen."),
    ],
)
def test_a_table_that_cannot_be_understood_is_refused(inhoud: str, melding: str) -> None:
    with pytest.raises(TabelFout, match=melding):
        deel_in(lees(inhoud.encode()))


FOUTEN = {
    "geen naam": ({"naam": ""}, "naam", "De naam ontbreekt. Vul de naam van de organisatie in."),
    "onzichtbare naam": ({"naam": "\u200b"}, "naam", "De naam ontbreekt. Vul de naam van de organisatie in."),
    "lange naam": ({"naam": "x" * 121}, "naam", "De naam is langer dan 120 tekens. Kort de naam in."),
    "nul in naam": (
        {"naam": "A\0B"},
        "naam",
        "Hier staat een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw.",
    ),
    "omgedraaide naam": (
        {"naam": "A\u202eB"},
        "naam",
        "Hier staat een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw.",
    ),
    "nul in tekst": (
        {"omschrijving": "a\0b"},
        "omschrijving",
        "Hier staat een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw.",
    ),
    "lange tekst": (
        {"omschrijving": "x" * 10_001},
        "omschrijving",
        "De beschrijving heeft 10001 tekens; er passen er 10000. Kort de tekst in.",
    ),
    "geen sleutel": ({"id": ""}, "id", "De sleutel ontbreekt. Geef elke rij een eigen sleutel."),
    "lange sleutel": ({"id": "9" * 121}, "id", "De sleutel is langer dan 120 tekens."),
}


@pytest.mark.parametrize("geval", FOUTEN)
def test_what_blocks_a_row_is_told_with_row_column_and_remedy(bekijk: Bekijk, geval: str) -> None:
    velden, kolom, melding = FOUTEN[geval]
    voorbeeld = bekijk([velden.get(naam, waarde) for naam, waarde in zip(KOP, RIJ, strict=True)])
    assert [(p.rij, p.kolom, p.melding) for p in voorbeeld.fouten] == [(2, kolom, melding)]
    assert voorbeeld.aanbod == []


def test_a_doubled_key_names_the_other_row(bekijk: Bekijk) -> None:
    voorbeeld = bekijk(RIJ, ["1", "Ander", "x", "y", "Ede"])
    assert [(p.rij, p.melding) for p in voorbeeld.fouten] == [
        (3, "Deze sleutel staat ook in rij 2. Geef elke rij een eigen sleutel.")
    ]


def test_a_row_with_too_many_cells_is_not_guessed_at(bekijk: Bekijk) -> None:
    voorbeeld = bekijk([*RIJ, "over"])
    assert [p.melding for p in voorbeeld.fouten] == [
        "Deze rij heeft meer cellen (6) dan de kop (5). Zet tekst waarin het scheidingsteken voorkomt tussen aanhalingstekens."
    ]


def test_without_a_key_column_a_double_row_is_left_out_and_told(bekijk: Bekijk) -> None:
    kop = ["naam", "aanbod", "plaats"]
    voorbeeld = bekijk(["Huis", "Eten", "Ede"], ["Huis", "Eten", "Ede"], ["Huis", "Eten", "Utrecht"], kop=kop)
    assert [p.melding for p in voorbeeld.problemen] == ["Deze rij is gelijk aan rij 2 en wordt overgeslagen."]
    assert [aanbod.rij for aanbod in voorbeeld.aanbod] == [2, 4]
    assert voorbeeld.opmerkingen[0].startswith("Er is geen kolom met een sleutel")


WAARSCHUWINGEN = {
    "telefoon dubbel": (
        "telefoon",
        "06 of 020",
        "telefoon",
        "",
        "Dit is geen telefoonnummer dat wij kunnen bellen. Het staat nu in de tekst.",
    ),
    "telefoon twee": (
        "telefoon",
        "020-6841733 / 06-28543278",
        "telefoon",
        "+31206841733",
        "Hier staat meer dan één nummer. Het eerste is gebruikt, de rest staat in de tekst.",
    ),
    "telefoon zonder nul": (
        "telefoon",
        "206841733",
        "telefoon",
        "+31206841733",
        "De eerste nul ontbrak. Er staat nu 0206841733.",
    ),
    "website kaal": (
        "website",
        "www.linde.nl",
        "website",
        "https://www.linde.nl",
        "Er stond geen https:// voor. Er staat nu https://www.linde.nl.",
    ),
    "website fout": (
        "website",
        "javascript:alert(1)",
        "website",
        "",
        "Dit is geen webadres. Het staat nu in de tekst.",
    ),
    "website twee": (
        "website",
        "https://a.nl www.b.nl",
        "website",
        "https://a.nl",
        "Hier staat meer dan één adres. Het eerste is gebruikt, de rest staat in de tekst.",
    ),
    "e-mail fout": ("e-mail", "info at linde", "email", "", "Dit is geen e-mailadres. Het is weggelaten."),
    "e-mail twee": (
        "e-mail",
        "Info@linde.nl; b@linde.nl",
        "email",
        "info@linde.nl",
        "Alleen Info@linde.nl is gebruikt.",
    ),
    "kvk kort": ("kvk", "1234567", "kvk_nummer", "01234567", "De eerste nul ontbrak. Er staat nu 01234567."),
    "kvk fout": ("kvk", "12.34", "kvk_nummer", "", "Een KvK-nummer bestaat uit 8 cijfers. Dit nummer is weggelaten."),
    "thema onbekend": (
        "thema",
        "Ruimtevaart",
        "themas",
        [],
        "Dit thema kennen wij niet: Ruimtevaart. Het is weggelaten.",
    ),
    "doelgroep onbekend": (
        "doelgroep",
        "marsbewoners",
        "doelgroepen",
        [],
        "Deze doelgroep kennen wij niet: marsbewoners. Zij staat nu in de tekst.",
    ),
    "soort onbekend": (
        "soort",
        "gilde",
        "soort",
        "overig",
        "Deze soort organisatie kennen wij niet. Er staat nu 'Anders'.",
    ),
    "postcode half": (
        "postcode",
        "3511",
        "locatie",
        {"straat": "", "postcode": "", "plaats": "Utrecht", "pc4": "3511"},
        "Een postcode bestaat uit 4 cijfers en 2 letters. Alleen de cijfers zijn gebruikt.",
    ),
    "postcode fout": (
        "postcode",
        "abc",
        "locatie",
        {"straat": "", "postcode": "", "plaats": "Utrecht", "pc4": ""},
        "Een postcode bestaat uit 4 cijfers en 2 letters. De postcode is weggelaten.",
    ),
}


@pytest.mark.parametrize("geval", WAARSCHUWINGEN)
def test_what_does_not_block_is_mended_or_left_out_and_told(bekijk: Bekijk, geval: str) -> None:
    kolom, waarde, veld, verwacht, melding = WAARSCHUWINGEN[geval]
    voorbeeld = bekijk([*RIJ, waarde], kop=[*KOP, kolom])
    assert [(p.rij, p.kolom, p.melding) for p in voorbeeld.waarschuwingen] == [(2, kolom, melding)]
    assert voorbeeld.fouten == []
    assert voorbeeld.aanbod[0].gegevens[veld] == verwacht


def test_what_could_not_be_used_is_kept_in_the_text(bekijk: Bekijk) -> None:
    voorbeeld = bekijk([*RIJ, "06 of 020", "marsbewoners"], kop=[*KOP, "telefoon", "doelgroep"])
    assert voorbeeld.aanbod[0].gegevens["tekst"] == "Elke dinsdag.\n\nVoor: marsbewoners.\n\nTelefoon: 06 of 020."


def test_words_of_the_file_become_our_themes_and_target_groups(bekijk: Bekijk) -> None:
    kop = [*KOP, "thema", "doelgroep"]
    voorbeeld = bekijk(["1", "CIVIC", "Hulp bij schulden", "x", "Ede", "Financiën", "senioren"], kop=kop)
    assert voorbeeld.problemen == []
    assert voorbeeld.aanbod[0].gegevens["themas"] == ["geld", "schulden"]
    assert voorbeeld.aanbod[0].gegevens["doelgroepen"] == ["ouderen"]


def test_a_missing_place_is_filled_from_the_postcode(bekijk: Bekijk) -> None:
    voorbeeld = bekijk(["1", "Huis", "Eten", "x", "", "3511 ab"], kop=[*KOP, "postcode"])
    assert voorbeeld.aanbod[0].gegevens["locatie"] == {
        "straat": "",
        "postcode": "3511 AB",
        "plaats": "Utrecht",
        "pc4": "3511",
    }
    assert [p.melding for p in voorbeeld.problemen] == ["De plaats ontbrak. Bij deze postcode hoort Utrecht."]


def test_a_place_that_is_not_known_keeps_its_name(bekijk: Bekijk) -> None:
    voorbeeld = bekijk(["1", "Huis", "Eten", "x", "Qqxzwv"])
    assert [p.melding for p in voorbeeld.problemen] == [
        "Deze plaats kennen wij niet. De vermelding komt niet op de kaart."
    ]
    assert voorbeeld.aanbod[0].gegevens["locatie"]["plaats"] == "Qqxzwv"


@pytest.mark.parametrize(
    ("tekst", "lengte", "kort"),
    [("kort", 10, "kort"), ("een twee drie vier", 12, "een twee…"), ("aaaaaaaaaaaaaaa", 10, "aaaaaaaaa…")],
)
def test_a_long_text_is_cut_after_a_word(tekst: str, lengte: int, kort: str) -> None:
    assert kort_af(tekst, lengte) == kort
