//! CVs in LaTeX as outlines: `tests/golden/outline/latex-CASE/cv.tex`, with the files beside it,
//! gives `outline.txt`. `UPDATE=1 cargo test --test suite outline_latex::` writes the answers anew.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "golden files are written anew on demand"
)]

use proptest::{collection::vec, prelude::*, sample::select};
use std::{
    env, fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use vitae::{
    interchange::{Alone, Error, latex},
    store::beside::Neighbours,
};

/// How long a hostile file may take; builds for tests are some ten times slower than those for use.
const PATIENCE: Duration = Duration::from_secs(20);

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/outline");
    let cases = fs::read_dir(folder).into_iter().flatten().flatten().map(|case| case.path());
    let mut cases: Vec<_> = cases.filter(|case| case.join("cv.tex").exists()).collect();
    cases.sort();
    cases
}

#[test]
fn every_case_gives_its_outline() {
    let cases = cases();
    assert!(cases.len() >= 12, "only {} cases", cases.len());
    for case in cases {
        let file = case.join("cv.tex");
        let neighbours = Neighbours::of(&file);
        let beside = |name: &str| neighbours.file(name);
        let found = latex::outline(&fs::read(&file).unwrap(), &beside)
            .unwrap_or_else(|error| panic!("{}: {error}", case.display()))
            .to_string();
        let answer = case.join("outline.txt");
        if env::var_os("UPDATE").is_some() {
            fs::write(&answer, &found).unwrap();
        }
        let expected = fs::read_to_string(&answer).unwrap_or_default();
        assert_eq!(found, expected, "{}", answer.display());
    }
}

/// The outline of a document with this text.
fn outline(preamble: &str, text: &str) -> String {
    let source = format!(
        "\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\n{text}\n\\end{{document}}"
    );
    let outline = latex::outline(source.as_bytes(), &Alone)
        .unwrap_or_else(|error| panic!("{preamble} {text}: {error}"));
    let lines: Vec<String> = outline.lines.iter().map(|line| line.to_string()).collect();
    lines.join("\n").replace("10.0pt ", "")
}

