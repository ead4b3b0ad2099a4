"""Telling a person something outside the app."""
