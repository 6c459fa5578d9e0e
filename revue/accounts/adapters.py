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
from django.http import HttpRequest, HttpResponse

from revue.accounts import actions, policy, queries, tasks
from revue.accounts.contracts import SecurityEvent
from revue.accounts.errors import BadInvitation, TooYoung
from revue.platform import ids, seal
from revue.platform.errors import RevueError

_SECRETS = "revue.accounts.seal.1"  # authenticator apps and recovery codes
_FIELD_OF_ERROR = {BadInvitation.code: "invitation", TooYoung.code: "birth_date"}

# What allauth has just done, by the mail it would send about that.
_EVENT_OF_MAIL = {
    "account/email/password_changed": SecurityEvent.PASSWORD_CHANGED,
    "account/email/password_set": SecurityEvent.PASSWORD_CHANGED,
    "account/email/password_reset": SecurityEvent.PASSWORD_CHANGED,
    "account/email/email_changed": SecurityEvent.EMAIL_CHANGED,
    "mfa/email/totp_activated": SecurityEvent.FACTOR_ADDED,
    "mfa/email/webauthn_added": SecurityEvent.FACTOR_ADDED,
    "mfa/email/totp_deactivated": SecurityEvent.FACTOR_REMOVED,
    "mfa/email/webauthn_removed": SecurityEvent.FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": SecurityEvent.CODES_MADE,
}


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

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell apps above what happened, whether or not there is an address to write to."""
        event = _EVENT_OF_MAIL.get(template_prefix)
        if event is not None:
            actions.tell_security(person_id=user.pk, event=event, user_agent=self._agent())
        super().send_notification_mail(template_prefix, user, context, email)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse:
        """Tell apps above of a sign-in with a browser that is new; signing up is none."""
        if not how.get("signup") and queries.is_new_browser(person_id=user.pk, user_agent=self._agent()):
            actions.tell_security(person_id=user.pk, event=SecurityEvent.SIGNED_IN, user_agent=self._agent())
        response: HttpResponse = super().post_login(request, user, **how)
        return response

    def _agent(self) -> str:
        """What the browser calls itself, as far as sessions keep it."""
        agent: str = self.get_http_user_agent(self.request)
        return agent[: queries.LONGEST_AGENT]

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
        return seal.close(text, use=_SECRETS)

    def decrypt(self, encrypted_text: str) -> str:
        """Its plain form."""
        return seal.open_(encrypted_text, use=_SECRETS)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The relying party: the host name of `BASE_URL`."""
        return {"id": queries.passkey_host(), "name": settings.INSTANCE_NAME}
