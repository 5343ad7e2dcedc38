//! Lengths in LaTeX: how much space they are, and which arguments are nothing but one.

use super::{
    expand::Expander,
    tokens::{self, Item, Node},
};
use std::rc::Rc;

/// Colours that need no definition.
const COLOURS: [&str; 14] = [
    "black",
    "white",
    "red",
    "green",
    "blue",
    "cyan",
    "magenta",
    "yellow",
    "gray",
    "grey",
    "darkgray",
    "lightgray",
    "transparent",
    "none",
];

/// Lengths that are assigned: `\parskip=0pt`.
pub(super) fn is_length(name: &str) -> bool {
    matches!(
        name,
        "parskip"
            | "parshape"
            | "parindent"
            | "textwidth"
            | "textheight"
            | "linewidth"
            | "columnwidth"
            | "baselineskip"
            | "topmargin"
            | "oddsidemargin"
            | "evensidemargin"
            | "headheight"
            | "headsep"
            | "footskip"
            | "tabcolsep"
            | "itemsep"
            | "parsep"
            | "topsep"
            | "leftmargin"
            | "labelsep"
            | "labelwidth"
            | "arrayrulewidth"
            | "columnsep"
            | "hsize"
            | "vsize"
            | "paperwidth"
            | "paperheight"
            | "hoffset"
            | "voffset"
            | "partopsep"
            | "leftskip"
            | "rightskip"
            | "hangindent"
            | "hangafter"
            | "tolerance"
            | "hbadness"
            | "vbadness"
            | "emergencystretch"
            | "fboxsep"
            | "fboxrule"
            | "itemindent"
            | "listparindent"
            | "marginparwidth"
            | "marginparsep"
            | "baselinestretch"
            | "pdfpagewidth"
            | "pdfpageheight"
            | "looseness"
            | "hyphenpenalty"
            | "exhyphenpenalty"
            | "p@"
            | "z@"
    )
}

impl Expander<'_> {
    /// The length behind `\\`, in heights of a line.
    pub(super) fn length_after(&mut self) -> f32 {
        let is_option = matches!(self.peek(), Some(Node::Text(text)) if &**text == "[");
        let length = is_option.then(|| self.option()).flatten();
        let length = length.and_then(|length| em(&tokens::source_of(&length)));
        (length.unwrap_or_default() / 1.2).clamp(0.0, 3.0)
    }

    /// The length in the next argument in em; nothing for one that stretches.
    pub(super) fn length(&mut self) -> Option<f32> {
        self.star();
        let length = tokens::source_of(&self.argument());
        let stretches = length.contains("\\fill") || length.contains("\\stretch");
        (!stretches).then(|| em(&length).unwrap_or_default())
    }

    /// The length that comes next without braces; nothing for one that stretches.
    pub(super) fn bare_length(&mut self) -> Option<f32> {
        let mut length = 0.0;
        let mut stretches = false;
        loop {
            self.skip_space();
            let Some(Node::Text(text)) = self.peek() else { break };
            let text = text.clone();
            if let Some(rest) = text.strip_prefix("plus").or_else(|| text.strip_prefix("minus")) {
                self.take();
                if !rest.is_empty() {
                    self.push_nodes([Node::Text(rest.into())]);
                }
                continue;
            }
            let text = text.strip_prefix('=').unwrap_or(&text);
            let number =
                text.len() - text.trim_start_matches(|c: char| "+-.0123456789".contains(c)).len();
            if number == 0 {
                break;
            }
            let rest = text.get(number..).unwrap_or_default();
            let unit =
                rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
            let unit = if rest.starts_with("fil") { unit } else { unit.min(2) };
            let (taken, rest) = text.split_at_checked(number + unit).unwrap_or((text, ""));
            stretches |= taken.contains("fil");
            length += em(taken).unwrap_or_default();
            let (rest, is_whole) = (Rc::<str>::from(rest), unit > 0);
            self.take();
            if !rest.is_empty() {
                self.push_nodes([Node::Text(rest)]);
                break;
            }
            if !is_whole && matches!(self.peek(), Some(Node::Command(name)) if is_length(name)) {
                self.take();
            }
        }
        (!stretches).then_some(length)
    }

    /// Whether an argument is a length, a colour's number or an option: nothing that a reader sees.
    pub(super) fn is_setting(&self, items: &[Item]) -> bool {
        let only_commands = !items.is_empty()
            && items.iter().all(|item| match &item.node {
                Node::Command(name) => is_length(name),
                Node::Space => true,
                _ => false,
            });
        let source = tokens::source_of(items.get(..items.len().min(12)).unwrap_or_default());
        let source = source.trim();
        let is_option = source.split_once('=').is_some_and(|(key, _)| {
            !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == ' ')
        });
        let colour = source.split('!').next().unwrap_or_default();
        let is_colour = self.colours.contains(colour) || COLOURS.contains(&colour);
        only_commands || is_colour || is_option || is_dimension(source)
    }
}

/// `0.5em`, `-2mm`, `0.9\textwidth`
pub(super) fn is_dimension(source: &str) -> bool {
    let unit = source.trim_start_matches(|c: char| "+-.0123456789 ".contains(c));
    let units = ["pt", "em", "ex", "mm", "cm", "in", "bp", "sp", "pc", "dd", "mu"];
    unit.len() < source.len()
        && (units.contains(&unit) || unit.strip_prefix('\\').is_some_and(is_length))
}

/// A length in em of letters of 10 pt.
pub(super) fn em(source: &str) -> Option<f32> {
    let source = source.trim();
    let number =
        source.len() - source.trim_start_matches(|c: char| "+-.0123456789".contains(c)).len();
    let (number, unit) = source.split_at_checked(number)?;
    let number: f32 = number.parse().ok()?;
    let unit = unit.trim_start();
    let in_em = match unit.get(..2).unwrap_or(unit) {
        "em" => 1.0,
        "ex" => 0.43,
        "mm" => 0.285,
        "cm" => 2.85,
        "in" => 7.2,
        "pc" => 1.2,
        _ if unit.starts_with("\\baselineskip") => 1.2,
        _ if unit.starts_with('\\') => 40.0,
        _ => 0.1,
    };
    Some(number * in_em)
}
