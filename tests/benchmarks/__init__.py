"""Figures, each beside its peer, measured in one run."""
