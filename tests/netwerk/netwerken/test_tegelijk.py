"""Real threads on the real database: who comes, goes and changes role at the same moment."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from netwerk.actions.gesprekken.plaatsen import plaats, reageer
from netwerk.actions.netwerken import leden as acties
from netwerk.actions.netwerken import uitnodigen
from netwerk.actions.netwerken.basis import NetwerkFout
from netwerk.actions.netwerken.voorstellen import keur_goed, stel_voor
from netwerk.actions.netwerken.wijzigen import wijzig
from netwerk.keuzes import Lidstatus, Rol, Toelating, Zicht
from netwerk.models import Gesprek, Lidmaatschap, Netwerk, Netwerkuitnodiging, Professional
from tests.fabriek import maak_gebruiker, maak_gesprek, maak_lid, maak_netwerk, maak_professional
from tests.tegelijk import tegelijk as tegelijk_met
from welzijnportal import privacy

pytestmark = pytest.mark.django_db(transaction=True)


def tegelijk(doen: list[Callable[[], Any]]) -> list[str]:
    return tegelijk_met(*doen, weigert=(NetwerkFout,))


def leden(netwerk: Netwerk) -> int:
    return Lidmaatschap.objects.leden().filter(netwerk=netwerk).count()


def beheerders(netwerk: Netwerk) -> int:
    return Lidmaatschap.objects.beheerders().filter(netwerk=netwerk).count()


def geteld(netwerk: Netwerk) -> int:
    netwerk.refresh_from_db()
    return netwerk.aantal_leden


@pytest.mark.parametrize("ronde", range(3))
def test_van_alle_beheerders_die_tegelijk_stoppen_blijft_er_een(ronde: int) -> None:
    mensen = [maak_professional() for _ in range(5)]
    netwerk = maak_netwerk(beheerder=mensen[0])
    for mens in mensen[1:]:
        maak_lid(netwerk, mens, rol=Rol.BEHEERDER)
    rijen = {rij.professional_id: rij for rij in Lidmaatschap.objects.select_related("netwerk")}
    doen: list[Callable[[], Any]] = [partial(acties.verlaat, netwerk=netwerk, door=mens) for mens in mensen[:3]]
    doen += [partial(acties.wijzig_rol, lid=rijen[mens.pk], rol=Rol.LID, door=mens) for mens in mensen[3:]]
    assert tegelijk(doen) == ["gelukt"] * 4 + ["geweigerd"]
    assert beheerders(netwerk) == 1
    assert geteld(netwerk) == leden(netwerk)


def test_twee_beheerders_zetten_elkaar_tegelijk_terug() -> None:
    een, ander = maak_professional(), maak_professional()
    netwerk = maak_netwerk(beheerder=een)
    rij_ander = maak_lid(netwerk, ander, rol=Rol.BEHEERDER)
    rij_een = Lidmaatschap.objects.get(professional=een)
    doen: list[Callable[[], Any]] = [
        lambda: acties.wijzig_rol(lid=rij_ander, rol=Rol.LID, door=een),
        lambda: acties.wijzig_rol(lid=rij_een, rol=Rol.LID, door=ander),
    ]
    assert tegelijk(doen) == ["gelukt", "geweigerd"]
    assert beheerders(netwerk) == 1


def test_een_aanvraag_die_twee_beheerders_tegelijk_toelaten_telt_een_keer() -> None:
    een, ander = maak_professional(), maak_professional()
    netwerk = maak_netwerk(beheerder=een, toelating=Toelating.AANVRAAG)
    maak_lid(netwerk, ander, rol=Rol.BEHEERDER)
    rij = maak_lid(netwerk, status=Lidstatus.AANGEVRAAGD)
    doen: list[Callable[[], Any]] = [partial(acties.beslis, lid=rij, ja=True, door=door) for door in (een, ander) * 2]
    assert tegelijk(doen) == ["gelukt"] + ["geweigerd"] * 3
    assert geteld(netwerk) == leden(netwerk) == 3


@pytest.mark.parametrize("ronde", range(2))
def test_komen_en_gaan_door_elkaar_telt_precies(ronde: int) -> None:
    blijvers = [maak_professional() for _ in range(4)]
    netwerk = maak_netwerk(leden=tuple(blijvers))
    nieuw = [maak_professional() for _ in range(4)]
    doen: list[Callable[[], Any]] = [partial(acties.verlaat, netwerk=netwerk, door=mens) for mens in blijvers]
    doen += [partial(acties.word_lid, netwerk=netwerk, door=mens) for mens in nieuw]
    doen += [partial(acties.word_lid, netwerk=netwerk, door=nieuw[0])]
    doen += [partial(acties.verlaat, netwerk=netwerk, door=nieuw[1])]
    assert set(tegelijk(doen)) == {"gelukt"}
    assert geteld(netwerk) == leden(netwerk)
    assert leden(netwerk) in (4, 5)


@pytest.mark.parametrize("ronde", range(3))
def test_wie_weggaat_terwijl_hij_beheerder_wordt(ronde: int) -> None:
    baas, gaat = maak_professional(), maak_professional()
    netwerk = maak_netwerk(beheerder=baas, leden=(gaat,))
    rij = Lidmaatschap.objects.get(professional=gaat)
    uit = tegelijk(
        [
            lambda: acties.draag_over(aan=rij, door=baas),
            lambda: acties.verlaat(netwerk=netwerk, door=gaat),
        ]
    )
    # Either the handing over came first and the new beheerder cannot leave, or the member was gone.
    assert uit == ["gelukt", "geweigerd"]
    assert beheerders(netwerk) == 1
    assert geteld(netwerk) == leden(netwerk)


def test_twee_accounts_van_beheerders_worden_tegelijk_gewist() -> None:
    een, ander, lid = maak_professional(), maak_professional(), maak_professional(naam="Erf Genaam")
    netwerken = [maak_netwerk(beheerder=een), maak_netwerk(beheerder=ander)]
    maak_lid(netwerken[0], ander, rol=Rol.BEHEERDER)
    maak_lid(netwerken[1], een, rol=Rol.BEHEERDER)
    for netwerk in netwerken:
        maak_lid(netwerk, lid)
    doen: list[Callable[[], Any]] = [partial(privacy.wis, mens.gebruiker) for mens in (een, ander)]
    assert tegelijk(doen) == ["gelukt", "gelukt"]
    for netwerk in netwerken:
        assert [rij.professional.naam for rij in Lidmaatschap.objects.beheerders().filter(netwerk=netwerk)] == [
            "Erf Genaam"
        ]
        assert geteld(netwerk) == leden(netwerk) == 1


def test_een_uitnodiging_die_tegelijk_wordt_aangenomen_geldt_een_keer() -> None:
    baas = maak_professional()
    netwerk = maak_netwerk(beheerder=baas)
    gast = maak_professional(gebruiker=maak_gebruiker(email="gast@voorbeeld.example"), naam="Gast")
    rij = uitnodigen.nodig_uit(netwerk=netwerk, email="gast@voorbeeld.example", door=baas)
    assert tegelijk([lambda: uitnodigen.aanvaard(uitnodiging=rij, door=gast)] * 4) == ["gelukt"] + ["geweigerd"] * 3
    assert geteld(netwerk) == leden(netwerk) == 2


@pytest.mark.parametrize("ronde", range(3))
def test_aannemen_en_intrekken_tegelijk(ronde: int) -> None:
    baas = maak_professional()
    netwerk = maak_netwerk(beheerder=baas)
    gast = maak_professional(gebruiker=maak_gebruiker(email=f"gast{ronde}@voorbeeld.example"), naam="Gast")
    rij = uitnodigen.nodig_uit(netwerk=netwerk, email=f"gast{ronde}@voorbeeld.example", door=baas)
    tegelijk([lambda: uitnodigen.aanvaard(uitnodiging=rij, door=gast), lambda: uitnodigen.trek_in(uitnodiging=rij)])
    rij.refresh_from_db()
    # Never both, and in when it was used.
    assert (rij.gebruikt_op is None) != (rij.ingetrokken_op is None)
    assert leden(netwerk) == geteld(netwerk) == (2 if rij.gebruikt_op else 1)


def test_op_de_laatste_plaatsen_van_een_link_komen_er_niet_meer() -> None:
    baas = maak_professional()
    netwerk = maak_netwerk(beheerder=baas)
    link = uitnodigen.maak_link(netwerk=netwerk, naam="Zaal", door=baas, meest=3)
    mensen = [maak_professional() for _ in range(8)]
    doen: list[Callable[[], Any]] = [partial(uitnodigen.gebruik_link, link=link, door=mens) for mens in mensen]
    assert tegelijk(doen) == ["gelukt"] * 3 + ["geweigerd"] * 5
    link.refresh_from_db()
    assert (link.aantal_gebruikt, geteld(netwerk), leden(netwerk)) == (3, 4, 4)


def test_een_adres_dat_twee_beheerders_tegelijk_uitnodigen_krijgt_een_uitnodiging() -> None:
    een, ander = maak_professional(), maak_professional()
    netwerk = maak_netwerk(beheerder=een)
    maak_lid(netwerk, ander, rol=Rol.BEHEERDER)
    doen: list[Callable[[], Any]] = [
        partial(uitnodigen.nodig_uit, netwerk=netwerk, email="Gast@voorbeeld.example", door=door)
        for door in (een, ander)
    ]
    assert tegelijk(doen) == ["gelukt", "geweigerd"]
    assert Netwerkuitnodiging.objects.open().count() == 1


def test_de_dagelijkse_grens_houdt_ook_tegelijk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uitnodigen, "PER_NETWERK", 3)
    baas = maak_professional()
    netwerk = maak_netwerk(beheerder=baas)
    doen: list[Callable[[], Any]] = [
        partial(uitnodigen.nodig_uit, netwerk=netwerk, email=f"gast{nummer}@voorbeeld.example", door=baas)
        for nummer in range(6)
    ]
    assert tegelijk(doen) == ["gelukt"] * 3 + ["geweigerd"] * 3


def test_een_voorstel_dat_twee_moderatoren_tegelijk_goedkeuren_krijgt_een_beheerder() -> None:
    voorsteller = maak_professional(bevestigd=True)
    netwerk = stel_voor(door=voorsteller, velden={"naam": "Net", "doel": "Doel"})
    een, ander = maak_gebruiker(), maak_gebruiker()
    assert tegelijk([partial(keur_goed, netwerk=netwerk, door=door) for door in (een, ander)]) == [
        "gelukt",
        "geweigerd",
    ]
    assert geteld(netwerk) == leden(netwerk) == beheerders(netwerk) == 1


def test_zes_voorstellen_tegelijk_zijn_er_drie() -> None:
    mens = maak_professional(bevestigd=True)
    doen: list[Callable[[], Any]] = [lambda: stel_voor(door=mens, velden={"naam": "Net", "doel": "Doel"})] * 6
    assert tegelijk(doen) == ["gelukt"] * 3 + ["geweigerd"] * 3
    assert sorted(Netwerk.objects.values_list("slug", flat=True)) == ["net", "net-2", "net-3"]


def test_herinneringen_van_twee_rondes_tegelijk_gaan_een_keer(mailoutbox: list[Any]) -> None:
    baas = maak_professional()
    netwerk = maak_netwerk(beheerder=baas)
    uitnodigen.nodig_uit(netwerk=netwerk, email="gast@voorbeeld.example", door=baas)
    Netwerkuitnodiging.objects.update(verstuurd_op=timezone.now() - uitnodigen.HERINNEREN[0])
    mailoutbox.clear()
    assert tegelijk([uitnodigen.herinner] * 3) == ["gelukt"] * 3
    assert [mail.to for mail in mailoutbox] == [["gast@voorbeeld.example"]]
    assert Professional.objects.count() == 1


@pytest.mark.parametrize("ronde", range(3))
def test_versmallen_terwijl_anderen_schrijven_laat_niets_te_ruim(ronde: int) -> None:
    baas, schrijver = maak_professional(), maak_professional()
    netwerk = maak_netwerk(beheerder=baas, leden=(schrijver,), zicht_gesprekken=Zicht.PUBLIEK)
    staand = [maak_gesprek(netwerk, schrijver) for _ in range(3)]
    velden = {"naam": netwerk.naam, "zicht_gesprekken": Zicht.NETWERK}
    doen: list[Callable[[], Any]] = [
        partial(reageer, gesprek=gesprek, door=schrijver, tekst="Dat werkt.") for gesprek in staand
    ]
    doen += [
        partial(
            plaats,
            door=schrijver,
            netwerk=netwerk,
            velden={"soort": "vraag", "titel": f"Vraag {nummer}", "tekst": "Hoe?", "zicht": Zicht.PUBLIEK},
        )
        for nummer in range(3)
    ]
    doen.append(partial(wijzig, netwerk=netwerk, door=baas, velden=velden, verbonden={}))
    assert set(tegelijk(doen)) == {"gelukt"}
    assert set(Gesprek.objects.filter(netwerk=netwerk).values_list("zicht", flat=True)) == {Zicht.NETWERK}
    assert Gesprek.objects.filter(netwerk=netwerk).count() == 6
