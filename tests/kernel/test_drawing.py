"""Lists of choices: drawn by one loop, and the same as Django draws them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates, get_default_renderer

from tiepdan.kernel.drawing import Renderer

CHOICES = [("", "Mọi loại"), (7, "Khiếu nại"), ("a&b", "<b>Tố cáo</b> & «khác»")]
GROUPED = [("", "Chọn"), ("Xã <A>", [(1, "Một"), (2, "Hai")]), ("Phường", [(3, "Ba")])]


class Form(forms.Form):
    plain = forms.ChoiceField(choices=CHOICES, widget=forms.Select(attrs={"class": "form-select", "hidden": True}))
    grouped = forms.ChoiceField(choices=GROUPED, required=False)
    several = forms.MultipleChoiceField(choices=GROUPED, widget=forms.SelectMultiple(attrs={"data-x": 'a"b'}))
    maybe = forms.NullBooleanField()


def test_the_house_draws_with_it() -> None:
    assert settings.FORM_RENDERER == "tiepdan.kernel.drawing.Renderer" and isinstance(get_default_renderer(), Renderer)


@pytest.mark.parametrize("data", [None, {"plain": "a&b", "grouped": "3", "several": ["1", "3"], "maybe": "true"}])
def test_it_draws_what_django_draws(data: dict[str, object] | None) -> None:
    ours, theirs = Form(data, renderer=Renderer()), Form(data, renderer=DjangoTemplates())
    for name in ours.fields:
        assert _Parts(str(ours[name])).found == _Parts(str(theirs[name])).found
        assert "<select" in str(ours[name])


class _Parts(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))  # the order of the attributes means nothing

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.found += [data.strip()] if data.strip() else []
