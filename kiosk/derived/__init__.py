"""What is worked out of the data files once, and kept until they or the program change."""
