//! Parts a bibliography file into entries and fields: one pass, no recursion, and no fault that
//! costs more than its own entry.

/// How many things a file may hold, and how many fields they may have together. Of more, so many
/// are read.
pub(super) const MOST_ITEMS: usize = 100_000;
pub(super) const MOST_FIELDS: usize = 600_000;

/// What a value is put together from, joined by `#` in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'s> {
    /// What stands in braces or quotes, or a number.
    Text(&'s str),
    /// The name of an abbreviation.
    Name(&'s str),
}

/// A field as written: its name and its value.
pub(super) type Field<'s> = (&'s str, Vec<Piece<'s>>);

/// What stands in the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Item<'s> {
    /// `@article{key, …}`.
    Entry {
        /// `article`.
        kind: &'s str,
        /// The key; empty where there is none.
        key: &'s str,
        /// Its fields in order.
        fields: Vec<Field<'s>>,
        /// Whether it ends before its closing brace.
        open: bool,
    },
    /// `@string{name = …}`.
    Strings(Vec<Field<'s>>),
    /// `@comment`, `@preamble`, lines that begin with `%` and the like: what is there for other
    /// programs or people.
    Comment(&'s str),
    /// Text between entries that is no comment.
    Stray(&'s str),
    /// An entry that cannot be read, as it stands there.
    Broken(&'s str),
}

/// Everything in `text`, in order; only white space, and the marks around front matter, are left
/// out.
pub(super) fn scan(text: &str) -> Vec<Item<'_>> {
    let mut scanner =
        Scanner { text, at: 0, line: 0, seen: 0, fields: 0, wasted: 0, comments: vec![] };
    let mut items = vec![];
    let mut loose = 0;
    while let Some(start) = scanner.next_entry() {
        between(text.get(loose..start).unwrap_or_default(), &mut items);
        scanner.at = start;
        match scanner.entry() {
            Some(item) => {
                items.push(item);
                items.extend(scanner.comments.drain(..).map(Item::Comment));
            }
            None => {
                scanner.comments.clear();
                // From where the reading stopped nothing is known, so that it goes on right after
                // the start.
                let stopped = scanner.at;
                scanner.wasted += stopped - start;
                scanner.at = start + 1;
                let end = scanner.next_entry().unwrap_or(text.len());
                items.push(Item::Broken(text.get(start..end).unwrap_or_default().trim()));
                scanner.at = end;
            }
        }
        loose = scanner.at;
        let enough = items.len() > MOST_ITEMS || scanner.fields > MOST_FIELDS;
        if enough || scanner.wasted > text.len() * 4 {
            break;
        }
    }
    between(text.get(loose..).unwrap_or_default(), &mut items);
    items
}

/// What stands between two entries: runs of comment lines, and other text.
fn between<'s>(text: &'s str, items: &mut Vec<Item<'s>>) {
    let mut rest = text;
    while !rest.trim_start().is_empty() {
        rest = rest.trim_start();
        let is_comment = |line: &str| {
            let line = line.trim();
            line.is_empty() || line.starts_with('%') || line.chars().all(|c| c == '-')
        };
        let first = is_comment(rest.lines().next().unwrap_or_default());
        let lines = rest
            .split_inclusive('\n')
            .take_while(|line| is_comment(line) == first || line.trim().is_empty());
        let (run, after) = rest.split_at_checked(lines.map(str::len).sum()).unwrap_or((rest, ""));
        let run = run.trim();
        // Lines drawn for the eye, and a comma too many, are no loss.
        if run.contains(|c: char| !c.is_whitespace() && !matches!(c, '-' | '%' | ',')) {
            items.push(if first { Item::Comment(run) } else { Item::Stray(run) });
        }
        rest = after;
    }
}

struct Scanner<'s> {
    text: &'s str,
    at: usize,
    /// Where the line of `seen` begins.
    line: usize,
    /// Up to where the beginnings of lines are known.
    seen: usize,
    /// How many fields were read.
    fields: usize,
    /// How many bytes were read in vain: a bound for files made of nothing but unclosed braces.
    wasted: usize,
    /// Comments inside the entry at hand.
    comments: Vec<&'s str>,
}

impl<'s> Scanner<'s> {
    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let is_next = self.peek() == Some(wanted);
        self.at += usize::from(is_next);
        is_next
    }

    /// Where the next thing like `@article{` begins, from here on; not on a line that begins with
    /// `%`.
    fn next_entry(&mut self) -> Option<usize> {
        let mut from = self.at;
        loop {
            let at = from + self.text.get(from..)?.find('@')?;
            let new = self.text.get(self.seen..at).unwrap_or_default();
            self.line = new.rfind('\n').map_or(self.line, |end| self.seen + end + 1);
            self.seen = at;
            let line = self.text.get(self.line..at).unwrap_or_default();
            if !line.trim_start().starts_with('%') && opening(self.text, at).is_some() {
                return Some(at);
            }
            from = at + 1;
        }
    }

    /// White space, and comments to the end of their line.
    fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            let start = rest.trim_start();
            self.at += rest.len() - start.len();
            if !start.starts_with('%') {
                return;
            }
            let line = start.lines().next().unwrap_or_default();
            self.comments.push(line.trim());
            self.at += line.len();
        }
    }

    fn name(&mut self) -> &'s str {
        let rest = self.rest();
        let is_name = |c: char| !c.is_whitespace() && !"\"#%'(),={}@".contains(c);
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// The entry whose `@` is here; `None` if it cannot be read.
    fn entry(&mut self) -> Option<Item<'s>> {
        let (kind, body) = opening(self.text, self.at)?;
        let close = if self.text.as_bytes().get(body - 1) == Some(&b'(') { b')' } else { b'}' };
        let start = self.at;
        self.at = body;
        match kind.to_ascii_lowercase().as_str() {
            "comment" | "preamble" => {
                self.closing(close)?;
                Some(Item::Comment(self.text.get(start..self.at).unwrap_or_default()))
            }
            "string" => {
                let fields = self.fields(close)?.0;
                Some(Item::Strings(fields))
            }
            _ => {
                self.skip_space();
                let key = self.key();
                let (fields, open) = self.fields(close)?;
                Some(Item::Entry { kind, key, fields, open })
            }
        }
    }

    /// The key, with the comma after it; empty where the first field stands in its place.
    fn key(&mut self) -> &'s str {
        let rest = self.rest();
        let end = rest.find([',', '{', '}', '=', '\n', '"']).unwrap_or(rest.len());
        let key = rest.get(..end).unwrap_or_default();
        if rest.get(end..).is_some_and(|rest| rest.starts_with('=')) {
            return "";
        }
        self.at += end;
        key.trim()
    }

    /// The fields up to the closing brace, and whether that is missing.
    fn fields(&mut self, close: u8) -> Option<(Vec<Field<'s>>, bool)> {
        let mut fields = vec![];
        loop {
            self.skip_space();
            // Commas too many, and none where one should be, do no harm.
            if self.eat(b',') {
                continue;
            }
            if self.eat(close) {
                return Some((fields, false));
            }
            match self.peek() {
                // A value that holds fields has lost a brace: there is no telling where it ends.
                None | Some(b'@') if fields.iter().any(|(_, value)| holds_fields(value)) => {
                    return None;
                }
                None | Some(b'@') if !fields.is_empty() => return Some((fields, true)),
                _ => {}
            }
            let name = self.name();
            self.skip_space();
            if name.is_empty() || !self.eat(b'=') {
                return None;
            }
            fields.push((name, self.value()?));
            self.fields += 1;
            if self.fields > MOST_FIELDS {
                return Some((fields, true));
            }
        }
    }

    /// Pieces joined by `#`.
    fn value(&mut self) -> Option<Vec<Piece<'s>>> {
        let mut pieces = vec![];
        loop {
            self.skip_space();
            match self.peek()? {
                b'{' => {
                    self.at += 1;
                    pieces.push(Piece::Text(self.closing(b'}')?));
                }
                b'"' => {
                    self.at += 1;
                    pieces.push(Piece::Text(self.closing(b'"')?));
                }
                // `year = ,` says nothing.
                b',' | b'}' => return Some(pieces),
                _ => {
                    let name = self.name();
                    if name.is_empty() {
                        return None;
                    }
                    let number = name.bytes().all(|b| b.is_ascii_digit());
                    pieces.push(if number { Piece::Text(name) } else { Piece::Name(name) });
                }
            }
            self.skip_space();
            if !self.eat(b'#') {
                return Some(pieces);
            }
        }
    }

    /// What stands before `close`, braces in pairs left out of account. `None` where the next entry
    /// or the end of the file comes first.
    fn closing(&mut self, close: u8) -> Option<&'s str> {
        let start = self.at;
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                _ if byte == close && depth == 0 => {
                    let inner = self.text.get(start..self.at);
                    self.at += 1;
                    return inner;
                }
                b'{' => depth += 1,
                b'}' if depth == 0 => return None,
                b'}' => depth -= 1,
                // An escaped quote between quotes.
                b'\\' if close == b'"' && self.text.as_bytes().get(self.at + 1) == Some(&b'"') => {
                    let umlaut = self.text.as_bytes().get(self.at + 2);
                    let ends = umlaut.is_none_or(|b| matches!(b, b',' | b'\r' | b'\n' | b'}'));
                    self.at += usize::from(!ends);
                }
                b'\n' => {
                    let line = self.text.get(self.at + 1..).unwrap_or_default();
                    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
                    let at = self.at + 1 + indent;
                    if line.as_bytes().get(indent) == Some(&b'@')
                        && opening(self.text, at).is_some()
                    {
                        return None;
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        None
    }
}

