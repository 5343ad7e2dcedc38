//! What the commands of LaTeX and of known classes do to the lines of a CV.

use super::{
    environments::content,
    expand::Expander,
    page::{Change, Marks},
    table::{self, Row, Slot},
    tokens::{self, Item, Items, Node, Order},
};
use crate::interchange::{
    bibtex::latex::{accent, sign, to_address, under_accent},
    outline::Role,
};
use std::{collections::HashMap, rc::Rc, sync::LazyLock};

/// Space between two entries, in heights of a line.
const BETWEEN_ENTRIES: f32 = 1.0;
/// Longer names are no names of services, and longer addresses no addresses.
const LONGEST_ADDRESS: usize = 2_000;

/// Signs that bibliographies do not have.
const SIGNS: &str = "og « fg » glqq „ grqq “ glq ‚ grq ‘ flqq « frqq » bullet • to → rightarrow → textrightarrow → Rightarrow ⇒ leftarrow ← textleftarrow ← \
    longrightarrow → leftrightarrow ↔ uparrow ↑ downarrow ↓ geq ≥ ge ≥ leq ≤ le ≤ neq ≠ pm ± approx ≈ sim ~ infty ∞ diamond ⋄ \
    circ ∘ cdotp · vert | lvert | rvert | mid | textnumero № No № no № dash - textquotedblleft “ cdots … textasciibar | \
    lbrack [ rbrack ] textbraceright } lq ‘ rq ’ textsuperscripttwo ² texttimes × div ÷ langle ⟨ rangle ⟩ nobreakdash - \
    XeLaTeX XeLaTeX LuaLaTeX LuaLaTeX LaTeXe LaTeX2e hbar ħ ell ℓ Delta Δ Gamma Γ Lambda Λ Omega Ω Phi Φ Pi Π Psi Ψ Sigma Σ \
    theta θ eta η zeta ζ kappa κ nu ν xi ξ rho ρ phi φ varphi φ chi χ psi ψ checkmark ✓ textborn * textmarried ⚭ \
    guilsinglleft ‹ guilsinglright › triangleright ▹ blacktriangleright ▸ textopenbullet ◦ square □ blacksquare ■ \
    textquestiondown ¿ textexclamdown ¡ textcelsius ℃ textregistered ® dotfill … textemdash — hyp - cdotpunct ·";

/// What `\name` stands for.
pub(super) fn sign_of(name: &str) -> Option<&'static str> {
    static TABLE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| pairs(SIGNS));
    sign(name).or_else(|| TABLE.get(name).copied())
}

/// The words of a table, each with the one behind it.
fn pairs(table: &'static str) -> HashMap<&'static str, &'static str> {
    let words: Vec<&str> = table.split_whitespace().collect();
    words.as_chunks::<2>().0.iter().map(|[name, says]| (*name, *says)).collect()
}

