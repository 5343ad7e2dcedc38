//! The pixels of the page: those of the exported file, at the size asked for, within bounds.

#![expect(clippy::panic, clippy::unwrap_used, reason = "what is not as expected fails the test")]

use eframe::egui::Color32;
use image::{ImageFormat, Rgb, RgbImage};
use std::{collections::BTreeMap, io::Cursor, path::Path, sync::Arc, thread, time::Duration};
use vitae::{
    app::preview::{Answer, Image, Job, Preview, Shown, Thumbnail, View},
    export,
    finding::Code,
    look::{Look, PageLimit},
    profile::Profile,
    raster::{ALL, Error, MOST_PIXELS, Raster},
    section::Section,
    store::Document,
    typeset::{Source, Typesetter},
    value::photo::{Photo, prepare},
};

fn sample(name: &str) -> Profile {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    Document::open(&folder.join(format!("{name}.cv.ron"))).unwrap().profile
}

fn pdf(profile: &Profile, top: &Look) -> Arc<Vec<u8>> {
    with_photo(profile, top, None)
}

fn with_photo(profile: &Profile, top: &Look, photo: Option<Photo>) -> Arc<Vec<u8>> {
    let mut typesetter = Typesetter::new(Source::Embedded);
    typesetter.show_photo(photo);
    let made = export::make(&mut typesetter, profile, None, top);
    Arc::new(export::pdf(profile, None, &made.typeset, None).unwrap())
}

/// The pixels of a page: width, height, scale and colours.
fn drawn(
    raster: &mut Raster,
    pdf: &Arc<Vec<u8>>,
    page: usize,
    scale: f32,
) -> (usize, usize, f32, Vec<u8>) {
    let drawn = raster.page::<[u8; 4]>(Arc::clone(pdf), page, scale, ALL).unwrap();
    assert_eq!(drawn.rows, 0..drawn.height);
    (drawn.width, drawn.height, drawn.scale, drawn.pixels.concat())
}

/// How much of the page is ink, as a part of all pixels.
fn ink(rgba: &[u8]) -> f64 {
    let dark = rgba.as_chunks::<4>().0.iter().filter(|p| p[0] < 128).count();
    dark as f64 / (rgba.len() / 4) as f64
}

