"""The two taxonomies of the portal, themes and target groups, as HSDS taxonomies and terms."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from organisaties.exports.hsds.sleutels import Sleutelsoort, maak_sleutel
from organisaties.models import Doelgroep, Thema
from welzijnportal.http import volledige_url

Object = dict[str, Any]
THEMAS, DOELGROEPEN = 1, 2


def taxonomieen() -> list[Object]:
    return [
        {
            "id": maak_sleutel(Sleutelsoort.TAXONOMIE, pk),
            "name": naam,
            "description": uitleg,
            "uri": volledige_url(f"{reverse('organisaties:open_api')}#{anker}"),
        }
        for pk, naam, uitleg, anker in (
            (
                THEMAS,
                "Thema's van het Welzijnportal",
                "Waar hulp over gaat, in gewone woorden; een boom van twee lagen.",
                "themas",
            ),
            (DOELGROEPEN, "Doelgroepen van het Welzijnportal", "Voor wie hulp bedoeld is.", "doelgroepen"),
        )
    ]


@dataclass
class Termen:
    """All terms by primary key, read once for many listings."""

    themas: dict[int, Object] = field(default_factory=dict)
    doelgroepen: dict[int, Object] = field(default_factory=dict)

    @classmethod
    def uit_database(cls) -> "Termen":
        themas, doelgroepen = taxonomieen()
        return cls(
            {thema.pk: _thema(thema, themas) for thema in Thema.objects.order_by("ouder_id", "volgorde", "pk")},
            {groep.pk: _doelgroep(groep, doelgroepen) for groep in Doelgroep.objects.order_by("volgorde", "pk")},
        )

    def alle(self) -> list[Object]:
        return [*self.themas.values(), *self.doelgroepen.values()]


def _thema(thema: Thema, taxonomie: Object) -> Object:
    term = {
        "id": maak_sleutel(Sleutelsoort.THEMA, thema.pk),
        "code": thema.slug,
        "name": thema.naam,
        "description": thema.uitleg or thema.naam,
        "taxonomy": taxonomie["name"],
        "taxonomy_detail": taxonomie,
        "taxonomy_id": taxonomie["id"],
        "language": "nl",
        "term_uri": volledige_url(thema.get_absolute_url()),
    }
    if thema.ouder_id:
        term["parent_id"] = maak_sleutel(Sleutelsoort.THEMA, thema.ouder_id)
    return term


def _doelgroep(groep: Doelgroep, taxonomie: Object) -> Object:
    return {
        "id": maak_sleutel(Sleutelsoort.DOELGROEP, groep.pk),
        "code": groep.slug,
        "name": groep.naam,
        "description": groep.naam,
        "taxonomy": taxonomie["name"],
        "taxonomy_detail": taxonomie,
        "taxonomy_id": taxonomie["id"],
        "language": "nl",
    }
