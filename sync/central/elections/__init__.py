"""Runs elections at the centre: counts votes files, and draws what came of them."""
