"""What a wish does: one function for each, on the lane."""
