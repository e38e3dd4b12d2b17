"""What search reads: a narrow row for each name it may find, and the words it may correct to."""

from django.db import models

from catalog.models.movies import Movie
from catalog.models.people import Person
from catalog.models.tokens import TokensField


class SearchEntry(models.Model):
    """A film or person as search sees it. Written with its row by the sync, or in bulk by `catalog.search.index`."""

    # As `catalog.search.words` writes them, each between bars.
    names = models.TextField()
    tokens = TokensField()
    popularity = models.FloatField()
    # 0 for the few that everyone asks for, 1 for the well known, 2 for the next, 3 for the rest: looked through in that
    # order.
    tier = models.PositiveSmallIntegerField(default=3)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.names


class MovieSearch(SearchEntry):
    """Of listed films alone."""

    movie = models.OneToOneField(Movie, models.CASCADE, primary_key=True, related_name="search_entry")
    year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name_plural = "movie searches"


class PersonSearch(SearchEntry):
    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="search_entry")

    class Meta:
        verbose_name_plural = "person searches"


class SearchWord(models.Model):
    """A word of a title or a name, and the popularity of the best known that has it."""

    class Kind(models.TextChoices):
        MOVIE = "m"
        PERSON = "p"

    kind = models.CharField(max_length=1, choices=Kind)
    word = models.TextField()
    popularity = models.FloatField()

    class Meta:
        constraints = [
            # Also how the words near to a misspelt one are read.
            models.UniqueConstraint(fields=["kind", "word"], name="one_row_per_search_word"),
        ]

    def __str__(self) -> str:
        return self.word


class SearchForm(models.Model):
    """A form that a word takes with at most one letter left out; two words that share a form are near each other.

    The idea of Wolf Garbe's SymSpell (2012).
    """

    kind = models.CharField(max_length=1, choices=SearchWord.Kind)
    form = models.TextField()
    word = models.TextField()

    class Meta:
        constraints = [
            # Also how a misspelt word's forms are looked up.
            models.UniqueConstraint(fields=["kind", "form", "word"], name="one_row_per_search_form"),
        ]

    def __str__(self) -> str:
        return f"{self.form}: {self.word}"
