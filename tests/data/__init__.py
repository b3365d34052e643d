"""Small named graphs, planted structure and shuffles that the tests share."""
