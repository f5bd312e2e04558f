"""What happens, handed to every staff page that follows."""
