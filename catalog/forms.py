"""The forms of the catalogue's pages: plain GET forms, whose addresses can be kept and sent."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.filter_fields import MOST_PROVIDERS
from catalog.filters import FIRST_YEAR, LAST_YEAR
from catalog.models import Genre, Provider
from catalog.places import covered, spoken_languages
from catalog.search import LONGEST_QUERY
from web.widgets import Checkboxes, Select

OFFERED = 18
ORDERS = [
    ("", _("Most popular")),
    ("-rating", _("Best rated")),
    ("-votes", _("Most votes")),
    ("-release_date", _("Newest")),
    ("release_date", _("Oldest")),
    ("title", _("Title")),
    ("runtime", _("Shortest")),
    ("-runtime", _("Longest")),
    ("rating", _("Worst rated")),
    ("votes", _("Fewest votes")),
    ("-title", _("Title, backwards")),
    ("popularity", _("Least popular")),
    ("-popularity", _("Most popular")),
]
# Of these the page has no field; they come by links, and stay while one narrows further.
BY_LINK = ("year", "keyword", "person", "collection")
SEVERAL = ("genre", "provider")


def year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)


def minutes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=100_000)


class BrowseForm(forms.Form):
    """What `MovieFilter` can be asked on a page, with names in place of ids."""

    ordering = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS[:-1], widget=Select)
    genre = forms.MultipleChoiceField(label=_("Genres"), required=False, widget=Checkboxes)
    year_min = year(_("From year"))
    year_max = year(_("To year"))
    runtime_min = minutes(_("Minutes at least"))
    runtime_max = minutes(_("Minutes at most"))
    rating_min = forms.FloatField(label=_("TMDB rating at least"), required=False, min_value=0, max_value=10)
    votes_min = forms.IntegerField(label=_("TMDB votes at least"), required=False, min_value=0, max_value=2**31 - 1)
    language = forms.ChoiceField(label=_("Original language"), required=False, widget=Select)
    region = forms.ChoiceField(label=_("Country"), required=False, widget=Select)
    provider = forms.MultipleChoiceField(label=_("Services"), required=False, widget=Checkboxes)
    on_my_services = forms.BooleanField(
        label=_("On my services"), required=False, widget=forms.CheckboxInput({"value": "true"})
    )

    def __init__(self, query: QueryDict, *, region: str, is_member: bool) -> None:
        super().__init__(query.copy())
        for name in SEVERAL:  # as a form sends them, or as the API is asked
            self.data.setlist(name, [text.strip() for text in ",".join(query.getlist(name)).split(",") if text.strip()])
        if not self.data.get("region"):
            self.data["region"] = region
        self.fields["genre"].choices = [(str(one.pk), one.name) for one in Genre.objects.order_by("name")]
        self.fields["language"].choices = [("", _("Any")), *spoken_languages()]
        self.fields["region"].choices = covered(region)
        self.fields["provider"].choices = offered(region, self.data.getlist("provider"))
        if not is_member:
            del self.fields["on_my_services"]

    def asked(self) -> QueryDict:
        """What is asked for, as `MovieFilter` takes it."""
        query = self.data.copy()
        for name in SEVERAL:
            query[name] = ",".join(query.getlist(name))
        if "on_my_services" not in self.fields:
            query.pop("on_my_services", None)
        return query

    def blame(self, faults: dict[str, list[str]]) -> None:
        """Adds what the filters found wrong, beside its field where it has one and knows of nothing yet."""
        for name, texts in faults.items():
            if name not in self.fields:
                self.add_error(None, [f"{name}: {text}" for text in texts])
            elif name not in self.errors:
                self.add_error(name, texts)


def offered(region: str, chosen: list[str]) -> list[tuple[str, str]]:
    """The region's first services as TMDB ranks them, and those that are chosen already; by id and name."""
    there = Provider.objects.filter(regions__region=region).order_by("regions__priority", "name", "pk")
    found = {str(pk): name for pk, name in there.values_list("pk", "name")[:OFFERED]}
    more = [int(text) for text in chosen if text not in found and is_id(text)][:MOST_PROVIDERS]
    named = Provider.objects.filter(pk__in=more).values_list("pk", "name") if more else []
    return list((found | {str(pk): name for pk, name in named}).items())


def is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Search for films and people"), max_length=LONGEST_QUERY, required=False, strip=True)
