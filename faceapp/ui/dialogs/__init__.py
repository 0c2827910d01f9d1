"""Questions that the operator must answer first. Each dialog has a static ``ask``."""
