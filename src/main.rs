//! The program: what the command line asks for is done by [`vitae::cli`].

fn main() -> vitae::cli::Status {
    vitae::cli::run(std::env::args_os())
}
