"""The portal's own way to keep passwords, only fast; a real web server can read them."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """One round instead of a million."""

    iterations = 1
