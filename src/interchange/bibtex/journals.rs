//! The macros for journals that astronomers write: what they stand for is in the class files of the
//! journals and not in a bibliography.

/// The name of the journal that a value stands for which is nothing but such a macro: `\apjl`,
/// `{\aap}`.
pub(super) fn named(source: &str) -> Option<&'static str> {
    let bare = |c: char| c.is_whitespace() || matches!(c, '{' | '}');
    let name = source.trim_matches(bare).strip_prefix('\\')?;
    let at = JOURNALS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    JOURNALS.get(at).map(|(_, journal)| *journal)
}

/// The list of the Astrophysics Data System (ADS, “TeX macros for journals”) and of `AASTeX`, in the
/// order of their bytes.
const JOURNALS: &[(&str, &str)] = &[
    ("aap", "Astronomy and Astrophysics"),
    ("aapr", "Astronomy and Astrophysics Reviews"),
    ("aaps", "Astronomy and Astrophysics Supplement Series"),
    ("actaa", "Acta Astronomica"),
    ("aj", "The Astronomical Journal"),
    ("ao", "Applied Optics"),
    ("apj", "The Astrophysical Journal"),
    ("apjl", "The Astrophysical Journal Letters"),
    ("apjlett", "The Astrophysical Journal Letters"),
    ("apjs", "The Astrophysical Journal Supplement Series"),
    ("apjsupp", "The Astrophysical Journal Supplement Series"),
    ("aplett", "Astrophysics Letters"),
    ("applopt", "Applied Optics"),
    ("apspr", "Astrophysics and Space Physics Research"),
    ("apss", "Astrophysics and Space Science"),
    ("araa", "Annual Review of Astronomy and Astrophysics"),
    ("azh", "Astronomicheskii Zhurnal"),
    ("baas", "Bulletin of the American Astronomical Society"),
    ("bac", "Bulletin of the Astronomical Institutes of Czechoslovakia"),
    ("bain", "Bulletin of the Astronomical Institutes of the Netherlands"),
    ("caa", "Chinese Astronomy and Astrophysics"),
    ("cjaa", "Chinese Journal of Astronomy and Astrophysics"),
    ("dps", "AAS Division for Planetary Sciences Meeting Abstracts"),
    ("fcp", "Fundamentals of Cosmic Physics"),
    ("gca", "Geochimica et Cosmochimica Acta"),
    ("grl", "Geophysical Research Letters"),
    ("iaucirc", "IAU Circulars"),
    ("icarus", "Icarus"),
    ("jaavso", "Journal of the American Association of Variable Star Observers"),
    ("jcap", "Journal of Cosmology and Astroparticle Physics"),
    ("jcp", "The Journal of Chemical Physics"),
    ("jgr", "Journal of Geophysical Research"),
    ("jqsrt", "Journal of Quantitative Spectroscopy and Radiative Transfer"),
    ("jrasc", "Journal of the Royal Astronomical Society of Canada"),
    ("maps", "Meteoritics and Planetary Science"),
    ("memras", "Memoirs of the Royal Astronomical Society"),
    ("memsai", "Memorie della Società Astronomica Italiana"),
    ("mnras", "Monthly Notices of the Royal Astronomical Society"),
    ("na", "New Astronomy"),
    ("nar", "New Astronomy Reviews"),
    ("nat", "Nature"),
    ("nphysa", "Nuclear Physics A"),
    ("pasa", "Publications of the Astronomical Society of Australia"),
    ("pasj", "Publications of the Astronomical Society of Japan"),
    ("pasp", "Publications of the Astronomical Society of the Pacific"),
    ("physrep", "Physics Reports"),
    ("physscr", "Physica Scripta"),
    ("planss", "Planetary and Space Science"),
    ("pra", "Physical Review A"),
    ("prb", "Physical Review B"),
    ("prc", "Physical Review C"),
    ("prd", "Physical Review D"),
    ("pre", "Physical Review E"),
    ("prl", "Physical Review Letters"),
    ("procspie", "Proceedings of SPIE"),
    ("psj", "The Planetary Science Journal"),
    ("qjras", "Quarterly Journal of the Royal Astronomical Society"),
    ("rmp", "Reviews of Modern Physics"),
    ("rmxaa", "Revista Mexicana de Astronomía y Astrofísica"),
    ("skytel", "Sky and Telescope"),
    ("solphys", "Solar Physics"),
    ("sovast", "Soviet Astronomy"),
    ("ssr", "Space Science Reviews"),
    ("zap", "Zeitschrift für Astrophysik"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_stand_for_journals() {
        assert!(JOURNALS.is_sorted());
        for (source, expected) in [
            (r"\apjl", Some("The Astrophysical Journal Letters")),
            (r" {\aap} ", Some("Astronomy and Astrophysics")),
            (r"\mnras{}", Some("Monthly Notices of the Royal Astronomical Society")),
            (r"\unknown", None),
            ("aap", None),
            (r"\aap Letters", None),
        ] {
            assert_eq!(named(source), expected, "{source}");
        }
    }
}
