"""The ledger's schema, step by step; hand-written, one change a file."""
