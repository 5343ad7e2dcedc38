//! Documents on disk: the only place that reads and writes profiles.
