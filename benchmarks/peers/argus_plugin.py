"""Argus's own plugin argus-ticket-github, called as Argus calls it: `create_ticket` with the
serialised incident. The test CA is trusted through REQUESTS_CA_BUNDLE.

PyGithub, which it uses, waits a quarter of a second between two requests; with UNPACED=1 in the
environment it is told not to, which Argus does not do."""
import functools
import os
import sys
import tempfile

import rounds

port, _, folder, texts = rounds.arguments()
with tempfile.TemporaryDirectory() as settings_folder:
    with open(f"{settings_folder}/benchmark_settings.py", "w", encoding="utf-8") as settings:
        settings.write(
            "from argus.site.settings.base import *\n"
            "MEDIA_PLUGINS = []\n"
            "TICKET_PLUGIN = 'argus_ticket_github.GithubPlugin'\n"
            f"TICKET_ENDPOINT = 'https://localhost:{port}/'\n"
            "TICKET_AUTHENTICATION_SECRET = {'token': 'benchmark'}\n"
            f"TICKET_INFORMATION = {{'project_namespace_and_name': 'octo/{texts}'}}\n")
    sys.path.insert(0, settings_folder)
    os.environ.update(SECRET_KEY="benchmark", DATABASE_URL="sqlite://:memory:",
                      DJANGO_SETTINGS_MODULE="benchmark_settings")
    import django

    django.setup()
from argus.incident.ticket.utils import get_autocreate_ticket_plugin

plugin = get_autocreate_ticket_plugin()
if os.environ.get("UNPACED"):
    import github

    github.Github = functools.partial(github.Github, seconds_between_requests=None,
                                      seconds_between_writes=None)

incident = rounds.read(folder, texts, "incident")
# The plugin fails at a tag whose value has "=": such a tag is left out for it.
incident["tags"] = [tag for tag in incident["tags"] if tag["tag"].count("=") == 1]

rounds.answer_rounds(lambda: plugin.create_ticket(dict(incident)))
