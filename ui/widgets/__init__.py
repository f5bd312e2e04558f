"""What screens are made of: buttons, labels, fields, pictures."""
