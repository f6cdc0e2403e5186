"""What things are, and the vault that keeps them: no network, no screen."""
