//! The names of TeX's symbols and what is printed for them.

/// What a symbol is in a formula: decides the space beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter, a number, a plain sign.
    Ordinary,
    /// A function name or a large sign such as a sum.
    Operator,
    /// `+`, `×` and the like, between two things.
    Binary,
    /// `=`, `≤` and the like, and arrows.
    Relation,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A comma or semicolon.
    Comma,
    /// A fraction or root: kept apart from what follows.
    Inner,
}

/// Pairs of name and sign. `\epsilon` and `\varepsilon`, `\phi` and `\varphi` share the sign that
/// text fonts have.
const SYMBOLS: [(Class, &str); 6] = [
    (
        Class::Ordinary,
        "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι \
         kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ \
         varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω digamma ϝ \
         Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ \
         Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω \
         varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ \
         varPsi Ψ varOmega Ω \
         ell ℓ hbar ℏ imath ı jmath ȷ Re ℜ Im ℑ aleph ℵ partial ∂ nabla ∇ infty ∞ emptyset ∅ \
         varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ triangle △ \
         ldots … dots … cdots ⋯ vdots ⋮ prime ′ degree ° dagger † ddagger ‡ dag † ddag ‡ S § P ¶ copyright © pounds £ \
         textdollar $ textasteriskcentered * textdagger † textdaggerdbl ‡ textsection § \
         textparagraph ¶ textdegree ° texttimes × textpm ± textmu µ euro € EUR € square □ Box □ \
         checkmark ✓ star ⋆ bullet • vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ | ‖ \
         % % # # $ $ & & _ _ backslash \\",
    ),
    (
        Class::Operator,
        "sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ \
         log log ln ln lg lg exp exp sin sin cos cos tan tan cot cot sec sec csc csc arcsin arcsin \
         arccos arccos arctan arctan sinh sinh cosh cosh tanh tanh max max min min sup sup inf inf \
         lim lim limsup lim\u{a0}sup liminf lim\u{a0}inf argmax arg\u{a0}max argmin arg\u{a0}min arg arg \
         det det dim dim ker ker rank rank deg deg gcd gcd hom hom Pr Pr tr tr diag diag sgn sgn \
         sign sign poly poly polylog polylog softmax softmax",
    ),
    (
        Class::Binary,
        "times × cdot · div ÷ pm ± mp ∓ cup ∪ cap ∩ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ oplus ⊕ \
         otimes ⊗ odot ⊙ circ ∘ ast * bmod mod mod mod",
    ),
    (
        Class::Relation,
        "doteq ≐ asymp ≍ sqsubseteq ⊑ subsetneq ⊊ nsubseteq ⊈ hookrightarrow ↪ rightleftharpoons ⇌ \
         nleq ≰ ngeq ≱ lesseqgtr ⋚ triangleq ≜ \
         le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ lt < gt > ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ \
         cong ≅ equiv ≡ propto ∝ ll ≪ gg ≫ prec ≺ succ ≻ lesssim ≲ gtrsim ≳ in ∈ notin ∉ ni ∋ \
         subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ perp ⊥ parallel ∥ mid | vdash ⊢ models ⊨ \
         to → rightarrow → longrightarrow → leftarrow ← gets ← leftrightarrow ↔ mapsto ↦ \
         Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ uparrow ↑ downarrow ↓ coloneqq :=",
    ),
    (Class::Open, "{ { lbrace { lbrack [ langle ⟨ lfloor ⌊ lceil ⌈"),
    (Class::Close, "} } rbrace } rbrack ] rangle ⟩ rfloor ⌋ rceil ⌉"),
];

/// What `\name` stands for.
pub(super) fn named(name: &str) -> Option<(&'static str, Class)> {
    SYMBOLS.iter().find_map(|(class, pairs)| {
        let mut words = pairs.split(' ');
        while let (Some(word), Some(sign)) = (words.next(), words.next()) {
            if word == name {
                return Some((sign, *class));
            }
        }
        None
    })
}

/// The class of a character that was typed as itself.
pub(super) fn class_of(c: char) -> Class {
    match c {
        '(' | '[' => Class::Open,
        ')' | ']' | '!' => Class::Close,
        ',' | ';' => Class::Comma,
        '+' | '-' | '*' => Class::Binary,
        '<' | '=' | '>' | ':' => Class::Relation,
        _ if c.is_alphanumeric() || c.is_ascii() => Class::Ordinary,
        _ => {
            let mut typed = [0; 4];
            let typed: &str = c.encode_utf8(&mut typed);
            let names = |pairs: &str| pairs.split(' ').skip(1).step_by(2).any(|sign| sign == typed);
            let found = SYMBOLS.iter().find(|(_, pairs)| names(pairs));
            found.map_or(Class::Ordinary, |(class, _)| *class)
        }
    }
}

/// The combining mark of an accent command.
pub(super) fn accent(name: &str) -> Option<char> {
    Some(match name {
        "hat" | "widehat" => '\u{302}',
        "bar" => '\u{304}',
        "overline" => '\u{305}',
        "underline" => '\u{332}',
        "tilde" | "widetilde" => '\u{303}',
        "vec" => '\u{20d7}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        "check" => '\u{30c}',
        "breve" => '\u{306}',
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "not" => '\u{338}',
        _ => return None,
    })
}

/// The double-struck letters that text fonts have.
pub(super) fn double_struck(c: char) -> Option<&'static str> {
    Some(match c {
        'C' => "ℂ",
        'H' => "ℍ",
        'N' => "ℕ",
        'P' => "ℙ",
        'Q' => "ℚ",
        'R' => "ℝ",
        'Z' => "ℤ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_has_a_name_and_a_sign() {
        for (class, pairs) in SYMBOLS {
            let words: Vec<_> = pairs.split(' ').collect();
            assert_eq!(words.len() % 2, 0, "{class:?}");
            for pair in words.chunks(2) {
                assert_eq!(named(pair[0]), Some((pair[1], class)), "{pair:?}");
                assert!(pair[0].is_ascii() && !pair[1].is_empty(), "{pair:?}");
            }
        }
        assert_eq!(named("nonsense"), None);
        assert_eq!(class_of('≤'), Class::Relation);
        assert_eq!(class_of('∪'), Class::Binary);
    }
}
