"""Screens, presenters and the shell."""
