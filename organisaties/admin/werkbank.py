"""What waits for a moderator: the numbers of the dashboard."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.tasks import TaskResultStatus
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from organisaties.actions.dubbelen import te_beoordelen
from organisaties.keuzes import Status
from organisaties.models import Correctie, Melding, NietVermelding, Organisatie, Overname, Wijzigingsverzoek
from welzijnportal.onderhoud import MAIL_TASK

LANG = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Stapel:
    """One pile of work: how much, how old, where to go."""

    titel: str
    uitleg: str
    aantal: int
    oudste: datetime | None
    url: str
    icoon: str
    tint: str
    knop: str

    @property
    def leeftijd(self) -> str:
        return leeftijd(self.oudste) if self.oudste else ""

    @property
    def is_lang(self) -> bool:
        return self.oudste is not None and timezone.now() - self.oudste > LANG


def leeftijd(sinds: datetime) -> str:
    """Return how long ago in whole units, as people say it: '3 dagen', '2 uur', 'net binnen'."""
    minuten = int((timezone.now() - sinds).total_seconds() // 60)
    dagen = (timezone.localdate() - timezone.localtime(sinds).date()).days
    if dagen >= 14:
        return f"{dagen // 7} weken"
    if dagen >= 1 and minuten >= 20 * 60:
        return "1 dag" if dagen == 1 else f"{dagen} dagen"
    if minuten >= 60:
        return f"{minuten // 60} uur"
    return "1 minuut" if minuten == 1 else f"{minuten} minuten" if minuten > 1 else "net binnen"


def werkbank(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the dashboard; what this person may not see is left out."""
    if not request.user.has_perm("organisaties.change_organisatie"):
        return {"stapels": None}
    vermeldingen = Organisatie.objects.filter(status=Status.INGEDIEND).aggregate(n=Count("pk"), oudste=Min("status_op"))
    verzoeken = Wijzigingsverzoek.objects.filter(status="open").aggregate(n=Count("pk"), oudste=Min("gevraagd_op"))
    meldingen = Melding.objects.filter(status="open").aggregate(n=Count("pk"), oudste=Min("gemeld_op"))
    verbeteringen = Correctie.objects.filter(status="open").aggregate(n=Count("pk"), oudste=Min("voorgesteld_op"))
    dubbelen = te_beoordelen().aggregate(n=Count("pk"), oudste=Min("gevonden_op"))
    verouderd = Organisatie.objects.verouderd_zonder_beheerder().aggregate(n=Count("pk"), oudste=Min("bevestigd_op"))
    overnames = (
        Overname.objects.filter(status="open")
        .filter(Q(beslisbaar_op__lte=timezone.now()) | ~Q(reactie=""))
        .aggregate(n=Count("pk"), oudste=Min("gevraagd_op"))
    )
    nietvermeld = NietVermelding.objects.filter(status="gevraagd", token_hash="").aggregate(
        n=Count("pk"), oudste=Min("gevraagd_op")
    )
    mislukt = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).aggregate(
        mails=Count("pk", filter=Q(task_path=MAIL_TASK)), n=Count("pk")
    )
    week = timezone.now() - timedelta(days=7)
    return {
        "stapels": [
            Stapel(
                "Nieuwe vermeldingen", "Ingestuurd en nog niet te zien voor bezoekers.", vermeldingen["n"],
                vermeldingen["oudste"], reverse("admin:organisaties_organisatie_wachtrij"), "leeg", "tint-2", "Beoordelen",
            ),
            Stapel(
                "Wijzigingen", "Een andere naam, website of KvK-nummer.", verzoeken["n"], verzoeken["oudste"],
                reverse("admin:organisaties_wijzigingsverzoek_wachtrij"), "potlood", "tint-10", "Beoordelen",
            ),
            Stapel(
                "Meldingen", "Een bezoeker zegt dat er iets niet klopt.", meldingen["n"], meldingen["oudste"],
                reverse("admin:organisaties_melding_wachtrij"), "vraag", "tint-4", "Bekijken",
            ),
            Stapel(
                "Verbeteringen", "Een bezoeker zegt wat er moet staan.", verbeteringen["n"], verbeteringen["oudste"],
                reverse("admin:organisaties_correctie_wachtrij"), "gesprek", "tint-6", "Bekijken",
            ),
            Stapel(
                "Aanvragen", "Iemand wil een vermelding gaan bijhouden.", overnames["n"], overnames["oudste"],
                reverse("admin:organisaties_overname_wachtrij"), "sleutel", "tint-3", "Beoordelen",
            ),
            Stapel(
                "Niet vermelden", "Een organisatie wil niet op het portaal staan.", nietvermeld["n"], nietvermeld["oudste"],
                reverse("admin:organisaties_nietvermelding_wachtrij"), "verwijderd", "tint-5", "Beoordelen",
            ),
            Stapel(
                "Mogelijk dubbel", "Twee vermeldingen lijken op elkaar.", dubbelen["n"], dubbelen["oudste"],
                reverse("admin:organisaties_dubbelpaar_wachtrij"), "kopieren", "tint-8", "Vergelijken",
            ),
            Stapel(
                "Verouderd, zonder beheerder", "Lang niet bevestigd, en er is niemand om het te vragen.",
                verouderd["n"], verouderd["oudste"],
                reverse("admin:organisaties_organisatie_changelist") + "?versheid=zonder-beheerder", "wachten", "tint-3",
                "Nakijken",
            ),
        ],
        "mislukt": mislukt,
        "mislukt_url": reverse("admin:django_tasks_database_dbtaskresult_changelist") + "?status__exact=FAILED",
        "recent": Organisatie.objects.zichtbaar().filter(gepubliceerd_op__gte=week).nieuwste()[:6],
        "telling": Organisatie.objects.aggregate(
            zichtbaar=Count("pk", filter=Q(status=Status.GEPUBLICEERD)),
            teruggestuurd=Count("pk", filter=Q(status=Status.TERUGGESTUURD)),
            week=Count("pk", filter=Q(status=Status.GEPUBLICEERD, gepubliceerd_op__gte=week)),
        ),
    }  # fmt: skip
