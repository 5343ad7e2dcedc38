//! The program: what the command line asks for is done by [`vitae::cli`]; without a command the
//! window opens.

// Started from the desktop of Windows, it opens no console.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> vitae::cli::Status {
    vitae::cli::run(std::env::args_os(), vitae::ui::run)
}
