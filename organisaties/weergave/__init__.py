"""How listings are shown: the whole listing, and the cards of a list."""

from organisaties.weergave.kaarten import kaarten
from organisaties.weergave.vermelding import vermelding_context

__all__ = ["kaarten", "vermelding_context"]
