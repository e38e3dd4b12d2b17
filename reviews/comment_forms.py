"""What members say below a review, as one types it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reviews.models import LONGEST_COMMENT


class CommentForm(forms.Form):
    """A comment, or an answer to the one that `parent_id` names."""

    body = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_COMMENT * 2,  # what it comes to when it is tidied is for the service to say
        strip=False,
        widget=forms.Textarea({"rows": 3, "maxlength": LONGEST_COMMENT}),
        help_text=_("*Emphasis*, **strong**, > quote, >!spoiler!<, @name."),
    )
    parent_id = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def blame(self, fault: ValidationError) -> None:
        """Ties what the service says to the field that it is about."""
        known = fault.error_dict if hasattr(fault, "error_dict") else {"body": fault.error_list}
        for name, faults in known.items():
            self.add_error("body" if name == "body" else None, faults)
