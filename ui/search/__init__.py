"""The search box with its filters, and what an answer says about itself."""
