"""Scripts that make the fonts and pictures in `assets/` from public packages; run by hand, their outputs are committed."""
