"""One presenter a screen: a frozen View, and what each touch means; no Kivy."""
