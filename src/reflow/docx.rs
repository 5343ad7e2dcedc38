//! DOCX (ECMA-376): real styles, headings, lists and links, dates at the right by a tab stop, so
//! that it can be edited.

use super::{Error, escaped, same_link};
use crate::{
    pdf::Metadata,
    typeset::{
        manuscript::{Block, Item, Manuscript, Row, Span, Text},
        page::Image,
    },
    value::{
        direction::{Direction, stretches},
        rich::{Shift, Style},
    },
};
use std::io::{Cursor, Write as _};
use zip::{System, ZipWriter, write::SimpleFileOptions};

/// One point, in the unit that Word measures pages in.
const TWIP: f32 = 20.0;
/// The margins, in that unit: 18 mm.
const MARGIN: u32 = 1020;
/// Height of the photo in the unit that Word measures pictures in: 28 mm.
const PHOTO: u32 = 28 * 36_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const STYLES: &str = include_str!("../../assets/reflow/styles.xml");
const NUMBERING: &str = include_str!("../../assets/reflow/numbering.xml");
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>\
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Without the mode, Word opens the file as one of its older versions would.
const SETTINGS: &str = "<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" \
w:val=\"15\"/></w:compat>";

/// Writes a manuscript as DOCX. The same manuscript gives the same bytes everywhere.
///
/// # Errors
/// When the package cannot be put together; that comes from no manuscript.
pub fn write(manuscript: &Manuscript, meta: &Metadata) -> Result<Vec<u8>, Error> {
    let twips = |points: f32| (points * TWIP).round() as u32;
    let (width, height) = (twips(manuscript.paper.0), twips(manuscript.paper.1));
    let photo = manuscript.photo.as_ref().map(|image| {
        // Where the page is mirrored, its left side is at the right.
        picture(image, manuscript.photo_left != manuscript.direction.is_leftwards())
    });
    let direction = manuscript.direction;
    let mut body = Body { photo, direction, ..Body::default() };
    body.blocks(&manuscript.blocks, 0);
    let document = format!(
        "{HEAD}<w:document xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\">\n<w:body>\n{}<w:sectPr>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" \
         w:left=\"{MARGIN}\" w:header=\"510\" w:footer=\"510\" w:gutter=\"0\"/>{}</w:sectPr>\n</w:body>\n</w:document>",
        body.xml,
        if direction.is_leftwards() { "<w:bidi/>" } else { "" }
    );
    let right = width.saturating_sub(2 * MARGIN).to_string();
    let styles =
        STYLES.replace("{right}", &right).replace("{language}", &escaped(&manuscript.language));
    let mut rels = String::new();
    for (name, target) in
        [("styles", "styles.xml"), ("numbering", "numbering.xml"), ("settings", "settings.xml")]
    {
        rels +=
            &format!("<Relationship Id=\"{name}\" Type=\"{OFFICE}/{name}\" Target=\"{target}\"/>");
    }
    if manuscript.photo.is_some() {
        rels +=
            &format!("<Relationship Id=\"photo\" Type=\"{OFFICE}/image\" Target=\"photo.jpeg\"/>");
    }
    for (i, uri) in body.links.iter().enumerate() {
        let uri = escaped(uri);
        rels += &format!(
            "<Relationship Id=\"link{i}\" Type=\"{OFFICE}/hyperlink\" Target=\"{uri}\" TargetMode=\"External\"/>"
        );
    }
    let package = format!(
        "<Relationship Id=\"document\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"core\" \
         Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
    );
    let related =
        |rels: &str| format!("{HEAD}<Relationships xmlns=\"{PACKAGE}\">{rels}</Relationships>");
    let mut parts = vec![
        ("[Content_Types].xml", format!("{HEAD}{TYPES}").into_bytes()),
        ("_rels/.rels", related(&package).into_bytes()),
        ("docProps/core.xml", core(manuscript, meta).into_bytes()),
        ("word/_rels/document.xml.rels", related(&rels).into_bytes()),
        ("word/document.xml", document.into_bytes()),
        ("word/styles.xml", styles.into_bytes()),
        ("word/numbering.xml", NUMBERING.as_bytes().to_vec()),
        (
            "word/settings.xml",
            format!("{HEAD}<w:settings xmlns:w=\"{WORD}\">{SETTINGS}</w:settings>").into_bytes(),
        ),
    ];
    if let Some(Image { jpeg, .. }) = &manuscript.photo {
        parts.push(("word/photo.jpeg", jpeg.to_vec()));
    }
    packed(&parts)
}

/// A ZIP file of these parts, all of the same time and made by the same system.
fn packed(parts: &[(&str, Vec<u8>)]) -> Result<Vec<u8>, Error> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix);
    for (name, bytes) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(bytes).map_err(zip::result::ZipError::Io)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What the file says about itself.
