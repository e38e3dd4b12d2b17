import catalog.models.browsing
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

from catalog.models.browsing import GENRE_BITS
from catalog.titles import title_key

# Nothing has been released with a big table yet, so the indexes are made plainly, and not concurrently.
CHUNK = 2000
LINKS = (('catalog_movie_genres', 'movie_id'), ('catalog_movie_keywords', 'movie_id'), ('catalog_movie_keywords', 'keyword_id'))
BY_KEYWORD = 'CREATE INDEX movie_by_keyword ON catalog_movie_keywords (keyword_id, movie_id)'


def fill(apps, schema_editor):
    """What the sync writes from now on, of the films that are held."""
    Movie = apps.get_model('catalog', 'Movie')
    for genre, bit in GENRE_BITS.items():
        Movie.objects.filter(genres=genre).update(genre_bits=F('genre_bits') + bit)
    films = list(Movie.objects.filter(synced_at__isnull=False).only('title'))
    for film in films:
        film.title_key = title_key(film.title)
    Movie.objects.bulk_update(films, ['title_key'], batch_size=CHUNK)


def drop_unread_indexes(apps, schema_editor):
    """Django's own of each column: by film the unique constraint serves, by keyword the index made here."""
    with schema_editor.connection.cursor() as cursor:
        found = {table: schema_editor.connection.introspection.get_constraints(cursor, table) for table, _ in LINKS}
    for table, column in LINKS:
        for name, facts in found[table].items():
            if facts['index'] and not facts['unique'] and facts['columns'] == [column]:
                schema_editor.execute(f'DROP INDEX {schema_editor.quote_name(name)}')
    schema_editor.execute(BY_KEYWORD)


def restore_indexes(apps, schema_editor):
    schema_editor.execute('DROP INDEX movie_by_keyword')
    for table, column in LINKS:
        schema_editor.execute(f'CREATE INDEX {table}_{column} ON {table} ({column})')


def keep_statistics(apps, schema_editor):
    """How many films are of each genre: PostgreSQL takes any test of bits for one film in two hundred.

    And none of `title_key`: see `catalog.models.browsing.DETAILED`.
    """
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute('ALTER TABLE catalog_movie ALTER COLUMN title_key SET STATISTICS 0')
        for genre, bit in GENRE_BITS.items():
            schema_editor.execute(f'CREATE STATISTICS movie_genre_{genre} ON (genre_bits & {bit}) FROM catalog_movie')


def forget_statistics(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        for genre in GENRE_BITS:
            schema_editor.execute(f'DROP STATISTICS movie_genre_{genre}')


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_search_index'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='movie',
            name='movie_by_release',
        ),
        migrations.RemoveIndex(
            model_name='movie',
            name='movie_by_rating',
        ),
        migrations.RemoveIndex(
            model_name='movie',
            name='movie_by_language',
        ),
        migrations.RemoveIndex(
            model_name='movie',
            name='movie_by_votes',
        ),
        migrations.RemoveIndex(
            model_name='movie',
            name='movie_by_runtime',
        ),
        migrations.RemoveIndex(
            model_name='movie',
            name='movie_by_title',
        ),
        migrations.AddField(
            model_name='movie',
            name='genre_bits',
            field=models.IntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='movie',
            name='title_key',
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name='chartentry',
            name='movie',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='chart_entries', to='catalog.movie'),
        ),
        migrations.AlterField(
            model_name='credit',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='catalog.person'),
        ),
        migrations.AlterField(
            model_name='movie',
            name='collection',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='movies', to='catalog.collection'),
        ),
        migrations.AlterField(
            model_name='offer',
            name='provider',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='catalog.provider'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(drop_unread_indexes, restore_indexes),
        migrations.RunPython(keep_statistics, forget_statistics),
        migrations.AddIndex(
            model_name='credit',
            index=models.Index(models.F('person'), models.F('movie'), name='credit_by_person'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=models.Index(models.OrderBy(models.F('popularity'), descending=True), models.OrderBy(models.F('tmdb_id'), descending=True), models.F('released_on'), models.F('runtime'), models.F('tmdb_vote_count'), models.F('tmdb_vote_average'), models.F('original_language'), models.F('genre_bits'), condition=models.Q(('gone_at', None), ('is_adult', False), ('is_video', False), ('title_key__isnull', False)), name='movie_by_popularity_and_facts'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=catalog.models.browsing.UnknownLast(models.OrderBy(models.F('released_on'), descending=True, nulls_last=True), models.OrderBy(models.F('tmdb_id'), descending=True), models.F('runtime'), models.F('tmdb_vote_count'), models.F('tmdb_vote_average'), models.F('original_language'), models.F('genre_bits'), condition=models.Q(('gone_at', None), ('is_adult', False), ('is_video', False), ('title_key__isnull', False)), name='movie_by_release'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=models.Index(models.OrderBy(models.F('weighted_rating'), descending=True), models.OrderBy(models.F('tmdb_id'), descending=True), models.F('released_on'), models.F('runtime'), models.F('tmdb_vote_count'), models.F('tmdb_vote_average'), models.F('original_language'), models.F('genre_bits'), condition=models.Q(('gone_at', None), ('is_adult', False), ('is_video', False), ('title_key__isnull', False)), name='movie_by_rating'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=models.Index(models.OrderBy(models.F('tmdb_vote_count'), descending=True), models.OrderBy(models.F('tmdb_id'), descending=True), models.F('released_on'), models.F('runtime'), models.F('tmdb_vote_average'), models.F('original_language'), models.F('genre_bits'), condition=models.Q(('gone_at', None), ('is_adult', False), ('is_video', False), ('title_key__isnull', False)), name='movie_by_votes'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=models.Index(models.F('runtime'), models.F('tmdb_id'), models.F('released_on'), models.F('tmdb_vote_count'), models.F('tmdb_vote_average'), models.F('original_language'), models.F('genre_bits'), condition=models.Q(('gone_at', None), ('is_adult', False), ('is_video', False), ('title_key__isnull', False)), name='movie_by_runtime'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=models.Index(models.F('title_key'), models.F('tmdb_id'), models.F('released_on'), models.F('runtime'), models.F('tmdb_vote_count'), models.F('tmdb_vote_average'), models.F('original_language'), models.F('genre_bits'), condition=models.Q(('gone_at', None), ('is_adult', False), ('is_video', False), ('title_key__isnull', False)), name='movie_by_title'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=models.Index(models.F('original_language'), models.OrderBy(models.F('popularity'), descending=True), models.OrderBy(models.F('tmdb_id'), descending=True), models.F('released_on'), models.F('runtime'), models.F('tmdb_vote_count'), models.F('tmdb_vote_average'), models.F('genre_bits'), condition=models.Q(('gone_at', None), ('is_adult', False), ('is_video', False), ('title_key__isnull', False)), name='movie_by_language'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=models.Index(models.F('tmdb_id'), models.F('popularity'), models.F('weighted_rating'), models.F('title_key'), models.F('released_on'), models.F('runtime'), models.F('tmdb_vote_count'), models.F('tmdb_vote_average'), models.F('original_language'), models.F('genre_bits'), condition=models.Q(('gone_at', None), ('is_adult', False), ('is_video', False), ('title_key__isnull', False)), name='movie_by_id'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=models.Index(models.F('collection'), models.F('tmdb_id'), condition=models.Q(('collection__isnull', False)), name='movie_by_collection'),
        ),
    ]
