"""Does the record still say what it said? Everything is recomputed, and every difference named at its first place.

The verifier believes no function, view or index of its own making in the database it looks at: it reads tables, states
rows by its own expressions (`audit.rowtext`), and hashes for itself. docs/methods/audit.md says what it proves.
"""
