"""What the short messages hold of a person with an account."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from netwerk.models import Bericht, Gedempt, Professional, Volgt, Waardering
from welzijnportal.accounts.models import Gebruiker


def export(gebruiker: Gebruiker) -> dict[str, Any]:
    wie = Professional.objects.filter(gebruiker=gebruiker).first()
    van_organisaties = Bericht.objects.filter(door=gebruiker).select_related("organisatie").order_by("pk")
    namens = [_bericht(bericht) | {"namens": str(bericht.organisatie)} for bericht in van_organisaties]
    if wie is None:
        return {"berichten namens organisaties": namens}
    volgt = Volgt.objects.filter(volger=wie).select_related("professional", "organisatie", "thema").order_by("pk")
    return {
        "berichten": [_bericht(bericht) for bericht in wie.berichten.filter(herhaalt=None).order_by("pk")],
        "berichten namens organisaties": namens,
        "doorgegeven": [
            {"bericht": bericht.herhaalt.uri, "op": bericht.geplaatst_op}
            for bericht in wie.berichten.select_related("herhaalt").order_by("pk")
            if bericht.herhaalt is not None
        ],
        "gewaardeerd": [
            {"bericht": waardering.bericht.uri, "op": waardering.op}
            for waardering in wie.waarderingen.select_related("bericht").order_by("pk")
        ],
        "volgt": [
            {"wie of wat": str(rij.professional or rij.organisatie or rij.thema), "sinds": rij.sinds_op}
            for rij in volgt
        ],
        "wordt gevolgd door": [
            {"wie": rij.volger.naam, "sinds": rij.sinds_op}
            for rij in Volgt.objects.filter(professional=wie).select_related("volger").order_by("pk")
        ],
        "gedempt": [
            {"wie": rij.gedempt.naam, "sinds": rij.op}
            for rij in Gedempt.objects.filter(door=wie).select_related("gedempt").order_by("pk")
        ],
    }


def _bericht(bericht: Bericht) -> dict[str, Any]:
    return {
        "tekst": bericht.tekst,
        "foto": bericht.beeld.name or "",
        "op de foto": bericht.beeld_alt,
        "voor": bericht.get_zicht_display(),
        "stand": bericht.get_plaatsing_display(),
        "op": bericht.geplaatst_op,
        "adres": bericht.uri,
    }


def erase(gebruiker: Gebruiker) -> None:
    """Erase a person's messages with their pictures, likes and follows, and count anew what others see of them.

    Answers of others stay. Messages of organisations stay with the organisation, without who wrote them.
    """
    wie = Professional.objects.filter(gebruiker=gebruiker).first()
    if wie is None:
        return
    mijn_antwoorden = (
        Bericht.objects.filter(antwoord_op=OuterRef("pk"), auteur=wie, plaatsing="geplaatst")
        .order_by()
        .values("antwoord_op")
        .annotate(aantal=Count("pk"))
        .values("aantal")
    )
    Bericht.objects.filter(pk__in=wie.berichten.filter(is_antwoord=True).values("antwoord_op")).update(
        aantal_antwoorden=Greatest(F("aantal_antwoorden") - Coalesce(Subquery(mijn_antwoorden), 0), 0)
    )
    Bericht.objects.filter(pk__in=Waardering.objects.filter(door=wie).values("bericht")).update(
        aantal_waarderingen=Greatest(F("aantal_waarderingen") - 1, 0)
    )
    Bericht.objects.filter(pk__in=wie.berichten.filter(herhaalt__isnull=False).values("herhaalt")).update(
        aantal_herhalingen=Greatest(F("aantal_herhalingen") - 1, 0)
    )
    beelden = list(wie.berichten.exclude(beeld="").values_list("beeld", flat=True))
    wie.berichten.all().delete()
    Waardering.objects.filter(door=wie).delete()

    def wis_beelden() -> None:
        for beeld in beelden:
            default_storage.delete(beeld)

    transaction.on_commit(wis_beelden)


def gevolgen(gebruiker: Gebruiker) -> list[str]:
    aantal = Bericht.objects.filter(auteur__gebruiker=gebruiker, herhaalt=None).count()
    if not aantal:
        return []
    hoeveel = "Uw bericht wordt gewist." if aantal == 1 else f"Uw {aantal} korte berichten worden gewist."
    return [f"{hoeveel} Antwoorden van anderen blijven staan."]
