"""What the console shows. The one module above the apps that names their models: see decision 0016.

Everything is read-only, save for what an action of `accounts` can do.
"""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from revue.accounts import actions, queries
from revue.accounts.contracts import Role
from revue.console.site import ConsoleSite
from revue.platform.errors import RevueError

LONGEST_INVITATION_DAYS = 365


class ReadOnly(ModelAdmin):  # type: ignore[misc]  # Unfold has no types
    """A list and a page of each row, nothing to change."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nobody: deleting is more than a row."""
        return False


class People(ReadOnly):
    """Accounts: an admin changes the role, and closes or opens them."""

    list_display = ("handle", "name", "role", "is_active", "joined_at")
    list_filter = ("role", "is_active", "is_demo")
    search_fields = ("handle", "name", "email")
    ordering = ("-joined_at",)
    fields = (
        "handle",
        "name",
        "bio",
        "email",
        "home_region",
        "joined_at",
        "last_login",
        "is_demo",
        "role",
        "is_active",
    )
    readonly_fields = ("handle", "name", "bio", "email", "home_region", "joined_at", "last_login", "is_demo")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Whoever is in here is an admin."""
        return True

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001
        """Change role and standing through the actions that everything else uses."""
        actor = queries.viewer_for(request)
        try:
            if "role" in form.changed_data:
                actions.set_role(actor=actor, person_id=obj.pk, role=Role(obj.role))
            if "is_active" in form.changed_data:
                actions.set_active(actor=actor, person_id=obj.pk, is_active=obj.is_active)
        except RevueError as error:
            self.message_user(request, error.detail, messages.ERROR)


class NewInvitation(forms.ModelForm):  # type: ignore[type-arg]
    """How often a code works, and for how long."""

    days = forms.IntegerField(
        min_value=1, max_value=LONGEST_INVITATION_DAYS, required=False, help_text="Empty: until it is used up."
    )


class Invitations(ReadOnly):
    """Codes: an admin makes and revokes them."""

    form = NewInvitation
    list_display = ("code", "uses_left", "expires_at", "made_by", "made_at")
    ordering = ("-made_at",)
    actions = ("revoke",)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:  # noqa: ARG002
        """What is asked for a new code, and what is shown of an old one."""
        return ("uses_left", "days") if obj is None else ("code", "uses_left", "expires_at", "made_by", "made_at")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Whoever is in here is an admin."""
        return True

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001
        """Make the code; the form's own object becomes the one that was made."""
        code = actions.make_invitation(
            actor=queries.viewer_for(request), uses=obj.uses_left, days=form.cleaned_data["days"]
        )
        made = type(obj).objects.get(code=code)
        obj.pk, obj.code, obj.expires_at, obj.made_by = made.pk, made.code, made.expires_at, made.made_by

    def revoke(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        """Close the chosen codes."""
        for code in chosen.values_list("code", flat=True):
            actions.revoke_invitation(actor=queries.viewer_for(request), code=code)


class Videos(ReadOnly):
    """Videos and where they are in their life."""

    list_display = ("id", "author", "state", "visibility", "caption", "published_at")
    list_filter = ("state", "visibility")
    search_fields = ("caption", "author__handle")
    list_select_related = ("author",)
    ordering = ("-id",)


class Clips(ReadOnly):
    """What became of uploads."""

    list_display = ("id", "owner", "state", "progress", "attempts", "failure_code", "made_at")
    list_filter = ("state",)
    list_select_related = ("owner",)
    ordering = ("-id",)


class Sightings(ReadOnly):
    """Clips in which pictures of a list were found."""

    list_display = ("clip", "list_name", "pictures", "seen_at")
    list_filter = ("list_name",)
    ordering = ("-seen_at",)


class Comments(ReadOnly):
    """What people say."""

    list_display = ("id", "author", "video", "thread_id", "text", "made_at", "held_for", "deleted_at")
    list_filter = ("held_for",)
    search_fields = ("text", "author__handle")
    list_select_related = ("author", "video")
    ordering = ("-id",)


_SHOWN = {
    "accounts.Person": People,
    "accounts.Invitation": Invitations,
    "videos.Video": Videos,
    "media.Clip": Clips,
    "media.Sighting": Sightings,
    "social.Comment": Comments,
}


def register(site: ConsoleSite) -> None:
    """Show each model on the site."""
    for name, shown in _SHOWN.items():
        model = apps.get_model(name)
        if not site.is_registered(model):
            site.register(model, shown)
