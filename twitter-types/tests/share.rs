//! Consumers that share partitions: on a simulated clock, and at a Redis server.

#[path = "share/consumers.rs"]
mod consumers;
#[cfg(feature = "redis")]
#[path = "share/redis.rs"]
mod redis;
#[cfg(feature = "redis")]
#[path = "../../bearer/tests/support/redis.rs"]
mod redis_server;
#[path = "share/world.rs"]
mod world;
