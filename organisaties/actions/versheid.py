"""The cycle that asks beheerders 'klopt dit nog?', and what becomes of a listing for which nobody answers.

A listing takes one step at a time, each on its own day: the question; reminders after two and four weeks; after six
weeks visitors read 'mogelijk verouderd'; four weeks later it sinks in the order; four weeks later its beheerders are
warned; four weeks after that it is archived. Confirming it undoes all of that.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from organisaties import notifications
from organisaties.actions.bevestigen import eigen_dag, volgende_vraag
from organisaties.actions.versheidslink import maak_link
from organisaties.keuzes import Status, Versheidsstap
from organisaties.models import Beheer, Organisatie, Statusstap, Versheidsdag
from organisaties.models.beheer import Rol
from organisaties.zoeken import ververs
from welzijnportal.mail import zet_in_de_rij

logger = logging.getLogger(__name__)

PER_KEER = 100
INPLANNEN_PER_KEER = 1000
# What was never asked before and is overdue already is asked within two months, not all on one day.
INHAALDAGEN = 60
WACHT = {
    Versheidsstap.GEVRAAGD: timedelta(days=14),
    Versheidsstap.HERINNERD: timedelta(days=14),
    Versheidsstap.OPNIEUW_HERINNERD: timedelta(days=14),
    Versheidsstap.VEROUDERD: timedelta(days=28),
    Versheidsstap.GEZAKT: timedelta(days=28),
    Versheidsstap.GEWAARSCHUWD: timedelta(days=28),
}
# Steps that are taken without a mail.
STIL = (Versheidsstap.VEROUDERD, Versheidsstap.GEZAKT)
ARCHIEFREDEN = "Niet bevestigd: na de vraag, twee herinneringen en een waarschuwing kwam er geen antwoord."
ZONDER_BEHEERDER = "wacht op een moderator: geen beheerder om te waarschuwen"
Mensen = list[tuple[int, str, str]]


@dataclass
class Verslag:
    """What a run did: how many listings took each step, how many mails went, how many wait for the next day."""

    is_vol: bool = False
    stappen: Counter[Versheidsstap] = field(default_factory=Counter)
    ingepland: int = 0
    mails: int = 0
    wachtend: int = 0
    zonder_beheerder: int = 0


@dataclass
class _Pakket:
    """The steps of one batch, before they are written."""

    stappen: list[Organisatie] = field(default_factory=list)
    archief: list[Organisatie] = field(default_factory=list)
    berichten: list[dict[str, str]] = field(default_factory=list)


def doe_ronde(
    *, max_mails: int | None = None, per_keer: int = PER_KEER, voortgang: Callable[[int], object] | None = None
) -> Verslag:
    """Let every listing whose day has come take its next step; mails beheerders, at most ``max_mails`` on one day.

    Each batch is a transaction with its steps, its mails and the day's count, so that a run that is cut off sends
    nobody a second mail and passes nobody over, and two runs at once share the work.
    """
    vandaag = timezone.localdate()
    grens = settings.FRESHNESS_MAILS_PER_DAY if max_mails is None else max_mails
    verslag = Verslag(ingepland=plan_in(vandaag))
    Versheidsdag.objects.get_or_create(datum=vandaag)
    vanaf: tuple[date, int] | None = None
    while True:
        with transaction.atomic():
            laatste = _doe_pakket(vandaag, grens, vanaf, per_keer, verslag)
        if laatste is None:
            break
        vanaf = laatste
        if voortgang:
            voortgang(sum(verslag.stappen.values()))
    verslag.wachtend = _aan_de_beurt(vandaag, None).order_by().count()
    logger.info(
        "Freshness: %s steps, %s mails, %s wait", sum(verslag.stappen.values()), verslag.mails, verslag.wachtend
    )
    return verslag


def _doe_pakket(
    vandaag: date, grens: int, vanaf: tuple[date, int] | None, per_keer: int, verslag: Verslag
) -> tuple[date, int] | None:
    """Take the steps of one batch; return the place of its last row, None when nothing was left."""
    # The row of the day is locked until the commit: two runs at once keep to one limit.
    dag = Versheidsdag.objects.select_for_update().get(datum=vandaag)
    ruimte = max(grens - dag.aantal_mails, 0)
    alleen_stil = verslag.is_vol or not ruimte
    rijen = list(_aan_de_beurt(vandaag, vanaf, alleen_stil=alleen_stil).select_for_update(skip_locked=True)[:per_keer])
    if not rijen:
        return None
    laatste = (rijen[-1].volgende_vraag_datum or vandaag, rijen[-1].pk)
    mensen = beheerders_van([rij.pk for rij in rijen])
    pakket = _Pakket()
    for rij in rijen:
        aan = mensen.get(rij.pk, [])
        naar = _volgende_stap(rij.versheidsstap, heeft_beheerder=bool(aan))
        aantal = 0 if naar in STIL or naar is None else len(aan)
        # More beheerders than the limit of a day: they are mailed when nobody else was yet.
        if aantal > ruimte and not (grens and ruimte == grens):
            verslag.is_vol = True
            continue
        ruimte -= min(aantal, ruimte)
        _zet_stap(rij, naar, vandaag, aan, pakket)
        verslag.mails += aantal
        if naar is None:
            verslag.zonder_beheerder += 1
        else:
            verslag.stappen[naar] += 1
    _bewaar(pakket, dag)
    return laatste


def _aan_de_beurt(vandaag: date, vanaf: tuple[date, int] | None, *, alleen_stil: bool = False) -> Any:
    """Listings whose day has come, longest waiting first, after the place where the last batch ended."""
    rijen = Organisatie.objects.zichtbaar().filter(volgende_vraag_datum__lte=vandaag)
    if vanaf:
        rijen = rijen.filter(volgende_vraag_datum__gte=vanaf[0]).exclude(
            volgende_vraag_datum=vanaf[0], pk__lte=vanaf[1]
        )
    if alleen_stil:
        # The step that a listing is at decides whether the next one is silent.
        voor_stil = (Versheidsstap.OPNIEUW_HERINNERD, Versheidsstap.VEROUDERD)
        rijen = rijen.filter(Q(versheidsstap__in=voor_stil) | ~Exists(_actief().filter(organisatie=OuterRef("pk"))))
    velden = ("naam", "slug", "status", "bevestigd_op", "bevestigritme", "versheidsstap", "volgende_vraag_datum")
    return rijen.order_by("volgende_vraag_datum", "pk").only(*velden)


def _actief() -> Any:
    return Beheer.objects.filter(rol=Rol.BEHEERDER, gebruiker__is_active=True)


def beheerders_van(organisatie_pks: Sequence[int]) -> dict[int, Mensen]:
    """Return who may be asked, by organisation: (pk, address, name) of each active beheerder; one query."""
    mensen: dict[int, Mensen] = {}
    rijen = _actief().filter(organisatie__in=organisatie_pks).order_by("pk")
    for organisatie, *mens in rijen.values_list(
        "organisatie_id", "gebruiker_id", "gebruiker__email", "gebruiker__naam"
    ):
        mensen.setdefault(organisatie, []).append((mens[0], mens[1], mens[2]))
    return mensen


def _volgende_stap(stap: int, *, heeft_beheerder: bool) -> Versheidsstap | None:
    """Return the next step; None when nobody could be warned, so that it waits for a moderator where it is."""
    # Without a beheerder it ends there: a warning that reached somebody who has left since counts for nothing.
    return Versheidsstap(stap + 1) if heeft_beheerder or stap < Versheidsstap.GEZAKT else None


def _zet_stap(
    organisatie: Organisatie, naar: Versheidsstap | None, vandaag: date, aan: Mensen, pakket: _Pakket
) -> None:
    stap = Versheidsstap.GEZAKT if naar is None else naar
    organisatie.versheidsstap = stap
    if stap == Versheidsstap.GEARCHIVEERD:
        organisatie.volgende_vraag_datum = None
        pakket.archief.append(organisatie)
    else:
        organisatie.volgende_vraag_datum = vandaag + WACHT[stap]
    pakket.stappen.append(organisatie)
    if naar is None or naar in STIL:
        return
    archief_op = vandaag + WACHT[Versheidsstap.GEWAARSCHUWD]
    for pk, email, naam in aan:
        link = maak_link(organisatie.pk, pk)
        pakket.berichten.append(
            notifications.stel_versheidsvraag_op(
                organisatie, naar, email=email, naam=naam, link=link, archief_op=archief_op
            )
        )


def _bewaar(pakket: _Pakket, dag: Versheidsdag) -> None:
    """Write the steps, the mails and the count: together or not at all."""
    nu = timezone.now()
    Organisatie.objects.bulk_update(pakket.stappen, ["versheidsstap", "volgende_vraag_datum"])
    Organisatie.objects.filter(pk__in=[organisatie.pk for organisatie in pakket.archief]).update(
        status=Status.GEARCHIVEERD, status_op=nu, status_door=None, gewijzigd_op=nu
    )
    Statusstap.objects.bulk_create(
        Statusstap(
            organisatie=organisatie, van=Status.GEPUBLICEERD, naar=Status.GEARCHIVEERD, gezet_op=nu, reden=ARCHIEFREDEN
        )
        for organisatie in pakket.archief
    )
    zet_in_de_rij(pakket.berichten)
    if pakket.berichten:
        dag.aantal_mails += len(pakket.berichten)
        dag.save(update_fields=["aantal_mails"])
    anders = (*STIL, Versheidsstap.GEARCHIVEERD)
    ververs([organisatie.pk for organisatie in pakket.stappen if organisatie.versheidsstap in anders])


def plan_in(vandaag: date) -> int:
    """Give a day to listings that have none yet, such as imported ones; return how many.

    What is overdue already gets one of the coming sixty days.
    """
    aantal, vanaf = 0, 0
    zonder = Organisatie.objects.zichtbaar().filter(volgende_vraag_datum=None).order_by("pk")
    velden = ("bevestigd_op", "gepubliceerd_op", "bevestigritme")
    while True:
        with transaction.atomic():
            # After the last one, not from the start: the rows of the batches before leave dead entries in the index.
            rijen = zonder.filter(pk__gt=vanaf).only(*velden).select_for_update(skip_locked=True)[:INPLANNEN_PER_KEER]
            dagen = {rij.pk: _eerste_dag(rij, vandaag) for rij in rijen}
            with connection.cursor() as cursor:
                cursor.execute(_ZET_DAGEN, [Versheidsstap.VERS.value, list(dagen), list(dagen.values())])
        if not dagen:
            return aantal
        aantal, vanaf = aantal + len(dagen), max(dagen)


_ZET_DAGEN = """
    UPDATE organisaties_organisatie o SET volgende_vraag_datum = v.dag, versheidsstap = %s
    FROM unnest(%s::bigint[], %s::date[]) v(id, dag) WHERE o.id = v.id
