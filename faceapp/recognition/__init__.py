"""From vectors to people to decisions. numpy only: no pixels, no files, no threads, no clock."""
