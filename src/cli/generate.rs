//! `vitae generate`: the man page and the completions that `build.rs` made from the command line's
//! definition.

use super::{Status, args::Generated, output::end};

const MAN: &str = include_str!(concat!(env!("OUT_DIR"), "/vitae.1"));
const BASH: &str = include_str!(concat!(env!("OUT_DIR"), "/vitae.bash"));
const ZSH: &str = include_str!(concat!(env!("OUT_DIR"), "/vitae.zsh"));
const FISH: &str = include_str!(concat!(env!("OUT_DIR"), "/vitae.fish"));

pub(super) fn run(what: Generated) -> Status {
    let text = match what {
        Generated::Man => MAN,
        Generated::Bash => BASH,
        Generated::Zsh => ZSH,
        Generated::Fish => FISH,
    };
    end(text, Status::Done)
}
