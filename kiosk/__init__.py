"""What a person on the wing touches: screens, presenters, and the place that joins the rooms."""
