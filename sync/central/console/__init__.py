"""Web pages for staff at central."""
