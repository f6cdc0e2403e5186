"""Scripts that make the fonts and pictures in `assets/` from public packages; their outputs are committed."""
