"""What shows that somebody writes for others: an occupation, the name or the domain of an organisation."""

import re

from requests_app.lib.text import fold, words

MAX_LINE = 80  # characters of a signature line
CUT = re.compile(r"[._+-]")
PARTS = re.compile(r"[,;:|/(–—]| - ")
# Folded, whole words; several consecutive words count.
OCCUPATIONS = (
    *(
        "assistante sociale",
        "assistant social",
        "assistante de service social",
        "service social",
        "travailleur social",
    ),
    *(
        "travailleuse sociale",
        "conseillere en economie",
        "conseiller en economie",
        "cesf",
        "educateur",
        "educatrice",
    ),
    *("infirmier", "infirmiere", "idel", "medecin", "docteur", "interne", "cadre de sante", "aide soignante"),
    *(
        "aide soignant",
        "kinesitherapeute",
        "ergotherapeute",
        "psychologue",
        "orthophoniste",
        "sage femme",
        "puericultrice",
    ),
    *(
        "pharmacien",
        "pharmacienne",
        "mandataire judiciaire",
        "mjpm",
        "tuteur",
        "tutrice",
        "curateur",
        "curatrice",
    ),
    *(
        "delegue a la tutelle",
        "avocat",
        "avocate",
        "notaire",
        "huissier",
        "referent social",
        "referente sociale",
    ),
    *(
        "conseiller social",
        "conseillere sociale",
        "mediateur",
        "mediatrice",
        "accompagnante sociale",
        "chef de service",
    ),
    *(
        "secretaire medicale",
        "secretariat",
        "charge de clientele",
        "chargee de clientele",
        "gestionnaire locatif",
    ),
    *(
        "conseiller insertion",
        "conseillere insertion",
        "conseiller france travail",
        "directeur",
        "directrice",
    ),
    *(
        "enseignante",
        "enseignant",
        "proviseur",
        "cpe",
        "bailleur",
        "gardien d immeuble",
        "social worker",
        "nurse",
    ),
    *("solicitor", "guardian", "care worker", "case worker"),
)
# Labels of a domain, split at dots and hyphens.
WORKPLACES = {
    *(
        "hopital",
        "hopitaux",
        "hospital",
        "chu",
        "chru",
        "ghu",
        "aphp",
        "aphm",
        "hcl",
        "clinique",
        "ehpad",
        "ssr",
    ),
    *(
        "ccas",
        "mairie",
        "ville",
        "commune",
        "metropole",
        "grandlyon",
        "prefecture",
        "departement",
        "gouv",
        "justice",
    ),
    *(
        "udaf",
        "atmp",
        "tutelle",
        "tutelles",
        "mandataire",
        "caf",
        "cpam",
        "carsat",
        "assurance",
        "ameli",
        "msa",
    ),
    *(
        "mdph",
        "francetravail",
        "missionlocale",
        "avocat",
        "avocats",
        "notaires",
        "huissier",
        "police",
        "gendarmerie",
    ),
    *("secours", "emmaus", "restosducoeur", "ladapt", "apf", "apajh", "foyer", "habitat", "hlm", "bailleur"),
    *("college", "lycee", "ecole", "univ", "medical", "sante", "social", "asso", "association", "fondation"),
}
# Labels with a suffix: « hopital2 », « hopitalstjoseph », « mairiebron ».
BEGINNINGS = ("hopital", "hospital", "clinique", "mairie", "ccas", "ehpad", "udaf", "tutelle", "mandataire")
# Local parts of addresses that no one person reads.
OFFICES = {
    *("contact", "contacts", "accueil", "info", "infos", "secretariat", "service", "services", "direction"),
    *("administration", "bureau", "mairie", "ccas", "standard", "courrier", "social", "servicesocial"),
}
FAMILIES = {"famille", "family", "fam", "foyer"}
TOGETHER = {"et", "and", "ou", "or"}


def says_occupation(text: str) -> bool:
    """Tell whether a short text names an occupation exercised for others, or a service."""
    folded = f" {fold(text)} "
    return any(f" {occupation} " in folded for occupation in OCCUPATIONS)


def signs_as(line: str) -> bool:
    """Tell whether a signature line names an occupation: « Mme Roux, service social »; no sentence does."""
    parts = PARTS.split(line) if len(line) <= MAX_LINE else []
    return any(f"{fold(part)} ".startswith(f"{occupation} ") for part in parts for occupation in OCCUPATIONS)


def is_workplace(address: str) -> bool:
    """Tell whether an e-mail is that of an organisation that writes for people, by words of its domain."""
    domain = address.rpartition("@")[2].lower()
    labels = domain.replace("-", ".").split(".")[:-1]
    return not WORKPLACES.isdisjoint(labels) or any(label.startswith(BEGINNINGS) for label in labels)


def is_office(address: str) -> bool:
    """Tell whether an e-mail names a desk and nobody: « accueil@… », « service.social@… »."""
    local = address.partition("@")[0].lower()
    return CUT.split(local)[0] in OFFICES


def is_several(name: str) -> bool:
    """Tell whether a sender's name is that of several people: « Famille Martin », « Paul et Anne Martin »."""
    said = words(name)
    return len(said) > 1 and (said[0] in FAMILIES or "&" in name or not TOGETHER.isdisjoint(said[1:-1]))
