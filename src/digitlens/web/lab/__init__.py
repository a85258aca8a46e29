"""The Lab: trainings on a page. What it knows of them, it reads from the folders of their runs."""
