"""What knows no school: money, days, codes, errors, facts, journal, access, and the database."""
