//! The words that may be misspelt, as a list in the Check tab, with the settings of spelling.

use super::{style, widget, words};
use crate::{
    app::{App, place, spelling::Unknown},
    spelling::English,
};
use eframe::egui::{CollapsingHeader, ComboBox, Label, RichText, Ui};

/// How many words are listed: for more than that, the language is set wrong.
const MOST: usize = 100;

/// How many suggestions a word has as buttons.
const BUTTONS: usize = 3;

/// What the user wants done about a word.
enum Answer {
    Go,
    Write(String),
    Add,
}

/// Draws the list with its heading, and the settings.
pub(super) fn show(ui: &mut Ui, app: &mut App) {
    let unknown = if app.spelling.on { app.spelling.unknown() } else { vec![] };
    ui.add_space(10.0);
    ui.label(style::bold(title(unknown.len(), app.spelling.on)).size(15.0));
    let mut done = None;
    for unknown in unknown.iter().take(MOST) {
        if let Some(answer) = row(ui, app, unknown) {
            done = Some((unknown, answer));
        }
    }
    if unknown.len() > MOST {
        ui.label(style::small(ui, format!("These are the first {MOST}.")));
    }
    settings(ui, app);
    match done {
        Some((unknown, Answer::Go)) => {
            if let (Some((at, range)), Some(doc)) = (unknown.places.first(), app.doc_mut()) {
                doc.view.select(at, range.clone());
            }
        }
        Some((unknown, Answer::Write(word))) => app.respell(unknown, &word),
        Some((unknown, Answer::Add)) => app.add_word(&unknown.word),
        None => {}
    }
}

fn title(count: usize, on: bool) -> String {
    match count {
        _ if !on => "Spelling".to_owned(),
        0 => "Spelling: no word seems misspelt".to_owned(),
        1 => "1 word that may be misspelt".to_owned(),
        count => format!("{count} words that may be misspelt"),
    }
}

fn row(ui: &mut Ui, app: &mut App, unknown: &Unknown) -> Option<Answer> {
    let mut answer = None;
    let word = &unknown.word;
    widget::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.add(Label::new(style::medium(word)).wrap());
        ui.add(Label::new(style::small(ui, places(app, unknown))).wrap());
        ui.horizontal_wrapped(|ui| {
            for suggestion in app.spelling.suggest(word).unwrap_or_default().iter().take(BUTTONS) {
                let button = widget::plain_button(ui, suggestion);
                let name = format!("Write “{suggestion}” for “{word}”");
                if button.accessible_name(&name).on_hover_text(name).clicked() {
                    answer = Some(Answer::Write(suggestion.clone()));
                }
            }
            let go = widget::plain_button(ui, "Go there");
            if go.accessible_name(format!("Go to “{word}”")).clicked() {
                answer = Some(Answer::Go);
            }
            let add = widget::plain_button(ui, "Add to my words");
            if add.accessible_name(format!("Add “{word}” to my words")).clicked() {
                answer = Some(Answer::Add);
            }
        });
    });
    answer
}

/// Where a word stands.
fn places(app: &App, unknown: &Unknown) -> String {
    let first = unknown.places.first().zip(app.doc());
    let first = first.map(|((at, _), doc)| place::words(doc.profile(), at)).unwrap_or_default();
    match unknown.places.len() {
        0 | 1 => first,
        2 => format!("{first}, and in one more place"),
        count => format!("{first}, and in {} more places", count - 1),
    }
}

/// Whether spelling is checked, in which English, and the user's own words.
fn settings(ui: &mut Ui, app: &mut App) {
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        widget::seen(ui.checkbox(&mut app.spelling.on, "Check spelling"));
        ui.add_space(8.0);
        let english = &mut app.files.settings.english;
        let label = ui.label("English");
        let list = ComboBox::from_id_salt("english").selected_text(name(*english)).width(180.0);
        let list = list.show_ui(ui, |ui| {
            for choice in [English::Any, English::American, English::British] {
                ui.selectable_value(english, choice, name(choice));
            }
        });
        widget::seen(list.response).labelled_by(label.id);
    });
    if let Some(lacking) = app.spelling.lacking() {
        let colour = style::palette(ui).warning;
        ui.add(Label::new(RichText::new(words::sentence(lacking)).color(colour)).wrap());
    }
    let own: Vec<String> = app.files.settings.words.iter().cloned().collect();
    if own.is_empty() {
        return;
    }
    let title = format!("My words ({})", own.len());
    CollapsingHeader::new(title).id_salt("my words").show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for word in own {
                let button = widget::plain_button(ui, &format!("{word} ×"));
                let name = format!("Take “{word}” out of my words");
                if button.accessible_name(&name).on_hover_text(name).clicked() {
                    app.remove_word(&word);
                }
            }
        });
    });
}

fn name(english: English) -> &'static str {
    match english {
        English::Any => "American and British",
        English::American => "American",
        English::British => "British",
    }
}
