//! Simple maths: the part of TeX's formulas that fits into a line of text, as styled runs.

mod formula;
mod symbols;

pub(super) use formula::is_formula;

use super::rich::{Rich, Shift, Style};
use std::sync::Arc;
use symbols::{Class, accent, class_of, double_struck, named};

/// Groups nested deeper than this are read as plain characters.
const MAX_DEPTH: usize = 16;

/// Keeps a formula on one line.
const SPACE: &str = "\u{a0}";

/// Adds a formula (what stands between the dollar signs) to `out`.
///
/// Nothing fails: a command that is not known stays as it was written. Letters become italic,
/// digits and signs upright, `^` and `_` shifted runs; relations have no-break spaces around them.
pub fn to_runs(source: &str, base: Style, link: Option<Arc<str>>, out: &mut Rich) {
    let mut parser = Parser { chars: source.chars().collect(), ..Parser::default() };
    let nodes = parser.list(None);
    let mut writer = Writer { out, base, link, alphabet: Alphabet::Maths, last: None };
    writer.list(&nodes);
}

/// The first command of a formula that is not known, such as `\\foo`, or an environment such as
/// `\\begin{matrix}`: a formula with one is printed as it was typed.
#[must_use]
pub fn unknown_command(source: &str) -> Option<String> {
    let mut parser = Parser { chars: source.chars().collect(), ..Parser::default() };
    parser.list(None);
    parser.unknown
}

/// How letters are set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    Maths,
    Roman,
    Italic,
    Bold,
    DoubleStruck,
}

enum Node {
    Symbol(Symbol),
    Group(Vec<Node>),
    Script(Shift, Vec<Node>),
    Fraction(Vec<Node>, Vec<Node>),
    Root(Vec<Node>, Vec<Node>),
    Letters(Alphabet, Vec<Node>),
    /// Words in the style of the text around the formula.
    Text(String),
    Space,
}

struct Symbol {
    text: String,
    class: Class,
    /// Written with space on both sides.
    is_loose: bool,
}

