import time

import pytest

from organisaties.zoeken import Zoekvraag, stel_voor, ververs, zoek
from tests.fabriek import maak_organisatie

pytestmark = pytest.mark.django_db

VIJANDIG = [
    "",
    " ",
    "\x00",
    "hulp\x00bij",
    "'",
    "''''",
    "\\",
    "a' & 'b | !c:*",
    "hulp:A <-> (schulden",
    "%_%",
    ".*(a+)+$",
    "'; DROP TABLE organisaties_organisatie; --",
    "{{ 7*7 }} <script>alert(1)</script>",
    "😀👩‍👩‍👧",
    "مساعدة שלום",
    "\u202egnipo\u202c",
    "ﬁets ⅷ ²",
    "-" * 300,
    "hulp " * 5000,
    "a" * 1_000_000,
    "zwemles " * 3 + "x" * 500,
    "@t:geld ~help +les @",
    "65+ 24/7 3,5",
]


@pytest.mark.parametrize("tekst", VIJANDIG, ids=[repr(tekst[:20]) for tekst in VIJANDIG])
def test_zoeken_leest_elke_invoer_als_gewone_tekst_en_blijft_snel(tekst: str) -> None:
    organisatie = maak_organisatie(naam="Hulp bij schulden")
    ververs([organisatie.pk])
    begin = time.monotonic()
    resultaat = zoek(Zoekvraag(tekst=tekst, themas=(tekst[:60],) if "\x00" not in tekst else (), soort=""))
    assert set(resultaat.ids) <= {organisatie.pk}
    zoek(Zoekvraag(tekst=tekst))
    stel_voor(tekst)
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize("tekst", VIJANDIG[2:], ids=[repr(tekst[:20]) for tekst in VIJANDIG[2:]])
def test_vermelding_met_vreemde_tekst_komt_in_de_index(tekst: str) -> None:
    schoon = tekst.replace("\x00", "")[:10_000]
    organisatie = maak_organisatie(naam=schoon[:120] or "x", tekst=schoon)
    ververs([organisatie.pk])
    assert zoek(Zoekvraag()).ids == [organisatie.pk]


def test_filter_met_aanhalingstekens_vindt_niets() -> None:
    ververs([maak_organisatie().pk])
    for slecht in ("'", "a'b", "x' | '@", "\\'", "😀"):
        assert zoek(Zoekvraag(themas=(slecht,))).totaal == 0
        assert zoek(Zoekvraag(gemeente=slecht)).totaal == 0
        assert zoek(Zoekvraag(soort=slecht)).totaal == 0
