"""Organisations, services, locations and services at locations as HSDS objects, basic and fully nested.

A basic object has one-to-one fields alone, as the specification's lists have; a full one has everything below it.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse

from organisaties.exports.hsds.boom import Boom
from organisaties.exports.hsds.delen import (
    gebieden,
    gevuld,
    kenmerken,
    provincienaam,
    roosters,
    talen,
    telefoons,
    toegankelijkheid,
)
from organisaties.exports.hsds.sleutels import Sleutelsoort, maak_sleutel
from organisaties.exports.hsds.taxonomie import Object, Termen
from organisaties.keuzes import AanmeldenVia, Soort
from organisaties.models.bevestiging import Bevestigingsbron, Blok
from organisaties.openingstijden import AMSTERDAM
from welzijnportal.geo.register import register
from welzijnportal.geo.zoeken import vind_plek
from welzijnportal.http import volledige_url
from welzijnportal.validators import webdomein

LICENTIE = "CC0-1.0"


def organisatie_id(boom: Boom) -> str:
    return maak_sleutel(Sleutelsoort.ORGANISATIE, boom["pk"])


@cache
def _pad_rond_slug() -> list[str]:
    """Looking an address up costs as much as half an object; all differ in their slug alone."""
    return reverse("organisaties:detail", args=["0-0"]).split("0-0")


def pagina_van(boom: Boom) -> str:
    return volledige_url(boom["slug"].join(_pad_rond_slug()))


def basis_organisatie(boom: Boom) -> Object:
    """`license` and `source` are our own: whether the organisation gave its listing free, or from where it was taken."""
    return gevuld(
        id=organisatie_id(boom),
        name=boom["naam"],
        alternate_name=boom["ook_bekend_als"],
        description="\n\n".join(deel for deel in (boom["kort"], boom["tekst"]) if deel) or boom["naam"],
        email=boom["email"],
        website=boom["website"],
        year_incorporated=boom["opgericht_jaar"],
        legal_status=Soort(boom["soort"]).label if boom["soort"] in Soort else "",
        logo=volledige_url(default_storage.url(boom["logo"])) if boom["logo"] else "",
        uri=pagina_van(boom),
        parent_organization_id=maak_sleutel(Sleutelsoort.ORGANISATIE, boom["ouder_pk"][0]) if boom["ouder_pk"] else "",
        license=LICENTIE if boom["open_data_akkoord_op"] else "",
        source="" if boom["open_data_akkoord_op"] else boom["bron"],
    )


def organisatie(boom: Boom, termen: Termen, *, diensten: str = "kort", met_locaties: bool = True) -> Object:
    """A full organisation; `diensten` is 'kort' (id and name), 'vol' or '' for none."""
    pk = boom["pk"]
    return basis_organisatie(boom) | gevuld(
        additional_websites=[
            {
                "id": maak_sleutel(Sleutelsoort.WEBADRES_ORGANISATIE, pk, nummer),
                "label": webdomein(link),
                "url": link,
            }
            for nummer, link in enumerate(boom["sociale_links"])
        ],
        phones=telefoons(Sleutelsoort.TELEFOON_ORGANISATIE, pk, boom["telefoon"]),
        contacts=[_contactpersoon(rij) for rij in boom["contactpersonen"]],
        organization_identifiers=_kenmerknummers(boom),
        attributes=kenmerken(
            (Sleutelsoort.KENMERK_ORGANISATIE_THEMA, Sleutelsoort.KENMERK_ORGANISATIE_DOELGROEP),
            pk,
            boom,
            termen,
            "organization",
        ),
        locations=[locatie(boom, rij) for rij in boom["locaties"]] if met_locaties else [],
        services=[
            dienst(boom, rij, termen, met_organisatie=False)
            if diensten == "vol"
            else {"id": dienst_id(rij), "name": rij["naam"], "status": "active"}
            for rij in (boom["diensten"] if diensten else ())
        ],
    )


def _kenmerknummers(boom: Boom) -> list[Object]:
    """KvK by its scheme at org-id.guide; the RSIN has none there."""
    return [
        gevuld(id=maak_sleutel(soort, boom["pk"]), identifier_scheme=schema, identifier_type=naam, identifier=nummer)
        for soort, schema, naam, nummer in (
            (Sleutelsoort.KVK, "NL-KVK", "KvK-nummer", boom["kvk_nummer"]),
            (Sleutelsoort.RSIN, "", "RSIN", boom["rsin"]),
        )
        if nummer
    ]


def _contactpersoon(rij: Object) -> Object:
    return gevuld(
        id=maak_sleutel(Sleutelsoort.CONTACTPERSOON, rij["pk"]),
        name=rij["naam"],
        title=rij["functie"],
        email=rij["email"],
        phones=telefoons(Sleutelsoort.TELEFOON_CONTACTPERSOON, rij["pk"], rij["telefoon"]),
    )


def basis_locatie(boom: Boom, rij: Object) -> Object:
    """A location; of a confidential one the tree holds neither address nor coordinates nor name."""
    geheim = rij["is_geheim"]
    return gevuld(
        id=maak_sleutel(Sleutelsoort.LOCATIE, rij["pk"]),
        location_type="physical",
        organization_id=organisatie_id(boom),
        name=f"Geheim adres in {rij['plaats']}" if geheim else rij["naam"] or rij["straat"] or rij["plaats"],
        description="Het adres is geheim. Neem eerst contact op." if geheim else rij["toelichting"],
        latitude=rij["breedtegraad"],
        longitude=rij["lengtegraad"],
    )


def locatie(boom: Boom, rij: Object) -> Object:
    return basis_locatie(boom, rij) | gevuld(
        addresses=[_adres(rij)],
        phones=telefoons(Sleutelsoort.TELEFOON_LOCATIE, rij["pk"], rij["telefoon"]),
        accessibility=toegankelijkheid(rij),
        schedules=roosters(rij),
    )


def _adres(rij: Object) -> Object:
    """What is not known, or not to be known, is an empty text: the specification wants the fields to be there."""
    gemeente = register().gemeenten.get(rij["gemeentecode"] or "")
    plek = gemeente or vind_plek(rij["plaats"])
    return {
        "id": maak_sleutel(Sleutelsoort.ADRES, rij["pk"]),
        "address_1": rij["straat"],
        "city": rij["plaats"],
        **({"region": gemeente.naam} if gemeente else {}),
        "state_province": provincienaam(plek.provincie_code) if plek else "",
        "postal_code": rij["postcode"],
        "country": "NL",
        "address_type": "physical",
    }


def dienst_id(rij: Object) -> str:
    return maak_sleutel(Sleutelsoort.DIENST, rij["pk"])


def basis_dienst(boom: Boom, rij: Object) -> Object:
    op, email = gecontroleerd(boom)
    return gevuld(
        id=dienst_id(rij),
        organization_id=organisatie_id(boom),
        name=rij["naam"],
        description=rij["tekst"],
        url=pagina_van(boom),
        email=boom["email"],
        status="active",
        application_process=_aanmelden(rij),
        fees_description=_kosten(rij),
        wait_time=rij["wachttijd"],
        minimum_age=rij["leeftijd_van"],
        maximum_age=rij["leeftijd_tot_en_met"],
        assured_date=op.astimezone(AMSTERDAM).date().isoformat() if op else "",
        assurer_email=email,
        last_modified=tijdstip(boom["gewijzigd_op"]),
    )


def gecontroleerd(boom: Boom) -> tuple[datetime | None, str]:
    """When the offer was last found right, and the public address of who says so; never a person's.

    A block that was taken over from another source was found right by nobody.
    """
    blok = next((rij for rij in boom["bevestigingen"] if rij["blok"] == Blok.DIENSTEN), None)
    if blok is None:
        return boom["bevestigd_op"], ""
    op = datetime.fromisoformat(blok["bevestigd_op"])
    match blok["bron"]:
        case Bevestigingsbron.ORGANISATIE:
            return op, boom["email"]
        case Bevestigingsbron.MODERATOR:
            return op, settings.CONTACT_EMAIL
        case Bevestigingsbron.IMPORT:
            return None, ""
    return op, ""


def tijdstip(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def dienst(boom: Boom, rij: Object, termen: Termen, *, met_organisatie: bool = True) -> Object:
    pk = rij["pk"]
    locaties = {plek["pk"]: plek for plek in boom["locaties"]}
    groepen = [termen.doelgroepen[groep]["name"] for groep in rij["doelgroep_pks"] if groep in termen.doelgroepen]
    vol = basis_dienst(boom, rij) | gevuld(
        eligibility_description=", ".join(groepen),
        additional_urls=[
            {"id": maak_sleutel(Sleutelsoort.WEBADRES_DIENST, pk), "label": "Aanmelden", "url": rij["aanmeldlink"]}
        ]
        if rij["aanmeldlink"]
        else [],
        schedules=roosters(rij),
        service_areas=gebieden(boom, pk),
        languages=talen(Sleutelsoort.TAAL_DIENST, pk, rij["talen"] or boom["talen"]),
        cost_options=_kostenposten(rij),
        attributes=kenmerken(
            (Sleutelsoort.KENMERK_DIENST_THEMA, Sleutelsoort.KENMERK_DIENST_DOELGROEP), pk, rij, termen, "service"
        ),
        service_at_locations=[
            basis_plek(rij, plaats) | {"location": locatie(boom, locaties[plaats["locatie_pk"]])}
            for plaats in rij["plaatsen"]
            if plaats["locatie_pk"] in locaties
        ],
    )
    if met_organisatie:
        vol["organization"] = organisatie(boom, termen, diensten="", met_locaties=False)
    return vol


def lijst_dienst(boom: Boom, rij: Object) -> Object:
    """A service of a list: its own fields and the organisation's, for that is one to one."""
    return basis_dienst(boom, rij) | {"organization": basis_organisatie(boom)}