#[derive(Default)]
struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: usize,
    /// The first command that is not known.
    unknown: Option<String>,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let is_next = self.peek() == Some(wanted);
        self.at += usize::from(is_next);
        is_next
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// Everything up to `end`, which is taken too, or to the end of the formula.
    fn list(&mut self, end: Option<char>) -> Vec<Node> {
        let mut nodes = Vec::new();
        self.depth += 1;
        loop {
            let start = self.at;
            self.skip_space();
            let is_spaced = self.at > start;
            match self.next() {
                None => break,
                c if c == end => break,
                Some(c) if c.is_ascii_digit() => nodes.push(self.number(c)),
                Some(c) => {
                    let node = self.node(c);
                    nodes.extend(node.map(|node| self.loosened(node, is_spaced)));
                }
            }
        }
        self.depth -= 1;
        nodes
    }

    /// The node that starts with this character, which has been taken.
    fn node(&mut self, c: char) -> Option<Node> {
        match c {
            _ if self.depth > MAX_DEPTH => Some(symbol(c)),
            '{' => Some(Node::Group(self.list(Some('}')))),
            '^' | '_' => {
                let shift = if c == '^' { Shift::Super } else { Shift::Sub };
                Some(match self.argument() {
                    Some(nodes) => script(shift, nodes),
                    None => symbol(c),
                })
            }
            '\\' => self.command(),
            '~' => Some(Node::Space),
            _ => Some(symbol(c)),
        }
    }

    /// `3.5`, `1,000` and TeX's `1{,}000` are one number.
    fn number(&mut self, first: char) -> Node {
        let mut text = String::from(first);
        loop {
            let rest = self.chars.get(self.at..).unwrap_or_default();
            let (taken, length) = match rest {
                [c, ..] if c.is_ascii_digit() => (*c, 1),
                [c @ ('.' | ','), digit, ..] if digit.is_ascii_digit() => (*c, 1),
                ['{', c @ ('.' | ','), '}', ..] => (*c, 3),
                _ => return ordinary(text),
            };
            text.push(taken);
            self.at += length;
        }
    }

    /// A group or a single thing; nothing at the end of the formula or of a group.
    fn argument(&mut self) -> Option<Vec<Node>> {
        self.skip_space();
        match self.peek()? {
            '}' | '^' | '_' => None,
            c => {
                self.at += 1;
                self.depth += 1;
                let node = self.node(c);
                self.depth -= 1;
                Some(match node {
                    Some(Node::Group(nodes)) => nodes,
                    node => node.into_iter().collect(),
                })
            }
        }
    }

    fn operand(&mut self) -> Vec<Node> {
        self.argument().unwrap_or_default()
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self.peek().filter(char::is_ascii_alphabetic) {
            name.push(c);
            self.at += 1;
        }
        if name.is_empty() {
            name.extend(self.next());
        }
        name
    }

    /// The command after a backslash.
    fn command(&mut self) -> Option<Node> {
        let name = self.name();
        let node = match name.as_str() {
            "frac" | "dfrac" | "tfrac" | "cfrac" | "nicefrac" | "sfrac" => {
                let above = self.operand();
                Node::Fraction(above, self.operand())
            }
            "sqrt" => {
                let index = if self.eat('[') { self.list(Some(']')) } else { Vec::new() };
                Node::Root(index, self.operand())
            }
            "text" | "textrm" | "textnormal" | "mbox" | "hbox" | "textup" => {
                Node::Text(self.words()?)
            }
            "operatorname" => {
                self.eat('*');
                Node::Symbol(Symbol {
                    text: self.words()?,
                    class: Class::Operator,
                    is_loose: false,
                })
            }
            "mathrm" | "mathsf" | "mathtt" | "mathnormal" => {
                Node::Letters(Alphabet::Roman, self.operand())
            }
            "mathbf" | "boldsymbol" | "bm" => Node::Letters(Alphabet::Bold, self.operand()),
            // No text font has script letters; italic ones read and extract as what they are.
            "mathit" | "mathcal" | "mathscr" | "mathfrak" => {
                Node::Letters(Alphabet::Italic, self.operand())
            }
            "mathbb" => Node::Letters(Alphabet::DoubleStruck, self.operand()),
            "," | ":" | ";" | ">" | " " | "quad" | "qquad" => Node::Space,
            "!" | "displaystyle" | "textstyle" | "scriptstyle" | "limits" | "nolimits" => {
                return None;
            }
            "left" | "right" | "middle" | "big" | "Big" | "bigl" | "bigr" | "Bigl" | "Bigr"
            | "bigg" | "Bigg" | "biggl" | "biggr" | "Biggl" | "Biggr" => {
                // An invisible bracket.
                self.eat('.');
                return None;
            }
            _ => {
                if let Some(mark) = accent(&name) {
                    let mut nodes = self.operand();
                    add_mark(&mut nodes, mark);
                    Node::Group(nodes)
                } else if let Some((text, class)) = named(&name) {
                    Node::Symbol(Symbol { text: text.to_owned(), class, is_loose: false })
                } else {
                    self.unknown(&name)
                }
            }
        };
        Some(node)
    }

    /// An unknown command with its arguments, as written.
    fn unknown(&mut self, name: &str) -> Node {
        let mut text = format!("\\{name}");
        while self.peek() == Some('{') {
            let start = self.at;
            self.words();
            text.extend(self.chars.get(start..self.at).unwrap_or_default());
        }
        self.unknown.get_or_insert_with(|| text.clone());
        Node::Symbol(Symbol { text, class: Class::Operator, is_loose: false })
    }

    /// What stands in the braces that follow, as written.
    fn words(&mut self) -> Option<String> {
        self.skip_space();
        if !self.eat('{') {
            return self.next().map(String::from);
        }
        let mut text = String::new();
        let mut depth = 0;
        while let Some(c) = self.next() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                _ => {}
            }
            text.push(c);
        }
        Some(text)
    }

    /// A sign between two things keeps the spaces it was written with.
    fn loosened(&self, node: Node, is_spaced: bool) -> Node {
        let is_loose = is_spaced && self.peek().is_some_and(char::is_whitespace);
        match node {
            Node::Symbol(symbol) => Node::Symbol(Symbol { is_loose, ..symbol }),
            node => node,
        }
    }
}

