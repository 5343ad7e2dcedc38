//! The styles of a DOCX file: what a paragraph or a run looks like after all that it is based on.

use super::package::Element;
use std::collections::HashMap;

/// How many styles may be based on each other.
const LONGEST_CHAIN: usize = 24;
/// Size where nothing says any (ECMA-376, 17.3.2.38).
const USUAL_SIZE: f32 = 10.0;
/// Size from which twenty are one pt.
const TWIPS: f32 = 20.0;

/// How letters look; what is not said comes from what lies below.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    /// Capitals, of whatever size.
    pub(super) capitals: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// In pt.
    pub(super) size: Option<f32>,
    pub(super) colour: Option<[u8; 3]>,
    /// Raised: `Some(true)`; lowered: `Some(false)`.
    pub(super) raised: Option<Option<bool>>,
    /// The name of the font.
    pub(super) font: Option<String>,
}

/// How a paragraph stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// The level of a heading, from 1.
    pub(super) level: Option<u8>,
    /// The list that it belongs to, and its level there, from 0.
    pub(super) list: Option<String>,
    pub(super) list_level: Option<usize>,
    /// Space above and below in pt.
    pub(super) before: Option<f32>,
    pub(super) after: Option<f32>,
    /// Left edge in pt, and how far its first line hangs out of it.
    pub(super) left: Option<f32>,
    pub(super) hanging: Option<f32>,
    /// A rule above or below.
    pub(super) rule: Option<bool>,
}

/// A style with all that it is based on.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) look: Look,
    pub(super) shape: Shape,
    /// It is for the title of the whole document.
    pub(super) title: bool,
}

/// All styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    named: HashMap<String, Style>,
    /// Of paragraphs that name no style.
    usual: Style,
}

impl Look {
    /// What the properties of a run say.
    pub(super) fn of(properties: &Element) -> Self {
        let capitals = properties.switch("caps").or_else(|| properties.switch("smallCaps"));
        let size = properties.value("sz").and_then(|size| size.parse::<f32>().ok());
        let raised = properties.value("vertAlign").map(|align| match align {
            "superscript" => Some(true),
            "subscript" => Some(false),
            _ => None,
        });
        let fonts = properties.child("rFonts");
        Self {
            bold: properties.switch("b"),
            italic: properties.switch("i"),
            capitals,
            hidden: properties.switch("vanish"),
            size: size.map(|half| half / 2.0).filter(|size| (1.0..=400.0).contains(size)),
            colour: properties.value("color").and_then(colour),
            raised,
            font: fonts.and_then(|fonts| fonts.attribute("ascii")).map(str::to_owned),
        }
    }

    /// This over what lies below.
    pub(super) fn over(self, below: &Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            capitals: self.capitals.or(below.capitals),
            hidden: self.hidden.or(below.hidden),
            size: self.size.or(below.size),
            colour: self.colour.or(below.colour),
            raised: self.raised.or(below.raised),
            font: self.font.or_else(|| below.font.clone()),
        }
    }

    /// The size in pt.
    pub(super) fn points(&self) -> f32 {
        self.size.unwrap_or(USUAL_SIZE)
    }

    /// Whether its letters are all of one width.
    pub(super) fn code(&self) -> bool {
        let font = self.font.as_deref().unwrap_or_default().to_lowercase();
        ["mono", "courier", "consolas", "menlo"].iter().any(|name| font.contains(name))
    }
}

/// Red, green and blue; black and what the reader chooses is none.
fn colour(hex: &str) -> Option<[u8; 3]> {
    let number = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6)?;
    let [_, red, green, blue] = number.to_be_bytes();
    let dark = [red, green, blue].iter().all(|part| *part < 0x38);
    (!dark).then_some([red, green, blue])
}

