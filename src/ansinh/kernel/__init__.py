"""What every room stands on: money, months, exact shares, Vietnamese text, identity numbers, working days."""
