"""The forms of the pages: what the API takes as JSON, as one types it."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from watchlists.companions import MOST_COMPANIONS, members_named
from watchlists.models import Precision
from watchlists.models.tags import LONGEST_TAG, MOST_TAGS, tidy
from web.widgets import Select

VAGUE = re.compile(r"(\d{4})(?:-(\d{1,2}))?", re.ASCII)
REWATCH = {"": None, "yes": True, "no": False}
# Where a fault of the diary's is told.
FIELDS = {"watched_on": "day", "companions": "companions"}


class ViewingForm(forms.Form):
    """One viewing. Of the day, what is said most vaguely is what counts: that it is unknown, then month or year."""

    day = forms.DateField(
        label=_("Day"), required=False, input_formats=["%Y-%m-%d"], widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    vague = forms.CharField(
        label=_("Or only the month or the year"), required=False, max_length=7, help_text=_("As in 2019-05, or 2019.")
    )
    is_unknown = forms.BooleanField(label=_("I do not know when"), required=False)
    rating = forms.TypedChoiceField(
        label=_("Rating"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=Select,
        choices=[("", _("None")), *((number, f"{number} / 10") for number in range(10, 0, -1))],
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For yourself."),
    )
    tags = forms.CharField(label=_("Tags"), required=False, max_length=1_000, help_text=_("Apart by commas."))
    companions = forms.CharField(
        label=_("Seen with"), required=False, max_length=1_000, help_text=_("Usernames, apart by commas.")
    )
    rewatch = forms.ChoiceField(
        label=_("Seen before?"),
        required=False,
        widget=Select,
        choices=[("", _("As my diary says")), ("yes", _("Yes")), ("no", _("No"))],
    )

    def __init__(self, *args: Any, member: Any, **options: Any) -> None:
        options.setdefault("initial", {"day": timezone.now().date()})
        super().__init__(*args, auto_id="viewing_%s", **options)
        self.member = member

    def clean_vague(self) -> tuple[date, str] | None:
        text = self.cleaned_data["vague"].strip()
        if not text:
            return None
        match = VAGUE.fullmatch(text)
        try:
            year, month = match.groups()
            return date(int(year), int(month or 1), 1), Precision.MONTH if month else Precision.YEAR
        except (AttributeError, ValueError) as fault:
            raise ValidationError(_("Give a month or a year, as in 2019-05 or 2019."), "invalid") from fault

    def clean_tags(self) -> list[str]:
        tags = list(dict.fromkeys(filter(None, map(tidy, self.cleaned_data["tags"].split(",")))))
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            text = _("At most {number} tags of {letters} letters.").format(number=MOST_TAGS, letters=LONGEST_TAG)
            raise ValidationError(text, "max_length")
        return tags

    def clean_companions(self) -> list[Any]:
        names = [name.strip().removeprefix("@") for name in self.cleaned_data["companions"].split(",")]
        names = list(filter(None, names))
        if len(names) > MOST_COMPANIONS:
            raise ValidationError(_("At most {} companions.").format(MOST_COMPANIONS), "max_length")
        try:
            return members_named(names, self.member)
        except ValidationError as fault:
            raise ValidationError(fault.messages) from fault

    def told(self) -> dict[str, Any]:
        """As `watchlists.diary.log` takes it; of a form that is valid."""
        given = self.cleaned_data
        day, precision = given["vague"] or (given["day"], Precision.DAY)
        if given["is_unknown"]:
            day, precision = None, Precision.UNKNOWN
        told = {name: given[name] for name in ("rating", "note", "tags", "companions")}
        return told | {"watched_on": day, "precision": precision, "is_rewatch": REWATCH[given["rewatch"]]}

    def blame(self, fault: ValidationError) -> None:
        """Ties what the diary says to the field that it is about."""
        for name, faults in fault.error_dict.items():
            field = "vague" if name == "watched_on" and self.cleaned_data.get("vague") else FIELDS.get(name)
            self.add_error(field, faults)


class ToListForm(forms.Form):
    """A list to put a film into: one of those that the member may change, or a new one by its name."""

    list = forms.ChoiceField(label=_("List"), required=False, widget=Select)
    name = forms.CharField(label=_("Or a new list"), required=False, max_length=120)

    def __init__(self, *args: Any, lists: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="list_%s", **options)
        self.fields["list"].choices = [("", _("Choose")), *((str(one.pk), one.name) for one in lists)]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not (given.get("list") or given.get("name")):
            raise ValidationError(_("Choose a list, or name a new one."), "required")
        return given
