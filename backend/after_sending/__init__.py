"""What comes after sending: a paper is brought, a mistake corrected, a form taken back, by the person or by staff."""
