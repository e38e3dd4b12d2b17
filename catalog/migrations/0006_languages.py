from django.db import migrations, models


def leave_room_for_updates(apps, schema_editor):
    """Each look writes `last_seen_at` of all a film's offers; with room beside them no index is touched (HOT)."""
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute('ALTER TABLE catalog_offer SET (fillfactor = 50)')


def fill_pages(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute('ALTER TABLE catalog_offer RESET (fillfactor)')


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0005_browsing'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='offer',
            name='offer_by_first_seen',
        ),
        migrations.AddField(
            model_name='offer',
            name='is_arrival',
            field=models.BooleanField(db_default=False, verbose_name='came after the first look at its film'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(models.F('region'), models.F('provider'), models.F('first_seen_at'), condition=models.Q(('is_arrival', True), ('left_at', None)), name='offer_by_first_seen'),
        ),
        migrations.RunPython(leave_room_for_updates, fill_pages),
    ]
