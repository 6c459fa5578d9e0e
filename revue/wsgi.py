"""Django as a plain WSGI application, for our front and for any other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "revue.settings.django")
application = get_wsgi_application()
