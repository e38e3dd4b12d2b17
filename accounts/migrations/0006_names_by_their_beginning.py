import accounts.models.folding
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_people'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='user',
            index=models.Index(accounts.models.folding.Folded('username'), name='user_by_username'),
        ),
        migrations.AddIndex(
            model_name='user',
            index=models.Index(accounts.models.folding.Folded('display_name'), name='user_by_display_name'),
        ),
    ]
