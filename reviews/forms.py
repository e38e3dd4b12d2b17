"""The forms of the pages: what the API takes as JSON, as one types it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reviews.models import LONGEST_REVIEW, Review, Status

HINT = _("*Emphasis*, **strong**, > quote, >!spoiler!<, @name, [words](https://…).")


class ReviewForm(forms.Form):
    """The member's one review of a film; sent with `draft`, it is kept without being shown."""

    body = forms.CharField(
        label=_("Review"),
        max_length=LONGEST_REVIEW * 2,  # what it comes to when it is tidied is for the service to say
        strip=False,
        widget=forms.Textarea({"rows": 8, "maxlength": LONGEST_REVIEW}),
        help_text=HINT,
    )
    contains_spoilers = forms.BooleanField(label=_("It contains spoilers: fold it"), required=False)

    def __init__(self, *args: Any, review: Review | None, **options: Any) -> None:
        if review:
            options["initial"] = {"body": review.body, "contains_spoilers": review.contains_spoilers}
        super().__init__(*args, auto_id="review_%s", **options)
        self.review = review

    def told(self) -> dict[str, Any]:
        """As `reviews.services` takes it; what is published stays so."""
        status = Status.DRAFT if "draft" in self.data and self.may_be_draft else Status.PUBLISHED
        return {name: self.cleaned_data[name] for name in ("body", "contains_spoilers")} | {"status": status}

    @property
    def may_be_draft(self) -> bool:
        return self.review is None or self.review.status == Status.DRAFT

    def blame(self, fault: ValidationError) -> None:
        """Ties what the service says to its field."""
        known = getattr(fault, "error_dict", {"body": fault.error_list if hasattr(fault, "error_list") else [fault]})
        for name, faults in known.items():
            self.add_error(name if name in self.fields else None, faults)
