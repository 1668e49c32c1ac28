"""Rows of the parts of an organisation, from their plans; not saved."""

from organisaties.demo.vormen import Dienstplan, Locatieplan
from organisaties.demo.weken import Slot, Uitzondering
from organisaties.models import Dienst, Locatie, Openingstijd, Openingsuitzondering, Organisatie
from welzijnportal.geo.rd import naar_rd


def maak_locatie(organisatie: Organisatie, deel: Locatieplan, volgorde: int) -> Locatie:
    return Locatie(
        organisatie=organisatie,
        naam=deel.naam,
        straat=deel.straat,
        postcode=deel.postcode,
        plaats=deel.plek.plaats,
        gemeente_id=deel.plek.gemeente,
        breedtegraad=deel.breedtegraad,
        lengtegraad=deel.lengtegraad,
        punt=naar_rd(deel.breedtegraad, deel.lengtegraad),
        telefoon=deel.telefoon,
        toegankelijkheid=deel.toegankelijkheid,
        toelichting=deel.toelichting,
        is_geheim=deel.is_geheim,
        volgorde=volgorde,
    )


def maak_dienst(organisatie: Organisatie, deel: Dienstplan, volgorde: int) -> Dienst:
    via_formulier = "formulier" in deel.aanmelden
    return Dienst(
        organisatie=organisatie,
        naam=deel.naam,
        tekst=deel.tekst,
        leeftijd_van=deel.leeftijd[0],
        leeftijd_tot_en_met=deel.leeftijd[1],
        is_gratis=deel.is_gratis,
        kosten=deel.kosten,
        bedrag=deel.bedrag,
        aanmelden_via=deel.aanmelden,
        aanmeldlink=f"{organisatie.website}/aanmelden" if via_formulier else "",
        wachttijd=deel.wachttijd,
        talen=deel.talen,
        volgorde=volgorde,
    )


def maak_tijd(slot: Slot, *, locatie: Locatie | None = None, dienst: Dienst | None = None) -> Openingstijd:
    return Openingstijd(
        locatie=locatie, dienst=dienst, dag=slot.dag, van=slot.van, tot=slot.tot, is_op_afspraak=slot.is_op_afspraak
    )


def maak_uitzondering(anders: Uitzondering, locatie: Locatie) -> Openingsuitzondering:
    return Openingsuitzondering(
        locatie=locatie,
        van_datum=anders.van_datum,
        tot_en_met_datum=anders.tot_en_met_datum,
        is_gesloten=anders.van is None,
        van=anders.van,
        tot=anders.tot,
        reden=anders.reden,
    )
