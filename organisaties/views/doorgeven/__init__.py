"""Passing listings on: gathering, writing a sentence, printing, sharing, and what readers answer."""

from organisaties.views.doorgeven.antwoorden import antwoorden
from organisaties.views.doorgeven.delen import doorgeven_delen, doorgeven_gedeeld, doorgeven_intrekken
from organisaties.views.doorgeven.lezen import doorgegeven
from organisaties.views.doorgeven.lijst import doorgeven, doorgeven_afdrukken, doorgeven_bewaren
from organisaties.views.doorgeven.lijsten import doorgeven_lijsten

__all__ = [
    "antwoorden",
    "doorgegeven",
    "doorgeven",
    "doorgeven_afdrukken",
    "doorgeven_bewaren",
    "doorgeven_delen",
    "doorgeven_gedeeld",
    "doorgeven_intrekken",
    "doorgeven_lijsten",
]
