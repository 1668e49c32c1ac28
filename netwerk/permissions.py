"""Who may see and do what among peers; predicates without writes."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from netwerk.keuzes import Lidstatus, Plaatsing, Rol, Toelating, Voor, Zicht
from netwerk.models import (
    Blokkade,
    Contact,
    Gesprek,
    Kaartschrijver,
    Lidmaatschap,
    Netwerk,
    Postdraad,
    Praktijkkaart,
    Professional,
    Reactie,
    Vraagverzoek,
)
from netwerk.models.weten import is_vraag_te_stellen
from organisaties.models import Beheer
from welzijnportal.accounts.models import Gebruiker

Wie = Gebruiker | AnonymousUser


def is_moderator(gebruiker: Wie) -> bool:
    return isinstance(gebruiker, Gebruiker) and gebruiker.is_staff and gebruiker.has_perm("netwerk.change_netwerk")


def is_geblokkeerd(een: Professional | None, ander: Professional | None) -> bool:
    """Whether either of the two blocked the other."""
    if een is None or ander is None or een.pk == ander.pk:
        return False
    paar = [een.pk, ander.pk]
    return Blokkade.objects.filter(door__in=paar, geblokkeerd__in=paar).exists()


def zijn_contacten(een: Professional | None, ander: Professional) -> bool:
    return een is not None and Contact.objects.tussen(een, ander).bevestigd().exists()


def kijkniveau(kijker: Professional | None, professional: Professional) -> Voor:
    """Return how near a viewer is to a person: the person self, a contact, a member of the portal, or anybody.

    A field is shown when what stands in its ``…_voor`` is at least this.
    """
    if kijker is None:
        return Voor.IEDEREEN
    if kijker.pk == professional.pk:
        return Voor.NIEMAND
    return Voor.CONTACTEN if zijn_contacten(kijker, professional) else Voor.LEDEN


def ziet_veld(niveau: Voor, professional: Professional, veld: str) -> bool:
    """Tell whether a viewer of this level sees a field of ``VELDEN``; AttributeError for a field that is none."""
    return bool(getattr(professional, f"{veld}_voor") >= niveau)


def mag_profiel_zien(kijker: Professional | None, professional: Professional) -> bool:
    """May open the page of a person: self, or one whom the person wants to be found by and who is not blocked."""
    if kijker is not None and kijker.pk == professional.pk:
        return True
    if not professional.gebruiker.is_active or is_geblokkeerd(kijker, professional):
        return False
    return professional.vindbaar_voor >= kijkniveau(kijker, professional)


def mag_post_sturen(kijker: Professional | None, aan: Professional, *, is_contact: bool) -> bool:
    """May begin private post to somebody: as the receiver chose, and never where either blocked the other.

    Whether they are contacts is for the caller to tell, who often knows; a block is not asked here.
    """
    if kijker is None or kijker.pk == aan.pk:
        return False
    return aan.post_van >= (Voor.CONTACTEN if is_contact else Voor.LEDEN)


def lidmaatschap_van(professional: Professional | None, netwerk: Netwerk) -> Lidmaatschap | None:
    """Return the row of a member, or None for who is not (any more) a member."""
    if professional is None:
        return None
    return Lidmaatschap.objects.filter(netwerk=netwerk, professional=professional, status=Lidstatus.LID).first()


def _ziet(zicht: int, kijker: Professional | None, lid: Any) -> bool:
    return zicht == Zicht.PUBLIEK or (kijker is not None and zicht == Zicht.PORTAAL) or lid is not None


def mag_netwerk_zien(kijker: Professional | None, netwerk: Netwerk, lid: Lidmaatschap | None) -> bool:
    return netwerk.is_levend and _ziet(netwerk.zicht_pagina, kijker, lid)


def mag_leden_zien(kijker: Professional | None, netwerk: Netwerk, lid: Lidmaatschap | None) -> bool:
    return netwerk.is_levend and _ziet(netwerk.zicht_leden, kijker, lid)


def mag_netwerk_voorstellen(professional: Professional | None) -> bool:
    """May propose a network: somebody of whom an organisation or a moderator says that they work where they say."""
    return professional is not None and professional.is_bevestigd


def mag_netwerk_beheren(netwerk: Netwerk, lid: Lidmaatschap | None) -> bool:
    """May change the network, let people in and out, give roles; ``lid`` is who asks."""
    return netwerk.is_levend and lid is not None and lid.status == Lidstatus.LID and lid.rol == Rol.BEHEERDER


def mag_lid_worden(kijker: Professional | None, netwerk: Netwerk, lid: Lidmaatschap | None) -> bool:
    """May join or ask to join by the page itself, without an invitation."""
    return kijker is not None and lid is None and netwerk.is_levend and netwerk.toelating != Toelating.UITNODIGING


def mag_gesprek_lezen(kijker: Professional | None, gesprek: Gesprek, lid: Lidmaatschap | None) -> bool:
    """May read a conversation; ``lid`` is the viewer's place in its network. A draft is its author's alone."""
    is_auteur = kijker is not None and gesprek.auteur_id == kijker.pk
    if gesprek.plaatsing == Plaatsing.CONCEPT:
        return is_auteur
    return gesprek.plaatsing == Plaatsing.GEPLAATST and _ziet_plek(kijker, gesprek, lid)


def mag_reacties_lezen(kijker: Professional | None, gesprek: Gesprek, lid: Lidmaatschap | None) -> bool:
    """May read what others wrote in a conversation, also after its author took the own text away."""
    if gesprek.plaatsing == Plaatsing.INGETROKKEN:
        return _ziet_plek(kijker, gesprek, lid)
    return mag_gesprek_lezen(kijker, gesprek, lid)


def _ziet_plek(kijker: Professional | None, gesprek: Gesprek, lid: Lidmaatschap | None) -> bool:
    is_levend = gesprek.netwerk is None or gesprek.netwerk.is_levend
    return is_levend and _ziet(gesprek.zicht, kijker, lid)


def mag_reageren(kijker: Professional | None, gesprek: Gesprek, lid: Lidmaatschap | None) -> bool:
    """May reply: in a network its members, below an article without one every member of the portal."""
    if kijker is None or gesprek.is_gesloten or not mag_gesprek_lezen(kijker, gesprek, lid):
        return False
    return gesprek.plaatsing == Plaatsing.GEPLAATST and (gesprek.netwerk_id is None or lid is not None)


def mag_gesprek_wijzigen(kijker: Professional | None, gesprek: Gesprek) -> bool:
    """May change the text: its author, as long as it stands or is a draft."""
    return (
        kijker is not None
        and gesprek.auteur_id == kijker.pk
        and gesprek.plaatsing in (Plaatsing.CONCEPT, Plaatsing.GEPLAATST)
    )


def mag_gesprek_leiden(gesprek: Gesprek, lid: Lidmaatschap | None) -> bool:
    """May pin, close and hide: a beheerder of its network."""
    return gesprek.netwerk is not None and mag_netwerk_beheren(gesprek.netwerk, lid)


def mag_reactie_wijzigen(kijker: Professional | None, reactie: Reactie) -> bool:
    return kijker is not None and reactie.auteur_id == kijker.pk and reactie.plaatsing == Plaatsing.GEPLAATST


def mag_vraag_rondsturen(kijker: Professional | None, gesprek: Gesprek) -> bool:
    """May let a question go to peers who may know: its asker, as long as it has no answer."""
    return kijker is not None and gesprek.auteur_id == kijker.pk and is_vraag_te_stellen(gesprek)


def mag_vraag_beantwoorden(kijker: Professional | None, verzoek: Vraagverzoek, lid: Lidmaatschap | None) -> bool:
    """May answer a question that was put to them, also without being a member of its network."""
    gesprek = verzoek.gesprek
    return (
        kijker is not None
        and verzoek.professional_id == kijker.pk
        and not gesprek.is_gesloten
        and mag_gesprek_lezen(kijker, gesprek, lid)
        and not is_geblokkeerd(kijker, gesprek.auteur)
    )


def mag_kaart_lezen(kijker: Professional | None, kaart: Praktijkkaart, lid: Lidmaatschap | None) -> bool:
    """May read a card; ``lid`` is the viewer's place in its network."""
    if kaart.plaatsing != Plaatsing.GEPLAATST or (kaart.netwerk is not None and not kaart.netwerk.is_levend):
        return False
    return _ziet(kaart.zicht, kijker, lid)


