from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserQuerySet(models.QuerySet["User"]):
    def present(self) -> Self:
        """Filter agents who still work here."""
        return self.agents().filter(is_active=True)

    def agents(self) -> Self:
        """Filter people, without the accounts of programs."""
        return self.filter(is_service=False)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Save an agent; without a password the account cannot sign in yet."""
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """An agent of the authority.

    ``is_staff`` and ``is_superuser`` follow the role ``admin``: they open Django's admin pages (catalog,
    Maisons) and nothing of the tickets, which memberships alone decide. ``shown_as`` stands for their name
    in all that leaves, where their safety requires it; only ``accounts.signing`` reads it.
    ``is_service`` is the account of a program, which nobody signs in to and no list of agents names.
    ``second_factor_at`` is since when a code is asked at sign-in; None when it is not.
    """

    class Theme(models.TextChoices):
        AUTO = "auto", _("Selon l’ordinateur")
        LIGHT = "light", _("Clair")
        DARK = "dark", _("Sombre")

    class Density(models.TextChoices):
        COMFORT = "comfort", _("Aérée")
        COMPACT = "compact", _("Serrée")

    username = models.CharField(_("Identifiant"), max_length=60, unique=True)
    given_name = models.CharField(_("Prénom"), max_length=80, blank=True)
    family_name = models.CharField(_("Nom"), max_length=80, blank=True)
    shown_as = models.CharField(
        _("Nom montré aux usagers"), max_length=80, blank=True, default="", db_default=""
    )
    email = models.EmailField(_("E-mail"), blank=True)
    is_active = models.BooleanField(_("En poste"), default=True)
    is_staff = models.BooleanField(default=False)
    is_service = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False, db_default=False)
    second_factor_at = models.DateTimeField(null=True, blank=True)
    current_maison = models.ForeignKey(
        "maisons.Maison", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.AUTO)
    density = models.CharField(max_length=10, choices=Density.choices, default=Density.COMFORT)
    shortcuts_on = models.BooleanField(_("Raccourcis à une touche"), default=True)
    # Counted in the transaction that answers: the menu shows it on every page without a statement.
    unread_feedback = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or self.username

    @property
    def initials(self) -> str:
        words = self.full_name.replace("-", " ").split()
        return "".join(w[0] for w in words[:2]).upper()

    def get_short_name(self) -> str:
        return self.given_name or self.username
