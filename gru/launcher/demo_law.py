"""What the legal pages say on a demonstration, so that they are complete; every address is invented."""

from collections.abc import Mapping

INVENTED = {
    "GRU_DATA_OFFICER_CONTACT": "donnees@demande.invalid",
    "GRU_AUTHORITY_ADDRESS": "1 place de la Démonstration, 69000 Lyon",
    "GRU_PUBLICATION_DIRECTOR": "Camille Exemple, direction de la communication",
    "GRU_HOSTING": "Cet ordinateur, 1 place de la Démonstration, 69000 Lyon, 04 00 00 00 00",
    "GRU_RELAY_URL": "https://relais.demande.invalid/",
}


def invent_values(given: Mapping[str, str]) -> dict[str, str]:
    """Return the values that nobody set by hand."""
    return {name: given.get(name) or value for name, value in INVENTED.items()}
