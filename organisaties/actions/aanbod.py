"""Counting what is on offer where: the numbers behind 'Welzijn in kaart'."""

from collections import Counter
from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from organisaties.models import Aanbodtelling

# Arbitrary number for the advisory lock under which is counted.
SLOT = 7_305_119
PER_KEER = 50_000
LAND = "NL"

# Where an organisation works decides where it counts. One that works in some municipalities also counts where its
# locations are; the office of a national or provincial one says nothing about its town.
_TEL = """
WITH org AS MATERIALIZED (
  SELECT id, werkgebied FROM organisaties_organisatie WHERE status = 'gepubliceerd' AND id >= %(van)s AND id < %(tot)s
), gebied AS (
  SELECT id, 'NL' AS code FROM org WHERE werkgebied = 'landelijk'
  UNION SELECT o.id, p.provincie_id FROM org o JOIN organisaties_organisatie_provincies p ON p.organisatie_id = o.id
    WHERE o.werkgebied = 'provinciaal'
  UNION SELECT o.id, g.gemeente_id FROM org o JOIN organisaties_organisatie_gemeenten g ON g.organisatie_id = o.id
    WHERE o.werkgebied = 'plaatselijk'
  UNION SELECT o.id, l.gemeente_id FROM org o JOIN organisaties_locatie l ON l.organisatie_id = o.id
    WHERE o.werkgebied = 'plaatselijk' AND l.gemeente_id IS NOT NULL
), dienst AS MATERIALIZED (
  SELECT d.organisatie_id, d.id, EXISTS (SELECT 1 FROM organisaties_dienst_themas t WHERE t.dienst_id = d.id) AS heeft_themas
    FROM org o JOIN organisaties_dienst d ON d.organisatie_id = o.id
  UNION ALL SELECT o.id, -o.id, false FROM org o
    WHERE NOT EXISTS (SELECT 1 FROM organisaties_dienst d WHERE d.organisatie_id = o.id)
), gekozen AS MATERIALIZED (
  SELECT d.organisatie_id, d.id, t.thema_id FROM dienst d JOIN organisaties_dienst_themas t ON t.dienst_id = d.id
    WHERE d.heeft_themas
  UNION ALL SELECT d.organisatie_id, d.id, t.thema_id FROM dienst d
    JOIN organisaties_organisatie_themas t ON t.organisatie_id = d.organisatie_id WHERE NOT d.heeft_themas
), aanbod AS (
  SELECT organisatie_id, id, thema_id FROM gekozen
  UNION SELECT g.organisatie_id, g.id, t.ouder_id FROM gekozen g JOIN organisaties_thema t ON t.id = g.thema_id
    WHERE t.ouder_id IS NOT NULL
  UNION ALL SELECT organisatie_id, id, NULL FROM dienst
)
SELECT g.code, a.thema_id, count(*), count(DISTINCT a.organisatie_id)
FROM aanbod a JOIN gebied g ON g.id = a.organisatie_id GROUP BY 1, 2
"""


def tel_aanbod(voortgang: Callable[[int, int], None] | None = None) -> int:
    """Count anew what is on offer, and return in how many combinations of area and theme there is something.

    Takes 50,000 listings at a time, so that neither memory nor a statement grows with the table. One transaction:
    visitors see the old numbers until it is done. Of two that run at once the second does nothing and returns 0.
    Calls `voortgang(gedaan, totaal)` with numbers of listings.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SLOT])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SELECT coalesce(min(id), 0), coalesce(max(id), -1) FROM organisaties_organisatie")
        eerste, laatste = cursor.fetchone()
        diensten: Counter[tuple[str, int | None]] = Counter()
        organisaties: Counter[tuple[str, int | None]] = Counter()
        for van in range(eerste, laatste + 1, PER_KEER):
            cursor.execute(_TEL, {"van": van, "tot": van + PER_KEER})
            for gebied, thema, aantal_diensten, aantal_organisaties in cursor.fetchall():
                diensten[gebied, thema] += aantal_diensten
                organisaties[gebied, thema] += aantal_organisaties
            if voortgang:
                voortgang(min(van + PER_KEER, laatste + 1) - eerste, laatste + 1 - eerste)
        nu = timezone.now()
        Aanbodtelling.objects.all().delete()
        Aanbodtelling.objects.bulk_create(
            [
                Aanbodtelling(
                    gebied=gebied,
                    thema_id=thema,
                    aantal_diensten=aantal,
                    aantal_organisaties=organisaties[gebied, thema],
                    geteld_op=nu,
                )
                for (gebied, thema), aantal in sorted(diensten.items(), key=lambda paar: (paar[0][0], paar[0][1] or 0))
            ],
            batch_size=5000,
        )
        return len(diensten)
