"""Questions that the operator must answer first."""
