"""Every screen as pictures and as measures: drawn by the real presenters, in every language, theme, size and shape."""
