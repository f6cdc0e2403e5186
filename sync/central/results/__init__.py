"""From opened answers to a release: counts, protected, then drawn and written down."""
