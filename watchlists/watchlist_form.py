"""What a watchlist is narrowed and ordered by on its page, and what its owner notes beside a film."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.models import Genre
from catalog.places import spoken_languages
from watchlists.models import WatchlistEntry

ANY = ("", _("Any"))
DECADES = [ANY, *((str(year), f"{year}–{year + 9}") for year in range(2020, 1880, -10))]
ALL = "all"
ORDERS = [
    ("", _("Added last")),
    ("added_at", _("Added first")),
    ("-priority", _("Priority")),
    ("-release_date", _("Newest")),
    ("release_date", _("Oldest")),
    ("-popularity", _("Most popular")),
    ("-rating", _("Best rated")),
]


def choice(label: Any, choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices)


class WatchlistForm(forms.Form):
    """What `WatchlistFilter` can be asked on a page. Unless it is said, the films are those still to be seen."""

    watched = choice(_("Show"), [("", _("To see")), ("true", _("Seen")), (ALL, _("Everything"))])
    ordering = choice(_("Order"), ORDERS)
    genre = choice(_("Genre"))
    decade = choice(_("Decade"), DECADES)
    language = choice(_("Original language"))
    max_runtime = forms.IntegerField(label=_("Minutes at most"), required=False, min_value=0, max_value=100_000)
    rating_min = forms.FloatField(label=_("TMDB rating at least"), required=False, min_value=0, max_value=10)
    unreleased = choice(_("Released"), [ANY, ("false", _("Out already")), ("true", _("Yet to come"))])
    on_my_services = forms.BooleanField(
        label=_("On my services"), required=False, widget=forms.CheckboxInput({"value": "true"})
    )

    def __init__(self, query: QueryDict, *, is_member: bool) -> None:
        super().__init__(query)
        self.fields["genre"].choices = [ANY, *((str(one.pk), one.name) for one in Genre.objects.order_by("name"))]
        self.fields["language"].choices = [ANY, *spoken_languages()]
        if not is_member:
            del self.fields["on_my_services"]

    def asked(self) -> QueryDict:
        """What is asked for, as `WatchlistFilter` takes it."""
        query = QueryDict(mutable=True)
        for name in self.fields:
            if self.data.get(name):
                query[name] = self.data[name]
        watched = query.pop("watched", ["false"])[-1]
        if watched != ALL:
            query["watched"] = watched
        return query

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.fields if name != "ordering")


class EntryForm(forms.Form):
    priority = forms.TypedChoiceField(label=_("Priority"), choices=WatchlistEntry.Priority.choices, coerce=int)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        help_text=_("For yourself: others do not see it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
