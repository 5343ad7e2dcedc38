//! `vitae new`: a profile to fill in.

use super::{Status, args, output::say};
use crate::{
    sample,
    store::{atomic, file_name},
};

pub(super) fn run(args: &args::New) -> Status {
    let output = args.output.display();
    let Some(text) = text(args.sample.as_deref()) else {
        let names: Vec<String> = sample::names().map(|name| format!("`{name}`")).collect();
        say(&format!(
            "vitae: there is no sample `{}`\n  hint: the samples are {}",
            args.sample.as_deref().unwrap_or_default(),
            names.join(", ")
        ));
        return Status::Usage;
    };
    if !file_name::is_profile(&args.output) {
        say(&format!(
            "vitae: `{output}` is no name for a profile\n  hint: the name of a profile ends in `.cv.ron`, as in `me.cv.ron`"
        ));
        return Status::Usage;
    }
    // A link counts as well, even one that leads nowhere.
    if args.output.symlink_metadata().is_ok() {
        say(&format!(
            "vitae: `{output}` is there already and is left as it is\n  hint: choose another name"
        ));
        return Status::File;
    }
    match atomic::write(&args.output, text.as_bytes(), atomic::Safety::default()) {
        Ok(_) => {
            say(&format!(
                "{output}: fill it in with any text editor, then run `vitae export {output}`"
            ));
            Status::Done
        }
        Err(error) => {
            say(&format!("vitae: {error}"));
            Status::File
        }
    }
}

fn text(sample: Option<&str>) -> Option<&'static str> {
    match sample {
        None => Some(sample::STARTER),
        Some(name) => sample::text(name),
    }
}
