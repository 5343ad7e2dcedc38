//! The lines that come out of a LaTeX file, as they are written word by word.

use crate::interchange::outline::{Line, Part, Place, Role, Run, RunStyle};
use std::rc::Rc;

/// A CV has some ten thousand bytes of text; commands that double themselves have more.
const MOST_TEXT: usize = 4 * 1024 * 1024;
/// The size of usual letters in pt.
const USUAL_SIZE: f32 = 10.0;
/// Space of so many em parts what stands on both sides.
const PARTING: f32 = 1.6;
/// How deep each list lies in the one around it, in em.
const LIST_INDENT: f32 = 2.0;
/// What stands before an item that somebody wrote without a list.
const BULLETS: [char; 14] = ['•', '▪', '◦', '‣', '∙', '·', '►', '▶', '◆', '❖', '■', '●', '⋄', '▸'];

/// How letters look, and where they lead.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    /// Their style.
    pub(super) style: RunStyle,
    /// Their size in pt.
    pub(super) size: f32,
    /// The address that they lead to.
    pub(super) link: Option<Rc<str>>,
}

impl Default for Look {
    fn default() -> Self {
        Self { style: RunStyle::default(), size: USUAL_SIZE, link: None }
    }
}

/// A change of the look.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    /// Nothing changes.
    None,
    /// Bold.
    Bold,
    /// Not bold.
    Medium,
    /// Italic, or upright inside of italic.
    Emphasis,
    /// Italic.
    Italic,
    /// Neither italic nor small capitals.
    Upright,
    /// Small capitals.
    SmallCaps,
    /// As of a typewriter.
    Code,
    /// Neither of all.
    Usual,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// This size in tenths of a pt.
    Size(u16),
}

impl Change {
    /// Changes `look` so.
    pub(super) fn apply(self, look: &mut Look) {
        let style = &mut look.style;
        match self {
            Self::None => {}
            Self::Bold => style.bold = true,
            Self::Medium => style.bold = false,
            Self::Emphasis => style.italic = !style.italic,
            Self::Italic => style.italic = true,
            Self::Upright => (style.italic, style.small_caps) = (false, false),
            Self::SmallCaps => style.small_caps = true,
            Self::Code => style.code = true,
            Self::Usual => *style = RunStyle::default(),
            Self::Superscript => style.superscript = true,
            Self::Subscript => style.subscript = true,
            Self::Size(tenths) => look.size = f32::from(tenths) / 10.0,
        }
    }
}

/// What a line is, before its first word.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// The level of a heading.
    pub(super) level: Option<u8>,
    /// Whether an entry starts here.
    pub(super) entry: bool,
    /// The sign of the list that it is an item of.
    pub(super) bullet: Option<Rc<str>>,
    /// Its number in a list.
    pub(super) number: Option<Rc<str>>,
}

/// What is due before the next word of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Due {
    #[default]
    Nothing,
    Space,
    Comma,
}

/// The lines so far, and the one that is being written.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Lines of the text.
    pub(super) lines: Vec<Line>,
    /// Lines of the edges of the pages.
    pub(super) furniture: Vec<Line>,
    /// Whether lines go to the edges of the pages.
    pub(super) on_the_edge: bool,
    has_heading: bool,
    /// Whether each line of the source is one of the page.
    pub(super) obeys_lines: bool,
    /// How deep lists lie in each other here.
    pub(super) depth: i32,
    parts: Vec<Part>,
    runs: Vec<Run>,
    /// What the part that is being written is.
    role: Option<Role>,
    due: Due,
    /// The width of the space that is due, in em.
    width: f32,
    marks: Marks,
    /// Whether an entry starts with the next word, and whether one starts with this line.
    entry_is_due: bool,
    starts: bool,
    rule: bool,
    /// Whether the last line has been told of the rule.
    rule_is_told: bool,
    gap: f32,
    /// How many cells of a table stand empty at the start of the line.
    empty: u8,
    line: u32,
    /// How many bytes each size has in this line, in tenths of a pt.
    sizes: Vec<(f32, usize)>,
    written: usize,
}

