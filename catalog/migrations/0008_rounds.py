from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0007_known'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='movie',
            name='movie_by_freshness',
        ),
        migrations.AddIndex(
            model_name='movie',
            index=models.Index(models.F('synced_at'), models.F('tmdb_id'), condition=models.Q(('synced_at__isnull', False)), name='movie_by_freshness'),
        ),
        migrations.AddIndex(
            model_name='movie',
            index=models.Index(models.F('synced_at'), models.F('tmdb_id'), condition=models.Q(('holder_count__gt', 0)), name='movie_held_by_freshness'),
        ),
    ]
