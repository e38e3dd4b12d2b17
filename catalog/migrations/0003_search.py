import django.db.models.deletion
from django.db import migrations, models

import catalog.models.tokens


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0002_freshness'),
    ]

    operations = [
        migrations.CreateModel(
            name='MovieSearch',
            fields=[
                ('names', models.TextField()),
                ('tokens', catalog.models.tokens.TokensField()),
                ('popularity', models.FloatField()),
                ('tier', models.PositiveSmallIntegerField(default=3)),
                ('movie', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='catalog.movie')),
                ('year', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'verbose_name_plural': 'movie searches',
            },
        ),
        migrations.CreateModel(
            name='PersonSearch',
            fields=[
                ('names', models.TextField()),
                ('tokens', catalog.models.tokens.TokensField()),
                ('popularity', models.FloatField()),
                ('tier', models.PositiveSmallIntegerField(default=3)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='catalog.person')),
            ],
            options={
                'verbose_name_plural': 'person searches',
            },
        ),
        migrations.RemoveField(
            model_name='person',
            name='search_key',
        ),
        migrations.CreateModel(
            name='SearchForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('m', 'Movie'), ('p', 'Person')], max_length=1)),
                ('form', models.TextField()),
                ('word', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'form', 'word'), name='one_row_per_search_form')],
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('m', 'Movie'), ('p', 'Person')], max_length=1)),
                ('word', models.TextField()),
                ('popularity', models.FloatField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'word'), name='one_row_per_search_word')],
            },
        ),
    ]
