"""Runs as documents: what each does, its command, what it takes and what to expect."""