/// Whether a line in a value looks like a field.
fn holds_fields(value: &[Piece<'_>]) -> bool {
    let is_field = |line: &str| {
        line.split_once('=').is_some_and(|(name, value)| {
            let name = name.trim();
            let word =
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            word && value.trim_start().starts_with(['{', '"'])
        })
    };
    value.iter().any(|piece| match piece {
        Piece::Text(text) => text.lines().skip(1).any(is_field),
        Piece::Name(_) => false,
    })
}

/// The word after the `@` at `at`, and where the text after the opening brace begins; `None` if no
/// entry begins there.
pub(super) fn opening(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..)?.strip_prefix('@')?;
    // `@ article {` is read by other programs, too.
    let word = rest.trim_start_matches([' ', '\t']);
    let length =
        word.bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    let (kind, after) = word.split_at_checked(length)?;
    let body = after.trim_start().strip_prefix(['{', '('])?;
    (!kind.is_empty()).then(|| (kind, text.len() - body.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An entry in a line: `article k: a=<x>+y`.
    fn shown(text: &str) -> Vec<String> {
        let fields = |fields: &[Field<'_>]| -> String {
            let pieces = |pieces: &[Piece<'_>]| {
                let show = |piece: &Piece<'_>| match piece {
                    Piece::Text(text) => format!("<{text}>"),
                    Piece::Name(name) => (*name).to_owned(),
                };
                pieces.iter().map(show).collect::<Vec<_>>().join("+")
            };
            fields.iter().map(|(name, value)| format!(" {name}={}", pieces(value))).collect()
        };
        let show = |item: &Item<'_>| match item {
            Item::Entry { kind, key, fields: list, open } => {
                format!("{kind} {key}:{}{}", fields(list), if *open { " …" } else { "" })
            }
            Item::Strings(list) => format!("string:{}", fields(list)),
            Item::Comment(text) => format!("comment: {text}"),
            Item::Stray(text) => format!("stray: {text}"),
            Item::Broken(text) => format!("broken: {text}"),
        };
        scan(text).iter().map(show).collect()
    }

    #[test]
    fn entries() {
        for (text, expected) in [
            ("", &[][..]),
            (
                "@article{k, a = {x}, b = \"y {\"} z\", year = 2020}",
                &["article k: a=<x> b=<y {\"} z> year=<2020>"],
            ),
            ("@Misc(k, a={x(})", &["Misc k: a=<x(>"]),
            ("@misc{k, a = jan # {~} # \"5\",}", &["misc k: a=jan+<~>+<5>"]),
            ("@misc{k, a = {x} b = {y}}", &["misc k: a=<x> b=<y>"]),
            ("@misc{k, a = , b = {y}, , }", &["misc k: a= b=<y>"]),
            ("@misc{a = {x}}", &["misc : a=<x>"]),
            ("@misc{k\n}", &["misc k:"]),
            (
                "@misc{k, % first\n a = {x % y}, % old = {z},\n}",
                &["misc k: a=<x % y>", "comment: % first", "comment: % old = {z},"],
            ),
            ("@misc{k, a = \"G\\\"odel\"}", &["misc k: a=<G\\\"odel>"]),
            ("@misc{k, a = \"C:\\\", b = {y}}", &["misc k: a=<C:\\> b=<y>"]),
            ("@string{a = {x} # b, c = \"d\"}", &["string: a=<x>+b c=<d>"]),
            (
                "@comment{x {y} z} @preamble{\"\\newcommand{\\x}{}\"}",
                &["comment: @comment{x {y} z}", "comment: @preamble{\"\\newcommand{\\x}{}\"}"],
            ),
            (
                "---\n---\n\n@misc{a,}\n% a\n%@misc{k,\nb\n@misc{l,}",
                &["misc a:", "comment: % a\n%@misc{k,", "stray: b", "misc l:"],
            ),
            ("mail a@b.org\n@misc{l,}", &["stray: mail a@b.org", "misc l:"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_fault_costs_its_own_entry_only() {
        for (text, expected) in [
            ("@misc{k, a = {x}\n@misc{l, a={y}}", &["misc k: a=<x> …", "misc l: a=<y>"][..]),
            ("@misc{k, a = {x", &["broken: @misc{k, a = {x"]),
            ("@misc{k, a = {x},", &["misc k: a=<x> …"]),
            ("@misc{k, a = {x,\n@misc{l, a={y}}", &["broken: @misc{k, a = {x,", "misc l: a=<y>"]),
            ("@misc{k, a {x}}\n\n@misc{l, a={y}}", &["broken: @misc{k, a {x}}", "misc l: a=<y>"]),
            (
                "@misc{k, a = \"x, b = {y}\n}\n@misc{l,}",
                &["broken: @misc{k, a = \"x, b = {y}\n}", "misc l:"],
            ),
            ("@misc{k, a={x}}, b={y}}", &["misc k: a=<x>", "stray: , b={y}}"]),
            ("@misc{k, a={x}},\n@misc{l,}", &["misc k: a=<x>", "misc l:"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn no_input_takes_more_than_a_few_passes() {
        for part in
            ["@a{b,c={", "@a{b,c=\"", "{", "@a{", "@", "% @a{\n", "@a{b,c=d#", "\n@a{b,{", "-\n"]
        {
            let clock = std::time::Instant::now();
            scan(&part.repeat(50_000 / part.len()));
            assert!(clock.elapsed().as_secs() < 5, "{part}");
        }
    }
}
