"""Mail in the demo: written to the terminal, for whoever plays both sides to read there."""

import sys
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import console

RULE = "-" * 79


class EmailBackend(console.EmailBackend):
    """Writes past Celery's log, which leaves links out, and without folding: a link stays whole."""

    def __init__(self, **options: Any) -> None:
        super().__init__(stream=sys.__stdout__, **options)

    def write_message(self, message: EmailMessage) -> None:
        """Whom it is for, what about, and what it says."""
        head = f"To: {', '.join(message.recipients())}\nSubject: {message.subject}"
        self.stream.write(f"{RULE}\n{head}\n\n{message.body}\n{RULE}\n")
