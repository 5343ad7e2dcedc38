//! The program: what the command line asks for is done by [`vitae::cli`]; without a command the window opens.

fn main() -> vitae::cli::Status {
    vitae::cli::run(std::env::args_os(), vitae::ui::run)
}
