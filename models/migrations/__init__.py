"""How the vault came to its present shape, one change a file, hand-written, each up and down."""