impl Page {
    /// How many bytes have been written.
    pub(super) fn written(&self) -> usize {
        self.written
    }

    /// Whether there is more text than any CV has.
    pub(super) fn is_full(&self) -> bool {
        self.written > MOST_TEXT
    }

    /// Whether nothing stands on this line yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.parts.is_empty() && self.runs.is_empty()
    }

    /// Writes `text`, which stands on line `line` of the source.
    pub(super) fn write(&mut self, text: &str, look: &Look, line: u32) {
        if text.is_empty() {
            return;
        }
        self.written += text.len();
        if self.obeys_lines && line > self.line {
            self.end_line(0.0);
        }
        if self.is_at_start() || self.obeys_lines {
            self.line = line;
        }
        self.starts |= std::mem::take(&mut self.entry_is_due) && self.is_at_start();
        if self.width >= PARTING && !self.runs.is_empty() {
            self.end_part(self.role);
        }
        let due = std::mem::take(&mut self.due);
        self.width = 0.0;
        match self.sizes.iter_mut().find(|(size, _)| (*size - look.size).abs() < 0.05) {
            Some((_, bytes)) => *bytes += text.len(),
            None => self.sizes.push((look.size, text.len())),
        }
        let mut lead = "";
        if let Some(last) = self.runs.last_mut() {
            let joined = last.text.ends_with([',', ';', ':', '|', '·', '•']);
            let before = match due {
                Due::Nothing => "",
                Due::Comma if joined => " ",
                Due::Comma => ", ",
                Due::Space => " ",
            };
            let same = last.style == look.style && last.link.as_deref() == look.link.as_deref();
            if same {
                if !(before == " " && last.text.ends_with(' ')) {
                    last.text.push_str(before);
                }
                last.text.push_str(text);
                return;
            }
            // The space stands outside of what looks otherwise.
            if last.style == RunStyle::default() && last.link.is_none() || before == ", " {
                last.text.push_str(before);
            } else {
                lead = before;
            }
        }
        let plain = look.style == RunStyle::default() && look.link.is_none();
        if !lead.is_empty() && !plain {
            self.runs.push(Run { text: lead.to_owned(), ..Run::default() });
            lead = "";
        }
        self.runs.push(Run {
            text: format!("{lead}{text}"),
            style: look.style.clone(),
            link: look.link.as_deref().map(str::to_owned),
            ..Run::default()
        });
    }

    /// White space, `width` em wide.
    pub(super) fn space(&mut self, width: f32) {
        if self.due == Due::Nothing {
            self.due = Due::Space;
        }
        self.width += width;
    }

    /// A comma before the next word, if there is one before and after it.
    pub(super) fn comma(&mut self) {
        if !self.runs.is_empty() {
            self.due = Due::Comma;
        }
    }

    /// Ends the part; the next one is `role`.
    pub(super) fn end_part(&mut self, role: Option<Role>) {
        let runs = std::mem::take(&mut self.runs);
        self.due = Due::Nothing;
        self.width = 0.0;
        if runs.iter().any(|run| !run.text.trim().is_empty()) {
            self.parts.push(Part { runs, role: self.role });
        }
        self.role = role;
    }

    /// A cell of a table ends.
    pub(super) fn end_cell(&mut self) {
        self.end_part(None);
        if self.is_at_start() {
            self.empty = self.empty.saturating_add(1);
        }
    }

    /// Says what the next line is. What was said of one that stayed empty is forgotten.
    pub(super) fn mark(&mut self, marks: Marks) {
        self.marks = marks;
    }

    /// An entry starts with the next word, if a line does.
    pub(super) fn start_entry(&mut self) {
        self.entry_is_due = self.role.is_none();
    }

    /// What the part is that is being written.
    pub(super) fn role(&self) -> Option<Role> {
        self.role
    }

    /// Whether a heading has been written.
    pub(super) fn has_heading(&self) -> bool {
        self.has_heading
    }

    /// Whether the last line is the heading of a part of a section.
    pub(super) fn is_below_heading(&self) -> bool {
        self.is_at_start() && self.lines.last().is_some_and(|line| line.level > Some(2))
    }

    /// Whether the line that is being written is a heading.
    pub(super) fn is_heading(&self) -> bool {
        self.marks.level.is_some()
    }

    /// A rule stands here: beside this line, or between the last one and the next.
    pub(super) fn rule(&mut self) {
        if self.is_at_start()
            && self.gap <= 1.0
            && let Some(last) = self.lines.last_mut()
        {
            last.rule = true;
            self.rule_is_told = true;
        }
        self.rule = true;
    }

    /// So much more space comes before the next line, in heights of a line.
    pub(super) fn skip(&mut self, gap: f32) {
        if !self.lines.is_empty() {
            self.gap = (self.gap + gap).clamp(-0.5, 3.0);
        }
        self.leave_rule(gap);
    }

    /// Space parts the next line from a rule that stands below the last one.
    fn leave_rule(&mut self, gap: f32) {
        if gap > 0.0 && self.rule_is_told {
            self.rule = false;
        }
    }

    /// Ends the line, with so much more space below it in heights of a line.
    pub(super) fn end_line(&mut self, gap: f32) {
        self.end_part(None);
        let empty = std::mem::take(&mut self.empty);
        let sizes = std::mem::take(&mut self.sizes);
        let parts = std::mem::take(&mut self.parts);
        if parts.is_empty() {
            if !self.lines.is_empty() {
                self.gap = self.gap.max(gap);
            }
            self.leave_rule(gap);
            return;
        }
        let marks = std::mem::take(&mut self.marks);
        let mut line = Line::of(parts);
        let of_most = sizes.iter().max_by_key(|(_, bytes)| *bytes).map(|(size, _)| *size);
        line.size = of_most.unwrap_or(USUAL_SIZE);
        line.level = marks.level;
        let starts = std::mem::take(&mut self.starts);
        line.entry = (marks.entry || starts) && marks.level.is_none();
        line.bullet = marks.bullet.map(|bullet| bullet.to_string());
        line.number = marks.number.map(|number| number.to_string());
        line.rule = std::mem::take(&mut self.rule);
        self.rule_is_told = false;
        line.gap = 1.0 + std::mem::take(&mut self.gap);
        line.place = Place { line: self.line, ..Place::default() };
        let depth = self.depth.clamp(0, 20) + i32::from(empty > 0);
        // Twenty at most, which every float holds.
        line.indent = (0..depth).map(|_| LIST_INDENT).sum();
        if line.level.is_some() {
            self.has_heading = true;
            line.indent = 0.0;
        } else if line.bullet.is_none() && line.number.is_none() {
            take_bullet(&mut line);
        }
        self.gap = gap;
        if self.on_the_edge {
            line.gap = 1.0;
            self.furniture.push(line);
        } else {
            self.lines.push(line);
        }
    }
}

/// The sign of an item that stands as a word of its own at the start of a line.
fn take_bullet(line: &mut Line) {
    let Some(run) = line.parts.first_mut().and_then(|part| part.runs.first_mut()) else { return };
    let Some(sign) = run.text.chars().next().filter(|sign| BULLETS.contains(sign)) else { return };
    let rest = run.text.get(sign.len_utf8()..).unwrap_or_default();
    if rest.is_empty() || rest.starts_with(char::is_whitespace) {
        run.text = rest.trim_start().to_owned();
        line.bullet = Some(sign.to_string());
        let part = line.parts.first_mut();
        if let Some(part) = part {
            part.runs.retain(|run| !run.text.is_empty());
            if let Some(first) = part.runs.first_mut() {
                first.text = first.text.trim_start().to_owned();
            }
            part.runs.retain(|run| !run.text.is_empty());
        }
        line.parts.retain(|part| !part.runs.is_empty());
    }
}
