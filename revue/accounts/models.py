"""A person: who signs in, and the profile others see."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from revue.accounts.contracts import Circle, Role
from revue.platform import clock, ids

_CIRCLES = [(circle.value, circle.value) for circle in Circle]


class PersonManager(BaseUserManager["Person"]):
    """Makes people the way Django's own commands expect; the product uses `accounts.actions`."""

    def get_by_natural_key(self, handle: str | None) -> "Person":
        """The person with this handle, in any case of letters."""
        return self.get(handle__iexact=handle)


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone with an account."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    handle = models.CharField(max_length=30, unique=True)
    email = models.EmailField(blank=True, default="")
    name = models.CharField(max_length=50, blank=True, default="")
    bio = models.CharField(max_length=160, blank=True, default="")
    links = models.JSONField(default=list, blank=True)  # [{"title": str, "url": str}], at most 5
    avatar_key = models.CharField(max_length=200, blank=True, default="")  # storage key of a WebP, or none
    birth_date = models.DateField(null=True, blank=True)
    home_region = models.CharField(max_length=40)
    role = models.CharField(max_length=10, choices=[(r.value, r.value) for r in Role], default=Role.MEMBER.value)
    is_demo = models.BooleanField(default=False)  # a performer of the demo troupe
    is_active = models.BooleanField(default=True)
    # What `contracts.Privacy` says.
    is_private = models.BooleanField(default=False)
    is_suggested = models.BooleanField(default=True)
    is_indexed = models.BooleanField(default=True)
    who_comments = models.CharField(max_length=10, choices=_CIRCLES, default=Circle.EVERYONE.value)
    who_mentions = models.CharField(max_length=10, choices=_CIRCLES, default=Circle.EVERYONE.value)
    who_duets = models.CharField(max_length=10, choices=_CIRCLES, default=Circle.EVERYONE.value)
    who_stitches = models.CharField(max_length=10, choices=_CIRCLES, default=Circle.EVERYONE.value)
    who_downloads = models.CharField(max_length=10, choices=_CIRCLES, default=Circle.EVERYONE.value)
    who_uses_sounds = models.CharField(max_length=10, choices=_CIRCLES, default=Circle.EVERYONE.value)
    who_sees_lists = models.CharField(max_length=10, choices=_CIRCLES, default=Circle.EVERYONE.value)
    who_messages = models.CharField(max_length=10, choices=_CIRCLES, default=Circle.EVERYONE.value)
    shows_read = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """One handle, whatever the case of its letters."""

        verbose_name_plural = "people"
        constraints: ClassVar = [models.UniqueConstraint(Lower("handle"), name="accounts_person_handle_unique")]
        indexes: ClassVar = [
            models.Index(fields=["email"], condition=~models.Q(email=""), name="accounts_person_email")
        ]

    def __str__(self) -> str:
        return f"@{self.handle}"

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin lets this person in."""
        return self.role == Role.ADMIN.value


class Invitation(models.Model):
    """A code that lets someone sign up while the instance is invite-only."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=32, unique=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    uses_left = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return self.code
