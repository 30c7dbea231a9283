"""The code asked at sign-in after the password (threats: W14)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from requests_app.accounts import otp
from requests_app.accounts.errors import Refused
from requests_app.accounts.models import BackupCode, RightsEvent, SecondFactor, User
from requests_app.accounts.passwords import as_typed, digest_of, new_backup_codes
from requests_app.accounts.services.keys import trace_key

# By account and address a guesser has five tries; with a thousand addresses, this many in all. Beyond, six
# digits are no longer accepted: the agent is not locked out, a backup code (60 bits) still is.
MAX_WRONG_IN_A_ROW = 50
Kind = RightsEvent.Kind


@transaction.atomic
def turn_on_second_factor(*, user: User, key: str, code: str, at: datetime) -> list[str]:
    """Require codes from now on; return the backup codes, which nobody can show again.

    Refuses a code that is not of this key: the application has not understood it.
    """
    step = otp.step_of(key, as_typed(code), at)
    if step is None:
        raise Refused(_("Ce code ne va pas. Écrivez celui que l’application montre maintenant."))
    if not User.objects.present().filter(pk=user.pk, second_factor_at=None).update(second_factor_at=at):
        raise Refused(_("Le code à la connexion est déjà activé."))
    factor = SecondFactor.objects.create(user=user, sealed_key=otp.seal(key), last_step=step)
    _trace(user, Kind.FACTOR_ON, by=user, at=at)
    return _new_codes(factor)


@transaction.atomic
def accept_code(*, user: User, code: str, at: datetime) -> bool:
    """Tell whether this code is accepted, from the application or the printed list; each only once."""
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is None:
        return False
    typed = as_typed(code)
    if _accept_step(factor, typed, at) or _use_backup(factor, typed):
        SecondFactor.objects.filter(pk=factor.pk).update(wrong_in_a_row=0)
        return True
    SecondFactor.objects.filter(pk=factor.pk).update(wrong_in_a_row=F("wrong_in_a_row") + 1)
    return False


@transaction.atomic
def renew_backup_codes(*, user: User, at: datetime) -> list[str]:
    """Make ten other codes; those printed before are no longer accepted."""
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor is None:
        raise Refused(_("Le code à la connexion n’est pas activé."))
    factor.backup_codes.all().delete()
    _trace(user, Kind.BACKUP_CODES, by=user, at=at)
    return _new_codes(factor)


@transaction.atomic
def turn_off_second_factor(*, user: User, by: User, at: datetime) -> None:
    """Delete the key and the printed codes."""
    on = User.objects.filter(pk=user.pk).exclude(second_factor_at=None)
    if not on.update(second_factor_at=None):
        raise Refused(_("Le code à la connexion n’est pas activé."))
    SecondFactor.objects.filter(user=user).delete()
    _trace(user, Kind.FACTOR_OFF, by=by, at=at)


def remove_second_factor(*, user: User, by: User, at: datetime) -> None:
    """Remove the code of an agent who lost phone and list. Refuses one's own: that takes a code."""
    if user.pk == by.pk:
        raise Refused(_("Retirez le vôtre depuis votre compte, avec un code."))
    turn_off_second_factor(user=user, by=by, at=at)


def _accept_step(factor: SecondFactor, typed: str, at: datetime) -> bool:
    key = otp.unseal(factor.sealed_key)
    step = otp.step_of(key, typed, at) if key else None
    if step is None:
        return False
    newer = SecondFactor.objects.filter(
        pk=factor.pk, last_step__lt=step, wrong_in_a_row__lt=MAX_WRONG_IN_A_ROW
    )
    return bool(newer.update(last_step=step))  # two at once: the second one finds nothing


def _use_backup(factor: SecondFactor, typed: str) -> bool:
    return bool(BackupCode.objects.filter(factor=factor, digest=digest_of(typed)).delete()[0])


def _new_codes(factor: SecondFactor) -> list[str]:
    codes = new_backup_codes()
    BackupCode.objects.bulk_create(BackupCode(factor=factor, digest=digest_of(code)) for code in codes)
    return codes


def _trace(user: User, kind: str, *, by: User, at: datetime) -> None:
    if by.pk == user.pk:
        RightsEvent.objects.create(user=user, kind=kind, by=by, at=at)
    else:
        trace_key(user, kind, by=by, at=at, told_at=user.email)
