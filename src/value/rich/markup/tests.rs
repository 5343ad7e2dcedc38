//! The markup in tables: what each text reads as, and that no text takes long.

use super::*;
use crate::value::rich::Run;

/// One run in a readable form: `<bi|text|url>`, plain text bare.
fn show(run: &Run) -> String {
    let style = run.style;
    let mut marks = String::new();
    for (is_on, mark) in [
        (style.bold, 'b'),
        (style.italic, 'i'),
        (style.code, 'c'),
        (style.shift == Shift::Super, '^'),
        (style.shift == Shift::Sub, '_'),
    ] {
        if is_on {
            marks.push(mark);
        }
    }
    match &run.link {
        Some(link) => format!("<{marks}|{}|{link}>", run.text),
        None if marks.is_empty() => run.text.clone(),
        None => format!("<{marks}|{}>", run.text),
    }
}

fn shown(input: &str) -> String {
    parse(input, None).runs.iter().map(show).collect()
}

#[test]
fn markup() {
    for (input, expected) in [
        ("", ""),
        ("plain", "plain"),
        ("**bold** and *italic*", "<b|bold> and <i|italic>"),
        ("***both***", "<bi|both>"),
        ("***a** b*", "<bi|a><i| b>"),
        ("***a* b**", "<bi|a><b| b>"),
        ("*a **b***", "<i|a ><bi|b>"),
        ("**a *b***", "<b|a ><bi|b>"),
        ("**a *b* c**", "<b|a ><bi|b><b| c>"),
        ("*a **b** c*", "<i|a ><bi|b><i| c>"),
        ("**a**b", "<b|a>b"),
        ("un*believ*able", "un<i|believ>able"),
        ("(**a**, *b*)", "(<b|a>, <i|b>)"),
        ("**粗体。**后面", "<b|粗体。>后面"),
        ("他**很**好", "他<b|很>好"),
        // Nothing to pair with: literal.
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("5*3*2", "5*3*2"),
        ("**oops", "**oops"),
        ("oops**", "oops**"),
        ("*a**", "*a**"),
        ("** a **", "** a **"),
        ("****a****", "****a****"),
        ("*", "*"),
        ("Wei Zhang*", "Wei Zhang*"),
        ("Wei Zhang*†, Jo Li*, **J. Wong**†", "Wei Zhang*†, Jo Li*, <b|J. Wong>†"),
        ("**J. Wong*, A. B**", "<b|J. Wong*, A. B>"),
        ("*x **y* z", "<i|x **y> z"),
        ("***a*", "**<i|a>"),
        ("snake_case and __init__ _no_", "snake_case and __init__ _no_"),
        // Escapes.
        (r"\*a\* \[b\] \$5 \\ \q", r"*a* [b] $5 \ \q"),
        (r"**a\*** \", r"<b|a*> \"),
        // Links.
        ("[a](https://x.org)", "<|a|https://x.org>"),
        ("[**a** b](u)", "<b|a|u><| b|u>"),
        ("**[a](u)** c", "<b|a|u> c"),
        ("*[a*](u)", "*<|a*|u>"),
        ("[a](x_(y)_z) b", "<|a|x_(y)_z> b"),
        (r"[a](x\)) b", "<|a|x)> b"),
        ("[](u)", "<|u|u>"),
        ("[a]() [b] (c) [d](e f)", "[a]() [b] (c) [d](e f)"),
        ("[a [b] c](u)", "<|a [b] c|u>"),
        ("[a [b](u) c](v)", "[a <|b|u> c](v)"),
        ("a] [b", "a] [b"),
        ("[x^{2} `c`](u)", "<|x|u><^|2|u><| |u><c|c|u>"),
        // Code.
        ("`a*b*` `` x`y ``", "<c|a*b*> <c|x`y>"),
        ("`a ``b", "`a ``b"),
        (r"`\`", r"<c|\>"),
        ("*a `b*`", "*a <c|b*>"),
        // Raised and lowered.
        ("1^{st} H_{2}O", "1<^|st> H<_|2>O"),
        ("Zhang^{*,†}", "Zhang<^|*,†>"),
        ("x^2 x_1 x^{ x_{}", "x^2 x_1 x^{ x_{}"),
        (r"a^{\}\{}", "a<^|}{>"),
        // Maths and money.
        ("is $k$.", "is <i|k>."),
        ("**$10^{-3}$**", "<b|10><b^|−3>"),
        ("$$x$$", "<i|x>"),
        ("$5", "$5"),
        ("$5 and $6", "$5 and $6"),
        ("$5M–$10M", "$5M–$10M"),
        ("$ a$ $a $", "$ a$ $a $"),
        ("US$5 for $k$", "US$5 for <i|k>"),
        ("$$$a$$$ $$", "$$$a$$$ $$"),
        (r"$a\$b", "$a$b"),
        (r"$^\dag$ and $^\ddag$", "<^|†> and <^|‡>"),
        // A formula that is not understood is printed as it was typed.
        (r"$\foo{a}$ of $k$", r"$\foo{a}$ of <i|k>"),
        (r"$$\begin{matrix} a & b \end{matrix}$$", r"$$\begin{matrix} a & b \end{matrix}$$"),
        ("$3M portfolio; saved R$ 40k", "$3M portfolio; saved R$ 40k"),
        ("Prize of 500$ and 300$, total 800$", "Prize of 500$ and 300$, total 800$"),
        ("Set $HOME:$PATH here", "Set $HOME:$PATH here"),
        ("H$_2$O at 5$\\times$", "H<_|2>O at 5×"),
        // Products and options are no markup.
        ("a*b*c and x*y*z*w", "a*b*c and x*y*z*w"),
        ("x**2 + y**2", "x**2 + y**2"),
        ("10*n*m", "10*n*m"),
        ("a*b* c", "a<i|b> c"),
        ("C-- and C++", "C-- and C++"),
        ("(C--), \"C--\"", "(C--), \"C--\""),
        ("i--; 2019-- x", "i--; 2019– x"),
        ("cargo build --release (--locked)", "cargo build --release (--locked)"),
        ("--all-features", "--all-features"),
        ("a -- b, c--d, \"e\"--\"f\", **g**--*h*", "a – b, c–d, \"e\"–\"f\", <b|g>–<i|h>"),
        // Addresses.
        ("See https://a.example/x_{y}.", "See <|https://a.example/x_{y}|https://a.example/x_{y}>."),
        ("(www.a.example/b_(c))", "(<|www.a.example/b_(c)|https://www.a.example/b_(c)>)"),
        ("<https://a.example/--b>, c", "<|https://a.example/--b|https://a.example/--b>, c"),
        ("<jo@a.example> a < b > c <b>", "<|jo@a.example|mailto:jo@a.example> a < b > c <b>"),
        ("**https://a.example**", "<b|https://a.example|https://a.example>"),
        ("[at https://a.example](u)", "<|at https://a.example|u>"),
        ("https:// http, https://a www. how", "https:// http, https://a www. how"),
        (r"https://a.example/a\_b", "<|https://a.example/a_b|https://a.example/a_b>"),
        ("`https://a.example`", "<c|https://a.example>"),
        // White space and dashes.
        ("a\nb \n c\r\nd", "a b c d"),
        ("\na  b\tc\n", "a  b c"),
        ("1--2 a---b ---- - x", "1–2 a—b ---- - x"),
        ("`--a` [x](a--b)", "<c|--a> <|x|a--b>"),
        ("...", "..."),
    ] {
        assert_eq!(shown(input), expected, "{input:?}");
    }
}

/// Quadratic time would take minutes on these, and hours on a megabyte.
#[test]
fn any_number_of_marks_is_read_in_linear_time() {
    const SIZE: usize = 1 << 17;
    assert_eq!(parse(&"*".repeat(8 * SIZE), None).to_plain().len(), 8 * SIZE);
    assert_eq!(parse(&"[".repeat(8 * SIZE), None).to_plain().len(), 8 * SIZE);
    for unit in [
        "*",
        "* ",
        " *a",
        "a* ",
        " **a",
        "**a*b",
        "a**b* c***d",
        "[",
        "[]",
        "[](",
        "[a](b",
        "]",
        "`",
        "` ``",
        "`` `",
        "$",
        "$a ",
        "^{",
        "^{a",
        "_",
        "\\",
        "-",
        "- ",
        "\n",
        "[*a](b)*",
        "*[",
        "$\\{",
        "a $a\\",
    ] {
        let input = unit.repeat(SIZE / unit.len());
        assert!(parse(&input, None).to_plain().len() <= 3 * SIZE, "{unit:?}");
    }
    let runs: String = (1..500).map(|length| "`".repeat(length) + "a").collect();
    assert_eq!(parse(&runs, None).to_plain(), runs);
}
