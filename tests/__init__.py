"""The promises of the house, each kept by a test."""
