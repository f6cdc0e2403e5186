"""How sealed records reach central and bundles reach the wing."""
