//! Leases and a log on Redis servers.

mod leases;
mod link;
mod log;

pub use leases::RedisLeases;
pub use log::RedisLog;
