"""The road between kiosk and central."""
