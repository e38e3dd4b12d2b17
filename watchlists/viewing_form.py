"""What a member fills in about one viewing."""

import re
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from watchlists import diary
from watchlists.companions import MOST_COMPANIONS, members_named, shown_companions
from watchlists.models import Precision, Viewing
from watchlists.models.tags import LONGEST_TAG, MOST_TAGS, tidy

DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
PRECISIONS = {1: Precision.YEAR, 2: Precision.MONTH, 3: Precision.DAY}
WRITTEN = {Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m", Precision.DAY: "%Y-%m-%d"}
RATINGS = [("", _("None")), *((str(value), str(value)) for value in range(10, 0, -1))]
REWATCH = [("", _("As the diary tells")), ("true", _("Yes")), ("false", _("No"))]
NO_DAY = ValidationError(_("Give a day as in 2026-11-20, 2026-11 or 2026."), "invalid")
# Of the services' faults, the field that they are about.
FIELDS = {"watched_on": "day"}


class Day(NamedTuple):
    watched_on: date | None
    precision: str


class DayField(forms.CharField):
    """A day as far as one knows it: `2026-11-20`, `2026-11`, `2026`, or nothing."""

    def clean(self, value: Any) -> Day:
        text = super().clean(value)
        if not text:
            return Day(None, Precision.UNKNOWN)
        match = DAY.fullmatch(text)
        if match is None:
            raise NO_DAY
        parts = [int(part) for part in match.groups() if part]
        try:
            return Day(date(*parts, *[1] * (3 - len(parts))), PRECISIONS[len(parts)])
        except ValueError as fault:
            raise NO_DAY from fault


class WordsField(forms.CharField):
    """Words apart by commas, each once."""

    def __init__(self, *, most: int, longest: int, **options: Any) -> None:
        super().__init__(required=False, max_length=most * (longest + 2), **options)
        self.most, self.longest = most, longest

    def clean(self, value: Any) -> list[str]:
        words = list(dict.fromkeys(filter(None, map(self.written, super().clean(value).split(",")))))
        if len(words) > self.most:
            raise ValidationError(_("Give {} at the most.").format(self.most), "too_many")
        if any(len(word) > self.longest for word in words):
            raise ValidationError(_("Each has {} characters at the most.").format(self.longest), "too_long")
        return words

    def written(self, word: str) -> str:
        return word.strip()


class TagsField(WordsField):
    def written(self, word: str) -> str:
        return tidy(word)


class NamesField(WordsField):
    def written(self, word: str) -> str:
        return word.strip().removeprefix("@")


class ViewingForm(forms.Form):
    """One viewing by `user`; of one that is there already, what it says."""

    day = DayField(
        label=_("When"),
        required=False,
        max_length=10,
        help_text=_("As in 2026-11-20; 2026-11 or 2026 where you know no more, and nothing where you do not know."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "2026-11-20"}),
    )
    rating = forms.TypedChoiceField(
        label=_("Rating"), choices=RATINGS, coerce=int, empty_value=None, required=False, help_text=_("10 is the best.")
    )
    is_rewatch = forms.TypedChoiceField(
        label=_("Seen before"), choices=REWATCH, coerce=lambda text: text == "true", empty_value=None, required=False
    )
    tags = TagsField(label=_("Tags"), most=MOST_TAGS, longest=LONGEST_TAG, help_text=_("Apart by commas."))
    companions = NamesField(
        label=_("Seen with"), most=MOST_COMPANIONS, longest=30, help_text=_("Usernames of members, apart by commas.")
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2_000,
        help_text=_("For yourself: others do not see it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_companions(self) -> list[User]:
        try:
            return members_named(self.cleaned_data["companions"], self.user)
        except ValidationError as fault:
            raise ValidationError(fault.messages) from fault

    def log(self, movie_id: int) -> Viewing | None:
        """The viewing, written; None where the diary refuses it, with its reason beside the field."""
        try:
            return diary.log(user=self.user, movie_id=movie_id, **self.told())[0]
        except ValidationError as fault:
            self.blame(fault)
            return None

    def change(self, viewing: Viewing) -> Viewing | None:
        """Likewise, of one that is there."""
        try:
            return diary.change(viewing, **self.told())
        except ValidationError as fault:
            self.blame(fault)
            return None

    def told(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        return told | told.pop("day")._asdict()

    def blame(self, fault: ValidationError) -> None:
        by_field = fault.error_dict if hasattr(fault, "error_dict") else {None: fault.error_list}
        for name, faults in by_field.items():
            self.add_error(FIELDS.get(name, name), faults)


def written(viewing: Viewing) -> dict[str, Any]:
    """A viewing as the form shows it."""
    day = viewing.watched_on
    named = [companion.member.username for companion in shown_companions([viewing], viewing.user)]
    return {
        "day": f"{day:{WRITTEN[viewing.precision]}}" if day else "",
        "rating": viewing.rating or "",
        "is_rewatch": str(viewing.is_rewatch).lower() if viewing.is_rewatch_set else "",
        "tags": ", ".join(viewing.tags),
        "companions": ", ".join(named),
        "note": viewing.note,
    }