fn symbol(c: char) -> Node {
    let text = match c {
        '-' => "−".to_owned(),
        '\'' => "′".to_owned(),
        _ => c.to_string(),
    };
    Node::Symbol(Symbol { text, class: class_of(c), is_loose: false })
}

fn ordinary(text: String) -> Node {
    Node::Symbol(Symbol { text, class: Class::Ordinary, is_loose: false })
}

/// A raised ring is a degree sign.
fn script(shift: Shift, nodes: Vec<Node>) -> Node {
    match nodes.as_slice() {
        [Node::Symbol(ring)] if ring.text == "∘" && shift == Shift::Super => {
            ordinary("°".to_owned())
        }
        _ => Node::Script(shift, nodes),
    }
}

fn add_mark(nodes: &mut [Node], mark: char) {
    for node in nodes {
        match node {
            Node::Symbol(symbol) => symbol.text.push(mark),
            Node::Group(nodes) | Node::Letters(_, nodes) => add_mark(nodes, mark),
            _ => {}
        }
    }
}

/// Whether a part of a fraction or root needs brackets: it is a sum or a relation, or (below) a
/// product.
fn needs_brackets(nodes: &[Node], may_be_product: bool) -> bool {
    let is_sign = |node: &Node| matches!(node, Node::Symbol(s) if matches!(s.class, Class::Binary | Class::Relation));
    let things = nodes.iter().filter(|node| !matches!(node, Node::Script(..) | Node::Space));
    nodes.iter().skip(1).any(is_sign) || !may_be_product && things.count() > 1
}

struct Writer<'a> {
    out: &'a mut Rich,
    base: Style,
    link: Option<Arc<str>>,
    alphabet: Alphabet,
    /// What was written last, and whether it is a sign that wants space after it.
    last: Option<(Class, bool)>,
}

