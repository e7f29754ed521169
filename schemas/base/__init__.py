"""What all schemas share: the base model, numbers as printed, the search for schemas, and the validation of frames."""
