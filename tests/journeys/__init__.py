"""The whole circle, by network and by stick."""
