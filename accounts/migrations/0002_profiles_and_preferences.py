import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_user'),
        ('catalog', '0008_rounds'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='avatar',
            field=models.FileField(blank=True, max_length=80, upload_to='avatars/', verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='user',
            name='bio',
            field=models.TextField(blank=True, max_length=500, verbose_name='about you'),
        ),
        migrations.AddField(
            model_name='user',
            name='erased_from',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='to be erased from'),
        ),
        migrations.AddField(
            model_name='user',
            name='excluded_genres',
            field=models.ManyToManyField(blank=True, related_name='+', to='catalog.genre', verbose_name='unwanted genres'),
        ),
        migrations.AddField(
            model_name='user',
            name='favorite_genres',
            field=models.ManyToManyField(blank=True, related_name='+', to='catalog.genre', verbose_name='favorite genres'),
        ),
        migrations.AddField(
            model_name='user',
            name='favorites_privacy',
            field=models.CharField(choices=[('public', 'Everyone'), ('followers', 'My followers'), ('private', 'Only me')], default='public', max_length=9, verbose_name='who sees my favorites'),
        ),
        migrations.AddField(
            model_name='user',
            name='follower_count',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='user',
            name='following_count',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='user',
            name='history_privacy',
            field=models.CharField(choices=[('public', 'Everyone'), ('followers', 'My followers'), ('private', 'Only me')], default='public', max_length=9, verbose_name='who sees my diary'),
        ),
        migrations.AddField(
            model_name='user',
            name='include_adult',
            field=models.BooleanField(default=False, verbose_name='show films for adults'),
        ),
        migrations.AddField(
            model_name='user',
            name='language',
            field=models.CharField(blank=True, max_length=12, verbose_name='language'),
        ),
        migrations.AddField(
            model_name='user',
            name='profile_privacy',
            field=models.CharField(choices=[('public', 'Everyone'), ('followers', 'My followers'), ('private', 'Only me')], default='public', max_length=9, verbose_name='who sees my profile'),
        ),
        migrations.AddField(
            model_name='user',
            name='region',
            field=models.CharField(blank=True, max_length=2, validators=[django.core.validators.RegexValidator('\\A[A-Z]{2}\\Z')], verbose_name='country'),
        ),
        migrations.AddField(
            model_name='user',
            name='reviews_privacy',
            field=models.CharField(choices=[('public', 'Everyone'), ('followers', 'My followers'), ('private', 'Only me')], default='public', max_length=9, verbose_name='who sees my reviews'),
        ),
        migrations.AddField(
            model_name='user',
            name='show_spoilers',
            field=models.BooleanField(default=False, verbose_name='show spoilers unfolded'),
        ),
        migrations.AddField(
            model_name='user',
            name='streaming_providers',
            field=models.ManyToManyField(blank=True, related_name='+', to='catalog.provider', verbose_name='services'),
        ),
        migrations.AddField(
            model_name='user',
            name='watchlist_privacy',
            field=models.CharField(choices=[('public', 'Everyone'), ('followers', 'My followers'), ('private', 'Only me')], default='public', max_length=9, verbose_name='who sees my watchlist'),
        ),
        migrations.AlterField(
            model_name='user',
            name='username',
            field=models.CharField(help_text='30 characters at most: letters and digits, with . _ or - between them.', max_length=30, unique=True, validators=[django.core.validators.RegexValidator('\\A[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\\Z', 'Letters and digits of the Latin alphabet, with . _ or - between them.')], verbose_name='username'),
        ),
    ]
