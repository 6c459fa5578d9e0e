"""Where allauth asks us: how people are made, named, written to and shown."""

import dataclasses
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.headless.internal.restkit.response import ErrorResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest

from revue.accounts import actions, policy, queries, seal, tasks
from revue.accounts.errors import BadInvitation, TooYoung
from revue.platform import ids
from revue.platform.errors import RevueError

_FIELD_OF_ERROR = {BadInvitation.code: "invitation", TooYoung.code: "birth_date"}


@dataclasses.dataclass(frozen=True, slots=True)
class _Instance:
    """Stands where Django's Site would: mail names the instance as its owner does, whatever `Host` was sent."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-up through `actions.sign_up`, mail through a job."""

    def clean_username(self, username: str, shallow: bool = False) -> str:  # noqa: FBT001, FBT002 - allauth's shape
        """The handle as it is stored, when it is free."""
        try:
            handle = policy.clean_handle(username)
        except RevueError as error:
            raise ValidationError(error.detail, code=error.code) from error
        cleaned: str = super().clean_username(handle, shallow=shallow)
        return cleaned

    def save_user(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,  # noqa: ARG002 - allauth's empty one; ours is made whole
        form: BaseForm,
        commit: bool = True,  # noqa: ARG002, FBT001, FBT002
    ) -> AbstractBaseUser:
        """The new person, made in one transaction with the invitation it used."""
        data = form.cleaned_data
        try:
            return actions.sign_up(
                handle=data["username"],
                password=data["password"],
                email=data.get("email") or "",
                birth_date=data.get("birth_date"),
                invitation=data.get("invitation") or "",
            )
        except RevueError as error:
            field = _FIELD_OF_ERROR.get(error.code, "username")
            form.add_error(field, ValidationError(error.detail, code=error.code))
            raise ImmediateHttpResponse(ErrorResponse(request, input=form)) from error

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail now, send it by a job: a mail server that is away breaks nobody's sign-up."""
        instance = _Instance(settings.INSTANCE_NAME, settings.BASE_URL)
        message = self.render_mail(template_prefix, email, {**context, "email": email, "current_site": instance})
        tasks.send_mail.enqueue(to=email, subject=message.subject, body=message.body)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """One count of failures for each account. Allauth's own key holds the `Host` header, which anyone may vary."""
        login = credentials.get("email") or credentials.get("username") or ""
        return str(login).lower()


class HeadlessAdapter(DefaultHeadlessAdapter):  # type: ignore[misc]
    """People in allauth's answers look as they do in our API: short ids, handles."""

    def serialize_user(self, user: AbstractBaseUser) -> dict[str, Any]:
        """A person's own view of who they are."""
        shown = super().serialize_user(user)
        return {**shown, "id": ids.to_short(user.pk), "handle": user.get_username()}


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals secrets, and ties passkeys to the address people type, not to the `Host` header."""

    def encrypt(self, text: str) -> str:
        """A TOTP key or recovery seed as it is stored."""
        return seal.close(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Its plain form."""
        return seal.open_(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The relying party: the host name of `BASE_URL`."""
        return {"id": queries.passkey_host(), "name": settings.INSTANCE_NAME}
