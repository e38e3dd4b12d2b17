"""What members fill in about their lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from watchlists.models import List, Role


class ListForm(forms.ModelForm):
    class Meta:
        model = List
        fields = ["name", "description", "is_ranked", "visibility"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}


class NoteForm(forms.Form):
    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class InviteForm(forms.Form):
    username = forms.CharField(
        label=_("Username"), max_length=31, widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role)

    def clean_username(self) -> str:
        return self.cleaned_data["username"].removeprefix("@")
