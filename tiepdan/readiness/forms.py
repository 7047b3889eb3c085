"""What the device check reports."""

from __future__ import annotations

from django import forms


class ResultForm(forms.Form):
    camera = forms.CharField(max_length=40)
    microphone = forms.CharField(max_length=40)
    speaker = forms.CharField(max_length=40)
    detail = forms.CharField(max_length=4000, required=False)
