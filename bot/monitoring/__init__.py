"""What a running bot tells of itself: its log, its metrics, and whether it is well."""
