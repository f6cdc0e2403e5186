"""From an Excel workbook to a canonical questionnaire, or to every reason why not."""
