"""What agents change about themselves."""

from requests_app.accounts.errors import Refused
from requests_app.accounts.models import Membership, Role, User
from requests_app.maisons.models import Maison


def set_own_password(*, user: User, password: str) -> None:
    """Replace the password, temporary or not."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])


def work_at(*, user: User, maison_id: str) -> None:
    """Choose the default Maison; "" is all of them. Refuses one where the agent holds no role."""
    if not maison_id:
        User.objects.filter(pk=user.pk).update(current_maison=None)
        return
    maison = Maison.objects.current().filter(pk=maison_id).first() if maison_id.isdecimal() else None
    held = Membership.objects.filter(user=user).exclude(role=Role.ADMIN)
    if maison is None or (not held.filter(maison=maison).exists() and not held.filter(maison=None).exists()):
        raise Refused
    User.objects.filter(pk=user.pk).update(current_maison=maison)
