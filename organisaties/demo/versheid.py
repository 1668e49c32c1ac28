"""Since when the demo listings are right, and how far the question 'klopt dit nog?' has come with them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from organisaties.actions.bevestigen import volgende_vraag
from organisaties.actions.versheid import WACHT
from organisaties.keuzes import Bevestigritme, Versheidsstap
from organisaties.models import Bevestiging, Organisatie
from organisaties.models.bevestiging import Bevestigingsbron, Blok

ZAAD = 41
RITMES = (Bevestigritme.KWARTAAL, Bevestigritme.HALFJAAR, Bevestigritme.JAAR)


def bevestig_demo(organisaties: Sequence[Organisatie], nu: datetime) -> None:
    """Give every listing that was ever published its confirmed blocks, its rhythm and its place in the cycle."""
    toeval = Random(ZAAD)  # noqa: S311
    bevestigd = [organisatie for organisatie in organisaties if organisatie.bevestigd_op]
    blokken = [rij for organisatie in bevestigd for rij in _blokken(organisatie, nu, toeval)]
    Bevestiging.objects.bulk_create(blokken, batch_size=1000)
    for organisatie in bevestigd:
        organisatie.bevestigritme = toeval.choices(RITMES, weights=(1, 3, 6))[0]
        if organisatie.is_zichtbaar and organisatie.bevestigd_op:
            dag = volgende_vraag(organisatie.pk, organisatie.bevestigd_op, organisatie.bevestigritme)
            organisatie.versheidsstap, organisatie.volgende_vraag_datum = _stap(dag, nu.date())
    Organisatie.objects.bulk_update(
        bevestigd, ["bevestigritme", "versheidsstap", "volgende_vraag_datum"], batch_size=200
    )


def _blokken(organisatie: Organisatie, nu: datetime, toeval: Random) -> list[Bevestiging]:
    """Four blocks of one day; of some listings the hours or the offer were looked at again since."""
    op = organisatie.bevestigd_op or nu
    later = toeval.choice((Blok.TIJDEN, Blok.DIENSTEN)) if toeval.random() < 0.3 else None
    bron = Bevestigingsbron.MODERATOR if toeval.random() < 0.1 else Bevestigingsbron.ORGANISATIE
    return [
        Bevestiging(
            organisatie=organisatie,
            blok=blok,
            bevestigd_op=op + (nu - op) * 0.7 if blok == later else op,
            bron=Bevestigingsbron.ORGANISATIE if blok == later else bron,
        )
        for blok in Blok
    ]


def _stap(dag: date, vandaag: date) -> tuple[Versheidsstap, date]:
    """Where a listing stands that was to be asked on this day and did not answer; the archive is not for the demo."""
    stap = Versheidsstap.VERS
    while dag <= vandaag and stap < Versheidsstap.GEZAKT:
        stap = Versheidsstap(stap + 1)
        dag += WACHT[stap]
    # It has waited at its last step; its next one is yet to come.
    return stap, max(dag, vandaag + timedelta(days=1))
