"""ODK XPath: parsed, read from JSON, evaluated; pure and bounded."""
