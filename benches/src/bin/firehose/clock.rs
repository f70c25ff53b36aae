//! What something took: time, and processor time.

use std::{error::Error, fs, time::Instant};

/// Processor time and time.
pub(crate) struct Clock {
    server: Option<u32>,
    begun: Instant,
    spent: [f64; 2],
}

impl Clock {
    pub(crate) fn start(server: Option<u32>) -> Result<Self, Box<dyn Error>> {
        let spent = [seconds("thread-self")?, of_server(server)?];
        Ok(Self { server, begun: Instant::now(), spent })
    }

    pub(crate) fn print(&self, name: &str, number: u64, bytes: f64) -> Result<(), Box<dyn Error>> {
        let each = |now: f64, then: f64| (now - then) * 1e6 / number as f64;
        let here = each(seconds("thread-self")?, self.spent[0]);
        let server = each(of_server(self.server)?, self.spent[1]);
        let rate = number as f64 / self.begun.elapsed().as_secs_f64();
        let megabytes = rate * bytes / 1e6;
        println!("  {name:28} {here:10.2} {server:11.2} {rate:9.0} {megabytes:7.0}");
        Ok(())
    }
}

fn of_server(server: Option<u32>) -> Result<f64, Box<dyn Error>> {
    server.map_or(Ok(0.0), |id| seconds(&id.to_string()))
}

/// Linux keeps the nanoseconds that a process's first thread, or this thread, has run.
fn seconds(process: &str) -> Result<f64, Box<dyn Error>> {
    let text = fs::read_to_string(format!("/proc/{process}/schedstat"))?;
    let nanoseconds: f64 = text.split(' ').next().unwrap_or_default().parse()?;
    Ok(nanoseconds / 1e9)
}
