"""What we ask beside allauth's own fields: a birth date where there is an age limit, a code where one is needed."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from revue.accounts import policy, queries
from revue.accounts.errors import BadInvitation
from revue.platform.errors import RevueError


class SignUpForm(forms.Form):
    """Base of allauth's sign-up input (`ACCOUNT_SIGNUP_FORM_CLASS`)."""

    birth_date = forms.DateField(input_formats=["%Y-%m-%d"])
    invitation = forms.CharField(max_length=32)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        data = kwargs.get("data")
        if data and "handle" in data:  # our word for what allauth calls a user name
            kwargs["data"] = {"username": data["handle"], **data}
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].required = settings.MINIMUM_AGE > 0
        self.fields["invitation"].required = settings.INVITE_ONLY

    def clean_birth_date(self) -> Any:
        """The birth date, of someone old enough."""
        born = self.cleaned_data["birth_date"]
        if born is not None:
            try:
                policy.check_birth_date(born, minimum_age=settings.MINIMUM_AGE)
            except RevueError as error:
                raise ValidationError(error.detail, code=error.code) from error
        return born

    def clean_invitation(self) -> Any:
        """A code that works now; `actions.sign_up` takes it, and may still find that somebody was first."""
        code = self.cleaned_data["invitation"].strip()
        if settings.INVITE_ONLY and not queries.is_invitation_open(code):
            raise ValidationError(BadInvitation.title, code=BadInvitation.code)
        return code

    def signup(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Asked for by allauth; `AccountAdapter.save_user` has done everything in one transaction."""
