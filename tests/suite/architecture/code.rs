//! Source files read by `syn`: which paths they name and which methods they call, outside of tests.

#![expect(clippy::panic, reason = "what is not as expected fails the test")]

use proc_macro2::{TokenStream, TokenTree};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};
use syn::{
    UseTree,
    visit::{self, Visit},
};

/// A source file of the program: its module and what its code names.
pub(super) struct Source {
    /// Below `src`, without the ending.
    pub(super) path: PathBuf,
    /// Such as `typeset::fit`.
    pub(super) module: String,
    /// Every path that is named, from the crate's root or the crate's name on: `crate::at::At`,
    /// `std::fs`, `fs::write`. Lists of uses are told one by one, and `super` is resolved.
    pub(super) paths: BTreeSet<String>,
    /// The names of the methods that are called.
    pub(super) methods: BTreeSet<String>,
}

impl Source {
    /// Reads the code of a module. Panics where it is no Rust, which the compiler has ruled out.
    pub(super) fn parse(path: PathBuf, module: &str, text: &str) -> Self {
        let file = syn::parse_file(text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut names = Names { modules: vec![module.to_owned()], ..Names::default() };
        names.visit_file(&file);
        Self { path, module: module.to_owned(), paths: names.paths, methods: names.methods }
    }

    /// Whether the code names a crate (`lopdf`), a module of `std` (`std::fs`), or what lies in it.
    pub(super) fn names(&self, name: &str) -> bool {
        self.paths.iter().any(|path| is_under(path, name))
    }

    /// Whether a path that is named ends in this one: `fs::write` is found in `std::fs::write`.
    pub(super) fn names_end(&self, end: &str) -> bool {
        self.paths.iter().any(|path| {
            path.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with("::"))
        })
    }

    /// What is named of this crate, from its root on.
    pub(super) fn own_paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().filter_map(|path| path.strip_prefix("crate::"))
    }
}

/// Whether a path is `above` or goes on from it.
pub(super) fn is_under(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// All files below `src` that are not tests. The tests of a module live in `tests.rs`, in the
/// folder `tests`, or under `#[cfg(test)]`, and may use anything.
pub(super) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![];
    find_code(&root, &mut files);
    files.retain(|path| !path.iter().any(|name| name == "tests.rs" || name == "tests"));
    let read = |path: PathBuf| {
        let short = path.strip_prefix(&root).unwrap().with_extension("");
        let steps: Vec<_> =
            short.iter().map(|step| step.to_string_lossy()).filter(|step| step != "mod").collect();
        Source::parse(short.clone(), &steps.join("::"), &fs::read_to_string(&path).unwrap())
    };
    files.into_iter().map(read).collect()
}

