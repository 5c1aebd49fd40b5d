"""Groups and rights of Django's own: nothing asks for them, and they would be given without a trace."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0007_acts_on_are_found'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='user',
            name='groups',
        ),
        migrations.RemoveField(
            model_name='user',
            name='user_permissions',
        ),
    ]
