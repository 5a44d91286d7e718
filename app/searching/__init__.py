"""Finding: queries become answers, and answers become marks, boards and collections."""
