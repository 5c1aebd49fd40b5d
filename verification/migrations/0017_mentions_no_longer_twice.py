from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('verification', '0016_mentions_carried_over'),
    ]

    operations = [
        migrations.RemoveField(model_name='comment', name='mentions'),
    ]
