//! What a tagged PDF says of its pieces: which are headings. Programs that make PDFs for screen
//! readers write it; others write nothing, or only that something is there.

use hayro::hayro_syntax::{
    Pdf,
    object::{Dict, Name, Object},
};
use std::collections::HashMap;

/// How many pieces are looked at, and how deep they lie in each other.
const MOST_TAGS: usize = 20_000;
const DEEPEST: usize = 40;
/// How many names stand for each other until one of the standard's is met.
const MOST_ROLES: usize = 4;

/// The levels of headings by the number of the page's object and that of the piece on it.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// None for a piece that is no heading.
    levels: HashMap<(i32, i32), Option<u8>>,
    /// How often the tree was followed.
    steps: usize,
}

/// Where the tree is followed.
#[derive(Clone, Copy)]
struct Branch {
    page: i32,
    level: Option<u8>,
    depth: usize,
}

impl Tags {
    /// Reads the tree of tags (ISO 32000-1, 14.7.2).
    pub(super) fn of(pdf: &Pdf) -> Self {
        let mut tags = Self::default();
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        let root = catalog.and_then(|catalog| catalog.get::<Dict<'_>>("StructTreeRoot"));
        if let Some(root) = root
            && let Some(first) = root.get::<Object<'_>>("K")
        {
            let roles = root.get::<Dict<'_>>("RoleMap").unwrap_or_default();
            tags.kid(first, &roles, Branch { page: -1, level: None, depth: 0 });
        }
        tags
    }

    /// Whether a piece is known here.
    pub(super) fn knows(&self, page: i32, mark: i32) -> bool {
        self.levels.contains_key(&(page, mark))
    }

    /// The level of the heading that a piece is.
    pub(super) fn level(&self, page: i32, mark: i32) -> Option<u8> {
        self.levels.get(&(page, mark)).copied().flatten()
    }

    fn kid(&mut self, kid: Object<'_>, roles: &Dict<'_>, branch: Branch) {
        self.steps += 1;
        if self.steps > MOST_TAGS || branch.depth > DEEPEST {
            return;
        }
        let deeper = Branch { depth: branch.depth + 1, ..branch };
        match kid {
            Object::Number(mark) => {
                self.levels.insert((branch.page, mark.as_f64() as i32), branch.level);
            }
            Object::Array(kids) => {
                for kid in kids.iter::<Object<'_>>() {
                    self.kid(kid, roles, deeper);
                }
            }
            Object::Dict(dict) => {
                let page = page_of(&dict).unwrap_or(branch.page);
                if let Some(mark) = dict.get::<i32>("MCID") {
                    self.levels.insert((page, mark), branch.level);
                } else if let Some(name) = dict.get::<Name<'_>>("S") {
                    let level = level(name.as_str(), roles).or(branch.level);
                    let kids = dict.get::<Object<'_>>("K");
                    if let Some(kids) = kids {
                        self.kid(kids, roles, Branch { page, level, ..deeper });
                    }
                }
            }
            _ => {}
        }
    }
}

fn page_of(dict: &Dict<'_>) -> Option<i32> {
    dict.get_ref("Pg").and_then(|page| i32::try_from(page.obj_number).ok())
}

/// The level that the name of a tag stands for.
fn level(name: &str, roles: &Dict<'_>) -> Option<u8> {
    let mut name = name.to_owned();
    for _ in 0..MOST_ROLES {
        let digit = name.strip_prefix('H').and_then(|rest| rest.parse::<u8>().ok());
        if let Some(level) = digit.filter(|level| (1..=9).contains(level)) {
            return Some(level);
        }
        name = roles.get::<Name<'_>>(name.as_bytes())?.as_str().to_owned();
    }
    None
}
