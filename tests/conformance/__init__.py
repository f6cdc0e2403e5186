"""What three reference engines expect of expressions and forms, held against ours."""