/// Adds all files of Rust below a folder; one that is not there holds none.
pub(super) fn find_code(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // Built by cargo, or not code.
            if !["target", "golden"].iter().any(|name| path.ends_with(name)) {
                find_code(&path, files);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// Collects names from a file's code.
#[derive(Default)]
struct Names {
    /// The module that is being read, innermost last.
    modules: Vec<String>,
    paths: BTreeSet<String>,
    methods: BTreeSet<String>,
}

impl Names {
    /// Notes a path, with `self` and `super` resolved.
    fn add(&mut self, steps: &[String]) {
        let mut steps = steps;
        let mut root = None;
        while let [first, rest @ ..] = steps {
            let here = || self.modules.last().cloned().unwrap_or_default();
            match first.as_str() {
                "self" => root = Some(root.unwrap_or_else(here)),
                "super" => {
                    let from: String = root.unwrap_or_else(here);
                    root = Some(from.rsplit_once("::").map_or("", |(outer, _)| outer).to_owned());
                }
                _ => break,
            }
            steps = rest;
        }
        let path = steps.join("::");
        self.paths.insert(match root.as_deref() {
            None => path,
            Some("") => format!("crate::{path}"),
            Some(module) => format!("crate::{module}::{path}"),
        });
    }

    /// Notes every path of a tree of uses. `a::{self, b}` names `a` and `a::b`.
    fn add_uses(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.add_uses(&path.tree, &with(&path.ident)),
            UseTree::Name(name) if name.ident == "self" && !before.is_empty() => self.add(before),
            UseTree::Name(name) => self.add(&with(&name.ident)),
            UseTree::Rename(name) => self.add(&with(&name.ident)),
            UseTree::Glob(_) => self.add(before),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_uses(tree, before);
                }
            }
        }
    }

    /// Notes the paths and the calls of methods among the tokens of a macro, which `syn` leaves as
    /// they are.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut steps: Vec<String> = vec![];
        let mut colons = 0;
        let mut after_dot = false;
        for token in tokens {
            match token {
                TokenTree::Ident(name) if after_dot => {
                    self.methods.insert(name.to_string());
                    after_dot = false;
                }
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.end_path(&mut steps);
                    }
                    steps.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(sign) if sign.as_char() == ':' && !steps.is_empty() => colons += 1,
                other => {
                    self.end_path(&mut steps);
                    colons = 0;
                    after_dot = matches!(&other, TokenTree::Punct(sign) if sign.as_char() == '.');
                    if let TokenTree::Group(group) = other {
                        self.add_tokens(group.stream());
                    }
                }
            }
        }
        self.end_path(&mut steps);
    }

    fn end_path(&mut self, steps: &mut Vec<String>) {
        if steps.len() > 1 {
            self.add(steps);
        }
        steps.clear();
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !attributes(item).iter().any(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let outer = self.modules.last().cloned().unwrap_or_default();
        self.modules.push(format!("{outer}::{}", item.ident));
        visit::visit_item_mod(self, item);
        self.modules.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_uses(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let steps: Vec<_> = path.segments.iter().map(|step| step.ident.to_string()).collect();
        if steps.len() > 1 {
            self.add(&steps);
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.methods.insert(call.method.to_string());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        visit::visit_macro(self, call);
        self.add_tokens(call.tokens.clone());
    }
}

/// What stands in `#[…]` before an item.
fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let check = |code: &str, expected: &[&str]| {
        let source = Source::parse(PathBuf::new(), "typeset::fit", code);
        let found: Vec<_> = source.paths.iter().map(String::as_str).collect();
        assert_eq!(found, expected, "{code}");
    };
    check("use crate::at::At;", &["crate::at::At"]);
    check(
        "use crate::{at::{self, At}, value::rich::Rich as R};",
        &["crate::at", "crate::at::At", "crate::value::rich::Rich"],
    );
    check("use super::{super::pdf, measure::X};", &["crate::pdf", "crate::typeset::measure::X"]);
    check("use std::{env, fs};", &["std::env", "std::fs"]);
    check(
        "fn f() -> crate::pdf::Error { crate::cli::run() }",
        &["crate::cli::run", "crate::pdf::Error"],
    );
    check(
        "fn f() { assert!(x.y(fs::read(\"crate::a\")) == crate::b::c) }",
        &["crate::b::c", "fs::read"],
    );
    check("// crate::a\n/* crate::b */ const X: &str = r#\"crate::d\"#;", &[]);
    check(
        "#[cfg(test)] mod tests { use crate::pdf; } mod m { use super::x::y; }",
        &["crate::typeset::fit::x::y"],
    );
    let source = Source::parse(
        PathBuf::new(),
        "a",
        "use lopdf::X; fn f() { std::fs::write(x); file.set_len(1); log!(file.sync_all()) }",
    );
    assert!(source.names("lopdf") && source.names("std::fs") && source.names_end("fs::write"));
    assert!(!source.names("lop") && !source.names("fs") && !source.names_end("s::write"));
    assert!(["set_len", "sync_all"].iter().all(|method| source.methods.contains(*method)));
}
