"""The other end of the road; never in the kiosk build."""
