"""Django's widgets for long choices, written at once: of Django's own each choice is a template rendered."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

CHOSEN, TICKED, NOT = mark_safe(" selected"), mark_safe(" checked"), SafeString("")


class Select(forms.Select):
    """One of many; choices in groups are not known to it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        rows = ((key, CHOSEN if str(key) in chosen else NOT, label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html("<select{}>{}</select>", flatatt(self._attrs(name, attrs)), options)

    def _attrs(self, name: str, attrs: Any) -> dict[str, Any]:
        return self.build_attrs(self.attrs, {"name": name} | (attrs or {}))


class Checkboxes(forms.CheckboxSelectMultiple):
    """Any of many."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        more = dict(attrs or {})
        chosen, own = set(self.format_value(value)), more.pop("id", f"id_{name}")
        rows = (
            (f"{own}_{number}", name, key, TICKED if str(key) in chosen else NOT, flatatt(more), label)
            for number, (key, label) in enumerate(self.choices)
        )
        line = '<div><label for="{0}"><input type="checkbox" id="{0}" name="{1}" value="{2}"{3}{4}> {5}</label></div>'
        return format_html('<div id="{}">{}</div>', own, format_html_join("", line, rows))
