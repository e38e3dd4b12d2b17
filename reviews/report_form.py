"""What a member tells moderators about a review or a comment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models.moderation import LONGEST_NOTE, Reason


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong with it"), choices=Reason, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For the moderators: its author does not see who reported it, nor what they said."),
    )
