"""The portal's memory: who did what to which record, when; append-only, knows nobody."""
