import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0008_rounds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(max_length=10000, verbose_name='text')),
                ('html', models.TextField(blank=True, editable=False)),
                ('contains_spoilers', models.BooleanField(default=False, verbose_name='contains spoilers')),
                ('language', models.CharField(blank=True, max_length=12, verbose_name='language')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('held', 'held'), ('hidden', 'hidden'), ('removed', 'removed')], default='published', max_length=9, verbose_name='state')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='begun')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='edited')),
                ('like_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='likes')),
                ('comment_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='comments')),
                ('author', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to=settings.AUTH_USER_MODEL)),
                ('movie', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='catalog.movie')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
            },
        ),
        migrations.CreateModel(
            name='Like',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='likes', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='likes', to='reviews.review')),
            ],
            options={
                'verbose_name': 'like',
                'verbose_name_plural': 'likes',
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(max_length=2000, verbose_name='text')),
                ('html', models.TextField(blank=True, editable=False)),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('held', 'held'), ('hidden', 'hidden'), ('removed', 'removed')], default='published', max_length=9, verbose_name='state')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written')),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='edited')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_comments', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='reviews.comment')),
                ('review', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='reviews.review')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
            },
        ),
        migrations.CreateModel(
            name='ReviewRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(max_length=10000, verbose_name='text')),
                ('contains_spoilers', models.BooleanField(default=False, verbose_name='contains spoilers')),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='until')),
                ('review', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='reviews.review')),
            ],
            options={
                'verbose_name': 'earlier text of a review',
                'verbose_name_plural': 'earlier texts of reviews',
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('movie', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='score', serialize=False, to='catalog.movie')),
                ('n1', models.PositiveIntegerField(default=0)),
                ('n2', models.PositiveIntegerField(default=0)),
                ('n3', models.PositiveIntegerField(default=0)),
                ('n4', models.PositiveIntegerField(default=0)),
                ('n5', models.PositiveIntegerField(default=0)),
                ('n6', models.PositiveIntegerField(default=0)),
                ('n7', models.PositiveIntegerField(default=0)),
                ('n8', models.PositiveIntegerField(default=0)),
                ('n9', models.PositiveIntegerField(default=0)),
                ('n10', models.PositiveIntegerField(default=0)),
                ('weighted', models.FloatField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['-weighted', '-movie'], name='score_by_weight')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='value')),
                ('rated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='rated')),
                ('is_counted', models.BooleanField(default=True, editable=False)),
                ('movie', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='catalog.movie')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'rating',
                'verbose_name_plural': 'ratings',
                'indexes': [models.Index(fields=['user', '-rated_at', '-id'], name='rating_by_user')],
                'constraints': [models.UniqueConstraint(fields=('user', 'movie'), name='one_rating_per_user_and_movie'), models.CheckConstraint(condition=models.Q(('value__gte', 1), ('value__lte', 10)), name='rating_in_bounds')],
            },
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['movie', '-published_at', '-id'], name='review_by_movie_newest'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['movie', '-like_count', '-id'], name='review_by_movie_liked'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['author', '-published_at', '-id'], name='review_by_author'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['author', '-created_at', '-id'], name='review_by_author_any_state'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('author', 'movie'), name='one_review_per_author_and_movie'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='published_review_has_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='like',
            constraint=models.UniqueConstraint(fields=('review', 'user'), name='one_like_per_review_and_user'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(models.F('review'), django.db.models.functions.comparison.Coalesce(models.F('parent'), models.F('id'), output_field=models.BigIntegerField()), models.F('id'), name='comment_in_threads'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='no_comment_answers_itself'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), _negated=True), name='no_comment_is_a_draft'),
        ),
        migrations.AddIndex(
            model_name='reviewrevision',
            index=models.Index(fields=['review', '-saved_at', '-id'], name='revision_by_review'),
        ),
    ]