fn core(manuscript: &Manuscript, meta: &Metadata) -> String {
    let subject = meta.subject.as_deref().unwrap_or_default();
    let keywords = meta.keywords.join(", ");
    let properties = [
        ("dc:title", meta.title.as_str()),
        ("dc:creator", &meta.author),
        ("dc:subject", subject),
        ("cp:keywords", &keywords),
        ("dc:language", &manuscript.language),
    ];
    let filled = properties.iter().filter(|(_, text)| !text.is_empty());
    let properties: String =
        filled.map(|(tag, text)| format!("<{tag}>{}</{tag}>", escaped(text))).collect();
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{properties}</cp:coreProperties>"
    )
}

/// The photo at the right of the header, or at its left, text flowing beside it.
fn picture(image: &Image, left: bool) -> String {
    let (side, text, gaps) = match left {
        true => ("left", "right", ["0", "114300"]),
        false => ("right", "left", ["114300", "0"]),
    };
    let [before, after] = gaps;
    let wide = u64::from(PHOTO) * u64::from(image.width) / u64::from(image.height.max(1));
    let description = escaped(&image.description);
    let a = "http://schemas.openxmlformats.org/drawingml/2006/main";
    let pic = "http://schemas.openxmlformats.org/drawingml/2006/picture";
    format!(
        "<w:r><w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"{before}\" distR=\"{after}\" simplePos=\"0\" relativeHeight=\"1\" \
         behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"0\"><wp:simplePos x=\"0\" y=\"0\"/>\
         <wp:positionH relativeFrom=\"margin\"><wp:align>{side}</wp:align></wp:positionH>\
         <wp:positionV relativeFrom=\"margin\"><wp:align>top</wp:align></wp:positionV>\
         <wp:extent cx=\"{wide}\" cy=\"{PHOTO}\"/><wp:wrapSquare wrapText=\"{text}\"/>\
         <wp:docPr id=\"1\" name=\"Photo\" descr=\"{description}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic xmlns:a=\"{a}\"><a:graphicData uri=\"{pic}\"><pic:pic xmlns:pic=\"{pic}\">\
         <pic:nvPicPr><pic:cNvPr id=\"1\" name=\"Photo\" descr=\"{description}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"photo\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{PHOTO}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
}

/// The paragraphs as they grow.
#[derive(Default)]
struct Body {
    xml: String,
    /// Where links lead, in the order of their numbers.
    links: Vec<String>,
    /// The photo, until the first paragraph takes it.
    photo: Option<String>,
    /// Whether the next paragraph stays on the page of the one after it.
    keep: bool,
    /// The direction of the language.
    direction: Direction,
    /// Whether the paragraph at hand runs from right to left.
    leftwards: bool,
}

impl Body {
    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        for (i, block) in blocks.iter().enumerate() {
            // The first rows of an entry stay with what follows in it, a line with its highlights.
            let next = blocks.get(i + 1);
            let goes_on = matches!(next, Some(Block::List(_) | Block::Entries(_)));
            let in_entry = goes_on || matches!(next, Some(Block::Paragraph(_) | Block::Part(_)));
            match block {
                Block::Name(text) => self.row("Title", "", text, &[]),
                Block::Headline(text) => self.row("Subtitle", "", text, &[]),
                Block::Heading(text) => self.row("Heading1", "", text, &[]),
                Block::Paragraph(text) => {
                    self.keep = goes_on;
                    self.row("Normal", "", text, &[]);
                }
                Block::Contacts(items) => {
                    let bar = Span { text: " | ".to_owned(), ..Span::default() };
                    // Lines break between two of them only.
                    let whole = |span: &Span| {
                        let text = span.text.replace(' ', "\u{a0}");
                        Span { text, ..span.clone() }
                    };
                    let items: Vec<Text> =
                        items.iter().map(|item| item.iter().map(whole).collect()).collect();
                    self.row("Normal", "", &items.join(&bar), &[]);
                }
                Block::Head(rows) => self.head("Heading2", rows, in_entry),
                Block::Part(rows) => self.head("Heading3", rows, in_entry),
                Block::List(items) => items.iter().for_each(|item| self.item(item, depth)),
                Block::Entries(items) => {
                    for item in items {
                        self.keep = !item.inner.is_empty();
                        self.paragraph("EntryRow", "", &item.rows);
                        self.blocks(&item.inner, depth);
                    }
                }
            }
        }
    }

    fn head(&mut self, style: &str, rows: &[Row], goes_on: bool) {
        for (i, row) in rows.iter().enumerate() {
            self.keep = goes_on || i + 1 < rows.len();
            self.row(if i == 0 { style } else { "EntryDetails" }, "", &row.text, &row.end);
        }
    }

    fn item(&mut self, item: &Item, depth: usize) {
        let style = match (item.number, depth) {
            (Some(_), _) => "Bibliography",
            (None, 0) => "ListBullet",
            (None, 1) => "ListBullet2",
            (None, _) => "ListBullet3",
        };
        let number = item.number.map(|number| format!("[{number}]\t")).unwrap_or_default();
        self.keep = !item.inner.is_empty();
        self.paragraph(style, &number, &item.rows);
        self.blocks(&item.inner, depth + 1);
    }

    fn row(&mut self, style: &str, label: &str, text: &[Span], end: &[Span]) {
        let row = Row { text: text.to_vec(), end: end.to_vec() };
        self.paragraph(style, label, &[row]);
    }

    /// A paragraph of lines, each with what belongs at its right end.
    fn paragraph(&mut self, style: &str, label: &str, rows: &[Row]) {
        let keep = if std::mem::take(&mut self.keep) { "<w:keepNext/>" } else { "" };
        let said: String = rows.iter().flat_map(|row| &row.text).map(|s| s.text.as_str()).collect();
        let is_prose = matches!(style, "Normal" | "ListBullet" | "ListBullet2" | "ListBullet3");
        self.leftwards = match (self.direction, is_prose) {
            // Rows stand at the sides of the page, whatever they say.
            (page, false) => page.is_leftwards(),
            (page, true) => page.of_prose(&said).is_leftwards(),
        };
        let bidi = if self.leftwards { "<w:bidi/>" } else { "" };
        self.xml += &format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{keep}{bidi}</w:pPr>");
        self.xml += &self.photo.take().unwrap_or_default();
        // The styles of headings are bold; what stands at the end of one is not.
        let bold = matches!(style, "Title" | "Heading1" | "Heading2" | "Heading3");
        if !label.is_empty() {
            self.run(label, Style::default(), false, None);
        }
        for (i, row) in rows.iter().enumerate() {
            if i > 0 {
                self.xml += "<w:r><w:br/></w:r>";
            }
            self.text(&row.text, Some(bold).filter(|bold| !bold));
            if !row.end.is_empty() {
                // Words run together without the space, where the line is full or tabs are lost.
                self.run(" \t", Style::default(), false, None);
                self.text(&row.end, Some(bold));
            }
        }
        self.xml += "</w:p>\n";
    }

    /// Styled text in a paragraph whose style is bold or not; without `bold`, all of it is as bold
    /// as that.
    fn text(&mut self, text: &[Span], bold: Option<bool>) {
        let mut rest = text;
        while let Some((stretch, after)) = same_link(rest) {
            rest = after;
            let uri = stretch.first().and_then(|span| span.link.clone());
            if let Some(uri) = &uri {
                let known = self.links.iter().position(|link| link == uri);
                let index = known.unwrap_or_else(|| {
                    self.links.push(uri.clone());
                    self.links.len() - 1
                });
                self.xml += &format!("<w:hyperlink r:id=\"link{index}\">");
            }
            for span in stretch {
                let weight = bold.filter(|bold| *bold != span.style.bold).map(|bold| !bold);
                self.run(&span.text, span.style, uri.is_some(), weight);
            }
            if uri.is_some() {
                self.xml += "</w:hyperlink>";
            }
        }
    }

    /// Characters of one style, in runs of one direction: programs set each run in its own.
    fn run(&mut self, text: &str, style: Style, link: bool, weight: Option<bool>) {
        if !self.leftwards {
            return self.stretch(text, style, link, weight, Direction::RightWards);
        }
        for (piece, leftwards) in stretches(text) {
            let direction = if leftwards { Direction::LeftWards } else { Direction::RightWards };
            self.stretch(piece, style, link, weight, direction);
        }
    }

    /// A run of characters; `weight` says whether it is bold where that differs from the style of
    /// its paragraph.
    fn stretch(
        &mut self,
        text: &str,
        style: Style,
        link: bool,
        weight: Option<bool>,
        direction: Direction,
    ) {
        let leftwards = direction.is_leftwards();
        let mut look = String::new();
        let mut add = |on: bool, tag: &str| {
            if on {
                look += tag;
            }
        };
        // In the order that the standard wants.
        add(link, "<w:rStyle w:val=\"Hyperlink\"/>");
        add(style.code, "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/>");
        // Letters from right to left have switches of their own.
        add(weight == Some(true), "<w:b/>");
        add(leftwards && weight == Some(true), "<w:bCs/>");
        add(weight == Some(false), "<w:b w:val=\"0\"/>");
        add(leftwards && weight == Some(false), "<w:bCs w:val=\"0\"/>");
        add(style.italic, "<w:i/>");
        add(leftwards && style.italic, "<w:iCs/>");
        add(style.shift == Shift::Super, "<w:vertAlign w:val=\"superscript\"/>");
        add(style.shift == Shift::Sub, "<w:vertAlign w:val=\"subscript\"/>");
        add(leftwards, "<w:rtl/>");
        let look = if look.is_empty() { look } else { format!("<w:rPr>{look}</w:rPr>") };
        for (i, piece) in text.split('\t').enumerate() {
            if i > 0 {
                self.xml += &format!("<w:r>{look}<w:tab/></w:r>");
            }
            if !piece.is_empty() {
                self.xml += &format!(
                    "<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
                    escaped(piece)
                );
            }
        }
    }
}
