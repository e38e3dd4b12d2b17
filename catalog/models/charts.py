from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.movies import Movie


class ChartEntry(models.Model):
    """A film's place in one of TMDB's own lists, which cannot be worked out from the facts held here."""

    class Chart(models.TextChoices):
        TRENDING = "trending"

    chart = models.CharField(max_length=12, choices=Chart)
    position = models.PositiveSmallIntegerField("place in the chart, from 0")
    movie = models.ForeignKey(Movie, models.CASCADE, related_name="chart_entries", db_index=False)

    class Meta:
        verbose_name = _("chart entry")
        verbose_name_plural = _("chart entries")
        constraints = [
            # Also the order in which GET /movies/trending reads it.
            models.UniqueConstraint(fields=["chart", "position"], name="one_movie_per_chart_place"),
            models.UniqueConstraint(fields=["chart", "movie"], name="one_chart_place_per_movie"),
        ]

    def __str__(self) -> str:
        return f"{self.chart} {self.position}"
