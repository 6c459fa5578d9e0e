"""How people sign up and in: allauth over its headless API, passwords, passkeys, codes, mail.

`revue.settings.django` imports every name from here. Each block says what the choice protects.
"""

from revue.settings.env import settings

_env = settings()

# What `revue.accounts` reads through `django.conf`, so that it never imports the settings themselves.
HOME_REGION = _env.home_region
MINIMUM_AGE = _env.minimum_age
INVITE_ONLY = _env.invite_only
INSTANCE_NAME = _env.instance_name
