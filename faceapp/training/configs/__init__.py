"""Runs as documents: what each one does, its command, how long it takes and what to expect."""
