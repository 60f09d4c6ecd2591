"""What can happen in a program: one public function is one event and one transaction."""
