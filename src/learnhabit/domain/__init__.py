"""What every number means: pure functions over values; today and now are passed in."""
