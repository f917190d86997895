"""The WSGI entry point of the production web server."""

import os

from django.core.wsgi import get_wsgi_application

from desabinaan import celery
from desabinaan.checks import require_configuration

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")

application = get_wsgi_application()
require_configuration()
celery.publish_only()
