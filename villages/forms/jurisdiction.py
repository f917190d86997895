"""Which office serves a region: the pair that somebody pressed."""

from django import forms

LARGEST = 2**31 - 1


class SettleForm(forms.Form):
    """A region, and the office that serves it."""

    region = forms.IntegerField(min_value=1, max_value=LARGEST)
    office = forms.IntegerField(min_value=1, max_value=LARGEST)
