"""What is the article and what is the page around it; and what the page says about its article."""
