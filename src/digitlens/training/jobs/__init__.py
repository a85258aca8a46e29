"""Jobs: trainings that wait in line, and the process that trains them."""
