//! The words that records are made of: rich text, dates, people, links, photos. All are read
//! leniently from plain strings.

pub mod bundled;
pub mod clean;
pub mod date;
pub mod direction;
pub mod entry;
pub mod link;
pub mod locale;
pub mod math;
pub mod nearest;
pub mod person;
pub mod photo;
pub mod rich;
pub mod venue;
pub mod work;