impl Shape {
    /// What the properties of a paragraph say.
    pub(super) fn of(properties: &Element) -> Self {
        let number = |child: &str, names: &[&str]| {
            let child = properties.child(child)?;
            let value = names.iter().find_map(|name| child.attribute(name))?;
            value.parse::<f32>().ok().map(|twips| twips / TWIPS)
        };
        let list = properties.child("numPr");
        let level = properties.value("outlineLvl").and_then(|level| level.parse::<u8>().ok());
        let hanging = number("ind", &["hanging"])
            .or_else(|| number("ind", &["firstLine"]).map(|first| -first));
        let rule = properties.child("pBdr").map(|borders| {
            borders.children().any(|border| {
                let drawn = !matches!(border.attribute("val"), None | Some("nil" | "none"));
                drawn && matches!(border.name.as_str(), "top" | "bottom" | "between")
            })
        });
        Self {
            // Nine stands for text.
            level: level.filter(|level| *level < 9).map(|level| level + 1),
            list: list.and_then(|list| list.value("numId")).map(str::to_owned),
            list_level: list.and_then(|list| list.value("ilvl")).and_then(|l| l.parse().ok()),
            before: number("spacing", &["before"]),
            after: number("spacing", &["after"]),
            left: number("ind", &["left", "start"]),
            hanging,
            rule,
        }
    }

    /// This over what lies below.
    pub(super) fn over(self, below: &Self) -> Self {
        Self {
            level: self.level.or(below.level),
            list: self.list.or_else(|| below.list.clone()),
            list_level: self.list_level.or(below.list_level),
            before: self.before.or(below.before),
            after: self.after.or(below.after),
            left: self.left.or(below.left),
            hanging: self.hanging.or(below.hanging),
            rule: self.rule.or(below.rule),
        }
    }
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn of(tree: &Element) -> Self {
        let defaults = tree.child("docDefaults");
        let inner = |outer: &str, name: &str| defaults?.child(outer)?.child(name);
        let base = Style {
            look: inner("rPrDefault", "rPr").map(Look::of).unwrap_or_default(),
            shape: inner("pPrDefault", "pPr").map(Shape::of).unwrap_or_default(),
            title: false,
        };
        let all: HashMap<&str, &Element> = tree
            .children()
            .filter(|child| child.name == "style")
            .filter_map(|style| Some((style.attribute("styleId")?, style)))
            .collect();
        let mut styles = Self { usual: base.clone(), ..Self::default() };
        for style in tree.children().filter(|child| child.name == "style") {
            let Some(id) = style.attribute("styleId") else { continue };
            let character = style.attribute("type") == Some("character");
            // What a run's style does not say comes from its paragraph, not from the defaults.
            let base = if character { Style::default() } else { base.clone() };
            let whole = resolved(style, &all, base);
            let is_usual = matches!(style.attribute("default"), Some("1" | "true" | "on"));
            if is_usual && style.attribute("type") == Some("paragraph") {
                styles.usual = whole.clone();
            }
            styles.named.insert(id.to_owned(), whole);
        }
        styles
    }

    /// The style of a paragraph or run that names it so.
    pub(super) fn get(&self, id: &str) -> Option<&Style> {
        self.named.get(id)
    }

    /// The style of a paragraph that names none, or one that is not there.
    pub(super) fn usual(&self) -> &Style {
        &self.usual
    }
}

fn resolved(style: &Element, all: &HashMap<&str, &Element>, base: Style) -> Style {
    let mut chain = vec![style];
    while let Some(parent) = chain.last().and_then(|style| style.value("basedOn"))
        && let Some(parent) = all.get(parent)
        && chain.len() < LONGEST_CHAIN
    {
        chain.push(*parent);
    }
    chain.iter().rev().fold(base, |below, style| {
        let look = style.child("rPr").map(Look::of).unwrap_or_default();
        let mut shape = style.child("pPr").map(Shape::of).unwrap_or_default();
        let name = style.value("name").unwrap_or_default().to_lowercase();
        // Word keeps the English names of its own styles in all languages.
        let level = name.strip_prefix("heading ").and_then(|n| n.trim().parse::<u8>().ok());
        shape.level = level.or(shape.level);
        Style {
            look: look.over(&below.look),
            shape: shape.over(&below.shape),
            title: below.title || name == "title",
        }
    })
}
