"""A monkey at the screen of a real kiosk: `make monkey`."""