/// Commands that say nothing to a reader, with the number of their arguments.
const SILENT: &str = "label 1 pagestyle 1 thispagestyle 1 pagenumbering 1 bibliographystyle 1 setlength 2 addtolength 2 \
    definecolor 3 colorlet 2 color 1 pagecolor 1 hypersetup 1 geometry 1 newgeometry 1 fontsize 2 selectfont 0 includegraphics 1 \
    setcounter 2 addtocounter 2 stepcounter 1 refstepcounter 1 newcounter 1 newlength 1 settowidth 2 settoheight 2 fontfamily 1 \
    fontseries 1 fontshape 1 fontencoding 1 usefont 4 graphicspath 1 titleformat 5 titlespacing 4 phantom 1 vphantom 1 hphantom 1 \
    setmainfont 1 setsansfont 1 setmonofont 1 newfontfamily 2 addfontfeature 1 addfontfeatures 1 urlstyle 1 linespread 1 \
    setstretch 1 hyphenation 1 markboth 2 markright 1 enlargethispage 1 selectlanguage 1 setlist 1 setdescription 1 \
    addcontentsline 3 pdfbookmark 2 phantomsection 0 columnratio 1 setcolumnwidth 1 moderncvstyle 1 moderncvcolor 1 moderncvtheme 1 \
    moderncvhead 1 moderncvbody 1 nopagenumbers 0 makecvtitle 0 makecvheader 0 makecvfooter 3 makecvhead 0 maketitle 0 makerubrichead 1 \
    makeletterhead 0 makelettertitle 0 makeletterclosing 0 makelettertitle 0 setbibliographyfont 1 centering 0 raggedright 0 \
    raggedleft 0 RaggedRight 0 justifying 0 sloppy 0 fussy 0 noindent 0 indent 0 leavevmode 0 relax 0 protect 0 null 0 allowbreak 0 \
    nobreak 0 nopagebreak 0 nolinebreak 0 frenchspacing 0 flushbottom 0 raggedbottom 0 strut 0 ignorespaces 0 unskip 0 unvbox 1 \
    boldmath 0 lsstyle 0 footnotemark 0 balance 0 flushcolumns 0 endhead 0 endfirsthead 0 endfoot 0 endlastfoot 0 cline 1 cmidrule 1 \
    arraystretch 0 rowcolor 1 cellcolor 1 columncolor 1 arraybackslash 0 kill 0 singlespacing 0 onehalfspacing 0 doublespacing 0 \
    hfuzz 0 nonumber 0 faStyle 1 faicon 1 faIcon 1 aiicon 1 ding 1 symbol 1 char 0 textifsymbol 1 icon 1 DeclareFieldFormat 2 \
    defbibheading 2 defbibfilter 2 DeclareBibliographyCategory 1 addtocategory 2 DeclareSourcemap 1 ExecuteBibliographyOptions 1 \
    AtBeginDocument 1 AtEndDocument 1 AtBeginBibliography 1 AtEveryBibitem 1 captionsetup 1 setmargins 0 fontdir 0 colorizelinks 0 \
    acvSectionColorHighlight 0 setbool 2 newbool 1 foreach 0 pdfinfo 1 pdfgentounicode 0 input@path 0 usetikzlibrary 1 tikzset 1 \
    renewcommandx 0 resumeSubHeadingListStart 0 resumeSubHeadingListEnd 0 resumeItemListStart 0 resumeItemListEnd 0 firstofone 0 \
    strutbox 0 newpage 0 clearpage 0 cleardoublepage 0 pagebreak 0 mathversion 1 thepage 0 bfdefault 0 clubpenalty 0 widowpenalty 0 \
    DeclareUnicodeCharacter 2 makecvbanner 0 cvheader 0 makeprofile 0 switchtobodyfont 1 zsaveposx 1 setmarginsrb 8 textls 0 \
    divider 0 smallskipamount 0 xspace 0 ecvfootername 1 ecvsetup 1 subrubricfont 0 newrefcontext 0 printinfo 0 nobibliography 1 \
    newblock 0 par@deathcycles 0 pdfminorversion 0 csname 0 endcsname 0 ULdepth 0 overfullrule 0 aftergroup 0 begingroup 0 endgroup 0 \
    bgroup 0 egroup 0 atColCenter 0 setlocalecaption 3 hyphenchar 0 vadjust 1 prefersloppy 0 counterwithin 2 ensurebeta 0 \
    titleclass 1 titlelabel 1 NewInfoField 2 NewInfoFieldWithLink 2 mynames 1 photoR 2 photoL 2 wheelchart 3 makeheaders 0 ecvpersonalinfo 0 ecvlanguageheader 0 ecvlanguagefooter 0 enlargepage 0 setuptoc 2 resumefont 0 rightmargin 0 photo 1 makecvprofile 0";

/// How many arguments a command has that says nothing.
fn silent(name: &str) -> Option<usize> {
    static TABLE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| pairs(SILENT));
    TABLE.get(name).and_then(|arguments| arguments.parse().ok())
}

