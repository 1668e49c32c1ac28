"""Real threads on the real database: two people who do something with each other at the same moment."""

from functools import partial

import pytest

from netwerk.actions.contacten import contact, introduceren, uitnodigen
from netwerk.actions.contacten.basis import ContactFout
from netwerk.actions.contacten.blokkeren import blokkeer
from netwerk.actions.contacten.signalen import meld
from netwerk.actions.post import PostFout, antwoord, schrijf
from netwerk.models import Blokkade, Contact, Kennisgeving, Postbericht, Postdraad, Signaal
from tests.fabriek import maak_contact, maak_professional
from tests.tegelijk import tegelijk as tegelijk_met

pytestmark = pytest.mark.django_db(transaction=True)


tegelijk = partial(tegelijk_met, weigert=(ContactFout, PostFout))


@pytest.mark.parametrize("ronde", range(3))
def test_twee_vragen_elkaar_tegelijk(ronde: int) -> None:
    een, ander = maak_professional(), maak_professional()
    assert tegelijk(partial(contact.vraag, door=een, aan=ander), partial(contact.vraag, door=ander, aan=een)) == [
        "gelukt",
        "gelukt",
    ]
    assert Contact.objects.get().status == Contact.Status.BEVESTIGD


def test_een_vraag_vaak_tegelijk_gesteld_is_een_vraag_en_een_woord() -> None:
    een, ander = maak_professional(), maak_professional()
    assert tegelijk(*[partial(contact.vraag, door=een, aan=ander)] * 5) == ["gelukt"] * 5
    assert Contact.objects.count() == 1
    assert Kennisgeving.objects.count() == 1


@pytest.mark.parametrize("ronde", range(3))
def test_ja_zeggen_en_intrekken_tegelijk(ronde: int) -> None:
    een, ander = maak_professional(), maak_professional()
    contact.vraag(door=een, aan=ander)
    uitkomst = tegelijk(
        partial(contact.antwoord, van=een, door=ander, ja=True), partial(contact.trek_in, door=een, aan=ander)
    )
    assert uitkomst in (["gelukt", "gelukt"], ["gelukt", "geweigerd"])
    # Either the question went first, or the contact stands.
    assert Contact.objects.count() == (1 if uitkomst == ["gelukt", "gelukt"] else 0)


@pytest.mark.parametrize("ronde", range(3))
def test_vragen_en_blokkeren_tegelijk_laat_geen_contact_over(ronde: int) -> None:
    een, ander = maak_professional(), maak_professional()
    tegelijk(partial(contact.vraag, door=een, aan=ander), partial(blokkeer, door=ander, wie=een))
    assert Blokkade.objects.count() == 1
    assert not Contact.objects.exists()
    assert not Kennisgeving.objects.filter(ontvanger=ander.gebruiker).exists()


def test_twee_blokkeren_elkaar_tegelijk() -> None:
    een, ander = maak_professional(), maak_professional()
    assert tegelijk(partial(blokkeer, door=een, wie=ander), partial(blokkeer, door=ander, wie=een)) == ["gelukt"] * 2
    assert Blokkade.objects.count() == 2


def test_een_uitnodiging_door_twee_tabbladen_tegelijk() -> None:
    een, ander = maak_professional(), maak_professional()
    uitnodiging = uitnodigen.nodig_uit(door=een, email=ander.gebruiker.email)
    doe = partial(uitnodigen.aanvaard, uitnodiging=uitnodiging, door=ander)
    assert tegelijk(doe, doe, doe) == ["gelukt", "geweigerd", "geweigerd"]
    assert Contact.objects.count() == 1
    assert Kennisgeving.objects.count() == 1


def test_een_persoonlijke_link_wordt_niet_dubbel_gemaakt() -> None:
    een = maak_professional()
    assert tegelijk(*[partial(uitnodigen.persoonlijke_link, door=een)] * 4) == ["gelukt"] * 4
    assert een.contactuitnodigingen.count() == 1


def test_introductie_tegelijk_doorgeven_en_laten_rusten() -> None:
    anna, bram, cleo = maak_professional(), maak_professional(), maak_professional()
    maak_contact(anna, bram)
    maak_contact(bram, cleo)
    rij = introduceren.vraag_introductie(door=anna, via=bram, doel=cleo, regel="Dag")
    assert tegelijk(
        partial(introduceren.geef_door, introductie=rij, regel=""), partial(introduceren.laat_rusten, introductie=rij)
    ) == ["gelukt", "geweigerd"]


def test_tegelijk_melden_is_een_melding() -> None:
    een, ander = maak_professional(), maak_professional()
    doe = partial(meld, door=een, wat="mens", sleutel=ander.pk, over=ander, reden="onveilig", tekst="Help.")
    assert tegelijk(doe, doe, doe) == ["gelukt"] * 3
    assert Signaal.objects.get().tekst == "Help."


def test_tegelijk_schrijven_geeft_elke_brief_een_nummer() -> None:
    een, ander = maak_professional(), maak_professional()
    maak_contact(een, ander)
    draad = schrijf(van=een, aan=ander, onderwerp="Dag", tekst="Een.")
    assert (
        tegelijk(
            *[partial(antwoord, draad=draad, door=wie, tekst=f"Brief {i}") for i, wie in enumerate([een, ander] * 3)]
        )
        == ["gelukt"] * 6
    )
    assert list(Postbericht.objects.order_by("nummer").values_list("nummer", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    draad.refresh_from_db()
    assert draad.laatste_nummer == 7


def test_twee_keer_op_de_knop_is_een_brief() -> None:
    een, ander = maak_professional(), maak_professional()
    maak_contact(een, ander)
    assert tegelijk(*[partial(schrijf, van=een, aan=ander, onderwerp="Dag", tekst="Hallo.")] * 3) == ["gelukt"] * 3
    draad = Postdraad.objects.get()
    assert tegelijk(*[partial(antwoord, draad=draad, door=ander, tekst="Ook hallo.")] * 3) == ["gelukt"] * 3
    assert Postbericht.objects.count() == 2


def test_schrijven_en_blokkeren_tegelijk() -> None:
    een, ander = maak_professional(), maak_professional(post_van=2)
    uitkomst = tegelijk(
        partial(schrijf, van=een, aan=ander, onderwerp="Dag", tekst="Hallo."), partial(blokkeer, door=ander, wie=een)
    )
    assert uitkomst in (["gelukt", "gelukt"], ["gelukt", "geweigerd"])
    assert Blokkade.objects.count() == 1
    # Whichever came first: word of the letter of a blocked person is not there.
    assert not Kennisgeving.objects.filter(ontvanger=ander.gebruiker).exists()
