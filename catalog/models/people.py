from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from catalog.models.movies import Movie
from web.slugs import slug_of

# As TMDB has them; pages say them in the reader's language.
DEPARTMENTS = (
    gettext_noop("Acting"),
    gettext_noop("Art"),
    gettext_noop("Camera"),
    gettext_noop("Costume & Make-Up"),
    gettext_noop("Crew"),
    gettext_noop("Directing"),
    gettext_noop("Editing"),
    gettext_noop("Lighting"),
    gettext_noop("Production"),
    gettext_noop("Sound"),
    gettext_noop("Visual Effects"),
    gettext_noop("Writing"),
)


class Person(models.Model):
    tmdb_id = models.PositiveIntegerField("TMDB id", primary_key=True)
    name = models.TextField()
    known_for = models.CharField("department", max_length=50, blank=True)
    profile_path = models.TextField(blank=True)
    popularity = models.FloatField(default=0)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            # The admin's list, the best known first.
            models.Index(models.F("popularity").desc(), "tmdb_id", name="person_by_popularity"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk, slug_of(self.name)])


class Credit(models.Model):
    """A person's part in a film: who played whom, who directed, who wrote."""

    class Kind(models.TextChoices):
        CAST = "cast"
        CREW = "crew"

    movie = models.ForeignKey(Movie, models.CASCADE, related_name="credits", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="credits", db_index=False)
    kind = models.CharField(max_length=4, choices=Kind)
    position = models.PositiveSmallIntegerField("place in the credits, from 0")
    job = models.CharField(max_length=60, blank=True)
    character = models.TextField(blank=True)

    class Meta:
        constraints = [
            # Also the order in which GET /movies/{id} and /movies/{id}/credits read them.
            models.UniqueConstraint(fields=["movie", "kind", "position"], name="one_credit_per_place"),
        ]
        indexes = [
            # GET /people/{id} and GET /movies?person=; how a film's people lead to others like it.
            models.Index("person", "movie", name="credit_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} as {self.character}" if self.character else f"{self.person}, {self.job or self.kind}"
