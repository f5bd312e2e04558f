"""Who of staff deals with a form, who did what with it, and reading it whole for a reason."""
