//! The program: arguments to exit code.

use std::process::ExitCode;

/// Page rendering allocates many small strings on several threads; mimalloc keeps them
/// apart where the system's allocator waits.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    dateline::cmd::main()
}
