"""What people see and do with offices and the people in them."""
