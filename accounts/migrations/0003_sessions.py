import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_profiles_and_preferences'),
    ]

    operations = [
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('kid', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('refresh_jti', models.CharField(blank=True, editable=False, max_length=32)),
                ('device', models.CharField(blank=True, max_length=200, verbose_name='device')),
                ('address', models.CharField(blank=True, max_length=45, verbose_name='address')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='signed in')),
                ('last_seen_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='last seen')),
                ('expires_at', models.DateTimeField(verbose_name='runs out')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-last_seen_at'], name='session_by_user'), models.Index(fields=['expires_at'], name='session_by_expiry')],
            },
        ),
    ]
