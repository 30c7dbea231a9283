"""Every kind of refusal, as its ``type`` names it and the page of errors explains it (RFC 9457)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind; ``advice`` is what to do about it."""

    slug: str
    status: int
    title: str | Promise
    advice: str | Promise


def _types(*types: ProblemType) -> dict[str, ProblemType]:
    return {each.slug: each for each in types}


PROBLEM_TYPES = _types(
    ProblemType(
        "invalid-request",
        400,
        _("La requête contient une erreur."),
        _("Corrigez ce que « errors » désigne, puis renvoyez."),
    ),
    ProblemType(
        "invalid-key",
        401,
        _("La clé est absente, inconnue, expirée ou révoquée."),
        _("Envoyez « Authorization: Bearer » et une clé valable."),
    ),
    ProblemType(
        "missing-scope",
        403,
        _("La clé n’a pas ce droit."),
        _("Demandez ce droit à l’administrateur de GRU."),
    ),
    ProblemType(
        "not-allowed",
        403,
        _("Cette action n’est pas permise sur cet objet."),
        _("Laissez un agent le faire, ou demandez un droit plus large."),
    ),
    ProblemType(
        "not-found",
        404,
        _("Rien ne se trouve à cette adresse."),
        _("Vérifiez l’adresse, puis les lieux et les sujets de la clé."),
    ),
    ProblemType(
        "method-not-allowed",
        405,
        _("Cette adresse n’accepte pas cette méthode."),
        _("Lisez l’en-tête « Allow »."),
    ),
    ProblemType(
        "not-acceptable",
        406,
        _("Nous ne savons pas répondre dans ce format."),
        _("Demandez « application/json »."),
    ),
    ProblemType(
        "in-progress",
        409,
        _("La même requête est déjà en cours."),
        _("Attendez une seconde, puis renvoyez la même."),
    ),
    ProblemType(
        "conflict",
        409,
        _("L’état présent ne permet pas cette action."),
        _("Relisez l’objet, puis décidez."),
    ),
    ProblemType(
        "events-purged",
        410,
        _("Des évènements qui suivent ne sont plus gardés."),
        _("Relisez ce qui compte, puis appelez sans « after »."),
    ),
    ProblemType(
        "precondition-failed",
        412,
        _("L’objet a changé depuis votre lecture."),
        _("Relisez-le, puis renvoyez avec son nouvel « ETag »."),
    ),
    ProblemType(
        "too-large",
        413,
        _("La requête est trop lourde."),
        _("Envoyez moins d’un million d’octets."),
    ),
    ProblemType(
        "unsupported-format",
        415,
        _("Nous ne savons pas lire ce format."),
        _("Envoyez « application/json », en UTF-8."),
    ),
    ProblemType(
        "idempotency-key-reused",
        422,
        _("Cette « Idempotency-Key » a déjà servi pour une autre requête."),
        _("Prenez une nouvelle clé pour chaque nouvelle requête."),
    ),
    ProblemType(
        "too-many-requests",
        429,
        _("Trop de requêtes en peu de temps."),
        _("Attendez les secondes de « Retry-After »."),
    ),
    ProblemType(
        "server-error",
        500,
        _("Une erreur de notre côté."),
        _("Renvoyez plus tard avec la même « Idempotency-Key »."),
    ),
    ProblemType(
        "unavailable",
        503,
        _("Le service ne répond pas pour le moment."),
        _("Renvoyez plus tard avec la même « Idempotency-Key »."),
    ),
)