def mag_kaart_maken(kijker: Professional | None, gesprek: Gesprek, lid: Lidmaatschap | None) -> bool:
    """May make a card of an answer: who asked, who answered, or a beheerder of the network."""
    antwoord = gesprek.antwoord
    if kijker is None or antwoord is None or antwoord.plaatsing != Plaatsing.GEPLAATST:
        return False
    if not mag_gesprek_lezen(kijker, gesprek, lid):
        return False
    return kijker.pk in (gesprek.auteur_id, antwoord.auteur_id) or mag_gesprek_leiden(gesprek, lid)


def mag_kaart_wijzigen(
    kijker: Professional | None, kaart: Praktijkkaart, schrijver: Kaartschrijver | None, lid: Lidmaatschap | None
) -> bool:
    """May change and withdraw a card: those whose words are in it, and the beheerders of its network."""
    if kijker is None or not mag_kaart_lezen(kijker, kaart, lid):
        return False
    if schrijver is not None and schrijver.professional_id == kijker.pk:
        return True
    return kaart.netwerk is not None and mag_netwerk_beheren(kaart.netwerk, lid)


def is_van_zijde(professional: Professional, draad: Postdraad) -> bool:
    """Whether somebody is on one of the two sides of a thread; of an organisation those who keep its listing."""
    if professional.pk in (draad.van_id, draad.aan_id):
        return True
    return (
        draad.aan_organisatie_id is not None
        and Beheer.objects.filter(organisatie=draad.aan_organisatie_id, gebruiker=professional.gebruiker_id).exists()
    )
