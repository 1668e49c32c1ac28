"""What is said by mail about listings, and to whom."""

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from organisaties.keuzes import Versheidsstap
from organisaties.models import (
    Correctie,
    Melding,
    NietVermelding,
    Organisatie,
    Overname,
    Verbinding,
    Voorspraak,
    Wijzigingsverzoek,
)
from organisaties.models.beheer import Rol
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.http import volledige_url
from welzijnportal.mail import opstellen, verstuur


def adressen_van(organisatie: Organisatie) -> list[str]:
    """The people who keep the listing."""
    return list(
        organisatie.beheer.filter(gebruiker__is_active=True).values_list("gebruiker__email", flat=True).order_by("pk")
    )


def _moderatoren() -> list[str]:
    staf = get_user_model().objects.filter(is_staff=True, is_active=True)
    return [gebruiker.email for gebruiker in staf if gebruiker.has_perm("organisaties.change_organisatie")]


def _context(organisatie: Organisatie, **extra: object) -> dict[str, object]:
    return {
        "organisatie": organisatie,
        "link": volledige_url(organisatie.get_absolute_url()),
        "wijzigen_link": volledige_url(reverse("organisaties:wijzigen", args=[organisatie.slug])),
        **extra,
    }


def meld_ingediend(organisatie: Organisatie) -> None:
    verstuur("organisatie_ingediend", aan=adressen_van(organisatie), context=_context(organisatie))
    beheer = volledige_url(reverse("admin:organisaties_organisatie_beoordelen", args=[organisatie.pk]))
    verstuur("moderator_nieuw", aan=_moderatoren(), context=_context(organisatie, beheer_link=beheer))


def meld_gepubliceerd(organisatie: Organisatie) -> None:
    verstuur("organisatie_gepubliceerd", aan=adressen_van(organisatie), context=_context(organisatie))


def meld_teruggestuurd(organisatie: Organisatie) -> None:
    verstuur("organisatie_teruggestuurd", aan=adressen_van(organisatie), context=_context(organisatie))


def meld_gearchiveerd(organisatie: Organisatie, reden: str) -> None:
    verstuur("organisatie_gearchiveerd", aan=adressen_van(organisatie), context=_context(organisatie, reden=reden))


def meld_wijzigingsverzoek_beoordeeld(verzoek: Wijzigingsverzoek) -> None:
    verstuur(
        "wijzigingsverzoek_beoordeeld",
        aan=adressen_van(verzoek.organisatie),
        context=_context(verzoek.organisatie, verzoek=verzoek),
    )


def meld_melding(melding: Melding) -> None:
    """To the beheerders and to the desk; the visitor's address goes to the desk alone."""
    context = _context(melding.organisatie, melding=melding)
    verstuur("melding", aan=adressen_van(melding.organisatie), context=context)
    verstuur("melding", aan=settings.CONTACT_EMAIL, context=context, antwoord_aan=melding.email)


def meld_correctie(correctie: Correctie) -> None:
    """To who keeps the listing, or else to the moderators; never with the visitor's address."""
    organisatie = correctie.organisatie
    aan, link = adressen_van(organisatie), reverse("organisaties:correcties", args=[organisatie.slug])
    if not aan:
        aan, link = _moderatoren(), reverse("admin:organisaties_correctie_wachtrij")
    context = _context(organisatie, correctie=correctie, correcties_link=volledige_url(link))
    verstuur("correctie_nieuw", aan=aan, context=context)


def meld_correctie_besloten(correctie: Correctie, *, wacht: bool) -> None:
    """To the sender, if they left an address; without what they wrote, for the address was never confirmed."""
    if correctie.email:
        context = _context(correctie.organisatie, correctie=correctie, wacht=wacht)
        verstuur("correctie_besloten", aan=correctie.email, context=context)


def meld_eindoordeel(correctie: Correctie, *, is_doorgevoerd: bool) -> None:
    """To the sender whose proposal the organisation took over and a moderator has decided on now."""
    if correctie.email:
        context = _context(correctie.organisatie, correctie=correctie, is_doorgevoerd=is_doorgevoerd)
        verstuur("correctie_eindoordeel", aan=correctie.email, context=context)


def meld_voorspraak(voorspraak: Voorspraak) -> None:
    context = _context(voorspraak.organisatie, voorspraak=voorspraak)
    verstuur("voorspraak", aan=adressen_van(voorspraak.organisatie), context=context)


def meld_partnervraag(verbinding: Verbinding) -> None:
    """To those who may answer: the beheerders of the organisation that is asked."""
    verstuur("partner_vraag", aan=_beheerders_van(verbinding.naar), context=_partners(verbinding, verbinding.naar))


def meld_partnerantwoord(verbinding: Verbinding) -> None:
    verstuur("partner_antwoord", aan=_beheerders_van(verbinding.van), context=_partners(verbinding, verbinding.van))


def _beheerders_van(organisatie: Organisatie) -> list[str]:
    rollen = organisatie.beheer.filter(gebruiker__is_active=True, rol=Rol.BEHEERDER).order_by("pk")
    return list(rollen.values_list("gebruiker__email", flat=True))


def _partners(verbinding: Verbinding, organisatie: Organisatie) -> dict[str, object]:
    link = volledige_url(reverse("organisaties:partners", args=[organisatie.slug]))
    return _context(organisatie, verbinding=verbinding, partners_link=link)


def meld_uitnodiging(
    *, email: str, organisatie: Organisatie, rol: str, link: str, door: str, is_opvolging: bool = False
) -> None:
    context = _context(organisatie, rol=rol, uitnodiging_link=link, door=door)
    verstuur("uitnodiging_opvolger" if is_opvolging else "uitnodiging_beheer", aan=email, context=context)


