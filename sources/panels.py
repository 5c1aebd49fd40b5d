"""Where rooms above this one add what they know to the page of a source."""

from newsroom.panels import Panels
from sources.models import Source

on_sources: Panels[Source] = Panels()
