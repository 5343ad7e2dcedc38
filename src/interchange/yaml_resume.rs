//! `YAMLResume`: JSON Resume under `content`, with address and accounts beside the person; YAML or
//! JSON.

use super::{
    Error, Import, Source, Tree,
    decode::{decode, head},
    json, json_resume, yaml,
};

/// Reads the files of `YAMLResume`.
pub(super) static SOURCE: Source = Source {
    name: NAME,
    endings: &["yaml", "yml", "json"],
    fits,
    read: |bytes, _| read(bytes),
    outline: None,
};

const NAME: &str = "YAMLResume";

/// Whether these bytes are a record whose `content` holds a person.
fn fits(bytes: &[u8]) -> bool {
    let text = head(bytes);
    if text.trim_start().starts_with('{') {
        let names = json::names(&text);
        let has = |name: &str| names.contains(&name);
        // Others keep a whole CV under that name, too, but not how it is set beside it.
        return has("content")
            && (has("layouts") || has("layout") || has("locale"))
            && text.contains("\"basics\"");
    }
    let inner = |line: &&str| line.starts_with([' ', '\t']) && line.trim_end().ends_with("basics:");
    let names = yaml::names(&text);
    names.contains(&"content") && !names.contains(&"cv") && text.lines().any(|line| inner(&line))
}

fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    let is_json = text.trim_start().starts_with('{');
    let mut tree = if is_json { json::read(&text, NAME)? } else { yaml::read(&text, NAME)? };
    let mut content = tree.inner(&["content"]).map(Tree::take).unwrap_or_default();
    for name in ["location", "profiles"] {
        if let Some(value) = content.inner(&[name]).map(Tree::take)
            && let Some(basics) = content.inner(&["basics"])
        {
            basics.add(name, value);
        }
    }
    for school in content.items(&["education"]) {
        school.rename("degree", "studyType");
    }
    for person in content.items(&["references"]) {
        person.rename("relationship", "relation");
        // What they say of the person.
        person.rename("summary", "reference");
    }
    for language in content.items(&["languages"]) {
        // Certificates and scores.
        let proofs = language.texts(&["keywords"]).join(", ");
        let fluency = language.text(&["fluency"]);
        let both = !proofs.is_empty() && !fluency.is_empty();
        let level = if both { format!("{fluency} ({proofs})") } else { fluency + &proofs };
        language.put("fluency", level);
    }
    if let Some(locale) = tree.inner(&["locale"]) {
        let mut meta = Tree::Map(vec![]);
        meta.put("language", locale.text(&["language"]));
        content.add("meta", meta);
    }
    // What stands beside it says how the page looks, and is told in one piece each.
    for (name, value) in tree.fields() {
        let mut texts = vec![];
        value.take().left("", &mut |way, text| texts.push(format!("{way}: {text}")));
        content.put(name, texts.join("; "));
    }
    json_resume::from_tree(content, encoding, NAME)
}
