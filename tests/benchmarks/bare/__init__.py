"""What the app is held against: the least that Textual itself can do. Run as files, by the measured environment."""