/// A preview, and the next answer of its thread.
fn next(preview: &mut Preview) -> Answer {
    for _ in 0..6_000 {
        if let Some(answer) = preview.poll() {
            return answer;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("no answer within a minute");
}

fn shown(preview: &mut Preview, job: &Job) -> Box<Shown> {
    preview.show(job.clone()).unwrap();
    match next(preview) {
        Answer::Shown(shown) => shown,
        other => panic!("{other:?}"),
    }
}

fn preview() -> Preview {
    Preview::new(Source::Embedded, Arc::new(|| {}))
}

fn job(profile: Profile, scale: f32) -> Job {
    let view = View { pages: 0..1, scale };
    Job {
        revision: 1,
        profile: Arc::new(profile),
        variant: None,
        top: Look::default(),
        photo: None,
        view,
        surface: 0,
    }
}

fn photo() -> Photo {
    let mut png = Cursor::new(vec![]);
    let red = RgbImage::from_fn(90, 120, |x, y| Rgb([200, (2 * x) as u8, y as u8]));
    red.write_to(&mut png, ImageFormat::Png).unwrap();
    prepare(png.get_ref(), None).unwrap()
}

#[test]
fn a_page_has_the_size_asked_for_and_bears_ink() {
    let pdf = pdf(&sample("first-year"), &Look::default());
    let mut raster = Raster::new();
    // The second run is drawn in used buffers.
    let mut first = vec![];
    for round in 0..2 {
        for (scale, size) in [(1.0, (595, 842)), (2.0, (1191, 1684)), (0.2, (119, 168))] {
            let (width, height, true_scale, rgba) = drawn(&mut raster, &pdf, 0, scale);
            assert_eq!((width, height), size);
            assert_eq!(rgba.len(), width * height * 4);
            assert!((true_scale - scale).abs() < 0.01, "{true_scale} instead of {scale}");
            assert!(rgba.as_chunks::<4>().0.iter().all(|p| p[3] == 255), "all is opaque");
            if scale >= 1.0 {
                assert!((0.005..0.3).contains(&ink(&rgba)), "{} of the page is ink", ink(&rgba));
            }
            if round == 0 {
                first.push(rgba);
            } else {
                assert!(first.remove(0) == rgba, "the same page gives the same pixels");
            }
        }
    }
}

#[test]
fn rows_have_the_pixels_of_the_whole_page() {
    let pdf = pdf(&sample("first-year"), &Look::default());
    let mut raster = Raster::new();
    let mut page = |rows| raster.page::<[u8; 4]>(Arc::clone(&pdf), 0, 1.0, rows).unwrap();
    let whole = page(ALL);
    for (asked, drawn) in
        [(100..160, 100..160), (800..900, 800..842), (5..5, 5..6), (900..950, 841..842)]
    {
        let part = page(asked);
        assert_eq!((part.width, part.height, part.rows.clone()), (595, 842, drawn.clone()));
        let expected = whole.pixels.chunks(595).skip(drawn.start).take(drawn.len());
        assert!(part.pixels.chunks(595).eq(expected), "{drawn:?}");
    }
}

#[test]
fn a_great_zoom_keeps_within_memory() {
    let pdf = pdf(&sample("first-year"), &Look::default());
    for scale in [16.0, 1.0e9, f32::INFINITY] {
        let (width, height, true_scale, _) = drawn(&mut Raster::new(), &pdf, 0, scale);
        let pixels = width * height;
        let most = MOST_PIXELS as usize;
        assert!((most * 9 / 10..most * 101 / 100).contains(&pixels), "{pixels} at {scale}");
        assert!(true_scale < scale);
    }
    for scale in [0.0, -1.0, f32::NAN] {
        let (width, height, ..) = drawn(&mut Raster::new(), &pdf, 0, scale);
        assert!(width >= 1 && height >= 1 && width < 100, "{width} × {height} at {scale}");
    }
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let mut raster = Raster::new();
    let unread = raster.page::<[u8; 4]>(Arc::new(b"no PDF".to_vec()), 0, 1.0, ALL);
    assert!(matches!(unread, Err(Error::Unreadable)), "{unread:?}");
    let pdf = pdf(&sample("first-year"), &Look::default());
    let missing = raster.page::<[u8; 4]>(pdf, 1, 1.0, ALL).unwrap_err();
    assert_eq!(missing.to_string(), "there is no page 2 to be drawn: the PDF has 1");
}

#[test]
fn the_preview_shows_the_very_pixels_of_the_export() {
    let mut preview = preview();
    let mut revision = 0;
    let photo = photo();
    for (name, photo) in
        [("phd-systems", Some(photo)), ("bilingual", None), ("researcher-papers", None)]
    {
        let mut profile = sample(name);
        profile.person.photo = photo.iter().map(|_| "me.png").collect();
        for theme in ["classic", "column"] {
            revision += 1;
            let top = Look { theme: theme.into(), pages: Some(PageLimit::Any), ..Look::default() };
            let pdf = with_photo(&profile, &top, photo.clone());
            let view = View { pages: 0..9, scale: 1.5 };
            let photo = photo.clone();
            let surface = revision;
            let job = Job { revision, top, view, photo, surface, ..job(profile.clone(), 1.0) };
            let shown = shown(&mut preview, &job);
            assert_eq!(shown.revision, revision);
            assert_eq!(shown.images.len(), shown.page.pages.pages.len());
            assert_eq!(shown.images.len(), shown.sizes.len());
            for image in &shown.images {
                let (width, height, _, rgba) = drawn(&mut Raster::new(), &pdf, image.page, 1.5);
                assert_eq!(image.pixels.size, [width, height]);
                let same = image.pixels.pixels.iter().zip(rgba.as_chunks().0);
                let differ = same.filter(|(a, b)| a.to_array() != **b).count();
                assert_eq!(differ, 0, "{name} in {theme}, page {}", image.page + 1);
            }
        }
    }
}

/// What the window does with the pixels it gets.
#[derive(Default)]
struct Screen(BTreeMap<usize, ([usize; 2], Vec<Color32>)>);

impl Screen {
    /// Takes in what was drawn; how many rows of pixels that was.
    fn take(&mut self, shown: &Shown) -> usize {
        for image in &shown.images {
            let size = image.size;
            let (known, pixels) = self.0.entry(image.page).or_default();
            if image.is_whole() {
                (*known, *pixels) = (size, vec![]);
                pixels.resize(size[0] * size[1], Color32::RED);
            }
            assert_eq!(*known, size, "rows of another page");
            assert_eq!(image.pixels.pixels.len(), size[0] * image.rows.len());
            let old = pixels.iter_mut().skip(size[0] * image.rows.start);
            old.zip(&image.pixels.pixels).for_each(|(old, new)| *old = *new);
        }
        self.0.retain(|page, _| shown.images.iter().any(|image| image.page == *page));
        shown.images.iter().map(|image| image.rows.len()).sum()
    }
}

/// What is done to a profile, and its name.
type Change = (&'static str, fn(&mut Profile));

/// Changes that are seen on the page, each upon the one before.
fn changes() -> Vec<Change> {
    fn bullets(profile: &mut Profile) -> impl Iterator<Item = &mut String> {
        let lists = profile.sections.iter_mut().filter_map(|section| match section {
            Section::Experience(list) => list.entries.first_mut(),
            _ => None,
        });
        lists.flat_map(|entry| &mut entry.bullets).map(|bullet| &mut bullet.text)
    }
    vec![
        ("a letter", |p| bullets(p).take(1).for_each(|text| text.push('n'))),
        ("letters with marks", |p| bullets(p).take(1).for_each(|text| text.push_str("Ǻ̤ğ"))),
        ("a bold word", |p| bullets(p).take(1).for_each(|text| text.push_str(" **bold**"))),
        ("another script", |p| bullets(p).take(1).for_each(|text| text.push_str(" 漢字"))),
        ("a letter less", |p| bullets(p).take(1).for_each(|text| _ = text.pop())),
        ("a word in each", |p| bullets(p).for_each(|text| text.insert_str(0, "x "))),
        ("a line more", |p| bullets(p).take(1).for_each(|text| *text = text.repeat(2))),
        ("the name", |p| p.person.name.push('i')),
        ("a heading less", |p| drop(p.sections.pop())),
        ("nothing", |_| {}),
    ]
}

/// Whether two pixels are the same but for one step of rounding, for rows that are drawn alone
/// stand at other numbers than in the whole page.
fn alike(a: Color32, b: Color32) -> bool {
    a.to_array().iter().zip(b.to_array()).all(|(a, b)| a.abs_diff(b) <= 1)
}

#[test]
fn what_is_drawn_anew_looks_as_if_all_were() {
    let (mut few, mut all) = (0, 0);
    for name in ["phd-systems", "undergrad-dense", "bilingual", "researcher-papers"] {
        let mut preview = preview();
        let mut screen = Screen::default();
        let mut job = job(sample(name), 1.7);
        job.view.pages = 0..2;
        match name {
            "undergrad-dense" => job.top.theme = "column".into(),
            "bilingual" => {
                Arc::make_mut(&mut job.profile).person.photo = "me.png".into();
                job.photo = Some(photo());
            }
            _ => {}
        }
        let first = shown(&mut preview, &job);
        assert_eq!(first.page.pages.images.is_empty(), job.photo.is_none(), "{name}: its photo");
        screen.take(&first);
        for (what, change) in changes() {
            job.revision += 1;
            let profile = Arc::make_mut(&mut job.profile);
            change(profile);
            let answer = shown(&mut preview, &job);
            let rows = screen.take(&answer);
            few += usize::from(rows < answer.images[0].size[1] / 3);
            all += 1;
            let fresh = Job { surface: job.surface + 1, ..job.clone() };
            let mut other = Screen::default();
            other.take(&shown(&mut self::preview(), &fresh));
            assert!(screen.0.keys().eq(other.0.keys()));
            for (page, (size, pixels)) in &screen.0 {
                let (other_size, expected) = &other.0[page];
                assert_eq!(size, other_size);
                let differ = pixels.iter().zip(expected).filter(|(a, b)| !alike(**a, **b)).count();
                assert_eq!(differ, 0, "{name}, {what}, page {}, {rows} rows drawn", page + 1);
            }
            assert_eq!(rows == 0, what == "nothing", "{name}, {what}: {rows} rows drawn");
        }
    }
    assert!(2 * few > all, "{few} of {all} were small");
}

#[test]
fn a_new_surface_gets_the_whole_page() {
    let mut preview = preview();
    let mut job = job(sample("first-year"), 1.0);
    let whole = |shown: &Shown| shown.images.iter().all(Image::is_whole);
    assert!(whole(&shown(&mut preview, &job)));
    let same = shown(&mut preview, &job);
    assert!(same.images[0].rows.is_empty(), "it is there already");
    job.surface += 1;
    assert!(whole(&shown(&mut preview, &job)));
    job.view.pages = 3..8;
    shown(&mut preview, &job);
    job.view.pages = 0..1;
    assert!(whole(&shown(&mut preview, &job)), "it had gone from the view");

    // A second page that goes and comes again.
    let short = Arc::clone(&job.profile);
    let mut long = (*short).clone();
    long.sections = (0..4).flat_map(|_| short.sections.clone()).collect();
    job.top.pages = Some(PageLimit::Any);
    job.view.pages = 0..2;
    for (profile, pages) in [(Arc::new(long), 2), (short, 1)].iter().cycle().take(3) {
        job.profile = Arc::clone(profile);
        job.revision += 1;
        let shown = shown(&mut preview, &job);
        assert_eq!(shown.images.len(), *pages);
        assert!(shown.images.iter().skip(1).all(Image::is_whole), "it was not there before");
    }
}

#[test]
fn another_view_of_the_same_is_only_drawn() {
    let mut preview = preview();
    let mut job = job(sample("first-year"), 1.0);
    let first = shown(&mut preview, &job);
    job.view.scale = 2.0;
    let second = shown(&mut preview, &job);
    assert!(Arc::ptr_eq(&first.page, &second.page), "it is not set anew");
    assert_eq!(second.timings.write, Duration::ZERO);
    assert_eq!(second.images[0].pixels.size, [1191, 1684]);
    job.view.pages = 3..8;
    assert!(shown(&mut preview, &job).images.is_empty(), "there are no such pages");
    let mut changed = (*job.profile).clone();
    changed.person.name = "Another Example".into();
    job.profile = Arc::new(changed);
    job.revision += 1;
    let third = shown(&mut preview, &job);
    assert!(!Arc::ptr_eq(&second.page, &third.page));
    job.top.theme = "plain".into();
    assert!(!Arc::ptr_eq(&third.page, &shown(&mut preview, &job).page), "another look");
}

#[test]
fn what_is_too_much_is_seen_below_the_line() {
    let mut profile = sample("phd-systems");
    let sections = profile.sections.clone();
    profile.sections.extend(sections);
    let mut preview = preview();
    let long = shown(&mut preview, &job(profile.clone(), 1.0));
    let over = long.over.unwrap();
    assert_eq!((over.page, over.lines), (0, long.page.fit.lines_over));
    let paper = long.style.paper.size().1;
    assert!(over.y < paper && long.sizes[0].y > paper, "{over:?} of {:?}", long.sizes);
    assert_eq!(long.images[0].pixels.size[1], long.sizes[0].y.round() as usize);
    let lowest = long.page.pages.pages[0].lines.iter().map(|l| l.glyphs[0].y).fold(0.0, f32::max);
    assert!(long.sizes[0].y > lowest && long.sizes[0].y < lowest + 100.0);
    assert!(long.findings.iter().any(|f| f.code == Code::TooLong));

    let mut two = job(profile.clone(), 1.0);
    two.revision = 2;
    two.top.pages = Some(PageLimit::Two);
    for _ in 0..2 {
        let sections = profile.sections.clone();
        profile.sections.extend(sections);
    }
    two.profile = Arc::new(profile);
    let long = shown(&mut preview, &two);
    assert_eq!(long.over.map(|o| (o.page, o.y)), Some((2, 0.0)));
    assert!(long.sizes.iter().all(|s| s.y == paper));

    let mut fits = job(sample("phd-systems"), 1.0);
    fits.revision = 3;
    assert_eq!(shown(&mut preview, &fits).over, None);
}

#[test]
fn thumbnails_come_one_by_one() {
    let mut preview = preview();
    let wanted = |name: &str, top| Thumbnail {
        name: name.to_owned(),
        profile: Arc::new(sample("first-year")),
        variant: None,
        top,
        photo: None,
        width: 240,
    };
    let plain = Look { theme: "plain".into(), ..Look::default() };
    preview.thumbnails(vec![wanted("a", Look::default()), wanted("b", plain)]).unwrap();
    let mut images = vec![];
    for expected in ["a", "b"] {
        let Answer::Thumbnail { name, image } = next(&mut preview) else { panic!("no thumbnail") };
        assert_eq!(name, expected);
        assert_eq!(image.size, [240, 339]);
        images.push(image);
    }
    assert!(images[0] != images[1], "themes differ");
}
