"""How the launcher says no: one French sentence that says what to do, and an exit code."""

import errno
import sys
from collections.abc import Callable
from typing import NoReturn

BAD_ARGUMENTS = 2
LACKING = 69  # this machine lacks something
TRY_AGAIN = 75


class Refusal(Exception):
    """Carries the sentence shown to the person and the exit code of the command."""

    def __init__(self, sentence: str, code: int = LACKING) -> None:
        super().__init__(sentence)
        self.code = code


def disk_is_full(where: object) -> Refusal:
    """Return the one sentence for ENOSPC, wherever it comes from."""
    return Refusal(f"Le disque est plein ({where}) : libérez de la place, puis recommencez.", TRY_AGAIN)


def refusal_of(error: OSError) -> Refusal | None:
    """Translate the system errors a person can fix; None for the others."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_is_full(error.filename or "dossier de données")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename:
        return Refusal(
            f"Le fichier {error.filename} n’est pas accessible à ce compte : "
            "changez ses droits ou choisissez un autre dossier avec --data-dir."
        )
    return None


def run_and_exit(main: Callable[[], int]) -> NoReturn:
    """Run `main` and exit with its code; explain in one sentence what can be explained."""
    try:
        code = main()
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        code = refusal.code
    except OSError as error:
        refusal_or_none = refusal_of(error)
        if refusal_or_none is None:
            raise
        sys.stderr.write(f"{refusal_or_none}\n")
        code = refusal_or_none.code
    sys.exit(code)
