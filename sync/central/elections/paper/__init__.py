"""Sheets of paper for an election, as PDF: what people hold, sign, fold, tear up and read on the wall."""
