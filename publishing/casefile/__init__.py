"""A whole case as one document, in and out. `schema.json` is the authority; docs/case-format.md explains it."""