impl Writer<'_> {
    fn list(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Symbol(symbol) => self.symbol(symbol),
            Node::Group(nodes) => self.list(nodes),
            Node::Script(shift, nodes) => self.script(*shift, nodes),
            Node::Fraction(above, below) => {
                self.begin(Class::Inner, false);
                self.bracketed(above, needs_brackets(above, true));
                self.push("/", false);
                self.bracketed(below, needs_brackets(below, false));
                self.last = Some((Class::Inner, false));
            }
            Node::Root(index, nodes) => {
                self.begin(Class::Ordinary, false);
                if !index.is_empty() {
                    self.script(Shift::Super, index);
                }
                self.push("√", false);
                self.bracketed(nodes, needs_brackets(nodes, false));
                self.last = Some((Class::Inner, false));
            }
            Node::Letters(alphabet, nodes) => {
                let outer = std::mem::replace(&mut self.alphabet, *alphabet);
                self.list(nodes);
                self.alphabet = outer;
            }
            Node::Text(text) => {
                self.begin(Class::Ordinary, false);
                self.out.push(text, self.base, self.link.clone());
            }
            Node::Space => {
                self.push(SPACE, false);
                self.last = None;
            }
        }
    }

    fn symbol(&mut self, symbol: &Symbol) {
        self.begin(symbol.class, symbol.is_loose);
        let mut chars = symbol.text.chars();
        let letter = chars.next().filter(|c| c.is_alphabetic() && symbol.class == Class::Ordinary);
        let Some(letter) = letter else {
            return self.push(&symbol.text, false);
        };
        if self.alphabet == Alphabet::DoubleStruck
            && let Some(struck) = double_struck(letter)
        {
            self.push(&format!("{struck}{}", chars.as_str()), false);
            return;
        }
        // As in TeX: capital Greek letters stand upright, and so does what is no letter of either
        // script.
        let is_slanted = match self.alphabet {
            Alphabet::Maths => {
                letter.is_ascii() || ('α'..='ω').contains(&letter) || "ϑϖϱϰıȷ".contains(letter)
            }
            Alphabet::Italic => true,
            Alphabet::Roman | Alphabet::Bold | Alphabet::DoubleStruck => false,
        };
        self.push(&symbol.text, is_slanted);
    }

    fn script(&mut self, shift: Shift, nodes: &[Node]) {
        if self.base.shift != Shift::None {
            // Only one level can be set: the next is written out.
            self.push(if shift == Shift::Super { "^" } else { "_" }, false);
            return self.bracketed(nodes, needs_brackets(nodes, false));
        }
        let last = self.last.take();
        self.base.shift = shift;
        self.list(nodes);
        self.base.shift = Shift::None;
        self.last = last;
    }

    fn bracketed(&mut self, nodes: &[Node], brackets: bool) {
        if brackets {
            self.push("(", false);
        }
        self.last = None;
        self.list(nodes);
        if brackets {
            self.push(")", false);
        }
    }

    /// Sets the space before something of this class.
    fn begin(&mut self, class: Class, is_loose: bool) {
        use Class::{Binary, Close, Comma, Inner, Open, Operator, Ordinary, Relation};
        let last = self.last.map(|(class, _)| class);
        let is_sign = matches!(class, Binary | Relation);
        // After nothing, a bracket or another sign, a sign belongs to what follows, as in −1.
        let is_unary = class == Binary
            && matches!(last, None | Some(Binary | Relation | Open | Comma | Operator));
        let wants_space = !is_unary && (class == Relation || class == Binary && is_loose);
        let is_small = self.base.shift != Shift::None;
        let gap = match (self.last, class) {
            (None, _) => false,
            (Some((Operator, _)), Operator | Ordinary | Inner)
            | (Some((Ordinary | Close | Inner, _)), Operator)
            | (Some((Inner, _)), Ordinary | Open | Inner)
            | (Some((Ordinary | Close, _)), Inner) => true,
            (Some((Relation, _)), Relation) => false,
            (Some((Comma, _)), _) => !is_small && !matches!(class, Comma | Close),
            (Some((_, wanted)), _) => !is_small && (wanted || wants_space),
        };
        if gap {
            self.push(SPACE, false);
        }
        let class = if is_sign && is_unary { Ordinary } else { class };
        self.last = Some((class, wants_space));
    }

    fn push(&mut self, text: &str, is_slanted: bool) {
        let style = Style {
            bold: self.base.bold || self.alphabet == Alphabet::Bold,
            italic: is_slanted,
            code: false,
            shift: self.base.shift,
        };
        self.out.push(text, style, self.link.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Italic in `<>`, bold in `«»`, raised `^()`, lowered `_()`, no-break spaces as `~`.
    fn shown(source: &str) -> String {
        let mut rich = Rich::default();
        to_runs(source, Style::default(), None, &mut rich);
        let mut shown = String::new();
        for runs in rich.runs.chunk_by(|a, b| a.style.shift == b.style.shift) {
            let mut part = String::new();
            for run in runs {
                let text = run.text.replace('\u{a0}', "~");
                let text = if run.style.italic { format!("<{text}>") } else { text };
                part += &if run.style.bold { format!("«{text}»") } else { text };
            }
            shown += &match runs[0].style.shift {
                Shift::None => part,
                Shift::Super => format!("^({part})"),
                Shift::Sub => format!("_({part})"),
            };
        }
        shown
    }

    #[test]
    fn formulas() {
        for (source, expected) in [
            ("A_k", "<A>_(<k>)"),
            (r"\sigma^2", "<σ>^(2)"),
            (r"\sigma^2 \le 1", "<σ>^(2)~≤~1"),
            (r"σ^2≤1", "<σ>^(2)~≤~1"),
            (r"\mathcal{O}(n \log n)", "<O>(<n>~log~<n>)"),
            (r"\log(n)\log_2 n", "log(<n>)~log_(2)~<n>"),
            (r"\le", "≤"),
            ("10^{-3}", "10^(−3)"),
            ("10^-3", "10^(−)3"),
            (r"\mathbb{R}^d", "ℝ^(<d>)"),
            (r"\mathbb{E}[X]", "E[<X>]"),
            (r"\ell_1", "ℓ_(1)"),
            (r"\alpha\to\beta", "<α>~→~<β>"),
            (r"\frac{a}{b}", "<a>/<b>"),
            (r"\frac12 x", "1/2~<x>"),
            (r"2\frac{a+b}{cd}", "2~(<a>+<b>)/(<cd>)"),
            (r"\frac{-1}{n_k}", "−1/<n>_(<k>)"),
            (r"\sqrt{n}", "√<n>"),
            (r"\sqrt{n+1}", "√(<n>+1)"),
            (r"\sqrt[3]{x}y", "^(3)√<x>~<y>"),
            (r"\times\cdot\pm\approx", "×·±~≈"),
            (r"a \times b", "<a>~×~<b>"),
            (r"a\times b", "<a>×<b>"),
            ("a + b - c", "<a>~+~<b>~−~<c>"),
            ("x = -1", "<x>~=~−1"),
            (r"50\%", "50%"),
            (r"\Gamma \Omega", "ΓΩ"),
            (r"\epsilon\varphi\vartheta", "<εφϑ>"),
            (r"\text{if } x", "if <x>"),
            (r"\mathrm{GPU}_i", "GPU_(<i>)"),
            (r"\mathbf{x}^\top", "«x»^(⊤)"),
            (r"\mathit{\Gamma}", "<Γ>"),
            (r"\operatorname{argmax}_x f", "argmax_(<x>)~<f>"),
            (r"\operatorname*{ess sup} f", "ess sup~<f>"),
            (r"\hat{x}\bar y\tilde{\theta}\vec v", "<x\u{302}y\u{304}θ\u{303}v\u{20d7}>"),
            (r"a \not= b", "<a>~=\u{338}~<b>"),
            (r"a\,b\;c\quad d\!e", "<a>~<b>~<c>~<de>"),
            (r"\sum_{i=1}^n x_i", "∑_(<i>=1)^(<n>)~<x>_(<i>)"),
            (r"\{1, 2, \ldots\}", "{1,~2,~…}"),
            ("1,000.5 1{,}000", "1,000.51,000"),
            ("f(x,y)", "<f>(<x>,~<y>)"),
            ("f'", "<f>′"),
            (r"90^\circ", "90°"),
            (r"^\dagger", "^(†)"),
            (r"^{*,\ddagger}", "^(*,‡)"),
            (r"\left( x \right.", "(<x>"),
            ("x^{2^n}", "<x>^(2^<n>)"),
            ("e^{x_{i+1}}", "<e>^(<x>_(<i>+1))"),
            (r"e^{\log n}", "<e>^(log~<n>)"),
            // Odd input stays readable.
            (r"\foo", r"\foo"),
            (r"\foo{x}{y} z", r"\foo{x}{y}~<z>"),
            (r"\foo{x", r"\foo{x"),
            ("a}b", "<a>}<b>"),
            ("{a", "<a>"),
            ("x^", "<x>^"),
            ("x^^2", "<x>^^(2)"),
            ("x_{}", "<x>"),
            ("\\", "\\"),
            (r"\frac", "/"),
            (r"\sqrt", "√"),
            (r"\text", ""),
            ("", ""),
            ("中", "中"),
        ] {
            assert_eq!(shown(source).replace("><", ""), expected.replace("><", ""), "{source:?}");
        }
    }

    #[test]
    fn base_style_and_link_carry_over() {
        let mut rich = Rich::default();
        let base = Style { bold: true, italic: true, ..Style::default() };
        to_runs(r"2\text{ or }x", base, Some("u".into()), &mut rich);
        let styles: Vec<_> =
            rich.runs.iter().map(|run| (run.style.bold, run.style.italic)).collect();
        assert_eq!(styles, [(true, false), (true, true)]);
        assert!(rich.runs.iter().all(|run| run.link.as_deref() == Some("u")));
    }

    /// Neither the stack nor quadratic time is a way to fail.
    #[test]
    fn deep_nesting_is_read() {
        for unit in [
            "{", "^", "^{", "_a^b", r"\sqrt", r"\sqrt[", r"\frac{", r"\hat", r"\text{", r"\foo{",
            "}", "\\",
        ] {
            let source = unit.repeat((1 << 17) / unit.len());
            let mut rich = Rich::default();
            to_runs(&source, Style::default(), None, &mut rich);
            assert!(rich.to_plain().len() <= 3 * source.len(), "{unit:?}");
        }
    }
}
