"""One screen and kv a presenter: copies the View, forwards touches, decides nothing."""
