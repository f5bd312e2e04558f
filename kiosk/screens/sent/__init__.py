"""What is shown of forms after they were sent."""