#[test]
fn text_is_read_as_it_is_set() {
    for (text, expected) in [
        (r#"G\"odel, Erd\H{o}s, \v{S}t\v ep\'an, \'{\i}"#, "| Gödel, Erdős, Štěpán, í"),
        (r"R\&D, 50\,\% of \$5, \#1, a\_b", "| R&D, 50 % of $5, #1, a_b"),
        (r"``a'' -- b --- c~d", "| “a” – b — c d"),
        ("one % a comment\n  two\nthree", "| one two three"),
        ("one%\n\ntwo", "| one\ngap=2.0 | two"),
        (r"one\\two\newline three", "| one\n| two\n| three"),
        (r"\textbf{A}\hfill\textbf{2020}\\ \textsl{role}", "| <b:A> | <b:2020>\n| <i:role>"),
        (r"{\bf A {\it b} c} d", "| <b:A> <bi:b> <b:c> d"),
        (r"\textbf{A\textit{b}}c", "| <b:A><bi:b>c"),
        (r"A $|$ B $\cdot$ C $\bullet$ D", "| A | B · C • D"),
        (
            r"H$_2$O, 1$^{st}$, $O(n)$, $\sim 20$, cost $5",
            "| H<_:2>O, 1<^:st>, <$:O(n)>, ~20, cost $5",
        ),
        (r"$2^{nd}$, $3^{rd}/190$, $10^{6}$", "| 2<^:nd>, 3<^:rd>/190, <$:10^{6}>"),
        (r#"\char"25CF{} \symbol{65} \char"F007 b"#, "● | A b"),
        (r"\fontsize{8.6pt}{10pt}\selectfont a", "8.6pt | a"),
        (r"\definecolor{mine}{HTML}{123456}\fancybox{mine}{white}{0.3em}{a}", "| a"),
        (
            r"$O(n \log n)$, $a \to b$, $\text{a b}$",
            r"| <$:O(n\log{}n)>, <$:a\to{}b>, <$:\text{a~b}>",
        ),
        (r"a \qquad b\hspace{1cm}c\hspace{3pt}d", "| a | b | c d"),
        (
            r"\url{https://example.org/a_b%20c#d}",
            "| <:https://example.org/a_b%20c#d>(https://example.org/a_b%20c#d)",
        ),
        (r"\href{https://example.org/a\_b\%20c}{text}", "| <:text>(https://example.org/a_b%20c)"),
        (
            r"\href{mailto:ada@example.org}{\faEnvelope}",
            "| <:ada@example.org>(mailto:ada@example.org)",
        ),
        (r"\href{javascript:alert(1)}{text}", "| text"),
        (r"\verb|\a{b}| c", "| <t:\\a{b}> c"),
        (r"\iffalse no \iftrue no \fi no \fi yes", "| yes"),
        (r"\iftrue yes \else no \fi too", "| yes too"),
        (r"\LaTeX{} and \TeX\ too", "| LaTeX and TeX too"),
        (r"\foo one \bar{two} three", "| one two three"),
        (r"\fooentry{2020}{Role}{Place}", "entry | 2020 | Role | Place"),
        (r"\section{A}\fooentry{2020}{Role}{Place}", "h2 | A\nentry | 2020 | Role | Place"),
        (r"some \SI{10}{m} long", "| some 10 m long"),
        (r"\MySection{A} \cvsubsectiontitle{B}", "h2 | A\nh3 gap=2.0 | B"),
        (r"\vspace{-2mm}\hspace*{0pt}\setlength{\parskip}{0pt}\parindent=0pt a", "| a"),
        (r"\textcolor{red}{a} {\color{blue} b} \colorbox{gray}{c}", "| a b c"),
        (r"\footnotesize a\footnote{b}", "8.0pt | a b"),
        (r"\section*{A \\ and B} c", "h2 | A and B\n| c"),
        (r"\section[short]{Long \textsc{title}}", "h2 | Long <c:title>"),
        (r"\paragraph{Skills} Rust", "| <b:Skills> Rust"),
        (r"unbalanced } a { b", "| unbalanced a b"),
        (r"• an item by hand", "• | an item by hand"),
        (r"\rule{\textwidth}{1pt} a", "rule | a"),
    ] {
        assert_eq!(outline("", text), expected, "{text}");
    }
}

#[test]
fn definitions_are_expanded() {
    for (preamble, text, expected) in [
        (r"\newcommand{\me}{Ada}", r"\me{} and \me", "| Ada and Ada"),
        (r"\newcommand*\job[2]{\textbf{#1}\hfill#2}", r"\job{A}{B}", "| <b:A> | B"),
        (r"\newcommand{\j}[2][none]{#1 #2}", r"\j{b} \j[a]{b}", "| none b a b"),
        (r"\def\pair#1#2{#2 #1}", r"\pair{a}{b}", "| b a"),
        (r"\def\odd#1.#2;{#1}", r"x", "| x"),
        (r"\let\old=\textbf", r"\old{a}", "| <b:a>"),
        (r"\providecommand{\a}{1}\providecommand{\a}{2}", r"\a", "| 1"),
        (r"\newcommand{\b}{1}\renewcommand{\b}{2}", r"\b", "| 2"),
        (
            concat!(
                r"\NewDocumentCommand{\j}{s o m O{d}}",
                r"{\IfBooleanTF{#1}{star}{plain} \IfValueTF{#2}{#2}{none} #3 #4}"
            ),
            r"\j{x}, \j*[o]{y}[e]",
            "| plain none x d, star o y e",
        ),
        (
            r"\newenvironment{box}[1]{\textbf{#1}: }{.}",
            r"\begin{box}{T}text\end{box}",
            "| <b:T>: text.",
        ),
        (
            r"\newcommand{\outer}[1]{\newcommand{\inner}[1]{#1 ##1}}\outer{a}",
            r"\outer{a}\inner{b}",
            "| a b",
        ),
        (r"\newif\ifshort\shorttrue", r"\ifshort a\else b\fi", "| a"),
        (r"\newif\ifshort", r"\ifshort a\else b\fi", "| b"),
        (r"\newcommand{\d}[2]{#1\ifx&#2&\else, #2\fi}", r"\d{a}{} \d{a}{b}", "| a a, b"),
        (
            r"\newcommand{\d}[2]{#1\ifthenelse{\equal{#2}{}}{}{, #2}}",
            r"\d{a}{} \d{a}{b}",
            "| a a, b",
        ),
        (
            r"\newcommand{\mail}{ada@example.org}",
            r"\href{mailto:\mail}{\mail}",
            "| <:ada@example.org>(mailto:ada@example.org)",
        ),
        (r"\newcommand{\w}[1]{#1}", r"\w{\w{\w{\w{\w{deep}}}}}", "| deep"),
        (r"\newlist{points}{itemize}{2}", r"\begin{points}\item a\end{points}", "+2.0 • | a"),
        (
            r"\newcommand{\entry}[3]{\textbf{#1}, #2 \hfill #3\\}",
            r"\section{S}\entry{A}{B}{C}\entry{D}{E}{F}",
            "h2 | S\nentry | <b:A>, B | C\nentry | <b:D>, E | F",
        ),
    ] {
        assert_eq!(outline(preamble, text), expected, "{preamble} {text}");
    }
}

#[test]
fn tables_and_lists_are_rows_and_items() {
    for (text, expected) in [
        (r"\begin{tabular}{l@{ }p{3cm}} a & b \\ \hline & c \\ \end{tabular}", "| a | b\n+2.0 | c"),
        (
            r"\begin{tabularx}{\textwidth}{lX} a & b \tabularnewline c & d\end{tabularx}",
            "| a | b\n| c | d",
        ),
        (
            concat!(
                r"\begin{tabular*}{5cm}[t]{lr} \multicolumn{2}{c}{a} \\[2pt] ",
                r"\multirow{2}{*}{b} & c \end{tabular*}"
            ),
            "| a\n| b | c",
        ),
        (
            r"\begin{tabular}{ll} a & \begin{tabular}{l} b \end{tabular} \\ c & d \end{tabular}",
            "| a | b\n| c | d",
        ),
        (
            r"\begin{minipage}{3cm}a\end{minipage}\hfill\begin{minipage}{3cm}b\end{minipage}",
            "| a | b",
        ),
        (
            r"\begin{itemize}\item a \begin{itemize}\item b\end{itemize}\item c\end{itemize}",
            "+2.0 • | a\n+4.0 • | b\n+2.0 • | c",
        ),
        (r"\begin{enumerate}\item a\item b\end{enumerate}", "+2.0 1. | a\n+2.0 2. | b"),
        (r"\begin{etaremune}\item a\item b\end{etaremune}", "+2.0 2. | a\n+2.0 1. | b"),
        (r"\begin{description}\item[A] b\end{description}", "+2.0 | <b:A> | b"),
        (r"\begin{itemize}\item[--] a\item[{[3]}] b\end{itemize}", "+2.0 -- | a\n+2.0 [3] | b"),
        (r"\begin{itemize}[label={}]\item a\end{itemize}", "+2.0 | a"),
        (
            r"\begin{thebibliography}{9}\bibitem{k} a\bibitem[l]{m} b\end{thebibliography}",
            "+2.0 [1] | a\n+2.0 [2] | b",
        ),
        (
            r"\begin{tabular}{ll}\makecell{a\\b} & \parbox{2cm}{c\\d}\\ e\end{tabular}",
            "| a b | c d\n| e",
        ),
        (r"\begin{tabbing}a \= b \\ c \> d\end{tabbing}", "| a | b\n| c | d"),
        (r"\begin{multicols}{2}a\end{multicols}\begin{center}b\end{center}", "| a\n| b"),
        (r"\begin{nowhere}[opt]a\end{nowhere}", "| a"),
        (
            concat!(
                r"\begin{tikzpicture}\node[right] at (0,0) {Ada Invented};",
                r"\draw (0,0);\end{tikzpicture}"
            ),
            "| Ada Invented",
        ),
    ] {
        assert_eq!(outline("", text), expected, "{text}");
    }
}

#[test]
fn what_stops_the_reader_is_told_and_takes_no_time() {
    let begin = "\\documentclass{article}\\begin{document}\nfirst ";
    let letters = || (b'a'..b'y').map(|c| (char::from(c), char::from(c + 1)));
    let doubling: String = letters().map(|(a, b)| format!("\\def\\{a}x{{\\{b}x\\{b}x}}")).collect();
    let growing: String =
        letters().map(|(a, b)| format!("\\newcommand\\{a}x[1]{{\\{b}x{{#1#1}}}}")).collect();
    let mut sources = vec![
        (format!("\\def\\x{{\\x\\x}}{begin}\\x"), "`\\x` stands in its own definition"),
        (format!("\\let\\a\\b\\let\\b\\a{begin}\\a"), "stands in its own definition"),
        (format!("{doubling}\\def\\yx{{word }}{begin}\\ax"), "reading stopped at line 2"),
        (format!("{growing}\\newcommand\\yx[1]{{#1}}{begin}\\ax{{word }}"), "reading stopped"),
        (
            format!(
                "{begin}\\newenvironment{{z}}{{\\begin{{z}}}}{{\\end{{z}}}}\\begin{{z}}x\\end{{z}}"
            ),
            "",
        ),
        (format!("{begin}{}", "x".repeat(1_000_000)), ""),
    ];
    for part in [
        "{",
        "}",
        "$",
        "[",
        "\\foo[",
        "\\textbf{",
        "\\'{",
        "\\item ",
        "\\href{",
        "\\begin{itemize}",
        "\\begin{tabular}",
        "\\begin{verbatim}",
        "\\begin{tikzpicture}",
        "\\iffalse ",
        "\\iftrue\\ifx",
        "\\newcommand{",
        "\\def\\x",
        "\\verb",
        "\\foo{a}{b}",
        "\\cventry{a}{b}",
        "\\hspace 1em plus",
        "a & b \\\\ ",
        "\\section{",
        "\\section{a}\n\n",
        "\\left[",
        "%\n",
        "\\(",
        "\\let\\a",
        "\\\\[",
    ] {
        sources.push((format!("{begin}{}", part.repeat(300_000 / part.len())), ""));
    }
    for (source, note) in sources {
        let clock = Instant::now();
        let head: String = source.chars().skip(begin.len()).take(30).collect();
        match latex::outline(source.as_bytes(), &Alone) {
            Ok(outline) => {
                assert!(outline.to_string().contains("first"), "{head}");
                assert!(
                    outline.notes.iter().any(|n| n.contains(note)) || note.is_empty(),
                    "{head}: {:?}",
                    outline.notes
                );
            }
            Err(error) => panic!("{head}: {error}"),
        }
        assert!(clock.elapsed() < PATIENCE, "{head}: {:?}", clock.elapsed());
    }
    // A file that takes itself in, or has nothing inside.
    let source = "\\begin{document} first \\input{me}";
    let me = |_: &str| Some(source.as_bytes().to_vec());
    let outline = latex::outline(source.as_bytes(), &me).unwrap();
    assert!(outline.to_string().contains("first"));
    for nothing in ["", "\\documentclass{article}", "% only a comment"] {
        assert!(matches!(latex::outline(nothing.as_bytes(), &Alone), Err(Error::Nothing { .. })));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// The cases with pieces of each other in the middle, cut anywhere.
    #[test]
    fn no_file_makes_it_panic(
        case in any::<prop::sample::Index>(),
        pieces in vec((select(pieces()), any::<prop::sample::Index>()), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let cases = cases();
        let mut source = fs::read_to_string(cases[case.index(cases.len())].join("cv.tex")).unwrap();
        for (piece, at) in pieces {
            let at = source.floor_char_boundary(at.index(source.len() + 1));
            source.insert_str(at, &piece);
        }
        source.truncate(source.floor_char_boundary(cut.index(source.len() + 1)));
        drop(latex::outline(source.as_bytes(), &Alone));
    }
}

fn pieces() -> Vec<String> {
    let pieces = "{ } [ ] $ & # #1 % ~ \\ \\\\ \\{ \\' \\begin{itemize} \\end{itemize} \
        \\begin{tabular}{l} \\end{tabular} \\item \\newcommand{\\a}[1]{#1#1} \\a \
        \\def\\b{\\b\\a} \\b \\iftrue \\else \\fi \\ifx \\section{ \\textbf{ \\hfill \
        \\verb| \\url{ \\href{a}{ \\cventry{a}{b}{c}{d}{e}{f} \\name{A}{B} \\input{cv} \
        \\today \\cite{a} \\begin{document} \\end{document} é 名 \\social[x]{y} \\hspace \
        -1. \\let\\c=\\d \\NewDocumentCommand{\\e}{s+m}{#1} \\e* \\begin{tikzpicture} \
        \\begin{filecontents}{a} \\bibitem{";
    pieces.split(' ').map(str::to_owned).chain(["\n\n".to_owned()]).collect()
}
