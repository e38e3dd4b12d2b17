"""The models' names, which the admin translates; no table changes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0009_search_in_turn'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='chartentry',
            options={'verbose_name': 'chart entry', 'verbose_name_plural': 'chart entries'},
        ),
        migrations.AlterModelOptions(
            name='collection',
            options={'verbose_name': 'collection', 'verbose_name_plural': 'collections'},
        ),
        migrations.AlterModelOptions(
            name='genre',
            options={'ordering': ['name'], 'verbose_name': 'genre', 'verbose_name_plural': 'genres'},
        ),
        migrations.AlterModelOptions(
            name='keyword',
            options={'verbose_name': 'keyword', 'verbose_name_plural': 'keywords'},
        ),
        migrations.AlterModelOptions(
            name='movie',
            options={'verbose_name': 'movie', 'verbose_name_plural': 'movies'},
        ),
        migrations.AlterModelOptions(
            name='person',
            options={'verbose_name': 'person', 'verbose_name_plural': 'people'},
        ),
        migrations.AlterModelOptions(
            name='provider',
            options={'ordering': ['priority', 'name'], 'verbose_name': 'provider', 'verbose_name_plural': 'providers'},
        ),
        migrations.AlterModelOptions(
            name='region',
            options={'ordering': ['name'], 'verbose_name': 'region', 'verbose_name_plural': 'regions'},
        ),
        migrations.AlterModelOptions(
            name='syncround',
            options={'verbose_name': 'round', 'verbose_name_plural': 'rounds'},
        ),
    ]
