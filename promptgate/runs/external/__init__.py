"""Results and answers of other tools: files of rows, compared or scored without a project."""
