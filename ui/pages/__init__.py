"""Pages: what goes on over a window, from the wish to the message: a dialog, the commands behind it, the journey."""
