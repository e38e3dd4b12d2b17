"""The charts of a member's numbers."""

from collections.abc import Iterator

from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from activity.charts import Chart, chart, lying_chart
from activity.stats.counting import Numbers
from catalog.places import country_name, language_name

# Of what there is much of, so many are shown.
SHOWN = 10


def charts_of(numbers: Numbers, year: int | None) -> list[Chart]:
    """Those of which there is anything to show."""
    found = [*_by_time(numbers, year), *_by_facts(numbers)]
    return [one for one in found if any(bar.value for bar in one.bars)]


def _by_time(numbers: Numbers, year: int | None) -> Iterator[Chart]:
    seen = _("Viewings")
    if year is None and len(numbers["by_year"]) > 1:
        years = [(str(row["year"]), row["viewings"]) for row in numbers["by_year"]]
        yield chart("years", _("By year"), _("Viewings in each year."), (_("Year"), seen), years)
    months = [(str(MONTHS_3[row["month"]]).capitalize(), row["viewings"]) for row in numbers["by_month"]]
    yield chart("months", _("By month"), _("Viewings in each month of the year."), (_("Month"), seen), months)
    days = [(str(WEEKDAYS_ABBR[row["weekday"] - 1]), row["viewings"]) for row in numbers["by_weekday"]]
    yield chart("weekdays", _("By weekday"), _("Viewings on each day of the week."), (_("Day"), seen), days)
    ratings = numbers["ratings"]
    if ratings:
        given = list(ratings["histogram"].items())
        yield chart("ratings", _("Ratings"), _("How often each was given."), (_("Rating"), _("Films")), given)


def _by_facts(numbers: Numbers) -> Iterator[Chart]:
    films = _("Films")
    decades = [(f"{row['decade']}", row["films"]) for row in numbers["by_decade"]]
    yield chart("decades", _("By decade"), _("Films of each decade."), (_("Decade"), films), decades)
    genres = [(row["genre"]["name"], row["films"]) for row in numbers["by_genre"][:SHOWN]]
    yield lying_chart("genres", _("Genres"), _("Films of each genre, the most first."), (_("Genre"), films), genres)
    countries = [(country_name(row["country"]), row["films"]) for row in numbers["by_country"][:SHOWN]]
    told = _("Films of each country, the most first.")
    yield lying_chart("countries", _("Countries"), told, (_("Country"), films), countries)
    languages = [(language_name(row["language"]), row["films"]) for row in numbers["by_language"][:SHOWN]]
    told = _("Films in each language, the most first.")
    yield lying_chart("languages", _("Languages"), told, (_("Language"), films), languages)
