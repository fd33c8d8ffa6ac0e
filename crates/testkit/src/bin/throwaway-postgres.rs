//! Starts a throwaway PostgreSQL cluster, prints an administrator's URL on one line, and stops it when standard input ends.
//! For test recipes and suites in other languages.

use std::io::{Read, Write};

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let cluster = testkit::PgCluster::start().await?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", cluster.url())?;
    out.flush()?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
