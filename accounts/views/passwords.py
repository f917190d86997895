"""A forgotten password: allauth's page, which here also says when no mail can leave."""

from __future__ import annotations

from allauth.account.views import PasswordResetView
from django.http import HttpResponse

from accounts.forms.sign_in import AskForLinkForm, NotSent

NOT_SENT = "Tautan belum dapat dikirim: portal sedang terganggu. Coba lagi nanti."


class AskForLinkView(PasswordResetView):  # type: ignore[misc]
    """Known and unknown addresses get the same answer, also while nothing can be sent."""

    def form_valid(self, form: AskForLinkForm) -> HttpResponse:
        """Go on to "look into your mail", or say that none is on its way."""
        try:
            response: HttpResponse = super().form_valid(form)
        except NotSent:
            form.add_error(None, NOT_SENT)
            response = self.form_invalid(form)
        return response
