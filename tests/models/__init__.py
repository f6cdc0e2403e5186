"""What things are, and the vault."""
