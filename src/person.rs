//! The person whose profile it is.

use crate::{field::record, value::entry::Labelled};

record! { @struct []
    /// Name and contacts.
    Person, "person" {
        /// The name as it shall stand at the top.
        name: Line = "Name", "Zofia Example", required;
        /// The name in another script, printed beside it.
        other_name: Line = "Name in another script", "张伟", short;
        /// Other spellings of the name as they stand in author lists.
        known_as: Lines = "Other spellings", "Z. M. Example";
        /// A line under the name.
        headline: Line = "Headline", "PhD student in machine-learning systems";
        /// Mail addresses.
        emails: Links = "Email", "zofia@example.org";
        /// Telephone numbers.
        phones: Links = "Phone", "+1 555 0100";
        /// Where one lives, as far as it shall be known.
        address: Line = "Address", "Gdańsk, Poland", short;
        /// Web pages and profiles.
        links: Links = "Links", "github.com/example, ORCID 0000-0002-1825-0097";
        /// Facts with a label: date of birth, nationality.
        facts: Labelled = "Facts", "Nationality: Polish";
        /// A few sentences at the top.
        summary: Prose = "Summary", "What you do and what you look for", seldom;
        /// Research interests.
        interests: Prose = "Research interests", "Systems for machine learning, compilers";
        /// A picture, beside the profile or inside it.
        photo: Photo = "Photo", "photo.jpg";
    }
}

impl Person {
    /// Every spelling under which the person may stand in an author list.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        [self.name.as_str(), self.other_name.as_str()]
            .into_iter()
            .chain(self.known_as.iter().map(String::as_str))
            .filter(|name| !name.trim().is_empty())
    }

    /// The facts that are on in `variant`, with their index.
    pub fn facts_in<'a>(
        &'a self,
        variant: Option<&'a str>,
    ) -> impl Iterator<Item = (usize, &'a Labelled)> {
        self.facts.iter().enumerate().filter(move |(_, fact)| fact.show.is_on(variant))
    }
}
