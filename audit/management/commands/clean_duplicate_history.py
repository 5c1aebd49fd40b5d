from audit.refused import Refused


class Command(Refused):
    """Stands before the command of the same name of django-simple-history."""