def meld_aanmelding_bevestigen(*, email: str, organisatie: Organisatie, code: str, link: str) -> None:
    """The link goes to the confirming page: there is no beheerder yet who could open the editor."""
    verstuur("aanmelding_bevestigen", aan=email, context={"organisatie": organisatie, "code": code, "link": link})


def meld_doorgegeven(*, email: str, namen: list[str], link: str, tot_op: datetime) -> None:
    """To an address that a visitor typed: names of listings and the link, and nothing that the visitor wrote."""
    verstuur("doorgegeven", aan=email, context={"namen": namen, "link": link, "tot_op": tot_op})


def meld_samengevoegd(*, aan: list[str], blijver: Organisatie, naam: str) -> None:
    verstuur("samengevoegd", aan=aan, context=_context(blijver, naam=naam))


def meld_weer_apart(*, aan: list[str], een: Organisatie, ander: Organisatie) -> None:
    verstuur("weer_apart", aan=aan, context={"een": een, "ander": ander})


VERSHEIDSMAIL = {
    Versheidsstap.GEVRAAGD: "versheid_vraag",
    Versheidsstap.HERINNERD: "versheid_herinnering",
    Versheidsstap.OPNIEUW_HERINNERD: "versheid_herinnering",
    Versheidsstap.GEWAARSCHUWD: "versheid_waarschuwing",
    Versheidsstap.GEARCHIVEERD: "versheid_gearchiveerd",
}


def stel_versheidsvraag_op(
    organisatie: Organisatie, stap: Versheidsstap, *, email: str, naam: str, link: str, archief_op: date
) -> dict[str, str]:
    """Return the mail of this step to one beheerder; the link confirms the listing without logging in."""
    is_laatste = stap == Versheidsstap.OPNIEUW_HERINNERD
    context = _context(
        organisatie, naam=naam, bevestigen_link=link, archief_op=archief_op, is_laatste_herinnering=is_laatste
    )
    onderwerp, tekst = opstellen(VERSHEIDSMAIL[stap], context)
    return {"aan": email, "onderwerp": onderwerp, "tekst": tekst}


def meld_overgenomen(overname: Overname) -> None:
    """To the organisation's general address: somebody with an address on its domain keeps the listing now."""
    organisatie = overname.organisatie
    if organisatie.email:
        context = _context(organisatie, domein=organisatie.webdomein)
        verstuur("overgenomen", aan=organisatie.email, context=context)


def meld_overname_aan_beheerders(overname: Overname) -> None:
    organisatie = overname.organisatie
    reactie = volledige_url(reverse("organisaties:overname", args=[organisatie.slug, overname.pk]))
    aan = list(
        organisatie.beheer.filter(gebruiker__is_active=True, rol="beheerder").values_list("gebruiker__email", flat=True)
    )
    context = _context(organisatie, overname=overname, reactie_link=reactie)
    verstuur("overname_beheerders", aan=aan or adressen_van(organisatie), context=context)


def meld_overname_aan_moderatoren(overname: Overname) -> None:
    beheer = volledige_url(reverse("admin:organisaties_overname_wachtrij"))
    context = _context(overname.organisatie, overname=overname, beheer_link=beheer)
    verstuur("overname_moderator", aan=_moderatoren(), context=context)


def meld_overname_besloten(overname: Overname) -> None:
    verstuur(
        "overname_besloten", aan=overname.gebruiker.email, context=_context(overname.organisatie, overname=overname)
    )


def meld_rol(*, gebruiker: Gebruiker, organisatie: Organisatie, rol: str) -> None:
    """To a person whose role became another, or ended ('')."""
    verstuur("rol_gewijzigd", aan=gebruiker.email, context=_context(organisatie, rol=rol))


def meld_opgevolgd(*, organisatie: Organisatie, van: Gebruiker, naar: Gebruiker) -> None:
    """To who left and to who took over, in one step."""
    for aan in (van, naar):
        verstuur("opgevolgd", aan=aan.email, context=_context(organisatie, van=van, naar=naar, is_nieuw=aan == naar))


def meld_zonder_beheerder(organisatie: Organisatie) -> None:
    """To the organisation's general address, when nobody keeps its listing any more."""
    if organisatie.email:
        link = volledige_url(reverse("organisaties:overnemen", args=[organisatie.slug]))
        verstuur("zonder_beheerder", aan=organisatie.email, context=_context(organisatie, overnemen_link=link))


def meld_niet_vermelden_bevestigen(verzoek: NietVermelding, *, link: str) -> None:
    """To an address of the organisation; it holds the link and nothing that a visitor typed."""
    verstuur("niet_vermelden_bevestigen", aan=verzoek.email, context={"naam": verzoek.naam, "bevestig_link": link})


def meld_niet_vermelden_gevraagd(verzoek: NietVermelding) -> None:
    """To who keeps the listing, without the address of the asker, and to the moderators."""
    if verzoek.organisatie:
        context = _context(verzoek.organisatie, verzoek=verzoek)
        verstuur("niet_vermelden_beheerders", aan=adressen_van(verzoek.organisatie), context=context)
    beheer = volledige_url(reverse("admin:organisaties_nietvermelding_wachtrij"))
    verstuur("niet_vermelden_moderator", aan=_moderatoren(), context={"naam": verzoek.naam, "beheer_link": beheer})


def meld_niet_vermelden_besloten(verzoek: NietVermelding) -> None:
    if verzoek.email:
        is_akkoord = verzoek.status == NietVermelding.Status.ACTIEF
        context = {"naam": verzoek.naam, "is_akkoord": is_akkoord}
        verstuur("niet_vermelden_besloten", aan=verzoek.email, context=context)
