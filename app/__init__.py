"""An example of a product: a help desk that suites test as a whole."""
