"""Small widgets that every part of the screen is made of."""
