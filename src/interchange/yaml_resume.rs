//! `YAMLResume`: JSON Resume as YAML under `content`, with address and accounts beside the person.

use super::{
    Error, Import, Source, Tree,
    decode::{decode, head},
    json_resume, yaml,
};

/// Reads the files of `YAMLResume`.
pub(super) static SOURCE: Source = Source {
    name: NAME,
    endings: &["yaml", "yml"],
    fits,
    read: |bytes, _| read(bytes),
    outline: None,
};

const NAME: &str = "YAMLResume";

/// Whether these bytes are a record whose `content` holds a person.
fn fits(bytes: &[u8]) -> bool {
    let text = head(bytes);
    let inner = |line: &&str| line.starts_with([' ', '\t']) && line.trim_end().ends_with("basics:");
    let names = yaml::names(&text);
    names.contains(&"content")
        && !names.contains(&"cv")
        && !text.trim_start().starts_with('{')
        && text.lines().any(|line| inner(&line))
}

fn read(bytes: &[u8]) -> Result<Import, Error> {
    let (text, encoding) = decode(bytes);
    let mut tree = yaml::read(&text, NAME)?;
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
    }
    // What stands beside it says how the page looks.
    for (name, value) in tree.fields() {
        content.add(name, value.take());
    }
    json_resume::from_tree(content, encoding, NAME)
}