/// Lengths that are assigned: `\parskip=0pt`.
fn is_length(name: &str) -> bool {
    matches!(
        name,
        "parskip"
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
    /// Does what `\name` says.
    pub(super) fn command(&mut self, name: &str) {
        if self.define(name) {
        } else if !self.shown() {
            self.in_preamble(name);
        } else {
            let of_class = self.commands.get(name).is_some_and(|own| own.of_class);
            let _done = self.structural(name)
                || self.from_table(name)
                || self.tag(name)
                || of_class && self.quiet(name)
                || self.expand(name)
                || self.style(name)
                || self.letter(name)
                || self.quiet(name)
                || self.other(name);
        }
    }

    /// Before the text begins only what is kept for it counts.
    fn in_preamble(&mut self, name: &str) {
        match name {
            "begin" => self.begin_environment(),
            "documentclass" | "LoadClass" => self.packages("cls"),
            "usepackage" | "RequirePackage" => self.packages("sty"),
            "input" | "include" | "subfile" => {
                let name = self.path();
                self.input(&name);
            }
            "date" => {
                let date = self.argument();
                self.at_the_edge(date);
            }
            "addbibresource" | "bibliography" => self.bibliography(),
            "title" if self.from_table(name) => {}
            "title" => {
                let title = Node::Order(Order::Styled(self.argument(), Change::Size(173)));
                self.push_nodes([
                    Node::Order(Order::EndLine(0.0)),
                    title,
                    Node::Order(Order::EndLine(0.0)),
                ]);
            }
            name if is_of_the_edge(name) => {
                self.option();
                let text = self.argument();
                self.at_the_edge(text);
            }
            // One that keeps its argument for the class's own head.
            name if self.keeps_words(name) => {
                while self.option().is_some() {}
                let mut words = vec![];
                while let Some(argument) = self.group() {
                    words.push(argument);
                }
                if words.iter().any(|argument| self.says_something(argument)) {
                    self.as_parts(name, words);
                }
            }
            name => {
                let _done = silent(name).is_some() || self.from_table(name) || self.expand(name);
            }
        }
    }

    /// Whether this is a command of a class, known or not, that takes words in the preamble.
    fn keeps_words(&mut self, name: &str) -> bool {
        let groups = self.groups_ahead();
        let stores = self.commands.get(name).map(|own| {
            own.of_class
                && own.body.iter().any(|item| match &item.node {
                    Node::Command(name) => {
                        matches!(&**name, "def" | "gdef" | "renewcommand" | "global")
                    }
                    _ => false,
                })
        });
        let usual = |class: &String| {
            matches!(class.as_str(), "article" | "report" | "book" | "scrartcl" | "extarticle")
        };
        let of_own_class = self.families.first().is_some_and(|class| !usual(class));
        let is_known = silent(name).is_some()
            || table::row(name, false, &self.families, groups, None).is_some();
        groups > 0 && groups < 4 && !is_known && stores.unwrap_or(of_own_class)
    }

    /// Whether words of an argument look as if a person would read them.
    fn says_something(&self, items: &[Item]) -> bool {
        let text = self.plain(items);
        let text = text.trim();
        let words = text.split_whitespace().filter(|word| {
            word.chars().all(|c| c.is_alphabetic() || ".,'’-".contains(c)) && word.len() > 1
        });
        let digits = text.chars().filter(char::is_ascii_digit).count();
        !text.contains(['=', '\\'])
            && (text.contains('@') || text.contains("www.") || words.count() > 1 || digits > 5)
    }

    /// These items stand at the edge of the pages.
    fn at_the_edge(&mut self, items: Items) {
        self.push_nodes([
            Node::Order(Order::EndLine(0.0)),
            Node::Order(Order::Furniture(true)),
            content(items),
            Node::Order(Order::EndLine(0.0)),
            Node::Order(Order::Furniture(false)),
        ]);
    }

    /// What makes lines, parts and headings; false where `name` does none of it.
    fn structural(&mut self, name: &str) -> bool {
        match name {
            "begin" => self.begin_environment(),
            "documentclass" => self.packages("cls"),
            "usepackage" => self.packages("sty"),
            "end" => self.end_environment(),
            "item" => self.item(),
            "bibitem" => self.reference(),
            "\\" | "newline" | "tabularnewline" | "linebreak" | "cr" | "crcr" => {
                self.star();
                let space = self.length_after();
                self.break_line(space);
            }
            "par" | "endgraf" => self.paragraph(),
            "part" | "section" | "subsection" | "subsubsection" | "chapter" => {
                let level = match name {
                    "part" | "chapter" => 1,
                    "section" => 2,
                    "subsection" => 3,
                    _ => 4,
                };
                self.star();
                self.option();
                let heading = self.argument();
                self.heading(level, heading);
            }
            "paragraph" | "subparagraph" => {
                self.star();
                let label = Node::Order(Order::Styled(self.argument(), Change::Bold));
                self.push_nodes([Node::Order(Order::EndLine(0.5)), label, Node::Space]);
            }
            "hfill" | "hfil" | "dotfill" | "hrulefill" | "hss" | "switchcolumn" | "tab" => {
                if name == "switchcolumn" {
                    self.star();
                    self.option();
                    self.break_line(1.0);
                } else if name == "tab" && self.commands.contains_key(name) {
                    return false;
                } else {
                    self.page.end_part(self.page.role());
                }
            }
            ">" | "=" | "<" | "+" if self.is_tabbing() => self.page.end_part(None),
            "marginpar" | "marginnote" | "llap" | "rlap" | "sidenote" => {
                self.option();
                let text = content(self.argument());
                self.push_nodes([
                    Node::Order(Order::Part(None)),
                    text,
                    Node::Order(Order::Part(None)),
                ]);
            }
            "hspace" | "hskip" | "kern" | "hspace*" => {
                let length = if name == "hspace" { self.length() } else { self.bare_length() };
                match length {
                    None => self.page.end_part(self.page.role()),
                    Some(length) if length > 0.0 => self.page.space(length),
                    Some(_) => {}
                }
            }
            "quad" => self.page.space(1.0),
            "qquad" => self.page.space(2.0),
            "enspace" | "enskip" => self.page.space(0.5),
            "vspace" => {
                let length = self.length();
                self.page.skip(length.unwrap_or_default() / 1.2);
            }
            "vskip" | "addvspace" => {
                let length = self.bare_length();
                self.page.skip(length.unwrap_or_default() / 1.2);
            }
            "smallskip" | "medskip" | "bigskip" | "vfill" => {
                self.page.end_line(match name {
                    "smallskip" => 0.25,
                    "medskip" => 0.5,
                    _ => 1.0,
                });
            }
            "hline" | "hrule" | "titlerule" | "toprule" | "midrule" | "bottomrule" => {
                self.star();
                self.option();
                if matches!(name, "hrule" | "titlerule") {
                    self.page.rule();
                }
            }
            "rule" => {
                self.option();
                let width = tokens::source_of(&self.argument());
                self.argument();
                if width.contains("\\") {
                    self.page.rule();
                }
            }
            "multicolumn" | "multirow" => {
                self.option();
                self.argument();
                self.option();
                self.argument();
                self.option();
                let text = content(self.argument());
                self.push_nodes([text]);
            }
            "input" | "include" | "subfile" | "makerubric" => {
                let name = self.path();
                self.input(&name);
            }
            "import" | "subimport" => {
                self.star();
                let folder = self.path();
                let name = self.path();
                self.input(&format!("{}/{name}", folder.trim_end_matches('/')));
            }
            "href" | "hrefWithoutArrow" => {
                self.option();
                let address = self.address();
                let text = self.argument();
                self.push_nodes([Node::Order(Order::Linked(text, link(&address)))]);
            }
            "url" | "nolinkurl" | "path" => {
                let address = self.address();
                let text = Node::Text(address.as_str().into());
                let text = [Item { node: text, line: self.line }].into();
                self.push_nodes([Node::Order(Order::Linked(text, link(&address)))]);
            }
            "hyperref" => {
                self.option();
            }
            "hyperlink" | "hypertarget" => {
                self.argument();
            }
            "mailto" => {
                let address = self.address();
                let text = Node::Text(address.as_str().into());
                let text = [Item { node: text, line: self.line }].into();
                let link = link(&format!("mailto:{address}"));
                self.push_nodes([Node::Order(Order::Linked(text, link))]);
            }
            "(" | "[" => {
                let close = if name == "(" { ")" } else { "]" };
                let formula = self.until(|node| matches!(node, Node::Command(n) if &**n == close));
                match formula {
                    Some(formula) => self.formula(&formula),
                    None => self.page.write(name, &self.look, self.line),
                }
            }
            "ensuremath" => {
                let formula = self.argument();
                self.formula(&formula);
            }
            "cite" | "citep" | "citet" | "fullcite" | "nocite" | "parencite" | "textcite"
            | "bibentry" | "footfullcite" | "autocite" | "citeauthor" => {
                self.star();
                while self.option().is_some() {}
                let keys = self.name_argument();
                self.cited.extend(keys.split(',').map(|key| key.trim().to_owned()));
            }
            "addbibresource" | "bibliography" => self.bibliography(),
            "printbibsection" => {
                self.argument();
                let heading = self.argument();
                self.cited.insert(String::new());
                self.heading(3, heading);
            }
            "obeylines" | "obeycr" => self.page.obeys_lines = true,
            "printbibliography" | "printbibheading" => {
                self.option();
                self.cited.insert(String::new());
            }
            "today" => {
                let line = self.line;
                self.notes_once(format!("line {line}: the day of today stands here (`\\today`)"));
            }
            _ => return false,
        }
        true
    }

    /// The line ends, or what stands for it in headings and arguments.
    fn break_line(&mut self, space: f32) {
        let keeps = match self.page.role() {
            None | Some(Role::Name | Role::FirstName | Role::LastName | Role::Text) => false,
            Some(Role::Address) => {
                self.page.end_part(Some(Role::Address));
                return;
            }
            Some(_) => true,
        };
        if self.page.is_heading() {
            self.page.space(0.0);
        } else if keeps {
            self.page.comma();
        } else {
            self.page.end_line(space);
        }
    }

    /// The length behind `\\`, in heights of a line.
    fn length_after(&mut self) -> f32 {
        let is_option = matches!(self.peek(), Some(Node::Text(text)) if &**text == "[");
        let length = is_option.then(|| self.option()).flatten();
        let length = length.and_then(|length| em(&tokens::source_of(&length)));
        (length.unwrap_or_default() / 1.2).clamp(0.0, 3.0)
    }

    /// The length in the next argument in em; nothing for one that stretches.
    fn length(&mut self) -> Option<f32> {
        self.star();
        let length = tokens::source_of(&self.argument());
        let stretches = length.contains("\\fill") || length.contains("\\stretch");
        (!stretches).then(|| em(&length).unwrap_or_default())
    }

    /// The length that comes next without braces; nothing for one that stretches.
    fn bare_length(&mut self) -> Option<f32> {
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

    fn heading(&mut self, level: u8, heading: Items) {
        self.push_nodes([
            Node::Order(Order::EndLine(1.0)),
            Node::Order(Order::Mark(Marks { level: Some(level), ..Marks::default() })),
            content(heading),
            Node::Order(Order::EndLine(0.0)),
            Node::Order(Order::Mark(Marks::default())),
        ]);
    }

    /// The files of a bibliography.
    fn bibliography(&mut self) {
        self.option();
        let names = self.name_argument();
        let names = names.split(',').map(|name| name.trim().to_owned());
        self.bibliographies.extend(names.filter(|name| !name.is_empty()));
        self.option();
    }

    /// What the table says of the arguments of `\name`.
    fn from_table(&mut self, name: &str) -> bool {
        let groups = self.groups_ahead();
        let defined = self.commands.get(name).filter(|own| !own.of_class).map(|own| own.braces());
        let Some(row) = table::row(name, false, &self.families, groups, defined) else {
            return false;
        };
        if row.is_personal() && defined.is_some() && self.shown() {
            return false;
        }
        self.line_of(row);
        true
    }

    /// The lines of a row of the table, whose arguments come next.
    pub(super) fn line_of(&mut self, row: &'static Row) {
        self.star();
        // Its place is not before the text that goes on behind it.
        let goes_on = row.is_personal() && !self.page.is_at_start();
        let is_piece = self.shown() && (row.is_piece() || goes_on);
        let mut nodes = vec![];
        let order = |order: Order| Node::Order(order);
        let is_entry = row.is_entry() || row.arguments() == 0;
        if row.is_piece() && self.shown() {
            self.page.start_entry();
        }
        if !is_piece {
            nodes.push(order(Order::EndLine(if is_entry { BETWEEN_ENTRIES } else { 0.0 })));
        }
        let mut marks = Marks { entry: is_entry, ..Marks::default() };
        let in_list = self.page.depth > 0;
        if in_list && !is_entry && !is_piece {
            marks.bullet = Some("•".into());
        }
        if !is_piece {
            nodes.push(order(Order::Mark(marks)));
        }
        let (mut service, mut service_name) = (None, None);
        for (is_optional, slot) in &row.slots {
            let argument = match (is_optional, slot) {
                (_, Slot::Break) => None,
                (true, _) => self.option(),
                (false, _) => {
                    // Options that say nothing stand between the arguments of some.
                    self.option();
                    Some(self.argument())
                }
            };
            match (slot, argument) {
                (Slot::Break, _) => nodes.push(order(Order::EndLine(0.0))),
                (_, None) | (Slot::Skip, _) => {}
                (Slot::Is(role @ (Role::Email | Role::Link)), Some(argument)) => {
                    let address = self.address_of(&argument);
                    let prefix = service.take().filter(|_| !address.contains('/'));
                    let other = service_name.take();
                    let (text, address) = match (role, prefix) {
                        (Role::Link, None) if other.is_some() => {
                            let other = other.unwrap_or_default();
                            (self.text(&format!("{other}: {}", self.plain(&argument))), address)
                        }
                        (Role::Email, _) => (argument, format!("mailto:{address}")),
                        (_, Some(prefix)) => {
                            let whole = format!("{prefix}{address}");
                            (self.text(&whole), whole)
                        }
                        (_, None) => (argument, address),
                    };
                    nodes.push(order(Order::Part(Some(*role))));
                    let is_empty = matches!(address.as_str(), "" | "mailto:");
                    let link = if is_empty { "".into() } else { link(&address) };
                    nodes.push(order(Order::Linked(text, link)));
                }
                (Slot::Is(role), Some(argument)) => {
                    nodes.push(order(Order::Part(Some(*role))));
                    nodes.push(content(argument));
                }
                (Slot::Any, Some(argument)) => {
                    nodes.push(order(Order::Part(None)));
                    nodes.push(content(argument));
                }
                (Slot::Heading(level), Some(argument)) => {
                    let marks = Marks { level: Some(*level), ..Marks::default() };
                    nodes.push(order(Order::EndLine(1.0)));
                    nodes.push(order(Order::Mark(marks)));
                    nodes.push(content(argument));
                    nodes.push(order(Order::EndLine(0.0)));
                }
                (Slot::Bullet, Some(argument)) => {
                    let marks = Marks { bullet: Some("•".into()), ..Marks::default() };
                    nodes.push(order(Order::EndLine(0.0)));
                    nodes.push(order(Order::Mark(marks)));
                    nodes.push(content(argument));
                    nodes.push(order(Order::EndLine(0.0)));
                }
                (Slot::Body, Some(argument)) => {
                    nodes.push(order(Order::EndLine(0.0)));
                    nodes.push(order(Order::Indent(1)));
                    nodes.push(content(argument));
                    nodes.push(order(Order::EndLine(0.0)));
                    nodes.push(order(Order::Indent(-1)));
                }
                (Slot::Account(prefix), Some(argument)) => {
                    let address = self.address_of(&argument);
                    let is_whole = address.contains('/');
                    let whole = if is_whole { address } else { format!("{prefix}{address}") };
                    nodes.push(order(Order::Part(Some(Role::Link))));
                    nodes.push(order(Order::Linked(self.text(&whole), link(&whole))));
                }
                (Slot::AccountAt, Some(argument)) => {
                    let name = self.plain(&argument).trim().to_owned();
                    service = table::service(&name);
                    service_name = service.is_none().then_some(name);
                }
            }
        }
        // The first name waits for the last one.
        let waits = row.slots.last().is_some_and(|(_, slot)| *slot == Slot::Is(Role::FirstName));
        if is_piece || waits || row.arguments() == 0 {
            nodes.push(order(Order::Part(None)));
        } else {
            nodes.push(order(Order::EndLine(0.0)));
            nodes.push(order(Order::Mark(Marks::default())));
        }
        // … as the last one does for the first.
        if row.slots.first().is_some_and(|(_, slot)| *slot == Slot::Is(Role::LastName)) {
            nodes.remove(0);
        }
        self.push_nodes(nodes);
    }

    /// The name of a file in the next argument.
    fn path(&mut self) -> String {
        let argument = self.argument();
        tokens::source_of(&self.expanded(&argument, 0)).trim().trim_matches('"').to_owned()
    }

    fn text(&self, text: &str) -> Items {
        [Item { node: Node::Text(text.into()), line: self.line }].into()
    }

    /// The address in the next argument.
    fn address(&mut self) -> String {
        let argument = self.argument();
        self.address_of(&argument)
    }

    fn address_of(&self, items: &[Item]) -> String {
        let source = tokens::source_of(&self.expanded(items, 0));
        let is_one = source.split_whitespace().count() < 2 && source.len() < LONGEST_ADDRESS;
        if is_one { to_address(&source) } else { String::new() }
    }

    /// `items` with the document's own commands that have no arguments put in.
    fn expanded(&self, items: &[Item], depth: usize) -> Vec<Item> {
        let mut out = vec![];
        for item in items {
            match &item.node {
                Node::Command(name) if depth < 5 && items.len() < LONGEST_ADDRESS => {
                    match self.commands.get(name).filter(|own| own.arguments.is_empty()) {
                        Some(own) => out.extend(self.expanded(&own.body, depth + 1)),
                        None => out.push(item.clone()),
                    }
                }
                Node::Group(inner, _) if depth < 5 => out.extend(self.expanded(inner, depth + 1)),
                _ => out.push(item.clone()),
            }
            if out.len() > LONGEST_ADDRESS {
                break;
            }
        }
        out
    }

    /// The words of items, without anything else.
    pub(super) fn plain(&self, items: &[Item]) -> String {
        let mut out = String::new();
        self.write_plain(items, &mut out, 0);
        out
    }

    fn write_plain(&self, items: &[Item], out: &mut String, depth: usize) {
        let mut items = items.iter();
        while let Some(item) = items.next() {
            if out.len() > LONGEST_ADDRESS || depth > 20 {
                return;
            }
            match &item.node {
                Node::Text(text) | Node::Verbatim(text) => out.push_str(text),
                Node::Space | Node::Paragraph | Node::Tie | Node::Align => out.push(' '),
                Node::Group(inner, _) => self.write_plain(inner, out, depth + 1),
                Node::Command(name) => {
                    let own = self.commands.get(name).filter(|own| own.arguments.is_empty());
                    if let Some(mark) = accent(name) {
                        let mut letters = String::new();
                        if let Some(item) = items.next() {
                            self.write_plain(std::slice::from_ref(item), &mut letters, depth + 1);
                        }
                        out.push_str(&under_accent(mark, &letters));
                    } else if let Some(sign) = sign_of(name) {
                        out.push_str(sign);
                    } else if let Some(own) = own {
                        self.write_plain(&own.body, out, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    /// Changes of the look.
    fn style(&mut self, name: &str) -> bool {
        let change = match name {
            "textbf" | "strong" | "mathbf" => Change::Bold,
            "textit" | "textsl" => Change::Italic,
            "emph" => Change::Emphasis,
            "textsc" => Change::SmallCaps,
            "texttt" => Change::Code,
            "textup" => Change::Upright,
            "textmd" => Change::Medium,
            "textnormal" => Change::Usual,
            "textsuperscript" | "textsuper" | "up" | "ieme" => Change::Superscript,
            "textsubscript" => Change::Subscript,
            "textrm" | "textsf" | "underline" | "uline" | "ul" | "mbox" | "hbox" | "fbox"
            | "text" | "uppercase" | "lowercase" | "MakeUppercase" | "MakeLowercase"
            | "makebox" | "framebox" | "parbox" | "centerline" | "leftline" | "rightline"
            | "textcolor" | "colorbox" | "scalebox" | "resizebox" | "raisebox" | "enquote"
            | "footnote" | "thanks" | "lsstyle" | "textls" | "so" | "hl" | "highlight"
            | "rotatebox" | "foreignlanguage" | "smash" | "vbox" | "vtop" | "adjustbox"
            | "shortstack" | "NoCaseChange" | "mathrm" | "sout" | "title" | "author"
            | "begingroupof" => {
                return self.boxed(name);
            }
            "bfseries" | "bf" => return self.declared(Change::Bold),
            "itshape" | "it" | "slshape" | "sl" => return self.declared(Change::Italic),
            "em" => return self.declared(Change::Emphasis),
            "scshape" | "sc" => return self.declared(Change::SmallCaps),
            "ttfamily" | "tt" => return self.declared(Change::Code),
            "mdseries" => return self.declared(Change::Medium),
            "upshape" => return self.declared(Change::Upright),
            "normalfont" => return self.declared(Change::Usual),
            "rm" | "rmfamily" | "sf" | "sffamily" => return self.declared(Change::None),
            "fontsize" => {
                let size = tokens::source_of(&self.argument());
                self.argument();
                let digits = size.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic());
                if let Ok(size) = digits.parse::<u16>() {
                    self.declare(Change::Size(size.clamp(4, 80) * 10));
                }
                return true;
            }
            name => {
                let size = match name {
                    "tiny" => 50,
                    "scriptsize" => 70,
                    "footnotesize" => 80,
                    "small" => 90,
                    "normalsize" => 100,
                    "large" => 120,
                    "Large" => 144,
                    "LARGE" => 173,
                    "huge" => 207,
                    "Huge" | "HUGE" => 249,
                    _ => return false,
                };
                return self.declared(Change::Size(size));
            }
        };
        let text = self.argument();
        self.push_nodes([Node::Order(Order::Styled(text, change))]);
        true
    }

    fn declared(&mut self, change: Change) -> bool {
        self.declare(change);
        true
    }

    /// Commands whose last argument is text.
    fn boxed(&mut self, name: &str) -> bool {
        self.star();
        while self.option().is_some() {}
        let before = match name {
            "textcolor" | "colorbox" | "scalebox" | "parbox" | "raisebox" | "rotatebox"
            | "foreignlanguage" | "adjustbox" => 1,
            "resizebox" => 2,
            _ => 0,
        };
        for _ in 0..before {
            self.argument();
            self.option();
        }
        let text = self.argument();
        let nodes = match name {
            "enquote" => vec![Node::Text("“".into()), content(text), Node::Text("”".into())],
            "footnote" | "thanks" => vec![Node::Space, content(text)],
            "centerline" | "leftline" | "rightline" => vec![
                Node::Order(Order::EndLine(0.0)),
                content(text),
                Node::Order(Order::EndLine(0.0)),
            ],
            _ => vec![content(text)],
        };
        self.push_nodes(nodes);
        true
    }

    /// Accents and signs.
    fn letter(&mut self, name: &str) -> bool {
        if let Some(mark) = accent(name) {
            let letters = self.argument();
            let letters = under_accent(mark, &self.plain(&letters));
            self.page.write(&letters, &self.look, self.line);
            return true;
        }
        match name {
            "-" | "/" | "!" | "@" | "*" | "," if name != "," => {}
            "ss" | "aa" | "AA" | "o" | "O" | "l" | "L" | "i" | "j" => {
                let sign = sign_of(name).unwrap_or_default();
                self.page.write(sign, &self.look, self.line);
            }
            name => match sign_of(name) {
                Some(" ") => self.page.space(0.0),
                Some(sign) => self.page.write(sign, &self.look, self.line),
                None => return false,
            },
        }
        if matches!(self.peek(), Some(Node::Group(inner, _)) if inner.is_empty()) {
            self.take();
        }
        true
    }

    /// Commands that say nothing.
    fn quiet(&mut self, name: &str) -> bool {
        if let Some(arguments) = silent(name) {
            if name == "printinfo" {
                return self.printed();
            }
            self.drop_arguments(arguments);
            return true;
        }
        if is_length(name) {
            self.bare_length();
            return true;
        }
        if is_of_the_edge(name) {
            self.option();
            let text = self.argument();
            self.at_the_edge(text);
            return true;
        }
        let rest = name.strip_prefix("fa").or_else(|| name.strip_prefix("ai"));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
    }

    /// `\printinfo{icon}{text}[address]`
    fn printed(&mut self) -> bool {
        self.argument();
        let text = self.argument();
        let address = self.option().map(|address| self.address_of(&address));
        let address = link(&address.unwrap_or_default());
        self.push_nodes([
            Node::Order(Order::Part(None)),
            Node::Order(Order::Linked(text, address)),
            Node::Order(Order::Part(None)),
        ]);
        true
    }

    /// One of several words in a row.
    fn tag(&mut self, name: &str) -> bool {
        let is_tag = matches!(name, "cvtag" | "cvskilltag" | "skilltag" | "cvtags");
        if is_tag {
            self.option();
            let text = content(self.argument());
            let comma = Node::Order(Order::Comma);
            self.push_nodes([comma.clone(), text, comma]);
        }
        is_tag
    }

    /// A command that nothing is known of: its arguments are text.
    fn other(&mut self, name: &str) -> bool {
        let groups = self.groups_ahead();
        let mut words = vec![];
        self.star();
        while let Some(option) = self.option() {
            words.push(option);
        }
        words.retain(|option| groups > 1 && self.says_something(option));
        for _ in 0..groups {
            match self.group() {
                Some(argument) => words.push(argument),
                None => while self.option().is_some() {},
            }
        }
        match groups {
            0 => {
                self.unknown.entry(name.into()).or_insert(self.line);
            }
            1 => {
                let text = words.pop().filter(|argument| !self.is_setting(argument));
                self.push_nodes(text.map(content));
            }
            _ => self.as_parts(name, words),
        }
        true
    }

    /// One line whose parts are these arguments.
    pub(super) fn as_parts(&mut self, _: &str, arguments: Vec<Items>) {
        let mut nodes = vec![Node::Order(Order::EndLine(0.0))];
        for argument in arguments {
            if !self.is_setting(&argument) {
                nodes.extend([Node::Order(Order::Part(None)), content(argument)]);
            }
        }
        nodes.push(Node::Order(Order::EndLine(0.0)));
        self.push_nodes(nodes);
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
        only_commands || is_option || is_dimension(source)
    }
}

/// `0.5em`, `-2mm`, `0.9\textwidth`
fn is_dimension(source: &str) -> bool {
    let unit = source.trim_start_matches(|c: char| "+-.0123456789 ".contains(c));
    let units = ["pt", "em", "ex", "mm", "cm", "in", "bp", "sp", "pc", "dd", "mu"];
    unit.len() < source.len()
        && (units.contains(&unit) || unit.strip_prefix('\\').is_some_and(is_length))
}

/// A length in em of letters of 10 pt.
fn em(source: &str) -> Option<f32> {
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

/// Commands for what stands above and below the text of each page.
fn is_of_the_edge(name: &str) -> bool {
    matches!(
        name,
        "lhead"
            | "chead"
            | "rhead"
            | "lfoot"
            | "cfoot"
            | "rfoot"
            | "fancyhead"
            | "fancyfoot"
            | "ihead"
            | "ohead"
            | "ifoot"
            | "ofoot"
    )
}

/// The address that text leads to; nothing for one that leads to no place on the web.
fn link(address: &str) -> Rc<str> {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto") => address.into(),
        Some("doi") => format!("https://doi.org/{}", address.get(4..).unwrap_or_default()).into(),
        Some(scheme) if !scheme.contains('.') => "".into(),
        _ if address.contains('@') && !address.contains('/') => format!("mailto:{address}").into(),
        _ if address.split('/').next().is_some_and(|host| host.contains('.')) => {
            format!("https://{address}").into()
        }
        _ => "".into(),
    }
}
