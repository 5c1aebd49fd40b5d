"""System checks of the installation. Every finding has an id and says what to do about it."""
