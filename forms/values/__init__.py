"""Values as people write and say them: numbers, amounts, days, ID numbers."""
