"""How long the database may work on the page of a visitor."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled


class DuurtTeLangError(Exception):
    """The database worked on one statement longer than a visitor should wait."""


@contextmanager
def binnen_tijd() -> Iterator[None]:
    """Cut each statement in this block off after SEARCH_TIMEOUT_MS, and raise DuurtTeLangError then.

    The limit travels in the message of the statement itself and is gone after it, so that it costs no question
    more. In a transaction it lasts until its end.
    """

    def met_grens(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if many:
            return execute(sql, params, many, context)
        antwoord = execute(
            f"SET LOCAL statement_timeout = {int(settings.SEARCH_TIMEOUT_MS)}; {sql}", params, many, context
        )
        context["cursor"].cursor.nextset()
        return antwoord

    try:
        with connection.execute_wrapper(met_grens):
            yield
    except OperationalError as fout:
        if isinstance(fout.__cause__, QueryCanceled):
            raise DuurtTeLangError from fout
        raise
