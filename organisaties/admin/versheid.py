"""How fresh a listing is, on the moderation desk: to see, to filter on, and to confirm on its behalf."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from organisaties.actions.bevestigen import bevestig
from organisaties.keuzes import Versheidsstap
from organisaties.models import Organisatie
from organisaties.models.bevestiging import Bevestigingsbron
from organisaties.weergave.vermelding.versheid import in_woorden
from welzijnportal.accounts.models import Gebruiker

ZONDER_BEHEERDER = "zonder-beheerder"
GROEPEN: dict[str, tuple[str, tuple[Versheidsstap, ...]]] = {
    "bevestigd": ("bevestigd", (Versheidsstap.VERS,)),
    "gevraagd": (
        "gevraagd, nog geen antwoord",
        (Versheidsstap.GEVRAAGD, Versheidsstap.HERINNERD, Versheidsstap.OPNIEUW_HERINNERD),
    ),
    "verouderd": (
        "mogelijk verouderd",
        (Versheidsstap.VEROUDERD, Versheidsstap.GEZAKT, Versheidsstap.GEWAARSCHUWD),
    ),
    "archief": ("in het archief, want niet bevestigd", (Versheidsstap.GEARCHIVEERD,)),
}


class VersheidFilter(admin.SimpleListFilter):
    title = "versheid"
    parameter_name = "versheid"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        groepen = [(sleutel, naam) for sleutel, (naam, _) in GROEPEN.items()]
        return [*groepen, (ZONDER_BEHEERDER, "verouderd, zonder beheerder om te vragen")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Organisatie]) -> QuerySet[Organisatie]:
        if self.value() == ZONDER_BEHEERDER:
            return queryset.filter(pk__in=Organisatie.objects.verouderd_zonder_beheerder().order_by().values("pk"))
        if self.value() in GROEPEN:
            return queryset.filter(versheidsstap__in=GROEPEN[str(self.value())][1])
        return queryset


def versheid_in_woorden(organisatie: Organisatie) -> SafeString:
    """Return the stage, the day of the next step and the blocks, each with since when and according to whom."""
    if not organisatie.pk:
        return format_html("Nog niet bevestigd")
    nu = timezone.now()
    dag = organisatie.volgende_vraag_datum
    volgende = f", volgende stap op {format_date(dag, 'j F Y')}" if dag else ""
    kop = f"Stap: {organisatie.get_versheidsstap_display()}{volgende}. Vraag {organisatie.get_bevestigritme_display()}."
    regels = format_html_join(
        "",
        "<li>{}: {}{}</li>",
        (
            (
                rij.get_blok_display(),
                in_woorden(rij.bron, rij.bevestigd_op, nu, uit=organisatie.bron),
                f" ({rij.bevestigd_door})" if rij.bevestigd_door else "",
            )
            for rij in organisatie.bevestigingen.select_related("bevestigd_door").order_by("pk")
        ),
    )
    return format_html("<p>{}</p><ul>{}</ul>", kop, regels)


def bevestig_namens_redactie(queryset: QuerySet[Organisatie], door: Gebruiker) -> int:
    """Note of each listing on the portal that it is right according to the moderators; return how many."""
    organisaties = list(queryset.filter(pk__in=Organisatie.objects.zichtbaar().values("pk")).order_by("pk"))
    for organisatie in organisaties:
        bevestig(organisatie=organisatie, door=door, bron=Bevestigingsbron.MODERATOR)
    return len(organisaties)
