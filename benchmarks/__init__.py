"""What measures speed and accuracy. Prints tables and asserts nothing; the app never imports it."""