"""


def _eerste_dag(organisatie: Organisatie, vandaag: date) -> date:
    sinds = organisatie.bevestigd_op or organisatie.gepubliceerd_op or timezone.now()
    dag = volgende_vraag(organisatie.pk, sinds, organisatie.bevestigritme)
    return dag if dag > vandaag else vandaag + timedelta(days=eigen_dag(organisatie.pk, INHAALDAGEN))


def vooruitzicht() -> tuple[Counter[str], int, int]:
    """Tell what a run today would do, and do nothing: listings by step, mails without a limit, and listings without a day."""
    vandaag = timezone.localdate()
    per_organisatie = _actief().filter(organisatie=OuterRef("pk")).order_by().values("organisatie")
    aantal = Coalesce(Subquery(per_organisatie.annotate(aantal=Count("pk")).values("aantal")), 0)
    rijen = _aan_de_beurt(vandaag, None).order_by().values("versheidsstap", mensen=aantal).annotate(hoeveel=Count("pk"))
    stappen: Counter[str] = Counter()
    mails = 0
    for rij in rijen:
        naar = _volgende_stap(rij["versheidsstap"], heeft_beheerder=bool(rij["mensen"]))
        stappen[naar.label if naar is not None else ZONDER_BEHEERDER] += rij["hoeveel"]
        mails += 0 if naar is None or naar in STIL else rij["mensen"] * rij["hoeveel"]
    zonder_dag = Organisatie.objects.zichtbaar().filter(volgende_vraag_datum=None).order_by().count()
    return stappen, mails, zonder_dag
