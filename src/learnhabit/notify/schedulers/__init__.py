"""What lets the reminders' tick run each minute while the app is closed."""
