"""The widgets for long choices say what Django's own say."""

import pytest
from django import forms
from django.test.html import parse_html

from web.widgets import Checkboxes, Select

CHOICES = [("", "Any"), ("8", "Eight"), ("<b>", "<i>Nine & a half</i>")]


def rendered(field, chosen):
    class Form(forms.Form):
        some = field

    return str(Form({"some": chosen})["some"])


@pytest.mark.parametrize("is_required", [True, False])
@pytest.mark.parametrize("chosen", ["", "8", "<b>", "other"])
def test_one_of_many(chosen, is_required):
    ours, theirs = (
        rendered(forms.ChoiceField(choices=CHOICES, widget=widget, required=is_required), chosen)
        for widget in (Select({"class": "wide"}), forms.Select({"class": "wide"}))
    )
    assert parse_html(ours) == parse_html(theirs)


@pytest.mark.parametrize("chosen", [[], ["8"], ["8", "<b>"], ["other"]])
def test_any_of_many(chosen):
    ours, theirs = (
        rendered(forms.MultipleChoiceField(choices=CHOICES[1:], widget=widget, required=False), chosen)
        for widget in (Checkboxes, forms.CheckboxSelectMultiple)
    )
    assert parse_html(ours) == parse_html(theirs)
    assert "<i>" not in ours
