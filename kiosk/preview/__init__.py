"""Shows a questionnaire before it is pressed: every question in every language, drawn by the kiosk itself."""