def basis_plek(rij: Object, plaats: Object) -> Object:
    return {
        "id": maak_sleutel(Sleutelsoort.DIENST_OP_LOCATIE, plaats["pk"]),
        "service_id": dienst_id(rij),
        "location_id": maak_sleutel(Sleutelsoort.LOCATIE, plaats["locatie_pk"]),
    }


def lijst_plek(boom: Boom, rij: Object, plaats: Object, ligt: Object) -> Object:
    return basis_plek(rij, plaats) | {"location": basis_locatie(boom, ligt)}


def plek(boom: Boom, rij: Object, plaats: Object, ligt: Object, termen: Termen) -> Object:
    """A full service at a location; `service` is our own, for without it one does not know what is there."""
    return basis_plek(rij, plaats) | gevuld(
        location=locatie(boom, ligt),
        schedules=roosters(rij),
        service_areas=[
            gebied | {"id": maak_sleutel(Sleutelsoort.GEBIED_PLEK, plaats["pk"], nummer)}
            for nummer, gebied in enumerate(gebieden(boom, rij["pk"]))
        ],
        service=dienst(boom, rij, termen) | {"service_at_locations": [basis_plek(rij, plaats)]},
    )


def _aanmelden(rij: Object) -> str:
    wijzen = [AanmeldenVia(via).label for via in rij["aanmelden_via"] if via in AanmeldenVia]
    return "; ".join([*wijzen, rij["aanmeldlink"]] if rij["aanmeldlink"] else wijzen)


def _kosten(rij: Object) -> str:
    if rij["is_gratis"]:
        return "Gratis"
    return rij["kosten"] or (f"€ {rij['bedrag']:.2f}".replace(".", ",") if rij["bedrag"] is not None else "")


def _kostenposten(rij: Object) -> list[Object]:
    bedrag = 0 if rij["is_gratis"] else rij["bedrag"]
    if bedrag is None:
        return []
    post: dict[str, Any] = gevuld(
        id=maak_sleutel(Sleutelsoort.KOSTEN, rij["pk"]), currency="EUR", amount_description=rij["kosten"]
    )
    return [post | {"amount": bedrag}]
