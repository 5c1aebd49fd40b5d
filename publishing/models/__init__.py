from publishing.models.publication import Inclusion, Publication

__all__ = ["Inclusion", "Publication"]
