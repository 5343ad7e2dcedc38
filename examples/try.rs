use vitae::{look::Look, pdf, profile::Profile, store::ron_file, theme, typeset::*};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&a[1]).unwrap();
    let opened = match ron_file::open::<Profile>(&a[1], &text) {
        Ok(o) => o,
        Err(e) => {
            eprintln!("{e}");
            return;
        }
    };
    for f in &opened.findings {
        eprintln!("{:?} {} {} {}", f.place, f.severity, f.message, f.hint);
    }
    let look = Look {
        theme: a[3].clone(),
        ..Look::default()
    };
    let (style, f) = theme::style(&opened.value, None, &look);
    for f in f {
        eprintln!("{f:?}");
    }
    let t = std::time::Instant::now();
    let mut ts = Typesetter::new(Source::System);
    let set = ts.set(&opened.value, None, &style);
    let t1 = t.elapsed();
    let t = std::time::Instant::now();
    let set2 = ts.set(&opened.value, None, &style);
    let t2 = t.elapsed();
    assert_eq!(set.fit, set2.fit);
    println!("{:?} {t1:?} {t2:?}", set.fit);
    for f in &set.findings {
        eprintln!("{} {} {} {}", f.severity, f.at, f.message, f.hint);
    }
    let t = std::time::Instant::now();
    let bytes = pdf::write(
        &set.pages,
        &pdf::Metadata {
            title: "t".into(),
            author: "a".into(),
            keywords: vec![],
            language: set.language.clone(),
            ..Default::default()
        },
        &pdf::Options::default(),
    )
    .unwrap();
    println!("{} bytes {:?}", bytes.len(), t.elapsed());
    #[allow(clippy::disallowed_methods)] std::fs::write(&a[2], bytes).unwrap();
}
